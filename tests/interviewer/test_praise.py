"""Praise before an answer is left out, whatever the pieces it comes in, and honest words are not."""

import time

import pytest

from coach.interviewer.speech import GO_ON
from tests.fakes.interviewers import reply
from tests.interviewer.test_speech import SIZES, USERS, answer, said

PRAISES = [
    "Great question! ",
    "great question. ",
    "That's a great question. ",
    "That’s a really good question, ",
    "What a fantastic idea! ",
    "Good! ",
    "Excellent point — ",
    "Very good thinking. ",
    "This is an excellent approach: ",
    "Perfect. ",
    "Well done! ",
    "Exactly right. ",
    "Great job so far! ",
    "  Nice work!\n",
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("praise", PRAISES)
@pytest.mark.parametrize("as_json", [True, False])
def test_praise_at_the_beginning_is_left_out(praise: str, size: int, as_json: bool) -> None:
    raw = praise + USERS
    assert said(answer(raw) if as_json else raw, size) == USERS


@pytest.mark.parametrize("size", SIZES)
def test_empty_lines_behind_praise_go_with_it(size: int) -> None:
    assert said(answer(f"Great question!\n\n{USERS}"), size) == USERS


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "words",
    [
        "Good enough is 99.9 percent.",
        "Good morning is not a time of day here, so assume one hour of rest between two loans.",
        "Great Britain only.",
        "Nice-to-have features are out of scope.",
        "Excellent readers get no more books than others.",
        "Exactly 300 thousand a day.",
        "Well, that is your call.",
        "That is your call.",
        "What did you weigh it against?",
        "Solid state disks, as in the brief.",
        "A tenth of them.",
        "Perfection is not asked for.",
        "What approach, then: a queue or a lock?",
        "What question, exactly, do you want answered?",
        "A question: what happens when it fails?",
        "This is thinking, not doing.",
        "Good point of entry: the desk.",
        "Good answer times matter: under 200 ms.",
    ],
)
def test_honest_words_that_begin_like_praise_are_kept(words: str, size: int) -> None:
    assert said(answer(words), size) == words


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("praise", ["Good.", "Great question!", "What a fantastic idea!", "Excellent"])
def test_nothing_but_praise_is_a_sign_of_listening(praise: str, size: int) -> None:
    assert said(answer(praise), size) == (GO_ON if praise[-1] in ".!" else praise)


@pytest.mark.parametrize(
    "praise",
    [
        "Great question! Excellent thinking. ",
        "Great question about readers! ",
        "Good thinking there. ",
        "I love that idea! ",
    ],
)
def test_more_praise_than_one_word_of_it_is_left_out_too(praise: str) -> None:
    assert said(reply(praise + USERS), 3) == USERS


def test_words_that_begin_like_praise_and_go_on_take_no_exponential_time() -> None:
    began = time.process_time()
    said("Good" + " question" * 20 + " and so on", 1_000_000)
    assert time.process_time() - began < 0.3
