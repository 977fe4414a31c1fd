"""The ready screen: everything to know before the clock runs, and no clock before Enter."""

from coach.choice import Choice
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.ready import ReadyScreen
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import WIDE, opened, sees, toasts


async def test_prompt_plan_and_keys_are_there_and_no_clock_runs(doors: FakeDoors) -> None:
    choice = Choice("tinyurl", minutes=90, strict=True)
    async with opened(doors, WIDE, choice=choice) as pilot:
        await sees(pilot, "Design a service that turns long web addresses")
        for text in ("mock · senior · 90 minutes", "High-level design       30:00", "Strict:", "F12"):
            await sees(pilot, text)
        assert doors.hosts == []


async def test_enter_starts_with_exactly_what_was_picked(doors: FakeDoors) -> None:
    choice = Choice("tinyurl", mode="drill", seniority="staff", minutes=10, only="estimation")
    async with opened(doors, choice=choice) as pilot:
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        setup = doors.host.state.chosen
        assert (setup.problem, setup.mode, setup.only) == ("tinyurl", "drill", "estimation")
        assert (setup.seniority, setup.minutes, setup.strict) == ("staff", 10, False)


async def test_escape_goes_back_and_starts_nothing(doors: FakeDoors) -> None:
    async with opened(doors, choice=Choice("tinyurl")) as pilot:
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))
        assert doors.hosts == []


async def test_an_unknown_problem_from_the_command_line_stays_home_and_says_why(doors: FakeDoors) -> None:
    async with opened(doors, choice=Choice("tinyur")) as pilot:
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["Unknown problem: There is no problem 'tinyur'.\nThere is: tinyurl."]
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_an_interview_leaves_no_ready_screen_behind(doors: FakeDoors) -> None:
    async with opened(doors, choice=Choice("tinyurl")) as pilot:
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        kinds = [type(screen) for screen in pilot.app.screen_stack]
        assert kinds == [HomeScreen, InterviewScreen]
