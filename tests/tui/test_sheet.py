"""The number sheet: results beside the lines, kept like notes, and never in the way."""

from typing import Any

import pytest

from coach.session.commands import SHEET, Edit
from coach.session.events import Edited
from coach.tui.screens.dialogs import TextDialog
from coach.tui.screens.interview import InterviewScreen
from coach.tui.widgets.sheet import Results, SheetArea
from tests.fakes.screen_text import check_golden, screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import NARROW, TINY, USUAL, WIDE, begin, opened, sees, sees_no, toasts, write

LINES = """DAU = 10M
reads = DAU * 20 / day
peak = 3 * reads
oops = 5 GB + 3 req/s
[red]a remark[/red] [/x]
growth = 500K/day * 500B
"""


async def at_the_sheet(pilot: Any, text: str = "", **choice: Any) -> InterviewScreen:
    screen = await begin(pilot, **choice)
    await pilot.press("f4")
    await until(lambda: isinstance(pilot.app.focused, SheetArea))
    if text:
        screen.sheet.area.take_over(text)
        screen.sheet.area.move_cursor(screen.sheet.area.document.end)
    await pilot.pause()
    return screen


def rows(pilot: Any) -> list[str]:
    """The lines of the screen inside the edges of the sheet."""
    return [line.strip("┃│ ").rstrip() for line in screen_text(pilot.app).splitlines()]


