"""The classic mistakes with the lines that made or avoided them."""

from coach.report.mistakes import classic_mistakes, own_mistakes
from tests.tui import debriefs


def lines_of(name: str) -> tuple[bool, list[int]]:
    view = next(one for one in classic_mistakes(debriefs.small()) if one.mistake.mistake == name)
    return view.mistake.made, [quote.line for quote in view.lines]


def test_all_six_are_told_in_the_order_of_the_rubric() -> None:
    review = debriefs.small()
    assert [one.mistake.mistake for one in classic_mistakes(review)] == [
        one.id for one in review.rubric.mistakes
    ]


def test_an_avoided_one_shows_what_speaks_against_it_fully_met_first() -> None:
    assert lines_of("no_clarifying") == (False, [2, 5])
    assert lines_of("no_tradeoffs") == (False, [7])


def test_one_made_by_leaving_something_out_has_no_line() -> None:
    assert lines_of("no_failure_modes") == (True, [])


def test_half_of_it_does_not_avoid_what_asks_for_all_of_it() -> None:
    assert lines_of("single_point_of_failure") == (True, [])


def test_those_of_the_problem_stand_apart() -> None:
    (view,) = own_mistakes(debriefs.small())
    assert (view.text, [quote.line for quote in view.lines]) == ("All boxes are of one size.", [7])


def test_in_a_real_review_every_line_exists() -> None:
    review = debriefs.interviewed()
    numbers = {line.number for line in review.transcript.lines}
    assert {quote.line for view in classic_mistakes(review) for quote in view.lines} <= numbers
