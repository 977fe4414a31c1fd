"""One table of keys: what it says is bound, shown, explained and in the palette, and nothing else is."""

import pytest
from textual.binding import Binding
from textual.widgets import TextArea

from coach.terms import PHASES
from coach.tui.app import CoachApp
from coach.tui.commands import palette
from coach.tui.keys import KEYS, KeyAction, keys_of
from coach.tui.screens.help import help_text
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.past import PastScreen
from coach.tui.screens.ready import ReadyScreen
from coach.tui.widgets.key_bar import KeyBar
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import USUAL, WIDE, begin, opened, sees, sees_no

PLACES = {
    "everywhere": CoachApp,
    "home": HomeScreen,
    "ready": ReadyScreen,
    "past": PastScreen,
    "interview": InterviewScreen,
}
OURS = [one for one in KEYS if one.area in PLACES]
TAKEN = {"ctrl+c", "ctrl+n", "ctrl+t", "ctrl+w", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+s", "ctrl+b"}


def by_name(one: KeyAction) -> str:
    return f"{one.area}-{one.id}"


@pytest.mark.parametrize("one", OURS, ids=by_name)
def test_every_entry_has_an_action_a_short_label_and_a_sentence(one: KeyAction) -> None:
    action = one.action.partition("(")[0]
    assert callable(getattr(PLACES[one.area], f"action_{action}"))
    assert len(one.label.replace(" ", "")) <= 9
    assert one.tooltip[0].isupper()
    assert one.tooltip.endswith(".")


@pytest.mark.parametrize("area", PLACES)
def test_bindings_are_the_table(area: str) -> None:
    bound = {
        binding.key: binding for binding in PLACES[area].__dict__["BINDINGS"] if isinstance(binding, Binding)
    }
    table = {one.key: one for one in KEYS if one.area == area and one.key}
    assert bound.keys() == table.keys()
    for key, one in table.items():
        assert (bound[key].action, bound[key].description, bound[key].tooltip) == (
            one.action,
            one.label,
            one.tooltip,
        )


@pytest.mark.parametrize("area", PLACES)
def test_no_key_and_no_name_stands_twice(area: str) -> None:
    keys = [one.key for one in keys_of(area) if one.key]  # type: ignore[arg-type]
    names = [one.label for one in keys_of(area)]  # type: ignore[arg-type]
    assert len(set(keys)) == len(keys)
    assert len(set(names)) == len(names)


def test_no_key_of_an_interview_is_one_a_text_editor_a_terminal_or_a_browser_needs() -> None:
    editing = {
        key
        for binding in TextArea.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.replace(" ", "").split(",")
    }
    ours = {one.key for one in keys_of("interview") if one.key}
    assert not ours & (editing | TAKEN)


def test_f4_is_the_sheet_and_f5_the_board() -> None:
    keys = {one.key: one.id for one in keys_of("interview")}
    assert keys["f4"] == "sheet"
    assert keys["f5"] == "board"


@pytest.mark.parametrize("area", PLACES)
def test_help_names_every_key(area: str) -> None:
    text = " ".join(help_text(area, "").split())  # type: ignore[arg-type]
    for one in keys_of(area):  # type: ignore[arg-type]
        assert one.label in text
        assert one.tooltip in text


async def test_the_palette_holds_every_action_under_its_name(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        await begin(pilot, mode="practice")
        names = [command.title for command in palette(pilot.app.screen)]
        assert names == [one.label for one in keys_of("interview") if one.id != "commands"]


async def test_a_command_of_the_palette_does_what_its_key_does(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+p")
        await until(lambda: pilot.app.screen.id == "--command-palette")
        await pilot.press(*"next phase")
        await until(lambda: "next phase" in screen_text(pilot.app))
        await pilot.press("down", "enter")
        await until(lambda: doors.host.state.phase == PHASES[1])


@pytest.mark.parametrize("mode", ["mock", "practice"])
async def test_at_80_columns_the_footer_holds_the_keys_that_matter(doors: FakeDoors, mode: str) -> None:
    async with opened(doors, USUAL) as pilot:
        await begin(pilot, mode=mode)
        line = screen_text(pilot.app).splitlines()[-1]
        for key in (
            "F1 help",
            "F2 talk",
            "F3 notes",
            "F10 next phase",
            "F12 finish",
            "^p more",
        ):
            assert key in line
        for key in ("F8 hint", "F9 guidance"):
            assert (key in line) is (mode == "practice")


async def test_the_footer_never_cuts_a_key_in_two(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        await begin(pilot, mode="practice")
        bar = pilot.app.screen.query_one(KeyBar)
        for width in (20, 30, 40, 60, 80, 100, 200):
            await pilot.resize_terminal(width, 24)
            await until(lambda width=width: bar.size.width == width - 2)
            entries, gap = bar.entries(bar.size.width)
            line = (" " * gap).join(f"{one.shown_key} {one.label}" for one in entries)
            assert len(line) <= bar.size.width
            await until(lambda line=line: screen_text(pilot.app).splitlines()[-1].strip() == line)


async def test_a_click_on_the_footer_does_what_the_key_does(doors: FakeDoors) -> None:
    async with opened(doors, USUAL) as pilot:
        await begin(pilot)
        column = screen_text(pilot.app).splitlines()[-1].index("F10")
        await pilot.click(offset=(column + 1, 23))
        await until(lambda: doors.host.state.phase == PHASES[1])


async def test_help_tells_about_what_has_the_focus(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        await begin(pilot)
        await pilot.press("f1")
        await sees(pilot, "Enter sends.")
        await pilot.press("f1")
        await sees_no(pilot, "Enter sends.")
        await pilot.press("f3", "f1")
        await sees(pilot, "Ctrl+Z undoes.")


async def test_theme_changes_between_dark_and_light(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        pilot.app.action_theme()
        assert not pilot.app.current_theme.dark
        pilot.app.action_theme()
        assert pilot.app.current_theme.dark
