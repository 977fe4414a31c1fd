"""The board in the debrief: the picture, what breaks in it, and the way to the line."""

import pytest

from coach.report.formats import render
from tests.board.test_fit import TWITTER
from tests.fakes.screen_text import check_golden, screen_text
from tests.tui import debriefs
from tests.tui.stage import NARROW, USUAL, WIDE, sees
from tests.tui.test_debrief import DebriefDoors, go, marked, reading

LINES = "client -> LB -> tweet service x3: POST /tweet\ntweet service -> tweet DB\ntweet service -> fan-out workers"


async def test_nothing_drawn_says_how_to_draw() -> None:
    async with reading() as pilot:
        await go(pilot, "9", to="board")
        await sees(pilot, "Nothing was drawn. F5 in an interview opens the whiteboard.")


async def test_the_picture_and_what_breaks_in_it_lead_to_the_line() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed(LINES)), WIDE) as pilot:
        await go(pilot, "9", to="board")
        await sees(pilot, "│ tweet service ×3 │")
        await marked(pilot, "LB is a single point of failure")
        await go(pilot, "enter", to="transcript")
        await marked(pilot, "client -> LB -> tweet service x3")
        await go(pilot, "escape", to="board")


async def test_the_list_says_how_much_was_found() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed(LINES)), WIDE) as pilot:
        await sees(pilot, " found ")
        line = next(line for line in screen_text(pilot.app).split("\n") if "9 Board" in line)
        assert " found " in line


@pytest.mark.parametrize(("size", "name"), [(USUAL, "80x24"), (WIDE, "120x40"), (NARROW, "60x20")])
async def test_screens(size: tuple[int, int], name: str) -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed(LINES)), size) as pilot:
        await go(pilot, "9", to="board")
        check_golden(f"debrief-drawn-{name}", screen_text(pilot.app))


async def test_a_picture_that_is_too_wide_says_so() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed(TWITTER)), NARROW) as pilot:
        await go(pilot, "9", to="board")
        await sees(pilot, "The picture needs")


def test_every_format_of_the_report_has_picture_and_findings() -> None:
    review = debriefs.interviewed(LINES + "\n`a` | <b>x</b> -> [link](javascript:1)")
    text, markdown = render(review, "text"), render(review, "md")
    for report in (text, markdown):
        assert "│ tweet service ×3 │" in report
        assert "LB is a single point of failure" in report
    assert "    " + "╭" in markdown.split("## Board")[1]
    assert '"rule":"single-point"' in render(review, "json").replace(" ", "")
