"""Every screen at the three sizes people have, as plain text to read in a review, and at one nobody has."""

from typing import Any

from coach.choice import Choice
from coach.session.commands import Speak
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.paused import PausedScreen
from coach.tui.screens.ready import ReadyScreen
from coach.tui.screens.self_rating import SelfRatingScreen
from tests.fakes.screen_text import screen_text, settled
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, fault, unfinished
from tests.tui.stage import NARROW, TINY, USUAL, WIDE, begin, opened, sees

SIZES = (USUAL, NARROW, WIDE)


async def compare(pilot: Any, name: str) -> None:
    """The screen in front is as in its golden files, whatever size it is brought to."""
    for width, height in SIZES:
        await pilot.resize_terminal(width, height)
        await pilot.pause()
        await settled(f"{name}-{width}x{height}", lambda: screen_text(pilot.app))


async def _talk(pilot: Any, doors: FakeDoors) -> InterviewScreen:
    """Ten minutes into an interview: a question asked, notes taken, the second phase nearly over."""
    screen = await begin(pilot)
    doors.clock.advance(70)
    screen.talk_line.insert("How many links?")
    await pilot.press("f2", "enter", "f3")
    screen.notes.area.insert("- 100 M links a month\n- reads 100:1")
    doors.clock.advance(150)
    await pilot.press("f10")
    screen.notes.area.insert("- 40 writes/s")
    doors.clock.advance(320)
    doors.host.do(Speak("You have about a minute left for estimation.", "nudge"))
    screen.tick()
    await pilot.pause()
    return screen


async def test_home(doors: FakeDoors) -> None:
    doors.past = (unfinished(),)
    doors.faults = (fault(),)
    async with opened(doors) as pilot:
        await sees(pilot, "mine.yaml")
        await sees(pilot, "Unfinished")
        await compare(pilot, "home")


async def test_ready(doors: FakeDoors) -> None:
    async with opened(doors, choice=Choice("tinyurl")) as pilot:
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await compare(pilot, "ready")


async def test_interview(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await _talk(pilot, doors)
        await compare(pilot, "interview-notes")
        await pilot.press("f2")
        await compare(pilot, "interview-talk")
        doors.clock.advance(87)
        screen.tick()
        await compare(pilot, "interview-over")


async def test_help(doors: FakeDoors) -> None:
    for size in SIZES:
        async with opened(doors, size) as pilot:
            await begin(pilot)
            await pilot.press("f3", "f1")
            await sees(pilot, "Esc closes")
            await settled(f"help-{size[0]}x{size[1]}", lambda pilot=pilot: screen_text(pilot.app))


async def test_self_rating(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f12", "y")
        await until(lambda: isinstance(pilot.app.screen, SelfRatingScreen))
        await pilot.press("right", "right", "right")
        await sees(pilot, "[hire]")
        await compare(pilot, "self-rating")


async def test_warm_up(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await pilot.press("w")
        await sees(pilot, "Warm-up 1/5")
        await sees(pilot, "Ask me what you need")
        await compare(pilot, "warm-up")


async def test_nothing_breaks_when_the_terminal_shrinks_under_any_screen(doors: FakeDoors) -> None:
    doors.past = (unfinished(),)
    doors.faults = (fault(),)

    async def shrink(pilot: Any) -> None:
        for to in (TINY, (1, 1), USUAL):
            await pilot.resize_terminal(*to)
            await pilot.pause()

    async with opened(doors) as pilot:
        await shrink(pilot)
        await pilot.press("p")
        await shrink(pilot)
        await pilot.press("escape", "f1")
        await shrink(pilot)
        await pilot.press("escape")
        pilot.app.open_ready(Choice("tinyurl"))
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await shrink(pilot)
        screen = await begin(pilot, mode="practice")
        await _keys_at(pilot, shrink, ("f3", "f1", "escape", "ctrl+p", "escape"))
        await pilot.press("f11")
        await until(lambda: isinstance(pilot.app.screen, PausedScreen))
        await shrink(pilot)
        await pilot.press("enter", "ctrl+q")
        await shrink(pilot)
        await pilot.press("n", "f12", "y")
        await until(lambda: isinstance(pilot.app.screen, SelfRatingScreen))
        await shrink(pilot)
        assert screen.is_attached


async def _keys_at(pilot: Any, shrink: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        await pilot.press(key)
        await shrink(pilot)


async def test_at_20_by_5_the_countdown_and_what_is_typed_are_readable(doors: FakeDoors) -> None:
    async with opened(doors, TINY) as pilot:
        await begin(pilot)
        await pilot.press("f3", "a", "b", "c")
        await sees(pilot, "abc")
        await sees(pilot, "05:00")
        await sees(pilot, "all 45:00")


async def test_one_pane_shows_what_has_the_focus_and_two_show_both(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        assert (bool(screen.notes.region), bool(screen.conversation.region)) == (False, True)
        await pilot.press("f3")
        await pilot.pause()
        assert (bool(screen.notes.region), bool(screen.conversation.region)) == (True, False)
        await pilot.resize_terminal(*WIDE)
        await until(lambda: screen.notes.region and screen.conversation.region)
        await pilot.resize_terminal(*USUAL)
        await until(lambda: not screen.conversation.region)
        assert pilot.app.focused is screen.notes.area


async def test_home_again_after_an_interview_reads_the_bank_anew(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        before = doors.reads
        screen.action_abandon()
        await pilot.press("y")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen) and doors.reads > before)
