"""Written answers: what is read, where it belongs, and what is refused with a reason."""

import pytest

from coach.errors import BadInput
from coach.judge.writeup import LONGEST_LINE, MOST_BYTES, decode, phase_of, read_write_up


@pytest.mark.parametrize(
    ("heading", "phase"),
    [
        ("Requirements & scope", "requirements"),
        ("requirements AND Scope:", "requirements"),
        ("requirements", "requirements"),
        ("Capacity estimation", "estimation"),
        ("High-level design", "high_level"),
        ("HIGH LEVEL DESIGN", "high_level"),
        ("high_level", "high_level"),
        ("Deep dive", "deep_dive"),
        ("deep_dive", "deep_dive"),
        ("2. Capacity estimation", "estimation"),
        ("Appendix", None),
    ],
)
def test_headings_name_phases_whatever_their_case_and_punctuation(heading: str, phase: str | None) -> None:
    assert phase_of(heading) == phase


def test_lines_keep_the_numbers_of_the_file() -> None:
    answer = read_write_up("---\nkind: strong\n---\n## Deep dive\n\nwe keep it small because it is enough")
    assert [(line.number, line.phase) for line in answer.transcript.lines] == [
        (4, "deep_dive"),
        (6, "deep_dive"),
    ]


def test_text_under_other_headings_is_read_with_a_warning() -> None:
    answer = read_write_up("## Appendix\nsome words here")
    assert answer.transcript.lines[-1].text == "some words here"
    assert "unknown_heading" in {one.code for one in answer.cautions}


def test_text_before_any_heading_is_read_with_a_warning() -> None:
    assert "no_heading" in {one.code for one in read_write_up("just words").cautions}


def test_empty_phases_are_named() -> None:
    texts = [one.text for one in read_write_up("## Deep dive\nwords").cautions if one.code == "empty_phase"]
    assert len(texts) == 1
    assert "Capacity estimation" in texts[0]
    assert "Deep dive" not in texts[0]


def test_invisible_characters_do_not_survive() -> None:
    line = read_write_up("a\u200bb \x1b[31mred\u202e end").transcript.lines[0].text
    assert line == "ab [31mred end"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b"", "blank"),
        (b" \n\t\n \xe2\x80\x8b", "blank"),
        (b"abc\0def", "not a text file"),
        (b"line one\n\xff\xfe", "not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "too large"),
        (b"word " * (LONGEST_LINE // 5 + 1), "too long"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_reason(raw: bytes, title: str) -> None:
    with pytest.raises(BadInput, match=title) as caught:
        decode(raw, name="answer.md")
    assert "answer.md" in caught.value.message
    assert caught.value.hint


def test_windows_line_ends_count_once() -> None:
    assert [line.number for line in read_write_up("one two\r\nthree four\rfive six").transcript.lines] == [
        1,
        2,
        3,
    ]
