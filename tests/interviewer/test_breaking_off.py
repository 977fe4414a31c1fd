"""Whoever breaks a reply off keeps what was said of it, and the connection is closed."""

from collections.abc import Callable

import pytest

from coach.interviewer.host import Host
from coach.session.commands import Abandon, Finish, NextPhase, Pause, Say
from coach.session.decide import Refused
from coach.session.events import FactGiven, SpeechGrew
from tests.fakes.sessions import kill
from tests.interviewer.conftest import Begin
from tests.interviewer.speaker import WAIT, Speaker, heading, reply
from tests.interviewer.talk import Talk, in_dive

USERS = "Two million readers, a tenth of them on a given day."
SAID = "Two million readers, "


def halted(text: str = USERS, said: str = SAID, **more: object) -> list[object]:
    """An answer that stops in the middle until it is released."""
    before, after = heading(reply(text, facts=("users",), **more))  # type: ignore[arg-type]
    return [before + said, WAIT, after.removeprefix(said)]


async def speaking(talk: Begin, *more: str, **how: object) -> Talk:
    """An interview in the middle of a reply."""
    one = talk(halted(), *more, **how)
    one.model.hold()
    one.ask("How many readers are there?")
    await one.hears(SAID.strip())
    return one


async def assert_broken_off(one: Talk) -> None:
    [spoke] = [spoke for spoke in one.spoken() if spoke.interrupted]
    assert spoke.text == SAID
    assert one.state.speech == ""
    assert one.host.replying_s is None
    await one.is_hung_up()
    assert one.model.cancelled == [1]


async def test_what_was_said_stays_marked_and_the_connection_is_closed(talk: Begin) -> None:
    one = await speaking(talk)
    one.host.stop_reply()
    await assert_broken_off(one)
    assert one.last.is_interrupted
    assert one.state.facts == {"users": "asked"}, "what was heard of a fact was heard"
    one.model.release()
    one.host.listen()
    assert one.last.text == SAID, "nothing comes after the end"


async def test_stopping_before_the_first_word_leaves_no_turn(talk: Begin) -> None:
    one = talk([WAIT, reply(USERS)])
    one.model.hold()
    one.ask("How many readers are there?")
    await one.awaits()
    assert one.host.stop_reply() == ()
    await one.is_hung_up()
    assert one.model.cancelled == [1]
    assert one.last.speaker == "candidate"
    assert one.state.interviewer == "model", "stopping is no failure"


async def test_stopping_when_nobody_speaks_does_nothing(talk: Begin) -> None:
    one = talk(reply(USERS))
    before = len(one.happened)
    assert one.host.stop_reply() == ()
    assert len(one.happened) == before


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (lambda host: host.do(Pause()), ["spoke", "fact_given", "paused"]),
        (lambda host: host.do(Finish()), ["spoke", "fact_given", "finished"]),
        (lambda host: host.do(Abandon()), ["spoke", "fact_given", "abandoned"]),
        (lambda host: host.do(Say("One more thing.")), ["spoke", "fact_given", "said"]),
    ],
    ids=["pause", "finish", "abandon", "a new turn"],
)
async def test_it_is_broken_off_before_what_the_candidate_does(
    talk: Begin, act: Callable[[Host], object], kinds: list[str]
) -> None:
    one = await speaking(talk, reply("Go on."))
    before = len(one.kept())
    act(one.host)
    assert [event.kind for event in one.kept()[before:] if event.kind != "edited"] == kinds
    if one.host.replying_s is not None:
        one.host.stop_reply()  # of the new turn
    await one.is_hung_up()
    assert 1 in one.model.cancelled
    assert [spoke.text for spoke in one.spoken() if spoke.interrupted] == [SAID]


async def test_a_new_turn_is_answered_with_the_broken_one_in_the_talk(talk: Begin) -> None:
    one = await speaking(talk, reply("Then assume ten.", kind="not_covered"))
    answer = await one.say("Only the busiest library, please.")
    assert answer.text == "Then assume ten."
    assert f"You: {SAID.strip()}\n" in one.prompt
    assert "She says now:\nOnly the busiest library, please." in one.prompt


async def test_typing_reading_on_and_the_next_phase_let_it_speak(talk: Begin) -> None:
    one = await speaking(talk)
    one.host.type("notes.requirements", "Readers and books.")
    one.host.do(NextPhase())
    one.wait(2)
    assert one.host.replying_s is not None
    one.model.release()
    await one.over()
    assert one.last.text == USERS
    assert not one.last.is_interrupted


