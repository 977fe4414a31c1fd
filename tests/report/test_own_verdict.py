"""Her verdict beside the judge's, in words."""

from dataclasses import replace

import pytest

from coach.report.own_verdict import difference, own_levels, own_verdict
from coach.report.review import Review
from coach.session.state import SelfRating
from tests.tui import debriefs


def rated(own: str | None, judged: str | None) -> Review:
    review = debriefs.small()
    rating = SelfRating(own, {}) if own else None
    review = debriefs.with_state(review, self_rating=rating)
    return replace(review, card=review.card.model_copy(update={"verdict": judged}))


@pytest.mark.parametrize(
    ("own", "judged", "words"),
    [
        ("hire", "hire", "You rated yourself Hire, and so does the judge."),
        (
            "hire",
            "no_hire",
            "You rated yourself Hire; the judge says No hire: you are one step above the judge.",
        ),
        (
            "no_hire",
            "strong_hire",
            "You rated yourself No hire; the judge says Strong hire: you are two steps below the judge.",
        ),
        (
            "strong_no_hire",
            "strong_hire",
            "You rated yourself Strong no hire; the judge says Strong hire: you are three steps below the judge.",
        ),
        ("hire", None, "You rated yourself Hire; there is no verdict to compare it with."),
        (None, "hire", "You gave no verdict of your own."),
    ],
)
def test_the_difference_in_words(own: str | None, judged: str | None, words: str) -> None:
    assert difference(rated(own, judged)) == words


def test_nobody_asked_the_author_of_a_written_answer() -> None:
    review = replace(debriefs.small(), state=None)
    assert (difference(review), own_verdict(review), own_levels(review)) == ("", None, {})


def test_levels_are_those_she_gave() -> None:
    assert own_levels(debriefs.small()) == {"requirements": 4, "depth": 2}
