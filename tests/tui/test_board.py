"""The whiteboard: the picture follows the lines, keeps out of the way, and is kept like notes."""

import threading
from typing import Any

import pytest

from coach.board.fit import fit
from coach.board.lint import Expected
from coach.session.commands import BOARD
from coach.session.events import Edited, Snapshotted
from coach.tui.screens.interview import InterviewScreen
from coach.tui.widgets.board import BoardArea
from coach.tui.widgets.board_picture import BoardPicture
from tests.board.test_fit import SHORTENER, TWITTER
from tests.fakes.screen_text import check_golden, screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import NARROW, TINY, USUAL, WIDE, begin, opened, sees, sees_no, write


async def at_the_board(pilot: Any, text: str = "", **choice: Any) -> InterviewScreen:
    screen = await begin(pilot, **choice)
    await pilot.press("f5")
    await until(lambda: isinstance(pilot.app.focused, BoardArea))
    if text:
        screen.board.area.take_over(text)
        screen.board.area.move_cursor(screen.board.area.document.end)
    await pilot.pause()
    await pilot.pause()
    return screen


async def test_the_picture_follows_each_key(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await at_the_board(pilot)
        await write(pilot, "client -")
        await sees(pilot, "│ client │")
        await write(pilot, "> api")
        await sees(pilot, "│ api │")
        await write(pilot, " x3")
        await sees(pilot, "│ api ×3 │")


async def test_half_typed_lines_draw_what_exists_and_say_the_rest_once_they_are_left(
    doors: FakeDoors,
) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, "client -> api\napi -> ")
        await sees(pilot, "│ api │")
        assert "no target" not in str(screen.board.border_subtitle)
        await pilot.press("f2", "f5")
        screen.board.area.move_cursor((0, 0))
        await pilot.press("f2")
        await sees_no(pilot, "F5 again")


async def test_the_board_is_journaled_resumed_and_never_part_of_its_picture(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot)
        await write(pilot, "a -> b")
        await sees(pilot, "│ b │")
        screen.host.tick()
        assert doors.host.state.docs[BOARD] == "a -> b"
        kinds = [one.event for one in doors.host.records if isinstance(one.event, Edited | Snapshotted)]
        assert {event.doc for event in kinds} == {BOARD}


async def test_f5_goes_to_the_board_again_for_the_whole_screen_and_back(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        screen = await at_the_board(pilot, SHORTENER)
        await sees(pilot, "Ask or answer")
        await pilot.press("f5")
        await sees_no(pilot, "Ask or answer")
        assert pilot.app.focused is screen.board.area
        await pilot.press("f5")
        await sees(pilot, "Ask or answer")
        await pilot.press("f5", "f3")
        await sees(pilot, "Ask or answer")
        assert pilot.app.focused is screen.notes.area


async def test_undo_reaches_back_over_a_paste(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, "flowchart TD\n a[Load balancer] --> b[(Tweets)]")
        await sees(pilot, "Load balancer")
        await pilot.press("ctrl+z")
        await until(lambda: not screen.board.area.text)
        await sees_no(pilot, "Load balancer")


async def test_a_name_that_is_on_the_board_is_completed_by_tab(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, "client -> Load balancer\n")
        await write(pilot, "Loa")
        assert screen.board.area.suggestion == "d balancer"
        await pilot.press("tab")
        assert screen.board.area.text.endswith("\nLoad balancer")
        await write(pilot, " -> cl")
        await pilot.press("tab")
        assert screen.board.area.text.endswith("Load balancer -> client")


async def test_tab_without_an_offer_goes_on_to_the_picture_which_the_arrow_keys_pan(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, TWITTER)
        await sees(pilot, "Notifier")
        screen.board.area.move_cursor((0, 0))
        await sees(pilot, "Mobile app ")
        await pilot.press("tab")
        assert isinstance(pilot.app.focused, BoardPicture)
        before = screen.board.picture.scroll_offset
        await pilot.press(*["down"] * 5)
        await until(lambda: screen.board.picture.scroll_offset.y > before.y)


async def test_the_picture_pans_to_the_line_of_the_cursor(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, TWITTER)
        for at, name in ((4, "CDN"), (24, "Graph DB"), (7, "Media")):
            screen.board.area.move_cursor((at, 0))
            await pilot.pause()
            picture = screen.board.picture
            drawn = "\n".join(picture.render_line(y).text for y in range(picture.size.height))
            assert name in drawn, drawn


async def test_practice_is_told_what_breaks_and_mock_is_not(doors: FakeDoors) -> None:
    text = "client -> LB -> api x2\napi -> db\n"
    async with opened(doors, WIDE) as pilot:
        await at_the_board(pilot, text, mode="practice")
        await sees(pilot, "LB is a single point of failure")
        await sees(pilot, "to think about")
    async with opened(FakeDoors(), WIDE) as pilot:
        await at_the_board(pilot, text, mode="mock")
        await sees(pilot, "api ×2")
        assert "single point" not in screen_text(pilot.app)


async def test_the_problem_is_asked_what_it_expects(doors: FakeDoors) -> None:
    doors.expects = Expected(most_boxes=1)
    async with opened(doors, WIDE) as pilot:
        await at_the_board(pilot, "client -> api x2 -> db x2\n", mode="practice")
        await sees(pilot, "2 parts are drawn; 1 are enough")


async def test_names_that_look_like_markup_or_escapes_are_text(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await at_the_board(pilot, "[red]a[/x] -> b\x1b[31m\n[bold] -> b: [/] [link=x]\n", mode="practice")
        await sees(pilot, "b")
        assert "\x1b" not in screen_text(pilot.app)


async def test_a_large_board_is_drawn_apart_when_the_keys_rest(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def noted(*given: Any, **named: Any) -> Any:
        threads.append(threading.current_thread())
        return fit(*given, **named)

    monkeypatch.setattr("coach.tui.widgets.board_picture.fit", noted)
    async with opened(doors) as pilot:
        screen = await at_the_board(pilot, "\n".join(f"part {n} -> part {n + 1}" for n in range(80)))
        await until(lambda: screen.board.picture.picture is not None)
        await write(pilot, "\nz -> part 3")
        assert "keys rest" in str(screen.board.border_subtitle)
        await until(lambda: screen.board.picture.picture.placed("z") is not None)
        assert threads
        assert threading.main_thread() not in threads


@pytest.mark.parametrize(("size", "name"), [(USUAL, "80x24"), (WIDE, "120x40"), (NARROW, "60x20")])
async def test_screens(doors: FakeDoors, size: tuple[int, int], name: str) -> None:
    async with opened(doors, size) as pilot:
        await at_the_board(pilot, SHORTENER, mode="practice")
        await sees(pilot, "URL DB")
        check_golden(f"interview-board-{name}", screen_text(pilot.app))


async def test_the_whole_screen(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        await at_the_board(pilot, SHORTENER)
        await pilot.press("f5")
        await sees(pilot, "▼POST /urls")
        check_golden("interview-board-whole-120x40", screen_text(pilot.app))


@pytest.mark.parametrize("size", [TINY, (30, 8), (300, 100)])
async def test_any_size_is_survived(doors: FakeDoors, size: tuple[int, int]) -> None:
    async with opened(doors, size) as pilot:
        screen = await at_the_board(pilot, TWITTER)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert screen.board.area.text == TWITTER
