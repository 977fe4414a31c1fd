"""The interview: asking, writing, moving on, handing in, and never losing the cursor to anybody."""

from typing import Any

import pytest

from coach.choice import Choice
from coach.errors import CoachError
from coach.session.commands import Say, Speak
from coach.session.decide import Refused
from coach.tui.screens.dialogs import ConfirmScreen, TextDialog
from coach.tui.screens.home import HomeScreen
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.paused import PausedScreen
from coach.tui.screens.self_rating import SelfRatingScreen
from coach.tui.widgets.key_bar import KeyBar
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import WIDE, begin, in_interview, opened, sees, sees_no, toasts, write


def front(pilot: Any, kind: type) -> Any:
    return isinstance(pilot.app.screen, kind)


async def test_a_question_is_sent_with_enter_and_answered(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        assert pilot.app.focused is screen.talk_line
        await write(pilot, "How many links?")
        await pilot.press("enter")
        await sees(pilot, "About 100 million new links a month.")
        turns = [(turn.speaker, turn.text) for turn in doors.host.state.turns[1:]]
        assert turns == [("candidate", "How many links?"), ("interviewer", doors.host.reply)]
        assert screen.talk_line.text == ""


async def test_keys_typed_right_after_enter_belong_to_the_next_turn(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("a", "enter", "b", "c")
        await until(lambda: len(doors.host.state.turns) == 3)
        assert doors.host.state.turns[1].text == "a"
        assert screen.talk_line.text == "bc"


async def test_ctrl_j_and_shift_enter_write_a_new_line(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("a", "ctrl+j", "b", "shift+enter", "c")
        assert screen.talk_line.text == "a\nb\nc"
        await pilot.press("enter")
        await until(lambda: doors.host.state.turns[1:])
        assert doors.host.state.turns[1].text == "a\nb\nc"


async def test_up_brings_back_earlier_turns_and_down_the_line_being_typed(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        line = screen.talk_line
        await pilot.press("o", "n", "e", "enter", "t", "w", "o", "enter", "x")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await pilot.press(key)
            seen.append(line.text)
        assert seen == ["two", "one", "one", "two", "x", "x"]


async def test_up_moves_the_cursor_inside_a_long_line_first(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("o", "l", "d", "enter", "a", "ctrl+j", "b", "up")
        assert screen.talk_line.text == "a\nb"
        await pilot.press("up")
        assert screen.talk_line.text == "old"


async def test_a_refused_turn_is_given_back(doors: FakeDoors, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        real = doors.host.do

        def refuse(command: Any) -> Any:
            if isinstance(command, Say):
                raise Refused("The clock is stopped.")
            return real(command)

        monkeypatch.setattr(doors.host, "do", refuse)
        await pilot.press("h", "i", "enter")
        await until(lambda: toasts(pilot))
        assert screen.talk_line.text == "hi"


async def test_everything_typed_reaches_the_host(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f3", "n", "o", "f2", "d", "r")
        await pilot.pause()
        screen.tick()
        assert doors.host.state.docs == {"notes.requirements": "no", "draft": "dr"}


async def test_next_phase_opens_its_notes_and_keeps_the_earlier_ones(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f3", "a", "f10", "b")
        await sees(pilot, "Notes: 2 Estimation")
        assert screen.notes.areas["requirements"].text == "a"
        assert screen.notes.areas["estimation"].text == "b"
        await pilot.press("f3", "c")
        await sees(pilot, "Notes: 1 Requirements, an earlier phase")
        assert screen.notes.areas["requirements"].text == "ac"
        await pilot.press("f3")
        await sees(pilot, "Notes: 2 Estimation")


async def test_notes_of_a_phase_that_has_not_begun_stay_closed(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        screen.action_show_notes(3)
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["High-level has not begun. F10 goes on to the next phase."]
        assert screen.notes.shown == "requirements"


async def test_ctrl_page_keys_turn_the_notes(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f10", "f10", "ctrl+pageup", "ctrl+pageup", "ctrl+pageup")
        assert screen.notes.shown == "requirements"
        await pilot.press("ctrl+pagedown")
        assert screen.notes.shown == "estimation"


async def test_the_next_phase_leaves_the_talk_line_its_focus_and_text(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        screen = await begin(pilot)
        await pilot.press("a", "b", "f10")
        assert pilot.app.focused is screen.talk_line
        assert screen.talk_line.text == "ab"


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_what_the_interviewer_says_moves_neither_focus_nor_cursor(doors: FakeDoors, key: str) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press(key, "o", "n", "e", "left")
        focused = pilot.app.focused
        place, region = focused.cursor_location, focused.region
        doors.clock.advance(290)
        screen.tick()
        doors.host.do(Speak("You have a minute left.", "nudge"))
        await pilot.pause()
        assert pilot.app.focused is focused
        assert (focused.cursor_location, focused.region) == (place, region)
        await sees(pilot, "You have a minute left.")


async def test_the_last_answer_stays_above_the_keys_while_notes_are_written(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f3")
        await sees(pilot, "Interviewer: Ask me what you need to know.")
        doors.host.do(Speak("word " * 60, "fact"))
        await sees(pilot, "… F2")


async def test_ctrl_g_takes_the_answer_into_the_notes_and_ctrl_z_takes_it_out(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f3", "x")
        doors.host.do(Speak("100 M a month.", "fact"))
        doors.host.do(Speak("Noted.", "acknowledgement"))
        doors.host.do(Speak("You have a minute left.", "nudge"))
        await pilot.press("ctrl+g")
        assert screen.notes.area.text == "x\n100 M a month.\n"
        await pilot.press("ctrl+z")
        assert screen.notes.area.text == "x"


async def test_the_conversation_follows_unless_the_reader_scrolled_up(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        for number in range(12):
            doors.host.do(Speak(f"Answer {number}.", "fact"))
        await sees(pilot, "Answer 11.")
        assert "↓ new" not in screen_text(pilot.app)
        await pilot.press("pageup")
        await sees_no(pilot, "Answer 11.")
        doors.host.do(Speak("Answer 12.", "fact"))
        await sees(pilot, "↓ new")
        assert "Answer 12." not in screen_text(pilot.app)
        await pilot.press("pagedown", "pagedown")
        await sees(pilot, "Answer 12.")
        await sees_no(pilot, "↓ new")


async def test_a_mock_hides_hint_and_pause_and_says_why_when_pressed(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        shown = [one.id for one in screen.query_one(KeyBar).entries(200)[0]]
        assert "hint" not in shown
        assert "pause" not in shown
        await pilot.press("f8", "f9", "f11", "ctrl+r")
        await until(lambda: len(toasts(pilot)) == 4)
        assert toasts(pilot) == [
            "A mock interview gives no hints.",
            "Not now: A mock interview shows no guidance.\nPractice does; here, ask the interviewer.",
            "Not now: A mock interview has no pause.\nThe clock runs on, as in a real one; practice can pause.",
            "A mock interview shows the reference notes at the end.",
        ]
        assert front(pilot, InterviewScreen)


async def test_practice_gives_hints_guidance_and_reference_notes(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot, mode="practice")
        await pilot.press("f8")
        await sees(pilot, "(hint)")
        await pilot.press("f9")
        await sees(pilot, "What to do in requirements.")
        await pilot.press("escape", "f10", "ctrl+r")
        await until(lambda: front(pilot, ConfirmScreen))
        assert doors.host.state.facts == {}
        await pilot.press("y")
        await sees(pilot, "Reference notes of requirements.")
        assert doors.host.state.facts == {"volume": "shown"}
        await pilot.press("escape", "ctrl+r")
        await until(lambda: front(pilot, TextDialog))


async def test_a_pause_covers_the_notes_and_stops_the_clock(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot, mode="practice")
        await pilot.press("f3", "s", "e", "c", "r", "e", "t", "f11")
        await until(lambda: front(pilot, PausedScreen))
        assert "secret" not in screen_text(pilot.app)
        doors.clock.advance(600)
        await pilot.press("f11")
        await until(lambda: front(pilot, InterviewScreen))
        screen.tick()
        await sees(pilot, "45:00 left")
        assert pilot.app.focused is screen.notes.area


async def test_handing_in_asks_once_then_for_her_own_verdict_then_debriefs(
    doors: FakeDoors, stub_debrief: type
) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f3", "a", "f12")
        await until(lambda: front(pilot, ConfirmScreen))
        await sees(pilot, "There is time left: 45:00.")
        await pilot.press("enter")
        assert doors.host.state.status == "running"
        await until(lambda: front(pilot, InterviewScreen))
        await pilot.press("f12", "y")
        await until(lambda: front(pilot, SelfRatingScreen))
        await pilot.press("right", "right", "right", "down", "right", "right", "right", "enter")
        await until(lambda: front(pilot, stub_debrief))
        rating = doors.host.state.self_rating
        assert rating is not None
        assert (rating.verdict, rating.levels) == ("hire", {"requirements": 3})
        assert doors.host.state.docs["notes.requirements"] == "a"
        assert doors.host.is_closed
        assert [type(one) for one in pilot.app.screen_stack] == [HomeScreen, stub_debrief]


async def test_the_self_rating_can_be_skipped_but_not_half_given(
    doors: FakeDoors, stub_debrief: type
) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f12", "y")
        await until(lambda: front(pilot, SelfRatingScreen))
        await pilot.press("enter")
        await until(lambda: toasts(pilot))
        assert front(pilot, SelfRatingScreen)
        await pilot.press("escape")
        await until(lambda: front(pilot, stub_debrief))
        assert doors.host.state.self_rating is None


async def test_f10_in_the_last_phase_hands_in(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f10", "f10", "f10")
        assert doors.host.state.phase == "deep_dive"
        await pilot.press("f10")
        await sees(pilot, "Hand in?")


async def test_a_line_not_sent_is_mentioned_before_handing_in(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("a", "f12")
        await sees(pilot, "What stands in the talk line is not sent")


async def test_giving_up_asks_once_keeps_the_session_and_goes_home(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        screen.action_abandon()
        await until(lambda: front(pilot, ConfirmScreen))
        await pilot.press("y")
        await until(lambda: front(pilot, HomeScreen))
        assert doors.host.state.status == "abandoned"
        assert doors.host.is_closed


@pytest.mark.parametrize(("mode", "words"), [("mock", "its clock keeps"), ("practice", "The clock stops")])
async def test_quitting_asks_once_and_keeps_the_last_key(doors: FakeDoors, mode: str, words: str) -> None:
    async with opened(doors) as pilot:
        await begin(pilot, mode=mode)
        await pilot.press("f3", "a", "ctrl+q")
        await sees(pilot, "kept and can be resumed")
        await sees(pilot, words)
        await pilot.press("ctrl+q")  # a second press does not stack a second question
        assert len(pilot.app.screen_stack) == 3
        await pilot.press("n")
        await until(lambda: front(pilot, InterviewScreen))
        await pilot.press("b", "ctrl+q", "y")
        await until(lambda: not pilot.app.is_running)
        assert doors.host.is_closed
        assert doors.host.state.docs["notes.requirements"] == "ab"
        assert doors.host.state.status == "running"


async def test_quitting_after_handing_in_asks_nothing_more(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("f12", "y")
        await until(lambda: front(pilot, SelfRatingScreen))
        await pilot.press("ctrl+q")
        await until(lambda: not pilot.app.is_running)
        assert doors.host.state.status == "finished"
        assert doors.host.is_closed


async def test_what_could_not_be_saved_is_said_when_leaving(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)

        def fail() -> None:
            raise CoachError("Not everything was saved", "2 entries are lost.", hint="Make room.")

        monkeypatch.setattr(doors.host, "close", fail)
        await pilot.press("ctrl+q", "y")
        await until(lambda: not pilot.app.is_running)
        assert pilot.app._exit_renderables == ["Not everything was saved: 2 entries are lost.\nMake room."]


async def test_a_resumed_interview_is_as_it_was_left(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("h", "i", "enter", "f3", "n", "f10", "m", "f2", "d")
        await pilot.pause()
        pilot.app.screen.save()
        doors.host.tick()
        left = doors.host
    left.is_closed = False
    again = FakeDoors(clock=doors.clock, reopened={"old": left})
    async with opened(again, session="old") as pilot:
        screen = await in_interview(pilot)
        texts = {phase: area.text for phase, area in screen.notes.areas.items()}
        assert texts == {"requirements": "n", "estimation": "m", "high_level": "", "deep_dive": ""}
        assert screen.notes.shown == "estimation"
        assert screen.talk_line.text == "d"
        await sees(pilot, "About 100 million")
        assert pilot.app.focused is screen.notes.area
        await pilot.press("f2", "up")
        assert screen.talk_line.text == "hi"


async def test_a_mock_resumed_after_its_end_is_handed_in(doors: FakeDoors, stub_debrief: type) -> None:
    host = FakeDoors(clock=doors.clock).begin(Choice("tinyurl", minutes=45))
    doors.reopened["old"] = host
    doors.clock.advance(4000)
    host.tick()
    async with opened(doors, session="old") as pilot:
        await until(lambda: front(pilot, SelfRatingScreen))
        assert host.state.status == "finished"
        await pilot.press("escape")
        await until(lambda: front(pilot, stub_debrief))


async def test_a_session_that_cannot_be_opened_stays_home(doors: FakeDoors) -> None:
    doors.refuse = CoachError("In use", "Another coach has this session open.", hint="Close it there first.")
    async with opened(doors, session="old") as pilot:
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["In use: Another coach has this session open.\nClose it there first."]
        assert front(pilot, HomeScreen)


async def test_strict_moves_on_by_itself(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot, strict=True)
        doors.clock.advance(301)
        screen.tick()
        assert screen.notes.shown == "estimation"
        await sees(pilot, "▶2 Estimation")


async def test_a_drill_has_one_phase(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot, mode="drill", only="estimation")
        assert list(screen.notes.areas) == ["estimation"]
        await pilot.press("f3", "f3", "a")
        assert screen.notes.area.text == "a"
        await pilot.press("f10")
        await sees(pilot, "Hand in?")


async def test_the_problem_can_be_read_again(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press("ctrl+l")
        await sees(pilot, "Design a service that turns long web addresses")
        await pilot.press("escape")
        await until(lambda: front(pilot, InterviewScreen))


async def test_a_problem_that_is_gone_does_not_stop_the_interview(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        doors.problems = ()
        await pilot.press("ctrl+l")
        await until(lambda: toasts(pilot))
        assert front(pilot, InterviewScreen)


async def test_copying_out_puts_the_answer_on_the_clipboard(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        doors.host.do(Speak("100 M a month.", "fact"))
        screen.action_copy_out()
        assert pilot.app.clipboard == "100 M a month."