async def test_closing_keeps_what_was_said(talk: Begin) -> None:
    one = await speaking(talk)
    one.host.close()
    await assert_broken_off(one)


async def test_a_reply_that_is_whole_when_the_session_closes_is_kept_whole(talk: Begin) -> None:
    one = talk(reply(USERS, facts=("users",)))
    one.ask("How many readers are there?")
    await one.awaits()
    await one.is_hung_up()
    one.host.close()
    [spoke] = one.spoken()
    assert (spoke.text, spoke.interrupted) == (USERS, False)
    assert [event.fact for event in one.kept() if isinstance(event, FactGiven)] == ["users"]


async def test_a_process_killed_while_it_spoke_leaves_the_turn_as_far_as_it_came(talk: Begin) -> None:
    one = await speaking(talk)
    assert isinstance(one.kept()[-1], SpeechGrew)
    kill(one.runner)
    one.reopen(Speaker([reply("We were at the readers.")]))
    assert (one.last.text, one.last.is_interrupted) == (SAID, True)
    assert one.state.interviewer == "model"
    assert (await one.say("Where were we?")).text == "We were at the readers."
    assert f"You: {SAID.strip()}\n" in one.prompt


async def test_reopened_without_a_model_it_goes_on_scripted_and_says_so(talk: Begin) -> None:
    one = await speaking(talk)
    kill(one.runner)
    one.reopen(None)
    assert one.state.interviewer == "scripted"
    assert one.state.why_switched
    assert not one.host.can_call_back
    assert one.host.call_back() == ()
    one.ask("How many readers are there?")
    assert one.last.text == USERS


async def test_a_session_that_is_over_is_not_switched_by_looking_at_it(talk: Begin) -> None:
    one = talk(reply(USERS))
    one.host.do(Finish())
    one.host.close()
    before = one.kept()
    one.reopen(None)
    assert one.kept() == before
    assert one.state.interviewer == "model"


async def test_a_session_begun_without_a_model_stays_without_one(talk: Begin) -> None:
    one = talk(reply(USERS), interviewer="scripted")
    one.ask("How many readers are there?")
    assert one.last.text == USERS
    assert one.model.asked == []


async def test_what_was_told_and_made_up_is_on_record_before_it_is_said(talk: Begin) -> None:
    text = "Two million readers, a tenth of them on a given day, in 14 branches"
    before, after = heading(reply(text + ".", facts=("users",), new=("There are 14 branches.",)))
    one = talk([before + text, WAIT, after])
    one.model.hold()
    one.ask("How many readers and branches are there?")
    await one.hears("branches")
    kill(one.runner)
    one.reopen(Speaker([reply("Go on.")]))
    assert one.state.facts == {"users": "asked"}
    assert one.state.improvised == ("There are 14 branches.",)


@pytest.mark.parametrize("command", [Pause(), Say("  ")], ids=["pause in a mock", "an empty turn"])
async def test_what_is_refused_does_not_break_a_reply_off(talk: Begin, command: Pause | Say) -> None:
    one = talk([WAIT, reply(USERS)], mode="mock")
    one.model.hold()
    one.ask("How many readers are there?")
    await one.awaits()
    with pytest.raises(Refused):
        one.host.do(command)
    assert one.host.replying_s is not None


async def test_a_question_broken_off_after_a_word_was_not_put(talk: Begin) -> None:
    before, after = heading(reply("And who stands first in line?", kind="move"))
    one = talk([before + after[:4], WAIT])
    one.model.hold()
    in_dive(one)
    one.ask("We keep one row for each book.")
    await one.hears("And")
    one.host.stop_reply()
    assert one.last.is_interrupted
    assert one.last.asks == ""


async def test_what_an_earlier_turn_announced_is_not_told_by_a_later_one_that_was_killed(talk: Begin) -> None:
    before, after = heading(reply(USERS, facts=("users",)))
    one = talk(reply("That is your call.", facts=("loans", "period")), [before + after[:30], WAIT])
    one.model.hold()
    await one.say("How long should a loan be?")
    one.ask("How many readers are there?")
    await one.hears("Two million")
    kill(one.runner)
    one.reopen(Speaker([reply("Go on.")]))
    assert set(one.state.facts) == {"users"}
