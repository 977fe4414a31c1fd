"""Which facts a turn asks for."""

import pytest

from coach.content.problem import Fact
from coach.interviewer.facts import FactSheet
from coach.interviewer.hearing import LONGEST_TURN, Heard, hear
from tests.interviewer.problems import library

SHEET = FactSheet(library().facts)


def heard(said: str, *, takes_assumptions: bool = True) -> Heard:
    return hear(SHEET, said, takes_assumptions=takes_assumptions)


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("How many readers are there?", ("users",)),
        ("how many readers are there", ("users",)),
        ("Tell me how long a loan may be", ("period",)),
        ("What about reservations?", ("reservations",)),
        ("I'd like to know the number of members.", ("users",)),
        ("Questions:\n- number of readers\n- duration of a loan", ("users", "period")),
        ("for how long do they keep a book", ("period",)),
        ("roughly how many readers are there", ("users",)),
        ("will anyone need reservations", ("reservations",)),
        ("At peak, how many readers are there?", ("users",)),
    ],
)
def test_a_question_gets_its_fact(said: str, facts: tuple[str, ...]) -> None:
    assert heard(said).facts == facts


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("How many readers do we have, and how long do they keep a book?", ("users", "period")),
        ("How many readers are there? Can a loan be extended?", ("users", "period")),
        ("Do we need reservations and search?", ("reservations", "search")),
        ("Readers?How fresh must counts be?", ("users", "staleness")),
        ("How many readers and loans do we expect, how long are loans, is search in?", ("users", "loans", "period", "search")),
    ],
)  # fmt: skip
def test_several_questions_in_one_turn_get_all_their_facts(said: str, facts: tuple[str, ...]) -> None:
    assert heard(said).facts == facts


def test_when_two_facts_match_one_question_the_more_specific_is_given() -> None:
    assert heard("How many books a day do our readers borrow?").facts == ("loans",)


def test_a_question_leans_on_the_words_before_it() -> None:
    assert heard("Say a reader takes a loan. How long does it run?").facts == ("period",)
    assert heard("If a book is lent, what happens when somebody asks for it?").facts == ("reservations",)
    assert heard("There would be a waiting list, is that part of this?").facts == ("reservations",)


@pytest.mark.parametrize(
    "said", ["Do we need resrevations?", "can loans be extendde?", "How many raeders are there?"]
)
def test_a_slip_of_the_finger_is_forgiven(said: str) -> None:
    assert heard(said).facts


def test_a_statement_gets_no_fact() -> None:
    assert not heard("Readers borrow books and there is a waiting list and search.").asks


def test_an_assumption_to_be_confirmed_is_a_question() -> None:
    assert heard("I assume there are 10k readers, how many members is it?").facts == ("users",)
    assert heard("So we have a waiting list, is that right?").facts == ("reservations",)
    assert heard("We have a waiting list. Correct?").facts == ("reservations",)


def test_a_bare_assumption_asks_only_while_scope_and_numbers_are_found() -> None:
    assert heard("I assume a loan can be extended.").facts == ("period",)
    assert not heard("I assume a loan can be extended.", takes_assumptions=False).asks


def test_a_false_premise_is_corrected_in_statements_and_questions() -> None:
    for said in (
        "Readers keep books as long as they want.",
        "Since loans never end, how big is the database?",
    ):
        assert [one.fact for one in heard(said).corrections] == ["period"]


def test_a_corrected_premise_does_not_tell_its_fact_twice() -> None:
    found = heard("We do not need reservations, do we need reservations?")
    assert [one.fact for one in found.corrections] == ["reservations"]
    assert found.facts == ()


def test_a_premise_that_is_denied_is_none() -> None:
    assert not heard("Loans are not forever.").corrections


def test_two_false_premises_are_both_corrected_before_the_question() -> None:
    found = heard("Reservations are out of scope and loans are forever. How many readers are there?")
    assert {one.fact for one in found.corrections} == {"period", "reservations"}
    assert found.facts == ("users",)


@pytest.mark.parametrize(
    "said",
    [
        "Should I use a queue for reservations?",
        "SQL or NoSQL for the loans?",
        "Which database should I pick for reservations?",
        "Is it better to cache reservations in Redis?",
    ],
)
def test_a_design_question_tells_no_fact(said: str) -> None:
    found = heard(said)
    assert found.wants_call
    assert not found.facts


