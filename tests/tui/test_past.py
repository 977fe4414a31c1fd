"""Past sessions: the way back to a debrief or into an unfinished interview."""

from coach.choice import Choice
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.past import PastScreen
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, unfinished
from tests.tui.stage import begin, opened, sees


async def test_enter_reads_what_is_finished_and_escape_comes_back(
    doors: FakeDoors, stub_debrief: type
) -> None:
    doors.past = (unfinished("new", status="finished", verdict="strong_hire"),)
    async with opened(doors) as pilot:
        await pilot.press("p")
        await sees(pilot, "2026-11-22 18:00 · Design TinyURL · mock · senior · strong hire")
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, stub_debrief))
        assert pilot.app.screen.session == "new"
        await pilot.app.pop_screen()
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_enter_resumes_what_is_unfinished(doors: FakeDoors) -> None:
    doors.past = (unfinished(),)
    doors.reopened["old"] = FakeDoors(clock=doors.clock).begin(
        Choice("tinyurl", mode="practice", seniority="mid", minutes=45)
    )
    async with opened(doors) as pilot:
        await pilot.press("p")
        await sees(pilot, "unfinished, 12:40 used")
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))


async def test_a_session_that_cannot_be_read_is_told_and_not_opened(doors: FakeDoors) -> None:
    doors.past = (unfinished("bad", trouble="Line 3 is damaged."), unfinished("good", status="finished"))
    async with opened(doors) as pilot:
        await pilot.press("p")
        await sees(pilot, "cannot be read: Line 3 is damaged.")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, PastScreen)


async def test_an_empty_shelf_says_so(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await pilot.press("p")
        await sees(pilot, "No sessions yet.")
        assert "Enter open" not in screen_text(pilot.app)
        await pilot.press("enter", "escape")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_session_appears_under_past_sessions_once_it_is_over(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        doors.past = (unfinished("session-1", status="abandoned"),)
        screen.action_abandon()
        await pilot.press("y")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))
        await until(lambda: pilot.app.screen.sessions)
        await pilot.press("p")
        await sees(pilot, "not judged")
