"""An interview whose answers arrive bit by bit: they are seen coming, can be stopped, and disturb nobody who types."""

from typing import Any

import pytest

from coach.session.commands import Grow, Say, Speak, SwitchInterviewer
from coach.tui.commands import palette
from coach.tui.screens.help import help_text
from coach.tui.screens.interview import InterviewScreen
from coach.tui.widgets.conversation import NoteView, TurnView
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, FakeHost, endpoint
from tests.tui.stage import NARROW, USUAL, WIDE, begin, opened, sees, sees_no, toasts, write
from tests.tui.test_hostile import NASTY, assert_harmless
from tests.tui.test_screens import compare

WORDS = ("Two million ", "readers, a tenth ", "of them on a given day.")
LONG = "This is a turn that goes on and on and on, for several lines of any screen there is. " * 3
WHY = "The server cannot be reached: llm.example:8080: Connection refused."


@pytest.fixture
def doors(doors: FakeDoors) -> FakeDoors:
    doors.model = endpoint()
    return doors


async def asked(pilot: Any, **how: Any) -> tuple[InterviewScreen, FakeHost]:
    """A question was sent a moment ago, and no word has come yet."""
    screen = await begin(pilot, interviewer="model", **how)
    host = pilot.app.doors.host
    host.reply_began = host.now_s()
    host.do(Say("How many readers are there?"))
    screen.listen()
    await pilot.pause()
    return screen, host


def grow(screen: InterviewScreen, host: FakeHost, *words: str) -> None:
    for one in words:
        host.do(Grow(one))
    screen.listen()


def end(host: FakeHost, text: str = "".join(WORDS)) -> None:
    host.reply_began = None
    host.do(Speak(text, "fact"))