@pytest.mark.parametrize("said", ["Should we support reservations?", "Can I assume readers renew loans?"])
def test_a_scope_question_is_no_design_question(said: str) -> None:
    assert heard(said).facts


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("Can I move on?", "proceed"),
        ("How much time left?", "time"),
        ("could I get a hint please", "hint"),
        ("Does that make sense?", "verdict"),
        ("What are the requirements?", "all"),
        ("What do you mean?", "as_put"),
    ],
)
def test_a_remark_about_the_interview_is_no_question_about_the_problem(said: str, remark: str) -> None:
    assert heard(said).remark == remark


def test_a_question_the_sheet_does_not_cover_is_recognised() -> None:
    assert heard("Who pays for electricity?").is_uncovered
    assert heard("How many readers are there? Who pays for electricity?").is_uncovered


def sheet(**cues: str) -> FactSheet:
    """A sheet with one fact per cue."""
    fact = {"topic": "x", "answer": "X.", "stated": ["x"], "tip": "Ask."}
    return FactSheet([Fact.model_validate({"id": name, "cues": [cue], **fact}) for name, cue in cues.items()])


def told(facts: FactSheet, said: str) -> tuple[str, ...]:
    return hear(facts, said, takes_assumptions=True).facts


def test_words_that_only_share_a_stem_ask_for_nothing() -> None:
    names = sheet(alias="personalize|customize", size="how big")
    assert told(names, "Which person is in charge of the building?") == ()
    assert told(names, "Can customers come in through the door?") == ()
    assert told(names, "Can a link be personalized?") == ("alias",)


def test_a_word_in_passing_does_not_make_a_long_question_about_it() -> None:
    assert told(
        sheet(privacy="private|privacy", size="how big"),
        "Are there laws on privacy, tax, waste, heating, fire or noise this old building with its twelve floors falls under?",
    ) == ()  # fmt: skip


def test_what_comes_after_instead_of_is_not_asked_for() -> None:
    names = sheet(alias="pick|slug & slug|name", random="random & slug|name")
    assert told(names, "Can I pick a slug instead of a random one?") == ("alias",)


def test_the_same_words_listened_for_by_two_facts_give_both() -> None:
    assert told(sheet(reads="what & scale", writes="what & scale"), "What scale is this?") == (
        "reads",
        "writes",
    )


def test_one_word_may_be_a_whole_question() -> None:
    likes = sheet(likes="like|likes|repost & count|show", size="how big")
    assert told(likes, "reposts?") == ("likes",)
    assert told(likes, "weather?") == ()


def test_a_number_to_be_confirmed_asks_how_many_there_are() -> None:
    assert heard("So about 10k readers, right?").facts == ("users",)
    assert heard("Say 3% readers, right?").facts == ()


def test_a_list_of_words_is_no_false_premise() -> None:
    assert not heard("Readers, loans, fines, reservations, out of scope, search, desks, cards").corrections


def test_of_a_pasted_file_only_the_beginning_is_read() -> None:
    assert heard("How many readers are there? " + "How long is a loan? " * 20_000).facts == (
        "users",
        "period",
    )
    assert heard("x " * LONGEST_TURN + "How many readers are there?").facts == ()


def test_a_mere_topic_asks_only_while_scope_and_numbers_are_found() -> None:
    assert heard("number of readers").facts == ("users",)
    assert not heard("number of readers", takes_assumptions=False).asks
    assert not heard("the colour of the chairs").asks
    assert not heard("12 million readers").asks


def test_a_topic_may_be_followed_by_a_question_without_a_mark() -> None:
    assert heard("number of readers and how long is a loan").facts == ("users", "period")
    assert heard("number of readers + must it have a waiting list?").facts == ("users", "reservations")


def test_a_matter_of_the_company_is_not_taken_for_the_fact_whose_word_it_uses() -> None:
    names = sheet(region="region|worldwide & serve", size="how big")
    assert told(names, "Which regions do we serve?") == ("region",)
    assert told(names, "Which vendor will serve our logging in this region, under which contract?") == ()
