"""Answers written without seeing the signals come out near their labels; docs/judging.md states the figures."""

from functools import cache
from itertools import combinations
from pathlib import Path

from coach.content.library import find_rubric
from coach.content.samples import Sample, read_sample
from coach.judge.card import Card
from coach.scoring import Scoring

FOLDER = Path(__file__).parent / "answers"
PROBLEMS = ("tinyurl", "twitter-feed")
STEPS = ("strong_no_hire", "no_hire", "hire", "strong_hire")
SAME_VERDICTS, PAIRS_IN_ORDER, PAIRS = 12, 45, 48


@cache
def judged(problem: str) -> tuple[tuple[Sample, Card], ...]:
    samples = [read_sample(path) for path in sorted((FOLDER / problem).glob("*.md"))]
    return tuple(
        (one, Scoring().of_text(one.text, problem=problem, seniority="senior").card) for one in samples
    )


def labelled_mean(sample: Sample) -> float:
    weights = {name: rule.weight.senior for name, rule in find_rubric().dimensions.items()}
    return sum(weights[name] * level for name, level in sample.header.levels.items()) / 100


def test_verdicts_are_the_authors_or_one_step_off() -> None:
    pairs = [
        (STEPS.index(one.header.verdict), STEPS.index(card.verdict or ""))
        for name in PROBLEMS
        for one, card in judged(name)
    ]
    assert len(pairs) == 16
    assert max(abs(labelled - given) for labelled, given in pairs) <= 1
    assert sum(labelled == given for labelled, given in pairs) >= SAME_VERDICTS


def test_clearly_better_answers_score_higher() -> None:
    pairs = [
        (labelled_mean(a) > labelled_mean(b), (x.score or 0) > (y.score or 0))
        for name in PROBLEMS
        for (a, x), (b, y) in combinations(judged(name), 2)
        if abs(labelled_mean(a) - labelled_mean(b)) >= 0.5
    ]
    assert len(pairs) == PAIRS
    assert sum(labelled == given for labelled, given in pairs) >= PAIRS_IN_ORDER