async def test_it_is_seen_thinking_then_speaking_for_how_long_and_how_to_stop_it(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        await sees(pilot, "thinking 0 s, Esc stops")
        doors.clock.advance(7)
        screen.listen()
        await sees(pilot, "thinking 7 s, Esc stops")
        grow(screen, host, WORDS[0])
        await sees(pilot, "speaking 7 s, Esc stops")
        end(host)
        await sees_no(pilot, "Esc stops")


async def test_the_words_grow_in_one_turn_and_the_whole_one_takes_its_place(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        before = len(screen.query(TurnView))
        for number in range(1, 4):
            grow(screen, host, WORDS[number - 1])
            await sees(pilot, "".join(WORDS[:number]).strip())
            assert len(screen.query(TurnView)) == before + 1
        end(host, "".join(WORDS) + " Exactly.")
        await sees(pilot, "day. Exactly.")
        assert len(screen.query(TurnView)) == before + 1
        assert screen_text(pilot.app).count("Two million readers") == 1
        host.do(Speak("To be exact: two.", "correction"))
        await sees(pilot, "(correction)")
        assert len(screen.query(TurnView)) == before + 2


@pytest.mark.parametrize(("key", "size"), [("f2", USUAL), ("f3", WIDE)])
async def test_whoever_types_meanwhile_keeps_focus_cursor_place_and_every_key(
    doors: FakeDoors, key: str, size: tuple[int, int]
) -> None:
    async with opened(doors, size) as pilot:
        screen, host = await asked(pilot)
        await pilot.press(key)
        await write(pilot, "o tw")
        await pilot.press("left", "left")
        focused: Any = pilot.app.focused
        place, region = focused.cursor_location, focused.region
        for word in WORDS * 2:
            grow(screen, host, word)
            await pilot.pause()
        assert pilot.app.focused is focused
        assert (focused.cursor_location, focused.region) == (place, region)
        await write(pilot, "xy")
        end(host)
        await pilot.pause()
        assert focused.text == "o xytw"
        assert pilot.app.focused is focused
        assert focused.region == region


async def test_what_is_said_is_seen_above_the_keys_while_notes_are_written(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        await pilot.press("f3")
        grow(screen, host, WORDS[0])
        await sees(pilot, "Interviewer: Two million")
        end(host)
        await sees(pilot, "Interviewer: Two million readers, a tenth of them")


async def test_a_growing_turn_is_followed_to_its_end_unless_the_reader_scrolled_up(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        for number in range(8):
            grow(screen, host, f"{LONG}Here is number {number}. ")
            await pilot.pause()
        await sees(pilot, "number 7")
        assert "↓ new" not in screen_text(pilot.app)
        await pilot.press("pageup")
        await sees_no(pilot, "number 7")
        seen = screen.conversation.scroll_offset.y
        for number in range(8, 12):
            grow(screen, host, f"{LONG}Here is number {number}. ")
            await pilot.pause()
        assert screen.conversation.scroll_offset.y == seen
        assert "number 11" not in screen_text(pilot.app)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await sees(pilot, "number 11")


async def test_a_turn_that_begins_out_of_sight_is_announced(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        for number in range(12):
            host.do(Speak(f"Answer {number}.", "fact"))
        await sees(pilot, "Answer 11.")
        await pilot.press("pageup")
        await sees_no(pilot, "Answer 11.")
        grow(screen, host, WORDS[0])
        await sees(pilot, "↓ new")


@pytest.mark.parametrize("key", ["f2", "f3"])
async def test_escape_stops_it_and_what_was_said_stays(doors: FakeDoors, key: str) -> None:
    async with opened(doors, WIDE) as pilot:
        screen, host = await asked(pilot)
        await pilot.press(key)
        grow(screen, host, WORDS[0])
        await pilot.press("escape")
        await sees(pilot, "(interrupted)")
        await sees_no(pilot, "Esc stops")
        turn = host.state.turns[-1]
        assert (turn.text, turn.is_interrupted) == (WORDS[0], True)
        await pilot.press("escape")
        assert pilot.app.screen is screen, "nothing left to stop, and no way out by accident"


async def test_a_model_that_fails_is_told_with_its_reason_and_who_answers_now(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        screen, host = await asked(pilot)
        grow(screen, host, WORDS[0])
        await sees(pilot, "interviewer: qwen3:14b")
        doors.clock.advance(4)
        host.stop_reply()
        host.do(SwitchInterviewer("scripted", WHY))
        host.do(Speak("Two million readers.", "fact"))
        await sees(pilot, "interviewer: scripted, model lost")
        await sees_no(pilot, "Esc stops")
        note = str(screen.query_one(NoteView).render())
        assert note == f"{WHY} The scripted interviewer answers now. ^f calls the model back."
        screen.tick()
        await compare(pilot, "interview-model-lost")


async def test_one_key_calls_the_model_back(doors: FakeDoors) -> None:
    async with opened(doors, WIDE) as pilot:
        _, host = await asked(pilot)
        host.reply_began = None
        await pilot.press("ctrl+f")
        await until(lambda: toasts(pilot) == ["The model is answering already."])
        host.do(SwitchInterviewer("scripted", WHY))
        await sees(pilot, "model lost")
        await pilot.press("f3", "a", "ctrl+f")
        await sees(pilot, "qwen3:14b answers again.")
        await sees_no(pilot, "model lost")
        await sees(pilot, "interviewer: qwen3:14b")
        assert host.state.interviewer == "model"


async def test_an_interview_without_a_model_has_none_to_call_back_and_nothing_to_stop(
    doors: FakeDoors,
) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot, interviewer="scripted")
        await pilot.press("ctrl+f", "escape")
        await until(lambda: toasts(pilot) == ["This interview has no model to call back."])
        assert pilot.app.screen is screen


async def test_streaming_looks_like_this(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen, host = await asked(pilot)
        grow(screen, host, *WORDS[:2])
        doors.clock.advance(4)
        screen.tick()
        screen.listen()
        await write(pilot, "and then")
        await compare(pilot, "interview-streaming")


@pytest.mark.parametrize("size", [USUAL, WIDE])
async def test_hostile_words_names_and_reasons_are_words(doors: FakeDoors, size: tuple[int, int]) -> None:
    doors.model = endpoint(model=NASTY, host=NASTY)
    async with opened(doors, size) as pilot:
        screen, host = await asked(pilot)
        for at in range(0, len(NASTY), 3):
            grow(screen, host, NASTY[at : at + 3])
        await sees(pilot, "[bold]x[/bold] [/x]")
        assert_harmless(pilot)
        await pilot.press("f3")
        await pilot.pause()
        assert_harmless(pilot)
        host.stop_reply()
        host.do(SwitchInterviewer("scripted", NASTY))
        await pilot.press("f2")
        host.do(SwitchInterviewer("model"))
        await until(lambda: len(screen.query(NoteView)) == 2)
        await pilot.pause()
        assert_harmless(pilot)
        assert "[@click=app.quit]y[/]" in str(screen.query(NoteView).first().render())


async def test_help_and_palette_hold_stop_and_call_back(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        await begin(pilot, interviewer="model")
        titles = {command.title for command in palette(pilot.app.screen)}
        assert {"stop", "call back"} <= titles
        text = " ".join(help_text("interview", "").split())
        assert "Stop the interviewer's answer; what was said stays." in text
        assert "Let the model answer again after it failed." in text


@pytest.mark.parametrize("size", [USUAL, NARROW])
async def test_a_lost_model_is_seen_by_whoever_writes_notes(doors: FakeDoors, size: tuple[int, int]) -> None:
    doors.model = endpoint()
    async with opened(doors, size) as pilot:
        await begin(pilot, interviewer="model")
        await pilot.press("f3")
        doors.host.do(SwitchInterviewer("scripted", WHY))
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "scripted" in shown or "model lost" in shown


async def test_a_models_name_is_words_also_after_it_was_called_back(doors: FakeDoors) -> None:
    doors.model = endpoint(model="m\x1b[2J\u202ex")
    async with opened(doors, WIDE) as pilot:
        await begin(pilot, interviewer="model")
        doors.host.do(SwitchInterviewer("scripted", WHY))
        doors.host.do(SwitchInterviewer("model"))
        await sees(pilot, "answers again.")
        await pilot.pause()
        assert_harmless(pilot)
