"""A decision stated without alternative or cost is challenged once per phase, in the candidate's own words."""

import pytest

from coach.interviewer.challenge import QUOTE_WORDS, bare_rate, undefended
from tests.interviewer.problems import library
from tests.interviewer.stage import Stage

BARE = "The loans are stored in Postgres.\nEach desk has a reader for cards."


def in_high_level(share: float, *, minutes: float = 45.0, **options: object) -> Stage:
    """An interview whose high-level phase is used up to `share`."""
    stage = Stage(library(**options), minutes=minutes)
    stage.enter("high_level")
    stage.wait(share * stage.state.current.budget_s)
    return stage


@pytest.mark.parametrize(
    "text",
    [
        "We use Redis for the waiting list.",
        "I would go with a relational database.",
        "Loans are kept in a sorted table in memory.",
        "- pick Cassandra for history",
        "The books table will be in one database.",
    ],
)
def test_a_bare_decision_is_found(text: str) -> None:
    assert undefended(text)


@pytest.mark.parametrize(
    "text",
    [
        "We use Redis for the waiting list because it is read all day.",
        "We use Redis for the waiting list. The alternative is a table, which costs a disk read.",
        "Options were a table or a sorted set.\nWe use Redis.",
        "I would go with one primary instead of shards.",
        "We use Redis -> the desk.",
        "API: POST /loans, GET /loans/{id}, PUT /books/{id} and so we lend.",
        "Should we use Redis?",
        "Readers come to the desk.",
        "redis",
        "",
    ],
)
def test_a_decision_with_a_reason_or_none_at_all_is_left_alone(text: str) -> None:
    assert not undefended(text)


def test_the_quote_is_verbatim_short_and_whole() -> None:
    line = "After the desk scans it, the Loan-Service will use a *big* Redis sorted set, one per book, keyed by time, for all of the readers waiting"
    found = undefended(f"* Desk: scans\n  {line}\nMore.")
    assert found in line
    assert "use" in found
    assert len(found.split()) <= QUOTE_WORDS


def test_words_that_cannot_be_shown_as_they_stand_are_not_quoted() -> None:
    assert undefended("We use Re\u202edis for the waiting list.\nMore.") == ""


def test_a_challenge_quotes_the_notes_once_per_phase() -> None:
    stage = in_high_level(0.3)
    stage.write("notes.high_level", BARE)
    said = stage.wait(stage.state.current.budget_s * 0.6)
    challenges = [one for one in said if one.intent == "challenge"]
    assert len(challenges) == 1
    assert challenges[0].quote == "The loans are stored in Postgres"
    assert challenges[0].quote in challenges[0].text
    assert stage.state.challenged == {"high_level"}


def test_no_challenge_before_the_reason_had_time_to_come() -> None:
    stage = Stage(library())
    stage.enter("high_level")
    stage.write("notes.high_level", BARE)
    assert not stage.wait(0.34 * stage.state.current.budget_s)
    assert [one.intent for one in stage.wait(0.02 * stage.state.current.budget_s)] == ["challenge"]


def test_the_line_being_typed_is_not_quoted() -> None:
    stage = in_high_level(0.4)
    stage.write("notes.high_level", "Readers come to the desk.\nWe use Redis")
    assert not stage.wait(60)
    stage.write("notes.high_level", "Readers come to the desk.\nWe use Redis for the list.\nThen")
    assert [one.intent for one in stage.wait(1)] == ["challenge"]


def test_a_candidate_writing_a_turn_is_not_challenged() -> None:
    stage = in_high_level(0.4)
    stage.write("notes.high_level", BARE)
    stage.write("draft", "I was going to")
    assert not stage.wait(30)


def test_a_turn_that_states_a_bare_decision_is_challenged_at_once() -> None:
    stage = in_high_level(0.5)
    spoken = stage.say("I will put all loans in Cassandra.")
    assert [(one.intent, one.quote) for one in spoken] == [("challenge", "I will put all loans in Cassandra")]
    assert spoken[0].text.startswith("You said")


def test_a_deep_dive_has_a_challenge_of_its_own() -> None:
    stage = in_high_level(0.5)
    stage.say("I will put all loans in Cassandra.")
    stage.enter("deep_dive")
    stage.wait(0.4 * stage.state.current.budget_s)
    stage.say("We go with Redis for the waiting list.")
    assert stage.state.challenged == {"high_level", "deep_dive"}


def test_one_rate_is_challenged_in_the_estimation() -> None:
    stage = Stage(library())
    stage.enter("estimation")
    stage.write("notes.estimation", "300k loans a day\nthat is 3.5 loans/s\nstorage later")
    spoken = stage.wait(0.4 * stage.state.current.budget_s)
    assert [(one.intent, one.text) for one in spoken] == [
        ("challenge", 'You wrote "that is 3.5 loans/s". Is that average or peak?')
    ]


@pytest.mark.parametrize("text", ["3.5 loans/s, peak 10/s", "3.5/s on average", "300k loans", ""])
def test_a_number_that_says_what_it_is_or_no_rate_is_left_alone(text: str) -> None:
    assert not bare_rate(text)


def test_requirements_are_never_challenged() -> None:
    stage = Stage(library())
    stage.write("notes.requirements", BARE)
    assert [one.intent for one in stage.wait(299)] == ["nudge"]
