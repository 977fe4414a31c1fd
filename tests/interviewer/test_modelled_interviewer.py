"""An interviewer behind a model: what it says arrives bit by bit, and code keeps the record and knows what comes next."""

import pytest

from coach.interviewer.speech import LONGEST_SAID
from coach.session.commands import NextPhase
from coach.session.events import CurveballThrown, Record, SpeechGrew
from coach.session.phases import CHANGE_SHARE
from tests.interviewer.conftest import Begin
from tests.interviewer.speaker import WAIT, Speaker, heading, reply
from tests.interviewer.talk import in_dive

USERS = "Two million readers, a tenth of them on a given day."
TALK = "We keep one row for each book."


async def test_words_are_in_the_journal_before_they_are_shown_and_one_turn_holds_them_all(
    talk: Begin,
) -> None:
    one = talk(reply(USERS, facts=("users",)))
    unwritten: list[str] = []

    def show(record: Record) -> None:
        if record.event not in one.kept():
            unwritten.append(str(record))

    one.host.subscribe(show)
    await one.say("How many readers are there?")
    grew = [event.text for event in one.kept() if isinstance(event, SpeechGrew)]
    [spoke] = one.spoken()
    assert unwritten == []
    assert len(grew) > 3
    assert "".join(grew) == spoke.text == USERS
    assert [event.kind for event in one.kept() if event.kind.startswith("sp")][-2:] == [
        "speech_grew",
        "spoke",
    ]
    assert one.state.speech == ""


async def test_asking_returns_at_once_and_the_words_come_with_listening(talk: Begin) -> None:
    one = talk([WAIT, reply(USERS)])
    one.model.hold()
    assert [event.kind for event in one.ask("How many readers are there?")] == ["said"]
    one.clock.advance(3)
    assert one.host.replying_s == pytest.approx(3)
    one.model.release()
    await one.over()
    assert one.last.text == USERS


async def test_a_decision_without_an_alternative_is_challenged_in_her_own_words(talk: Begin) -> None:
    one = talk(reply('You said "We use Redis for the waiting list". What was the other way?', kind="move"))
    one.enter("high_level", share=0.5)
    await one.say("We use Redis for the waiting list.")
    assert 'Challenge this decision of hers, quoting it: "We use Redis for the waiting list"' in one.prompt
    [spoke] = one.spoken()
    assert (spoke.intent, spoke.quote) == ("challenge", "We use Redis for the waiting list")
    assert one.state.challenged == {"high_level"}


async def test_a_question_in_other_words_counts_as_asked_and_never_comes_again(talk: Begin) -> None:
    own = ("Who stands first in line, then?", "And who is told that the book is back?")
    one = talk(*(reply(text, kind="move") for text in own))
    in_dive(one)
    for text, probe in zip(own, ("First probe of holds.", "Second probe of holds."), strict=True):
        await one.say(TALK)
        assert one.prompt.endswith(f"so that it follows from what she said: {probe}")
        assert (one.last.text, one.last.asks, one.last.intent) == (text, probe, "probe")
        one.wait(60)
    said = [turn.text for turn in one.state.turns]
    assert not {"First probe of holds.", "Second probe of holds."} & set(said)
    assert "- Who stands first in line, then?" in one.prompt.partition("You asked before, never again:")[2]


async def test_a_question_that_was_only_answered_uses_up_no_probe(talk: Begin) -> None:
    one = talk(reply(USERS, facts=("users",)), reply("Go on.", kind="acknowledgement"))
    in_dive(one)
    await one.say("How many readers are there?")
    await one.say(TALK)
    assert one.prompt.endswith("First probe of holds.")


async def test_a_topic_opened_in_other_words_is_open(talk: Begin) -> None:
    one = talk(*(reply(f"And then? {number}.", kind="move") for number in range(4)))
    in_dive(one)
    for _ in range(4):
        await one.say(TALK)
        one.clock.advance(60)
    assert one.prompt.endswith("Take me through counts.")
    assert one.state.topics == ("holds", "counts")
    assert "Take me through counts." not in one.wait(5)


async def test_the_script_throws_the_curveballs_and_keeps_the_clock_beside_a_model(talk: Begin) -> None:
    one = talk(mode="mock", minutes=9)
    for second in range(60 * 9 + 5):
        if second in (60, 120, 300):
            one.host.do(NextPhase())
        one.wait(1)
    thrown = [record.t for record in one.happened if isinstance(record.event, CurveballThrown)]
    assert [round(t / 540 * 45) for t in thrown] == [32, 38]
    intents = [spoke.intent for spoke in one.spoken()]
    assert {"nudge", "time_up", "topic", "curveball", "summary_request"} <= set(intents)
    assert one.model.asked == []


