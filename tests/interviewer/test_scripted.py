"""What the interviewer says to a turn: only what was asked, in its order, and nothing of its own."""

import pytest

from coach.interviewer import lines
from tests.interviewer.problems import library
from tests.interviewer.stage import Stage


def intents(stage: Stage, text: str) -> list[str]:
    return [one.intent for one in stage.say(text)]


def test_the_greeting_is_the_prompt_and_comes_once() -> None:
    stage = Stage(library())
    stage.wait(5)
    assert stage.texts("greeting") == [
        f"Design the system with which a city library lends books. {lines.GREETING}"
    ]


def test_a_drill_is_greeted_as_one() -> None:
    assert "drill" in Stage(library(), mode="drill", only="estimation").texts("greeting")[0]


def test_a_session_resumed_before_its_greeting_is_greeted() -> None:
    stage = Stage(library())
    stage.state = type(stage.state)(
        status="running", setup=stage.state.setup, plan=stage.state.plan, phases=stage.state.phases
    )
    assert [one.intent for one in stage.wait(1)] == ["greeting"]


def test_asked_facts_are_told_word_for_word_and_recorded() -> None:
    stage = Stage(library())
    spoken = stage.say("How many readers are there, and how long can they keep a book?")
    assert [one.text for one in spoken] == [
        "Two million readers, a tenth of them on a given day.",
        "A loan lasts 28 days. It can be extended once.",
    ]
    assert stage.state.facts == {"users": "asked", "period": "asked"}


def test_nothing_is_told_that_was_not_asked() -> None:
    stage = Stage(library())
    stage.say("Readers borrow books from a shelf.")
    stage.say("Who pays for the lights?")
    stage.say("Should I use a relational database for loans?")
    assert stage.state.facts == {}


def test_a_fact_asked_again_is_told_again_and_counted_once() -> None:
    stage = Stage(library())
    first = stage.say("How many readers are there?")
    again = stage.say("Sorry, how many readers was it?")
    assert [one.text for one in again] == [one.text for one in first]
    assert len(stage.state.facts) == 1


def test_a_correction_comes_before_facts_before_your_call_before_not_covered() -> None:
    stage = Stage(library())
    said = (
        "Who pays for the lights? Should I use Redis for loans? How many readers are there? "
        "And books are kept forever, right?"
    )
    assert intents(stage, said) == ["correction", "fact", "your_call", "not_covered"]
    assert stage.state.facts == {"period": "asked", "users": "asked"}


def test_a_correction_is_the_sheets_own_sentence() -> None:
    spoken = Stage(library()).say("I assume loans are forever.")
    assert [(one.intent, one.text) for one in spoken] == [("correction", "Not so. A loan lasts 28 days.")]


def test_a_correction_is_not_repeated_to_a_statement_but_to_a_question() -> None:
    stage = Stage(library())
    stage.say("Loans are forever.")
    assert intents(stage, "As loans are forever, the table only grows.") == ["acknowledgement"]
    assert intents(stage, "So loans are forever, correct?") == ["correction"]


def test_design_questions_are_handed_back_in_changing_words() -> None:
    stage = Stage(library())
    texts = [
        stage.say(f"Should I use {one}?")[0].text for one in ("Redis", "Kafka", "Postgres", "sharding", "S3")
    ]
    assert texts == [*lines.YOUR_CALL, lines.YOUR_CALL[0]]


@pytest.mark.parametrize(
    "said",
    ["SQL or NoSQL?", "What would you do?", "Is it ok to use a queue?", "How should I partition the loans?", "Which is better?"],
)  # fmt: skip
def test_every_way_of_leaving_a_decision_to_the_interviewer_is_handed_back(said: str) -> None:
    assert intents(Stage(library()), said) == ["your_call"]


def test_what_the_sheet_does_not_cover_is_said_plainly() -> None:
    stage = Stage(library())
    texts = [stage.say(f"Who pays for {one}?")[0].text for one in ("light", "heating", "rent")]
    assert texts == list(lines.NOT_COVERED)


def test_beside_answers_only_the_rest_is_called_uncovered() -> None:
    spoken = Stage(library()).say("How many readers are there? Who pays for the lights?")
    assert spoken[1].text in lines.REST_NOT_COVERED


def test_an_assumption_the_sheet_does_not_cover_stands() -> None:
    spoken = Stage(library()).say("I assume the lights are paid for, is that right?")
    assert spoken[0].text in lines.ASSUMPTION_STANDS


def test_a_question_the_candidate_answers_at_once_is_left_alone() -> None:
    assert intents(Stage(library()), "Who pays for the lights? I take the city for that.") == [
        "acknowledgement"
    ]


def test_statements_are_acknowledged_once_and_then_listened_to() -> None:
    stage = Stage(library())
    assert intents(stage, "There is a desk and a store.") == ["acknowledgement"]
    assert intents(stage, "The desk lends a book.") == []
    stage.wait(60)
    assert intents(stage, "The store keeps the loans.") == ["acknowledgement"]


def test_the_time_is_told_from_the_clock() -> None:
    stage = Stage(library())
    stage.wait(100)
    assert stage.say("How much time do I have left?")[0].text == (
        "You have about 3 minutes left for this phase and about 43 minutes left in all."
    )


def test_asking_for_everything_gets_nothing() -> None:
    stage = Stage(library())
    assert stage.say("What are the requirements?")[0].text == lines.REMARKS["all"]
    assert stage.state.facts == {}


def test_no_verdict_is_given_on_the_way() -> None:
    assert Stage(library()).say("Does that make sense so far?")[0].text == lines.REMARKS["verdict"]


def test_a_hint_asked_for_in_the_talk_is_given_in_practice_only() -> None:
    practice, mock = Stage(library(), mode="practice"), Stage(library())
    assert practice.say("Can I get a hint?")[0].text == "Nudge on scope."
    assert mock.say("Can I get a hint?")[0].text == lines.HINT_IN_MOCK
    assert mock.state.hints == {}


def test_nothing_is_said_to_a_turn_after_the_end() -> None:
    stage = Stage(library(), minutes=1)
    stage.wait(61)
    assert stage.say("How many readers are there?") == ()
