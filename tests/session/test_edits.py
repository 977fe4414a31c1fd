"""Typing as deltas: whatever is typed comes back the same."""

import random

import pytest

from coach.session.commands import Edit
from coach.session.edits import SNAPSHOT_EVERY, applied, change_between, clean
from coach.session.events import Edited, Snapshotted
from coach.session.evolve import replay
from tests.fakes.sessions import Interview, kinds

LETTERS = "ab \n\t-é漢字🙂👩‍👩‍👧\u200f\u202eשלום[bold][/x]"


def random_edit(text: str, rng: random.Random) -> str:
    start = rng.randint(0, len(text))
    end = rng.randint(start, min(len(text), start + rng.choice([0, 0, 1, 5, 500])))
    inserted = "".join(rng.choices(LETTERS, k=rng.choice([0, 1, 1, 2, 30])))
    return text[:start] + inserted + text[end:]


@pytest.mark.parametrize("seed", range(20))
def test_any_edit_is_one_change_that_leads_to_the_new_text(seed: int) -> None:
    rng = random.Random(seed)
    text = ""
    for _ in range(300):
        new = random_edit(text, rng)
        change = change_between(text, new)
        assert (change is None) == (text == new)
        if change is not None:
            assert applied(text, change) == new
        text = new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "abc", (0, 0, "abc")),
        ("abc", "", (0, 3, "")),
        ("abc", "abxc", (2, 0, "x")),
        ("aaaa", "aaa", (3, 1, "")),
        ("one two three", "one 2 three", (4, 3, "2")),
    ],
)
def test_a_change_is_as_small_as_one_stretch_can_be(
    old: str, new: str, expected: tuple[int, int, str]
) -> None:
    change = change_between(old, new)
    assert change is not None
    assert (change.at, change.deleted, change.inserted) == expected


@pytest.mark.parametrize("seed", range(5))
def test_deltas_and_snapshots_replay_to_what_was_typed(seed: int) -> None:
    rng = random.Random(seed)
    interview = Interview()
    texts = {"notes.requirements": "", "notes.deep_dive": "", "draft": ""}
    for n in range(900):
        doc = rng.choice(list(texts))
        texts[doc] = random_edit(texts[doc], rng)
        interview.do(Edit(doc, texts[doc]), n / 10)  # type: ignore[arg-type]
    assert {doc: replay(tuple(interview.records)).docs[doc] for doc in texts} == texts  # type: ignore[index]
    assert any(isinstance(one.event, Snapshotted) for one in interview.records)


def test_the_full_text_is_kept_every_200_deltas_of_a_document() -> None:
    interview = Interview()
    seen: list[str] = []
    for n in range(1, 2 * SNAPSHOT_EVERY + 2):
        seen += kinds(interview.do(Edit("notes.requirements", "x" * n), n / 10))
        interview.do(Edit("notes.estimation", "y" * (n // 4)), n / 10)
    assert seen.count("snapshotted") == 2
    assert seen.index("snapshotted") == SNAPSHOT_EVERY
    assert interview.state.docs["notes.requirements"] == "x" * (2 * SNAPSHOT_EVERY + 1)


def test_a_snapshot_heals_what_a_lost_delta_broke() -> None:
    interview = Interview()
    for n in range(1, SNAPSHOT_EVERY + 1):
        interview.do(Edit("draft", "".join(chr(97 + k % 26) for k in range(n))), n / 10)
    broken = [one for one in interview.records if one.seq != 50]
    assert replay(tuple(broken)).docs == interview.state.docs


def test_the_same_text_again_is_no_event() -> None:
    interview = Interview()
    interview.do(Edit("draft", "same"), 1.0)
    assert interview.do(Edit("draft", "same"), 2.0) == ()
    assert interview.do(Edit("draft", "same\x1b"), 3.0) == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("[bold]x[/x] [/]", "[bold]x[/x] [/]"),
        ("\x1b[31mred\x1b[0m\x07", "[31mred[0m"),
        ("a\x00b\x08c\x7fd\x9be\x85", "abcde"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("win\r\ndows\rmac", "win\ndows\nmac"),
        ("漢字 🙂 👩‍👩‍👧 e\u0301 שלום \u202eabc\u200b", "漢字 🙂 👩‍👩‍👧 e\u0301 שלום \u202eabc\u200b"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_only_control_characters_are_removed_from_what_was_typed(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    interview = Interview()
    interview.do(Edit("notes.requirements", typed), 1.0)
    assert interview.state.docs["notes.requirements"] == kept


def test_offsets_count_code_points() -> None:
    interview = Interview()
    interview.do(Edit("draft", "🙂🙂"), 1.0)
    (edited,) = interview.do(Edit("draft", "🙂x🙂"), 2.0)
    assert edited == Edited(doc="draft", at=1, deleted=0, inserted="x")
