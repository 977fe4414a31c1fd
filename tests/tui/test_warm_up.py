"""The warm-up: two minutes to try each key once, told what is next, judged by nobody."""

from coach.tui.screens.interview import InterviewScreen
from coach.tui.warm_up import STEPS, Progress
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, FakeHeadline
from tests.tui.stage import in_interview, opened, sees


async def test_the_strip_goes_on_when_a_step_is_done_and_nobody_rates(
    doors: FakeDoors, stub_debrief: type
) -> None:
    doors.problems = (*doors.problems, FakeHeadline("warm-up", "Warm-up"))
    async with opened(doors) as pilot:
        await pilot.press("w")
        await in_interview(pilot)
        await sees(pilot, "Warm-up 1/5  Press F2 and ask")
        await pilot.press("h", "i", "enter")
        await sees(pilot, "Warm-up 2/5  Press F3")
        await pilot.press("f3", "n")
        await sees(pilot, "Warm-up 3/5  Press F9")
        await pilot.press("f9", "escape")
        await sees(pilot, "Warm-up 4/5  Press F10")
        await pilot.press("f10")
        await sees(pilot, "Warm-up 5/5  Press F12")
        await pilot.press("f12", "y")
        await until(lambda: isinstance(pilot.app.screen, stub_debrief))
        assert doors.host.state.status == "finished"
        assert doors.host.state.self_rating is None


async def test_a_step_taken_early_is_not_asked_for_again(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await pilot.press("w")
        await in_interview(pilot)
        await pilot.press("f10", "f2", "x", "enter")
        await sees(pilot, "Warm-up 2/5")
        await pilot.press("f3", "n", "f9")
        await sees(pilot, "Warm-up 5/5")


async def test_an_interview_has_no_strip(doors: FakeDoors) -> None:
    async with opened(doors, choice=None) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert not pilot.app.screen.query("CoachStrip")


def test_typing_a_question_is_not_writing_notes() -> None:
    assert Progress().after("edited", "draft") == Progress()
    assert Progress().after("edited", "notes.requirements").done == {"write"}


def test_every_step_names_the_key_to_press() -> None:
    for step in STEPS:
        assert step.text.startswith("Press F")