async def test_results_stand_beside_their_lines_as_they_are_typed(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await at_the_sheet(pilot)
        await write(pilot, "DAU = 10M\nreads = DAU * 20 / day")
        await sees(pilot, "2.3 k/s")
        shown = rows(pilot)
        assert any(line.startswith("DAU = 10M ") and line.endswith(" 10 M") for line in shown)
        assert any(line.startswith("reads = DAU * 20 / day ") and line.endswith(" 2.3 k/s") for line in shown)


async def test_results_are_never_part_of_the_text(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, LINES)
        await sees(pilot, "6.9 k/s")
        assert screen.sheet.area.text == LINES
        screen.host.tick()
        assert doors.host.state.docs[SHEET] == LINES


async def test_f4_f3_and_f2_go_between_sheet_notes_and_talk(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "a = 6 * 7")
        await sees(pilot, "a = 6 * 7")
        await pilot.press("f3")
        await sees_no(pilot, "a = 6 * 7")
        assert pilot.app.focused is screen.notes.area
        await pilot.press("f2")
        assert pilot.app.focused is screen.talk_line
        await pilot.press("f4", *"!")
        await sees(pilot, "a = 6 * 7!")
        assert pilot.app.focused is screen.sheet.area


async def test_beside_the_talk_the_tab_last_written_in_stays(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        await at_the_sheet(pilot, "a = 6 * 7")
        await pilot.press("f2")
        await sees(pilot, "a = 6 * 7")
        await pilot.press("f3", "f2")
        await sees_no(pilot, "a = 6 * 7")


async def test_what_clashes_is_said_once_the_line_is_left(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot)
        await write(pilot, "a = 5 GB ")
        await pilot.press("plus")
        await write(pilot, " 3 days")
        assert "!" not in screen_text(pilot.app)
        await pilot.press("enter")
        await sees(pilot, "! a size and a t")
        await pilot.press("up")
        await sees(pilot, "a size and a time cannot be added")
        assert screen.sheet.results.rows[0].is_error


async def test_how_a_b_was_read_stands_on_the_edge(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await at_the_sheet(pilot, "a = 400M/day * 500B")
        await sees(pilot, "500B read as bytes; 500 bn is billion")


async def test_results_scroll_with_their_lines(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "\n".join(f"a{number} = {number} * 2" for number in range(1, 60)))
        await until(lambda: screen.sheet.results.top > 0)
        await sees(pilot, "118")
        line = next(one for one in rows(pilot) if one.startswith("a59 "))
        assert line.endswith("118")
        screen.sheet.area.move_cursor((0, 0))
        await until(lambda: screen.sheet.results.top == 0)
        await pilot.pause()
        assert next(one for one in rows(pilot) if one.startswith("a1 ")).endswith(" 2")


async def test_a_long_line_keeps_its_result_in_sight(doors: FakeDoors) -> None:
    async with opened(doors, NARROW) as pilot:
        await at_the_sheet(pilot, "a rather long name = " + " + ".join(["1000"] * 30))
        await sees(pilot, "30 k")


@pytest.mark.parametrize("size", [WIDE, USUAL, NARROW])
async def test_the_sheet_looks_like_this(doors: FakeDoors, size: tuple[int, int]) -> None:
    async with opened(doors, size) as pilot:
        await at_the_sheet(pilot, LINES)
        await sees(pilot, "6.9 k/s")
        check_golden(f"interview-sheet-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_the_smallest_window_still_takes_a_line(doors: FakeDoors) -> None:
    async with opened(doors, TINY) as pilot:
        screen = await at_the_sheet(pilot)
        await write(pilot, "a = 5")
        assert screen.sheet.area.text == "a = 5"


async def test_what_is_typed_is_journaled_as_the_sheet(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot)
        await write(pilot, "a = 5")
        screen.tick()
        edited = [one.event for one in doors.host.records if isinstance(one.event, Edited)]
        assert {one.doc for one in edited} == {"sheet"}
        assert "".join(one.inserted for one in edited) == "a = 5"


async def test_undo_takes_back_what_was_typed(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "a = 5")
        screen.sheet.area.take_over("a = 6")
        await pilot.press("ctrl+z")
        await until(lambda: screen.sheet.area.text == "a = 5")


async def test_names_with_brackets_do_not_come_alive_on_the_edge(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "bold_x_ = [/x] * 5 + bold\n")
        await pilot.press("up")
        await pilot.pause()
        assert screen.is_attached


async def test_figures_are_one_key_away_in_practice(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await at_the_sheet(pilot, mode="practice")
        await sees(pilot, "F4 again: figures")
        await pilot.press("f4")
        await until(lambda: isinstance(pilot.app.screen, TextDialog))
        await sees(pilot, "86 400 s")
        await pilot.press("f4")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))


async def test_a_mock_interview_shows_no_figures(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot)
        await pilot.press("f4")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "A mock interview shows no figures; practice does." in toasts(pilot)
        assert "figures" not in screen_text(pilot.app).splitlines()[-4]


async def test_a_resumed_sheet_is_there_with_its_results_and_the_cursor(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        doors.host.do(Edit(SHEET, "a = 6 * 7"))
        again = InterviewScreen(doors.host, screen.doors)
        await pilot.app.push_screen(again)
        await until(lambda: isinstance(pilot.app.focused, SheetArea))
        await sees(pilot, "42")
        assert again.sheet.area.text == "a = 6 * 7"


async def test_only_rows_that_read_differently_are_painted_again(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "a = 5\nb = 6\nc = a * 2\n")
        await sees(pilot, "10")
        painted: list[int] = []
        results = screen.sheet.results
        monkeypatch.setattr(
            Results, "refresh", lambda self, *regions, **_: painted.extend(one.y for one in regions) or self
        )
        screen.sheet.area.replace("7", (0, 4), (0, 5))
        await until(lambda: results.rows[2].result == "14")
        assert painted == [0, 2]


async def test_the_outside_editor_gets_the_tab_that_is_shown(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []

    def edit(text: str, _: object, *, name: str) -> str:
        seen.append((text, name))
        return "a = 6"

    monkeypatch.setattr("coach.tui.editor.edit_outside", edit)
    async with opened(doors) as pilot:
        screen = await at_the_sheet(pilot, "a = 5")
        monkeypatch.setattr(pilot.app, "suspend", lambda: __import__("contextlib").nullcontext())
        await pilot.press("ctrl+o")
        await until(lambda: screen.sheet.area.text == "a = 6")
        assert seen == [("a = 5", "sheet")]
