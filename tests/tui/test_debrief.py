"""The debrief: getting about in it, at every size, without colour, and whatever its words are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from coach.tui.keys import KEYS, keys_of
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.home import HomeScreen
from coach.tui.widgets.debrief_contents import Contents
from coach.tui.widgets.debrief_page import CURSOR, Page
from coach.tui.widgets.debrief_sections import SECTIONS
from tests.fakes.screen_text import check_golden, screen_text
from tests.fakes.until import until
from tests.tui import debriefs
from tests.tui.debriefs import DebriefDoors
from tests.tui.stage import NARROW, TINY, USUAL, WIDE, opened, sees, toasts


@asynccontextmanager
async def reading(
    doors: DebriefDoors | None = None, size: tuple[int, int] = USUAL
) -> AsyncIterator[Pilot[None]]:
    """The debrief of the small review, or of what `doors` has, opened from home."""
    async with opened(doors or DebriefDoors(outcome=debriefs.small()), size=size) as pilot:
        await open_debrief(pilot)
        yield pilot


async def open_debrief(pilot: Pilot[None]) -> None:
    """Open the debrief and wait until it shows what it will show for now."""
    app, doors = pilot.app, pilot.app.doors  # type: ignore[attr-defined]
    app.open_debrief("s1")  # type: ignore[attr-defined]
    await until(lambda: isinstance(app.screen, DebriefScreen) and app.screen.focused)
    if not doors.gate:
        await until(lambda: app.screen.outcome and (not app.screen.page or app.screen.page.laid.lines))  # type: ignore[attr-defined]
    await pilot.pause()


def screen(pilot: Pilot[None]) -> DebriefScreen:
    assert isinstance(pilot.app.screen, DebriefScreen)
    return pilot.app.screen


def page(pilot: Pilot[None]) -> Page:
    one = screen(pilot).page
    assert one is not None
    return one


async def go(pilot: Pilot[None], *keys: str, to: str) -> None:
    """Press `keys` and wait until the section `to` is read."""
    await pilot.press(*keys)
    await until(
        lambda: page(pilot).id == to and page(pilot).laid.lines, explain=lambda: screen_text(pilot.app)
    )
    await pilot.pause()


async def marked(pilot: Pilot[None], text: str) -> None:
    """Wait until the line with the cursor holds `text`."""

    def line() -> str:
        return next((line for line in screen_text(pilot.app).split("\n") if CURSOR in line), "")

    await until(lambda: text in line(), explain=lambda: screen_text(pilot.app))


async def at_home(pilot: Pilot[None]) -> None:
    await until(lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_every_section_has_a_key_a_palette_entry_and_a_page() -> None:
    async with reading() as pilot:
        keys = {one.label: one.key for one in keys_of("debrief")}
        for number, section in enumerate(SECTIONS, start=1):
            assert keys[section.label.lower()] == str(number)
            await go(pilot, str(number), to=section.id)
            await sees(pilot, f"[{number} {section.label}]")
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert {section.label.lower() for section in SECTIONS} <= set(titles)
        assert "try again" not in titles


def test_the_keys_are_those_of_the_table_and_each_does_something() -> None:
    own = [one for one in KEYS if one.area == "debrief"]
    bound = {binding.key for binding in DebriefScreen.BINDINGS if isinstance(binding, Binding)}
    assert bound == {one.key for one in own}
    for one in own:
        assert callable(getattr(DebriefScreen, f"action_{one.action.partition('(')[0]}"))
        assert one.tooltip.endswith(".")


async def test_left_and_right_go_through_the_sections_in_a_circle() -> None:
    async with reading() as pilot:
        await go(pilot, "left", to="board")
        await go(pilot, "right", "right", to="levels")


async def test_a_finding_leads_to_its_line_and_one_key_leads_back() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        await go(pilot, "enter", to="findings")
        await marked(pilot, "Finds out about: volume")
        await go(pilot, "enter", to="transcript")
        await marked(pilot, "How many parcels arrive per day?")
        await go(pilot, "escape", to="findings")
        await marked(pilot, "Finds out about: volume")
        await go(pilot, "escape", to="levels")
        await marked(pilot, "Requirements and scope")
        await pilot.press("escape")
        await at_home(pilot)


async def test_coming_back_finds_the_page_as_it_was_left() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed())) as pilot:
        await go(pilot, "2", to="levels")
        await go(pilot, "enter", to="findings")
        await pilot.press(*["down"] * 12)
        await until(lambda: page(pilot).cursor != page(pilot).laid.stops[0])
        before = screen_text(pilot.app)
        await go(pilot, "enter", to="transcript")
        await go(pilot, "escape", to="findings")
        assert screen_text(pilot.app) == before


async def test_each_quote_of_a_finding_leads_to_its_own_line() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        await go(pilot, "down", "enter", to="findings")
        await pilot.press("down", "down", "down", "down")
        await marked(pilot, "line 6")
        await go(pilot, "enter", to="transcript")
        await marked(pilot, "400 k / 86,400 s")


async def test_a_marked_line_leads_to_what_rests_on_it() -> None:
    async with reading() as pilot:
        await go(pilot, "8", to="transcript")
        await pilot.press("end")
        await marked(pilot, "Two couriers at one box")
        await go(pilot, "enter", to="findings")
        await marked(pilot, "You showed what depth asks for.")


async def test_fixes_facts_and_mistakes_lead_to_what_is_behind_them() -> None:
    async with reading() as pilot:
        await go(pilot, "3", to="fixes")
        await go(pilot, "enter", to="findings")
        await marked(pilot, "✗ not shown")
        await go(pilot, "5", to="facts")
        await go(pilot, "enter", to="transcript")
        await marked(pilot, "How many parcels arrive per day?")
        await go(pilot, "6", to="mistakes")
        await go(pilot, "end", "enter", to="transcript")
        await marked(pilot, "7 ✓!")


async def test_a_fact_nobody_mentioned_leads_nowhere_and_says_so() -> None:
    async with reading() as pilot:
        await go(pilot, "5", to="facts")
        await pilot.press("down")
        await marked(pilot, "✗ missed   sizes")
        await pilot.press("enter")
        await until(lambda: toasts(pilot) == ["Nothing to open here."])


async def test_a_digit_forgets_the_way_back() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        await go(pilot, "enter", to="findings")
        await go(pilot, "3", to="fixes")
        await pilot.press("escape")
        await at_home(pilot)


async def test_on_a_wide_screen_the_list_shows_a_section_at_once_and_enter_goes_there() -> None:
    async with reading(size=WIDE) as pilot:
        contents = pilot.app.screen.query_one(Contents)
        await until(lambda: contents.has_focus)
        await go(pilot, "down", "down", "down", to="findings")
        await sees(pilot, "1 + 1 + 1 + 0 = 3.00")
        assert contents.has_focus
        await pilot.press("enter")
        await until(lambda: page(pilot).has_focus)
        await pilot.press("tab")
        await until(lambda: contents.has_focus)


async def test_the_list_follows_the_reader() -> None:
    async with reading(size=WIDE) as pilot:
        contents = pilot.app.screen.query_one(Contents)
        await go(pilot, "2", to="levels")
        await go(pilot, "down", "down", "enter", to="findings")
        await until(lambda: contents.places[contents.highlighted or 0].dimension == "architecture")


async def test_page_keys_skip_nothing() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed()), size=NARROW) as pilot:
        await go(pilot, "8", to="transcript")
        one, seen = page(pilot), set[int]()
        while not seen >= set(range(len(one.laid.lines))):
            top = one.scroll_offset.y
            seen |= set(range(top, top + one.size.height))
            await pilot.press("pagedown")
            assert one.scroll_offset.y > top or one.scroll_offset.y == one.max_scroll_y
        assert one.laid.first[one.cursor + 1] > one.scroll_offset.y, "the cursor stays in sight"


async def test_down_reaches_the_end_and_up_the_beginning() -> None:
    async with reading(DebriefDoors(outcome=debriefs.small()), size=(60, 10)) as pilot:
        await go(pilot, "5", to="facts")
        one = page(pilot)
        assert one.max_scroll_y > 0
        await pilot.press(*["down"] * len(one.laid.lines))
        assert (one.scroll_offset.y, one.cursor) == (one.max_scroll_y, one.laid.stops[-1])
        await pilot.press(*["up"] * len(one.laid.lines))
        assert (one.scroll_offset.y, one.cursor) == (0, one.laid.stops[0])


async def test_resizing_keeps_the_place_and_the_focus() -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed()), size=WIDE) as pilot:
        await go(pilot, "8", to="transcript")
        await pilot.press("end")
        for size in (TINY, (5, 2), (1, 1), USUAL, (200, 60), NARROW):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        one = page(pilot)
        await until(lambda: one.has_focus and one.size.width == NARROW[0])
        assert one.cursor == one.laid.stops[-1]
        assert one.scroll_offset.y > 0


async def test_the_focus_does_not_go_away_with_the_list() -> None:
    async with reading(size=WIDE) as pilot:
        await until(lambda: pilot.app.screen.query_one(Contents).has_focus)
        await pilot.resize_terminal(*USUAL)
        await until(lambda: page(pilot).has_focus)
        await go(pilot, "right", to="levels")


@pytest.mark.parametrize("size", [TINY])
async def test_every_section_survives_a_tiny_screen(size: tuple[int, int]) -> None:
    async with reading(DebriefDoors(outcome=debriefs.interviewed()), size=size) as pilot:
        for number, section in enumerate(SECTIONS, start=1):
            await pilot.press(str(number))
            await until(lambda section=section: page(pilot).id == section.id)
            await pilot.press("down", "enter", "pagedown", "end", "home", "up")


async def test_without_colour_the_cursor_and_the_section_are_still_told() -> None:
    async with reading(DebriefDoors(outcome=debriefs.small(), no_color=True)) as pilot:
        await go(pilot, "2", to="levels")
        await sees(pilot, "[2 Levels]")
        await marked(pilot, "▸ Requirements and scope")


async def test_a_click_moves_the_cursor_and_a_second_one_opens() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        await pilot.click(page(pilot), offset=(5, 4))
        await marked(pilot, "Capacity estimation")
        await pilot.click(page(pilot), offset=(5, 4))
        await until(lambda: page(pilot).id == "findings")


async def test_dark_and_light_say_the_same() -> None:
    async with reading() as pilot:
        await go(pilot, "2", to="levels")
        dark = screen_text(pilot.app)
        pilot.app.action_theme()  # type: ignore[attr-defined]
        await pilot.pause()
        assert screen_text(pilot.app) == dark


async def test_hostile_text_is_shown_and_does_nothing() -> None:
    evil = "\x1b[2J\x1b]0;owned\x07[/x] [bold]b[/bold] [@click=app.quit]q \u202eright\u200b\ttab 日本語 🎉 <id> \x00"
    shown = "[/x] [bold]b[/bold] [@click=app.quit]q right"
    async with reading(DebriefDoors(outcome=debriefs.saying(debriefs.small(), evil)), size=WIDE) as pilot:
        for keys, section in (
            (("1",), "verdict"),
            (("2",), "levels"),
            (("enter",), "findings"),
            (("8",), "transcript"),
        ):
            await go(pilot, *keys, to=section)
            await pilot.press("end")
            await pilot.pause()
            text = screen_text(pilot.app)
            assert not {"\x1b", "\x00", "\u202e", "\u200b", "\t", "\x07"} & set(text)
            assert "owned" not in text
            assert shown in text or section == "levels"
        assert "日本語" in screen_text(pilot.app)


@pytest.mark.parametrize("section", [section.id for section in SECTIONS] + ["findings"])
@pytest.mark.parametrize("size", [USUAL, NARROW, WIDE])
async def test_golden(section: str, size: tuple[int, int]) -> None:
    keys = {one.id: str(at) for at, one in enumerate(SECTIONS, start=1)}
    async with reading(size=size) as pilot:
        if section == "findings":
            await go(pilot, "2", to="levels")
            await go(pilot, "down", "enter", to=section)
        else:
            await go(pilot, keys[section], to=section)
        check_golden(f"debrief-{section}-{size[0]}x{size[1]}", screen_text(pilot.app))


async def test_escape_goes_from_the_page_to_the_list_and_then_out() -> None:
    async with reading(size=(120, 40)) as pilot:
        screen = pilot.app.screen
        screen.set_focus(page(pilot))
        await pilot.press("escape")
        await until(lambda: type(pilot.app.focused).__name__ == "Contents")
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is not screen)