async def test_nothing_is_said_in_the_middle_of_a_turn(talk: Begin) -> None:
    words, rest = "The waiting list, ", "you said. Who is first?"
    before, after = heading(reply(words + rest, kind="move"))
    one = talk([before + words, WAIT, after.removeprefix(words)])
    in_dive(one)
    one.clock.advance(CHANGE_SHARE * 2700 - one.host.now_s() - 5)
    one.model.hold()
    one.ask(TALK)
    await one.hears(words)
    assert one.wait(30) == []
    assert one.state.curveballs == ()
    one.model.release()
    await one.over()
    assert one.last.text == words + rest
    assert any("happens." in text for text in one.wait(60)), "the curveball comes when the turn is over"


async def test_while_a_reply_is_awaited_only_the_clock_speaks(talk: Begin) -> None:
    one = talk([WAIT, reply("Go on.")])
    one.model.hold()
    one.ask("How many readers are there?")
    assert one.wait(241) == ["You have about a minute left for requirements."]
    one.model.release()
    await one.over()
    assert one.last.text == "Go on."


async def test_a_turn_has_an_end_even_if_the_model_has_none(talk: Begin) -> None:
    one = talk(model=Speaker(lambda _: "word " * 20_000, size=500))
    await one.say("How many readers are there?")
    assert len(one.last.text) <= LONGEST_SAID
    await one.is_hung_up()


async def test_praise_is_left_out_and_a_turn_of_nothing_else_goes_on(talk: Begin) -> None:
    one = talk(reply(f"Great question! {USERS}"), reply("Excellent!"))
    assert (await one.say("How many readers are there?")).text == USERS
    assert (await one.say("I see.")).text == "Go on."


async def test_the_greeting_is_the_scripts_and_asks_nobody(talk: Begin) -> None:
    one = talk()
    assert [turn.intent for turn in one.state.turns] == ["greeting"]
    assert one.model.asked == []


async def test_a_hint_breaks_a_reply_off_and_comes_from_the_script(talk: Begin) -> None:
    before, after = heading(reply(USERS))
    one = talk([before + after[:20], WAIT])
    one.model.hold()
    one.ask("How many readers are there?")
    await one.hears("Two mill")
    assert one.host.hint()
    assert [(turn.intent, turn.is_interrupted) for turn in one.state.turns[-2:]] == [
        ("fact", True),
        ("hint", False),
    ]
    await one.is_hung_up()


async def test_a_mock_has_no_hint_and_lets_the_reply_go_on(talk: Begin) -> None:
    one = talk([WAIT, reply(USERS)], mode="mock")
    one.model.hold()
    one.ask("How many readers are there?")
    assert not one.host.hint()
    one.model.release()
    await one.over()
    assert one.last.text == USERS


async def test_after_the_end_a_model_tells_no_more_than_the_script(talk: Begin) -> None:
    one = talk(reply(USERS, facts=("users",)), mode="mock")
    one.wait(2705)
    assert one.state.status == "time_up"
    one.ask("How many readers are there?")
    await one.over()
    assert one.state.facts == {}


@pytest.mark.parametrize("kind", ["answer", "acknowledgement"])
async def test_a_question_put_under_another_label_is_not_put_again(talk: Begin, kind: str) -> None:
    """The label alone decides: the probe is in the next prompt again, or the script puts it a second later."""
    one = talk(reply("Who stands first in line, then?", kind=kind), reply("Go on."))
    in_dive(one)
    await one.say("We keep one row for each book.")
    one.wait(1)
    one.clock.advance(60)
    await one.say("The first to come.")
    assert "First probe of holds." not in [turn.text for turn in one.state.turns]
    assert not one.prompt.endswith("First probe of holds.")


async def test_a_question_is_not_used_up_by_an_answer_that_does_not_put_it(talk: Begin) -> None:
    one = talk(reply(USERS, facts=("users",), kind="move"))
    in_dive(one)
    await one.say("How many readers are there?")
    assert one.last.asks == ""


@pytest.mark.parametrize("kind", ["not_covered", "your_call"])
async def test_a_question_of_its_own_uses_up_none_of_the_problems(talk: Begin, kind: str) -> None:
    one = talk(reply("That is not in my brief. What would you assume?", kind=kind))
    in_dive(one)
    await one.say("How large is the waiting room?")
    assert one.last.asks == ""
