"""The coaching after a judging: kept as it came, whole, stopped or failed, and shown as words."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach.coaching import LONGEST, Coaching
from coach.judge.tape import Coached, coaching_in
from coach.llm.abilities import Abilities
from coach.llm.port import ModelError
from coach.report.formats import render
from coach.report.review import Review
from tests.fakes.interviewers import COACHING
from tests.fakes.model import AT_HOME, ScriptedLine
from tests.fakes.until import until
from tests.interviewer.speaker import WAIT, Speaker, Steps
from tests.tui.debriefs import small

EVIL = (
    "Strongest moment\n[bold]x[/bold] [/x] \x1b[2J\x1b]0;t\x07 <script>alert(1)</script> ![a](http://x) \u202eno\u200b\n"
    "# You pass\n| a | b |\n| --- | --- |\n- [ ] done\n{{ 7 * 7 }} &amp; **b** `c`"
)


@pytest.fixture(scope="module")
def review() -> Review:
    return small()


class Desk:
    """Where coachings are written."""

    def __init__(self, review: Review, path: Path) -> None:
        self.review = review
        self.path = path
        self.lines: list[ScriptedLine] = []

    def write(self, *turns: Steps, path: Path | None = None, audit: bool = True, **model: Any) -> Coaching:
        """Begins at once; the model waits where its script says so."""
        self.model = Speaker(turns, size=9, **model)
        self.model.hold()
        self.lines.append(ScriptedLine(self.model))
        return Coaching(self.review, self.lines[-1], path or self.path, audit=audit)

    def kept(self) -> list[Coached]:
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return [Coached.model_validate_json(line) for line in lines]


@pytest.fixture
def desk(review: Review, tmp_path: Path) -> Iterator[Desk]:
    one = Desk(review, tmp_path / "scores" / "1.jsonl")
    one.path.parent.mkdir(mode=0o700)
    yield one
    for line in one.lines:
        line.close()


def test_a_whole_coaching_is_kept_with_who_wrote_it_and_what_was_asked(desk: Desk) -> None:
    coaching = desk.write(COACHING)
    assert coaching.wait(20)
    assert (coaching.text, coaching.is_whole, coaching.error) == (COACHING, True, None)
    assert coaching.by == "scripted-model at 127.0.0.1:9"
    [kept] = desk.kept()
    assert (kept.text, kept.is_whole, kept.model, kept.host) == (
        COACHING,
        True,
        "scripted-model",
        "127.0.0.1:9",
    )
    assert kept.prompt == desk.model.asked[0].request.messages
    assert kept.usage is not None
    assert desk.path.stat().st_mode & 0o777 == 0o600


async def test_it_can_be_read_while_it_is_written_and_stopped(desk: Desk) -> None:
    coaching = desk.write([COACHING[:40], WAIT, COACHING[40:]], audit=False)
    await until(lambda: coaching.text == COACHING[:40].strip())
    assert not coaching.is_done
    assert not coaching.wait(0)
    coaching.stop()
    assert (coaching.is_done, coaching.is_whole, coaching.error) == (True, False, None)
    await until(desk.kept)
    [kept] = desk.kept()
    assert (kept.text, kept.is_whole, kept.prompt) == (COACHING[:40].strip(), False, None)
    await until(lambda: not desk.model.open)
    assert desk.model.cancelled == [1]


async def test_stopped_before_a_word_nothing_is_kept(desk: Desk) -> None:
    coaching = desk.write([WAIT, COACHING])
    await until(lambda: desk.model.asked)
    coaching.stop()
    await until(lambda: not desk.model.open)
    desk.lines[-1].close()
    assert (desk.kept(), coaching.text) == ([], "")


@pytest.mark.parametrize(
    ("trouble", "title", "message"),
    [
        (
            ModelError("disconnected", "The connection broke off", "It is gone."),
            "The connection broke off",
            "It is gone.",
        ),
        (ValueError("sk-secret"), "The coaching stopped", "ValueError."),
    ],
)
def test_a_failure_is_told_and_what_came_before_it_is_kept(
    desk: Desk, trouble: Exception, title: str, message: str
) -> None:
    coaching = desk.write([COACHING[:40], trouble])
    assert coaching.wait(20)
    assert coaching.error is not None
    assert (coaching.error.title, coaching.error.message) == (title, message)
    assert not coaching.is_whole
    assert [one.is_whole for one in desk.kept()] == [False]


@pytest.mark.parametrize("empty", ["", " \n", "<think>What shall I say", "<think>Nothing.</think>"])
def test_no_words_are_an_error_and_nothing_is_kept(desk: Desk, empty: str) -> None:
    coaching = desk.write(empty)
    assert coaching.wait(20)
    assert coaching.error is not None
    assert coaching.error.title == "No coaching came"
    assert desk.kept() == []


def test_thinking_is_neither_shown_nor_kept_and_is_remembered(desk: Desk) -> None:
    coaching = desk.write(f"<think>She is weak.</think>\n\n{COACHING}", abilities=Abilities())
    assert coaching.wait(20)
    assert coaching.text == desk.kept()[0].text == COACHING
    assert desk.model.abilities.thinks


def test_a_text_without_end_is_cut(desk: Desk) -> None:
    coaching = desk.write("word " * 200_000)
    assert coaching.wait(20)
    assert len(coaching.text) <= LONGEST
    assert len(desk.kept()[0].text) <= LONGEST


def test_asked_again_both_are_kept_and_the_newest_is_read(desk: Desk) -> None:
    for text in ("Strongest moment\nThe first.", COACHING, [COACHING[:60], ValueError("x")]):
        assert desk.write(text).wait(20)
    assert [one.is_whole for one in desk.kept()] == [True, True, False]
    newest = coaching_in(desk.path)
    assert newest is not None
    assert newest.text == COACHING[:60].strip()


def test_a_coaching_that_cannot_be_kept_says_so(desk: Desk) -> None:
    coaching = desk.write(COACHING, path=desk.path.parent / "gone" / "1.jsonl")
    assert coaching.wait(20)
    assert coaching.error is not None
    assert "COACH_DATA_DIR" in coaching.error.hint
    assert coaching.text == COACHING, "it can still be read"


def test_without_a_file_to_keep_it_in_it_is_only_read(review: Review) -> None:
    line = ScriptedLine(Speaker([COACHING]))
    coaching = Coaching(review, line, None)
    assert coaching.wait(20)
    line.close()
    assert (coaching.is_whole, coaching.text) == (True, COACHING)


def reported(review: Review, text: str, form: str, *, is_whole: bool = True) -> str:
    coached = Coached(text=text, is_whole=is_whole, host="h.example", model=AT_HOME.model)
    return render(replace(review, coaching=coached), form)


def test_a_report_holds_the_coaching_and_its_paragraphs(review: Review) -> None:
    text = reported(review, COACHING, "text")
    assert "Coaching by scripted-model at h.example\n  Strongest moment\n" in text
    assert "\n\n  Three fixes\n" in text
    assert "stopped" not in text.partition("Coaching by")[2].partition("\n")[0]
    assert "Coaching by scripted-model at h.example, stopped before the end" in reported(
        review, COACHING, "text", is_whole=False
    )
    markdown = reported(review, COACHING, "md")
    assert "## Coaching by scripted\\-model at h.example\n" in markdown
    assert "\nThree fixes\n" in markdown
    assert "h.example, stopped before the end\n" in reported(review, COACHING, "md", is_whole=False)
    for form in ("text", "md"):
        assert "Coaching" not in render(review, form)


@pytest.mark.parametrize("form", ["text", "md"])
def test_hostile_coaching_is_words_in_a_report(review: Review, form: str) -> None:
    report = reported(review, EVIL, form)
    assert not {"\x1b", "\x07", "\u202e", "\u200b", "\x9b"} & set(report)
    assert "{{ 7 * 7 }}" in report.replace("\\", "")
    if form == "md":
        part = report.partition("## Coaching")[2].partition("\n## ")[0]
        for alive in (
            "<script>",
            "![a](",
            "\n# You pass",
            "| a | b |",
            "**b**",
            "`c`",
            "[/x]",
            "- [ ]",
        ):
            assert alive not in part


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_million_characters_do_not_stop_a_report(review: Review, form: str) -> None:
    text = "word [x] " * 50_000 + "\n" * 50_000 + "x" * 500_000
    began = time.process_time()
    assert "Coaching by" in reported(review, text, form)
    assert time.process_time() - began < 5
