"""What a reply tells: by its words, not by what it says about itself; and which of its numbers nobody gave it."""

import pytest

from coach.interviewer.telling import Told, contradiction, told
from tests.interviewer.problems import library

FACTS = library().facts
USERS, LOANS, PERIOD = (fact.answer for fact in FACTS[:3])
BRANCHES = "There are 14 branches."


def read(text: str, *declared: str, known: str = "") -> Told:
    return told(text, declared=declared, facts=FACTS, known=known)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_a_fact_in_the_briefs_own_words_is_told_declared_or_not(fact: object) -> None:
    for declared in ((), (fact.id,)):  # type: ignore[attr-defined]
        read_ = read(fact.answer, *declared)  # type: ignore[attr-defined]
        assert fact.id in read_.facts  # type: ignore[attr-defined]
        assert (read_.wrong, read_.made_up) == ((), ())


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Two million of them.", "users"),
        ("About 300,000 a day.", "loans"),
        ("It is 28 days for everybody.", "period"),
        ("Four weeks, that is 28 days.", "period"),
        ("At most 672 hours.", "period"),
        ("They do queue.", "reservations"),
        ("A minute at most.", "staleness"),
    ],
)
def test_a_declared_fact_told_shortly_or_in_another_unit_is_told(text: str, fact: str) -> None:
    assert read(text, fact).facts == (fact,)
    assert read(text, fact).wrong == ()


@pytest.mark.parametrize("text", ["Go on.", "That is your call.", "What do you think?", "I see.", ""])
def test_a_declared_fact_that_no_word_tells_is_not_told(text: str) -> None:
    assert read(text, *(fact.id for fact in FACTS)).facts == ()


@pytest.mark.parametrize(
    ("text", "fact"),
    [("People borrow 300 thousand books on each day.", "loans"), (f"As I said. {PERIOD}", "period")],
)
def test_a_fact_told_and_not_declared_is_told(text: str, fact: str) -> None:
    assert fact in read(text).facts


def test_another_fact_of_the_same_words_is_not_told_without_being_declared() -> None:
    assert read("Books are kept at the desk for each reader.").facts == ()


def test_an_unknown_name_tells_nothing() -> None:
    assert read("Two million readers.", "nobody", "").facts == ()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("A loan lasts 14 days.", "period"),
        ("A loan lasts 2 months.", "period"),
        ("People borrow 30 thousand books a day.", "loans"),
        ("People borrow 300 thousand books an hour.", "loans"),
        ("300 million books a day.", "loans"),
    ],
)
def test_a_declared_fact_with_another_number_is_wrong(text: str, fact: str) -> None:
    assert read(text, fact).wrong == (fact,)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("A loan lasts 28 days, the first 5 without a reminder.", "period"),
        ("A loan lasts as long as you need.", "period"),
        ("About 301 thousand books a day.", "loans"),
        ("The two of you decide.", "users"),
        ("3 things matter here.", "period"),
    ],
)
def test_the_right_number_none_or_one_of_another_kind_is_not_wrong(text: str, fact: str) -> None:
    assert read(text, fact).wrong == ()


@pytest.mark.parametrize(
    "text", [BRANCHES, "We keep 3 copies for 5 years.", "Each is 2 MB.", "About 40 requests per second."]
)
def test_a_number_nobody_gave_is_made_up(text: str) -> None:
    assert read(text).made_up == (text,)


def test_only_the_sentence_with_the_number_is_kept() -> None:
    assert read(f"You may assume that.\n  {BRANCHES} Go on.").made_up == (BRANCHES,)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("As you say, about 3.5 a second.", "300 k / 86,400 s = 3.5 /s"),
        ("Your 40 GB a year, then.", "notes: 40 GB per year"),
        ("I said 14 branches.", BRANCHES),
        ("You have about 9 minutes left.", "You have about 9 minutes left for this phase."),
        ("A loan lasts 28 days.", ""),
        ("That is 300 k a day.", ""),
    ],
)
def test_a_number_of_the_brief_the_talk_the_notes_or_the_clock_is_not_made_up(text: str, known: str) -> None:
    assert read(text, known=known).made_up == ()


@pytest.mark.parametrize(
    "text",
    ["What if 500 people come at once?", "There are 5 branches.", "Take the 3 of them.", "No numbers."],
)
def test_questions_and_small_counts_are_how_people_talk(text: str) -> None:
    assert read(text).made_up == ()


@pytest.mark.parametrize(
    "fresh", ["There are 12 branches.", "We have 140 branches.", "There are 15 branches in the city."]
)
def test_the_same_matter_with_another_number_contradicts(fresh: str) -> None:
    assert contradiction(fresh, ["Maps are free.", BRANCHES]) == BRANCHES


@pytest.mark.parametrize(
    "fresh",
    [
        BRANCHES,
        "There are 14 branches in the city.",
        "Most branches close at night.",
        "There are 600 maps.",
        "Each reader has 1 card.",
        "",
    ],
)
def test_the_same_again_another_matter_or_no_number_does_not(fresh: str) -> None:
    assert contradiction(fresh, [BRANCHES]) == ""


def test_the_brief_can_be_contradicted_too() -> None:
    assert contradiction("A loan lasts 14 days.", [USERS, LOANS, PERIOD]) == PERIOD


def test_long_texts_and_strange_ones_are_read_quickly() -> None:
    import time

    began = time.process_time()
    known = "14 branches and 600 maps\n" * 4000
    for text in ("9" * 2000, "1 " * 1000, "." * 2000, "💥" * 2000, "1.2.3.4" * 280):
        read(text, *(fact.id for fact in FACTS), known=known)
    assert time.process_time() - began < 5


def test_a_fact_told_wrong_without_declaring_it_is_put_right() -> None:
    read = told("A loan lasts 14 days.", declared=(), facts=library().facts, known="")
    assert read.facts == ("period",)
    assert read.wrong == ("period",)
