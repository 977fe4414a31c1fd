"""The candidate's own verdict beside the judge's. How far the two are apart is the most useful line of a debrief."""

from coach.report.review import Review
from coach.report.words import VERDICTS

_BEST_FIRST = list(VERDICTS)
_STEPS = ("", "one step", "two steps", "three steps")


def own_verdict(review: Review) -> str | None:
    """What the candidate gave herself, as `no_hire`; None when she did not say."""
    rating = review.state.self_rating if review.state else None
    return rating.verdict if rating else None


def own_levels(review: Review) -> dict[str, int]:
    """The levels she gave herself, by dimension; often none."""
    rating = review.state.self_rating if review.state else None
    return rating.levels if rating else {}


def difference(review: Review) -> str:
    """Her verdict against the judge's, in words; empty for a written answer, where nobody asked her."""
    if review.state is None:
        return ""
    own, judged = own_verdict(review), review.card.verdict
    if own is None:
        return "You gave no verdict of your own."
    if judged is None:
        return f"You rated yourself {VERDICTS[own]}; there is no verdict to compare it with."
    if own == judged:
        return f"You rated yourself {VERDICTS[own]}, and so does the judge."
    steps = _BEST_FIRST.index(judged) - _BEST_FIRST.index(own)
    where = "above" if steps > 0 else "below"
    return (
        f"You rated yourself {VERDICTS[own]}; the judge says {VERDICTS[judged]}: "
        f"you are {_STEPS[abs(steps)]} {where} the judge."
    )
