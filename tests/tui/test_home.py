"""The home screen: what to practise and how, what was left unfinished, and what is broken."""

import threading

from coach.choice import Choice
from coach.errors import BadInput
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.ready import ReadyScreen
from coach.tui.widgets.picker import Minutes, Picker
from coach.tui.widgets.problem_list import ProblemList
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import HEADLINES, FakeDoors, FakeHeadline, fault, unfinished
from tests.tui.stage import opened, sees, sees_no, toasts


async def on_ready(pilot) -> ReadyScreen:
    await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
    return pilot.app.screen


async def test_problems_show_attempts_best_verdict_and_day(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        text = screen_text(pilot.app)
        assert "Design TinyURL" in text
        assert "2 tries  no hire        2026-11-20" in text
        assert "asked by Amazon, Google" in text


async def test_cached_headlines_are_painted_before_the_bank_is_read(doors: FakeDoors) -> None:
    gate = threading.Event()
    slow = doors.bank
    doors.bank = lambda: (gate.wait(10), slow())[1]  # type: ignore[method-assign]
    doors.problems = (*HEADLINES, FakeHeadline("limiter", "Design a rate limiter"))
    doors.reads = 1  # do not wait for it
    async with opened(doors) as pilot:
        await sees(pilot, "Design TinyURL")
        assert "rate limiter" not in screen_text(pilot.app)
        await pilot.press("down")
        gate.set()
        await sees(pilot, "rate limiter")
        assert pilot.app.screen.query_one(ProblemList).chosen == "twitter-feed"


async def test_what_a_problem_tests_is_hidden_in_mock_until_attempted(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await sees(pilot, "Key generation")
        await pilot.press("down")
        await sees(pilot, "shown after your first attempt")
        await pilot.press("tab", "right")
        await sees(pilot, "Fan-out on write")


async def test_enter_on_a_problem_gets_ready_with_what_was_picked(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        assert pilot.app.focused is pilot.app.screen.query_one(ProblemList)
        await pilot.press("down", "tab", "right", "tab", "right", "tab", "right", "tab", "6", "0", "enter")
        ready = await on_ready(pilot)
        choice = ready.choice
        assert (choice.problem, choice.mode, choice.seniority) == ("twitter-feed", "practice", "staff")
        assert (choice.minutes, choice.only, choice.strict) == (60, None, True)


async def test_a_drill_asks_for_the_phase_and_takes_its_usual_length(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await pilot.press("tab", "left")
        await until(lambda: pilot.app.screen.query_one("#only").visible)
        await pilot.press("tab", "left", "enter")
        choice = (await on_ready(pilot)).choice
        assert (choice.mode, choice.only, choice.minutes) == ("drill", "deep_dive", 20)


async def test_a_length_of_her_own_survives_a_change_of_mode(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        minutes = pilot.app.screen.query_one(Minutes)
        minutes.focus()
        await pilot.press("3", "3")
        pilot.app.screen.query_one("#mode", Picker).focus()
        await pilot.press("left")
        await pilot.pause()
        assert minutes.value == 33


async def test_length_stays_between_1_and_120_minutes() -> None:
    cases = (
        (("right",), 50),
        (("left",), 40),
        (("7", "right"), 10),
        (("7", "left"), 5),
        (("1", "2", "0", "right"), 120),
        (("1", "2", "1"), 1),
        (("0",), 1),
        (("backspace", "backspace", "backspace"), 1),
        (("left",) * 20, 1),
    )
    async with opened() as pilot:
        widget = pilot.app.screen.query_one(Minutes)
        widget.focus()
        for keys, minutes in cases:
            widget.minutes = 0 if keys[0].isdigit() else 45
            await pilot.press(*keys)
            assert widget.value == minutes, keys


async def test_surprise_and_warm_up_start_by_key_and_by_row(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await pilot.press("s")
        assert (await on_ready(pilot)).choice.problem == "twitter-feed"
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("down", "down", "enter")
        assert (await on_ready(pilot)).choice.problem == "twitter-feed"
        await pilot.press("escape")
        await until(lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("down", "enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert doors.host.state.chosen.is_toy
        assert doors.host.state.planned.total_s == 540


async def test_an_unfinished_session_is_offered_first(doors: FakeDoors) -> None:
    doors.past = (unfinished(),)
    doors.reopened["old"] = FakeDoors(clock=doors.clock).begin(Choice("tinyurl", minutes=45))
    async with opened(doors) as pilot:
        await sees(pilot, "Unfinished: Design TinyURL, mock, High-level, 12:40 used")
        await until(lambda: pilot.app.focused is not None and pilot.app.focused.id == "resume")
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert doors.host is doors.reopened["old"]


async def test_later_puts_the_unfinished_session_off(doors: FakeDoors) -> None:
    doors.past = (unfinished(),)
    async with opened(doors) as pilot:
        await until(lambda: pilot.app.focused is not None and pilot.app.focused.id == "resume")
        await pilot.press("right", "enter")
        await sees_no(pilot, "Unfinished")
        assert pilot.app.focused is pilot.app.screen.query_one(ProblemList)
        assert "resume" not in screen_text(pilot.app)


async def test_the_offer_takes_no_focus_from_somebody_who_types_already(doors: FakeDoors) -> None:
    gate = threading.Event()
    slow = doors.bank
    doors.bank = lambda: (gate.wait(10), slow())[1]  # type: ignore[method-assign]
    doors.past = (unfinished(),)
    doors.reads = 1
    async with opened(doors) as pilot:
        await pilot.press("tab")
        gate.set()
        await sees(pilot, "Unfinished")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "mode"


async def test_broken_files_are_listed_with_line_and_column(doors: FakeDoors) -> None:
    doors.faults = tuple(fault(line) for line in range(1, 6))
    async with opened(doors) as pilot:
        await sees(pilot, "! mine.yaml, line 1, column 5: prompt: is missing")
        await sees(pilot, "and 2 more")
        assert "Design TinyURL" in screen_text(pilot.app)


async def test_a_refused_start_is_explained_and_nothing_breaks(doors: FakeDoors) -> None:
    doors.refuse = BadInput("Cannot keep the session", "No space left on [device].", hint="Make room for it.")
    async with opened(doors) as pilot:
        await pilot.press("enter")
        await on_ready(pilot)
        await pilot.press("enter")
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["Cannot keep the session: No space left on [device].\nMake room for it."]
        await sees(pilot, "No space left on [device].")


async def test_a_bank_that_cannot_be_read_is_explained(doors: FakeDoors) -> None:
    def broken() -> None:
        doors.reads += 1
        raise BadInput("The problems cannot be read", "Permission denied.")

    doors.bank = broken  # type: ignore[method-assign]
    async with opened(doors) as pilot:
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["The problems cannot be read: Permission denied."]


async def test_an_unexpected_error_while_reading_does_not_end_the_coach(doors: FakeDoors) -> None:
    def broken() -> None:
        doors.reads += 1
        raise RuntimeError("secret details")

    doors.bank = broken  # type: ignore[method-assign]
    async with opened(doors) as pilot:
        await until(lambda: toasts(pilot))
        assert "secret" not in toasts(pilot)[0]
        assert "Design TinyURL" in screen_text(pilot.app)
