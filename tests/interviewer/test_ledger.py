"""What a modelled interviewer told and made up: on record by its words, kept to, and put right by the brief."""

import pytest

from coach.session.events import FactGiven
from tests.interviewer.conftest import Begin
from tests.interviewer.speaker import reply

USERS = "Two million readers, a tenth of them on a given day."
PERIOD = "A loan lasts 28 days. It can be extended once."
BRANCHES = "There are 14 branches."


def invents(fact: str) -> str:
    return reply(fact, kind="not_covered", new=(fact,))


async def test_a_fact_that_is_told_is_on_record_as_asked_for_whatever_the_model_says_of_itself(
    talk: Begin,
) -> None:
    one = talk(
        reply(USERS), reply("Go on.", facts=("loans", "period")), "People borrow 300 thousand books a day."
    )
    await one.say("How many readers are there?")
    assert one.state.facts == {"users": "asked"}
    await one.say("I take that as given.")
    assert set(one.state.facts) == {"users"}, "declared, and not told"
    await one.say("How much is borrowed?")
    assert set(one.state.facts) == {"users", "loans"}, "plain words tell as well"
    assert [event.how for event in one.kept() if isinstance(event, FactGiven)] == ["asked", "asked"]


async def test_what_it_makes_up_holds_from_then_on(talk: Begin) -> None:
    one = talk(invents(BRANCHES), reply("We also keep 600 maps."), reply("Go on."))
    await one.say("How many branches are there?")
    assert one.state.improvised == (BRANCHES,)
    await one.say("And maps?")
    assert f"You said before, and it stands:\n- {BRANCHES}" in one.prompt
    assert one.state.improvised == (BRANCHES, "We also keep 600 maps."), "told without a word about it"
    await one.say("Fine.")
    assert f"- {BRANCHES}\n- We also keep 600 maps." in one.prompt


@pytest.mark.parametrize("size", [1, 4, 9])
async def test_a_contradiction_is_asked_anew_once_before_any_word_is_shown(talk: Begin, size: int) -> None:
    other = "There are 12 branches."
    one = talk(invents(BRANCHES), invents(other), invents(BRANCHES), size=size)
    await one.say("How many branches are there?")
    shown = len(one.happened)
    await one.say("How many branches did you say?")
    assert one.last.text == BRANCHES
    assert "12" not in "".join(str(record.event) for record in one.happened[shown:])
    assert f"Your first answer contradicted this, which stands: {BRANCHES}" in one.prompt
    assert len(one.model.asked) == 3
    await one.is_hung_up()


async def test_a_second_contradiction_is_not_asked_about_again(talk: Begin) -> None:
    other = "There are 12 branches."
    one = talk(invents(BRANCHES), invents(other), invents(other))
    await one.say("How many branches are there?")
    await one.say("How many branches did you say?")
    assert one.last.text == other
    assert len(one.model.asked) == 3


async def test_what_contradicts_the_brief_is_asked_anew_too(talk: Begin) -> None:
    one = talk(invents("A loan lasts 14 days."), reply("A loan lasts 28 days.", facts=("period",)))
    await one.say("How long is a loan?")
    assert one.last.text == "A loan lasts 28 days."
    assert one.state.improvised == ()


async def test_a_contradiction_is_noticed_when_heading_and_words_come_in_one_piece(talk: Begin) -> None:
    other = reply("There are 12 branches.", kind="not_covered", new=("There are 12 branches.",))
    first = reply("There are 14 branches.", kind="not_covered", new=("There are 14 branches.",))
    one = talk(first, other, first, size=0)
    await one.say("How many branches are there?")
    await one.say("How many did you say?")
    assert one.last.text == "There are 14 branches."


async def test_a_fact_told_with_another_number_is_followed_by_the_brief_itself(talk: Begin) -> None:
    one = talk(reply("A loan lasts 14 days.", facts=("period",)))
    await one.say("How long is a loan?")
    assert [turn.text for turn in one.state.turns[-2:]] == [
        "A loan lasts 14 days.",
        "To be exact: A loan lasts 28 days. It can be extended once.",
    ]
    assert one.last.intent == "correction"
    assert one.state.facts == {"period": "asked"}


async def test_a_number_that_was_put_right_does_not_stand_as_the_interviewers_own(talk: Begin) -> None:
    one = talk(reply("A loan lasts 14 days.", facts=("period",)), reply("Go on."))
    await one.say("How long is a loan?")
    assert one.last.text == f"To be exact: {PERIOD}"
    await one.say("I see.")
    assert "it stands:\n- A loan lasts 14 days." not in one.prompt
    assert one.state.improvised == ()


async def test_the_time_left_is_nothing_the_interviewer_made_up(talk: Begin) -> None:
    one = talk(reply("You have about 5 minutes left for this phase and about 45 minutes left in all."))
    await one.say("How much time is left?")
    assert "You have about 5 minutes left for this phase and about 45 minutes left in all." in one.prompt
    assert one.state.improvised == ()
