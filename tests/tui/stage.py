"""Short ways onto a screen and into an interview."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from coach.choice import Choice
from coach.tui.app import CoachApp
from coach.tui.messages import StartAsked
from coach.tui.screens.interview import InterviewScreen
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors

WIDE, USUAL, NARROW, TINY = (120, 40), (80, 24), (60, 20), (20, 5)


@asynccontextmanager
async def opened(
    doors: FakeDoors | None = None, size: tuple[int, int] = USUAL, **how: Any
) -> AsyncIterator[Pilot[None]]:
    """The app in front of `doors`, painted and with the bank read."""
    doors = doors or FakeDoors()
    app = CoachApp(doors, **how)
    app.animation_level = "none"
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(lambda: doors.reads > 0)
        await pilot.pause()
        yield pilot


async def begin(pilot: Pilot[None], **choice: Any) -> InterviewScreen:
    """A new interview with the interviewer's greeting on the screen."""
    pilot.app.post_message(StartAsked(Choice("tinyurl", **choice)))
    return await in_interview(pilot)


async def in_interview(pilot: Pilot[None]) -> InterviewScreen:
    """The interview that is about to open."""
    await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
    screen = pilot.app.screen
    assert isinstance(screen, InterviewScreen)
    await until(lambda: screen.is_mounted and screen.focused is not None)
    screen.tick()
    await pilot.pause()
    return screen


async def sees(pilot: Pilot[None], text: str) -> None:
    """Wait until `text` stands on the screen in front."""
    await until(lambda: text in screen_text(pilot.app), explain=lambda: screen_text(pilot.app))


async def sees_no(pilot: Pilot[None], text: str) -> None:
    """Wait until `text` is gone from the screen in front."""
    await until(lambda: text not in screen_text(pilot.app), explain=lambda: screen_text(pilot.app))


async def write(pilot: Pilot[None], text: str) -> None:
    """Type `text` key by key."""
    names = {" ": "space", "\n": "enter", "?": "question_mark", ".": "full_stop", ",": "comma", "-": "minus"}
    await pilot.press(*(names.get(char, char) for char in text))


def toasts(pilot: Pilot[None]) -> list[str]:
    """What the toasts say."""
    return [f"{one.title}: {one.message}" if one.title else one.message for one in pilot.app._notifications]
