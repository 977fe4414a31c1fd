"""Opening a debrief: the judge at work, failing and breaking, warm-ups, and writing the report."""

import threading

from textual.pilot import Pilot

from coach.errors import CoachError, JudgeFailed
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.help import HelpScreen
from coach.tui.screens.home import HomeScreen
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui import debriefs
from tests.tui.debriefs import DebriefDoors
from tests.tui.stage import opened, sees, sees_no, toasts

FAILED = JudgeFailed("The judge did not finish", "3 checks have no [/finding].", hint="Ask it again.")


async def open_debrief(pilot: Pilot[None]) -> None:
    pilot.app.open_debrief("s1")  # type: ignore[attr-defined]
    await until(lambda: isinstance(pilot.app.screen, DebriefScreen) and pilot.app.screen.focused)


async def leave(pilot: Pilot[None]) -> None:
    await pilot.press("escape")
    await until(lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_leaving_while_the_judge_reads_does_no_harm_and_the_judging_goes_on() -> None:
    gate = threading.Event()
    doors = DebriefDoors(outcome=debriefs.small(), gate=gate)
    async with opened(doors) as pilot:
        await open_debrief(pilot)
        await sees(pilot, "Reading the session and judging it.")
        await pilot.press("2", "s", "r", "right", "enter")
        assert toasts(pilot)[0] == "There is nothing to read yet."
        await leave(pilot)
        assert doors.judged == []
        gate.set()
        await until(lambda: doors.judged == ["s1"])


async def test_coming_back_while_the_judge_reads_starts_no_second_judging() -> None:
    gate = threading.Event()
    doors = DebriefDoors(outcome=debriefs.small(), gate=gate)
    async with opened(doors) as pilot:
        await open_debrief(pilot)
        await leave(pilot)
        await open_debrief(pilot)
        gate.set()
        await sees(pilot, "No hire")
        assert doors.judged == ["s1"]


async def test_a_judge_that_fails_is_shown_and_can_be_asked_again() -> None:
    doors = DebriefDoors(outcome=FAILED)
    async with opened(doors) as pilot:
        await open_debrief(pilot)
        for words in (FAILED.title, FAILED.message, FAILED.hint, "r try again"):
            await sees(pilot, words)
        doors.outcome = debriefs.small()
        await pilot.press("r")
        await sees(pilot, "No hire")
        await sees_no(pilot, "r try again")


async def test_a_judge_that_breaks_is_shown_too() -> None:
    async with opened(DebriefDoors(outcome=ValueError("no such [b]thing"))) as pilot:
        await open_debrief(pilot)
        await sees(pilot, "ValueError: no such [b]thing")
        await leave(pilot)


async def test_a_warm_up_is_not_judged() -> None:
    doors = DebriefDoors(journal=tuple(debriefs.parcels(is_toy=True).records))
    async with opened(doors) as pilot:
        await open_debrief(pilot)
        for words in ("Warm-up done", "✓ Writing notes", "guidance of a phase (F9): not tried", "Start one"):
            await sees(pilot, words)
        assert "hire" not in screen_text(pilot.app).lower()
        assert doors.judged == []


async def test_the_report_is_written_next_to_the_session() -> None:
    async with opened(DebriefDoors(outcome=debriefs.small())) as pilot:
        await open_debrief(pilot)
        await sees(pilot, "No hire")
        await pilot.press("s")
        await until(lambda: toasts(pilot) == ["Written: /home/ana/coach/s1/report.md"])


async def test_a_report_that_cannot_be_written_is_said() -> None:
    doors = DebriefDoors(outcome=debriefs.small())
    doors.cannot_save = CoachError("Cannot keep the session", "No space left", hint="Make room.")
    async with opened(doors) as pilot:
        await open_debrief(pilot)
        await sees(pilot, "No hire")
        await pilot.press("s")
        await until(lambda: toasts(pilot) == ["Cannot keep the session: No space left\nMake room."])


async def test_help_says_what_the_debrief_is_for() -> None:
    async with opened(DebriefDoors(outcome=debriefs.small())) as pilot:
        await open_debrief(pilot)
        await sees(pilot, "No hire")
        await pilot.press("f1")
        await until(lambda: isinstance(pilot.app.screen, HelpScreen))
        await sees(pilot, "What the judge found")
