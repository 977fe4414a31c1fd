"""From findings to levels to a verdict: arithmetic only, and kept so that it can be shown.

A dimension's score is 1 plus the filled shares of levels 2, 3 and 4. A level is filled by the credit of its own
checks (met 1, partly 1/2, times weight) against the share of their weight the rubric asks for; what its own checks
leave open is filled by credit of higher levels first, because whoever shows more has shown this too. So the level is
the whole part of the score, and no credit is counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from coach.content.rubric import Rubric, VerdictRule
from coach.judge.checklist import Check, Checklist
from coach.judge.conditions import Facts, applies
from coach.judge.findings import CREDIT, Finding
from coach.terms import DIMENSIONS, Dimension, Seniority, Verdict

LEVELS = (2, 3, 4)
_EPSILON = 1e-9
_ENOUGH = 0.5
"""Share of the weight that must be assessed for a number to exist."""


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How far one level is filled: `own` and `borrowed` credit against `needed`."""

    level: int
    needed: float
    own: float
    borrowed: float
    filled: float


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension's arithmetic. `level` and `score` are None when it was not assessed."""

    dimension: Dimension
    weight: float
    assessed: bool
    level: int | None
    score: float | None
    shares: tuple[LevelShare, ...] = ()
    capped_by: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The whole arithmetic for one seniority."""

    seniority: Seniority
    dimensions: tuple[DimensionScore, ...]
    score: float | None
    verdict: Verdict | None
    reason: str

    def of(self, dimension: Dimension) -> DimensionScore:
        return next(one for one in self.dimensions if one.dimension == dimension)


def compute(
    checklist: Checklist, findings: Sequence[Finding], *, seniority: Seniority, facts: Facts
) -> Result:
    """The scores of every dimension and the verdict at `seniority`."""
    outcomes = {finding.check: finding for finding in findings}
    checks = checklist.for_seniority(seniority)
    dimensions = tuple(
        _score_dimension(
            name,
            [one for one in checks if one.dimension == name],
            outcomes,
            checklist.rubric,
            seniority=seniority,
            facts=facts,
        )
        for name in DIMENSIONS
    )
    score = _mean(dimensions)
    verdict, reason = _verdict(dimensions, score, checklist.rubric, seniority)
    return Result(seniority, dimensions, score, verdict, reason)


def demonstrated(results: Mapping[Seniority, Result]) -> str | None:
    """The highest seniority that still gives hire; `below_mid` when none does, None without a verdict."""
    if any(result.verdict is None for result in results.values()):
        return None
    for seniority in reversed(get_args(Seniority)):
        if results[seniority].verdict in ("hire", "strong_hire"):
            return str(seniority)
    return "below_mid"


def drop_other_topics(
    checklist: Checklist, findings: Sequence[Finding], opened: Sequence[str]
) -> tuple[Finding, ...]:
    """`findings` with the deep dives that do not count marked as not assessed.

    Nobody covers every topic in one interview, and a third one begun late must not cost the two that were shown: only
    as many count as the rubric expects, the best ones, and among equals those the interviewer opened.
    """
    topics = [dive.id for dive in checklist.problem.deep_dives]
    credit = {finding.check: finding.credit for finding in findings}

    def earned(topic: str) -> tuple[float, bool, int]:
        checks = [one for one in checklist.checks if one.topic == topic]
        share = sum(one.weight * credit.get(one.id, 0.0) for one in checks) / (
            sum(one.weight for one in checks) or 1.0
        )
        return share, topic in opened, -topics.index(topic)

    counted = set(sorted(topics, key=earned, reverse=True)[: checklist.rubric.topics])
    other = {one.id for one in checklist.checks if one.topic is not None and one.topic not in counted}
    why = f"the best {checklist.rubric.topics} topics count, and this is another"
    return tuple(
        one.model_copy(update={"finding": "not_assessed", "why": why}) if one.check in other else one
        for one in findings
    )


def _score_dimension(
    name: Dimension,
    checks: Sequence[Check],
    outcomes: Mapping[str, Finding],
    rubric: Rubric,
    *,
    seniority: Seniority,
    facts: Facts,
) -> DimensionScore:
    weight = rubric.dimensions[name].weight.of(seniority)
    assessed = [
        check for check in checks if check.id in outcomes and outcomes[check.id].finding != "not_assessed"
    ]
    total = sum(check.weight for check in _expected(checks, assessed, topics=rubric.topics))
    known = sum(check.weight for check in assessed)
    if not known or known < total * _ENOUGH:
        return DimensionScore(name, weight, assessed=False, level=None, score=None)
    shares = _fill(
        assessed, outcomes, {level: rubric.needs_of(name, seniority).of(level) for level in LEVELS}
    )
    score = 1.0 + sum(share.filled for share in shares)
    cap, by = _cap(name, rubric, facts)
    capped = min(score, cap)
    return DimensionScore(
        name,
        weight,
        assessed=True,
        level=int(capped + _EPSILON),
        score=capped,
        shares=shares,
        capped_by=by if cap < score - _EPSILON else None,
    )


def _expected(checks: Sequence[Check], assessed: Sequence[Check], *, topics: int) -> list[Check]:
    """The checks that ought to be assessed: once as many topics are as count, not those of any other."""
    shown = {check.topic for check in assessed} - {None}
    return [check for check in checks if len(shown) < topics or check.topic is None or check.topic in shown]


def _fill(
    checks: Sequence[Check], outcomes: Mapping[str, Finding], needs: Mapping[int, float]
) -> tuple[LevelShare, ...]:
    """Fill level after level, each from its own credit, then from the credit above it."""
    needed = {level: needs[level] * sum(c.weight for c in checks if c.level == level) for level in LEVELS}
    credit = {
        level: sum(c.weight * CREDIT[outcomes[c.id].finding] for c in checks if c.level == level)
        for level in LEVELS
    }
    shares: list[LevelShare] = []
    for level in LEVELS:
        if needed[level] <= 0:
            # Nothing was looked for at this level: it is passed when something above it is shown.
            above = any(credit[higher] > 0 for higher in LEVELS if higher > level)
            shares.append(LevelShare(level, 0.0, 0.0, 0.0, 1.0 if above else 0.0))
            continue
        own = min(credit[level], needed[level])
        open_, borrowed = needed[level] - own, 0.0
        for higher in (one for one in LEVELS if one > level):
            taken = min(open_ - borrowed, credit[higher])
            credit[higher] -= taken
            borrowed += taken
        shares.append(LevelShare(level, needed[level], own, borrowed, (own + borrowed) / needed[level]))
    return tuple(shares)


def _cap(name: Dimension, rubric: Rubric, facts: Facts) -> tuple[float, str | None]:
    """The lowest bound that holds for a dimension, and what set it."""
    bounds: list[tuple[float, str]] = [
        (cap.score, cap.text)
        for cap in rubric.caps
        if cap.dimension == name
        and (cap.needs_phase is None or cap.needs_phase in facts.phases)
        and applies(cap.when, facts)
    ]
    bounds += [(score, text) for dimension, score, text in facts.caps if dimension == name]
    return min(bounds, default=(4.0, ""))[0], min(bounds)[1] if bounds else None


def _mean(dimensions: Sequence[DimensionScore]) -> float | None:
    scored = [(one.weight, one.score) for one in dimensions if one.score is not None]
    weight = sum(each for each, _ in scored)
    if weight < _ENOUGH * sum(one.weight for one in dimensions):
        return None
    return sum(each * score for each, score in scored) / weight


def _verdict(
    dimensions: Sequence[DimensionScore], score: float | None, rubric: Rubric, seniority: Seniority
) -> tuple[Verdict | None, str]:
    if score is None:
        return None, "Less than half of the weight could be assessed, so there is no score."
    rule = rubric.verdict
    levels = {one.dimension: one.level for one in dimensions if one.level is not None}
    gates = [name for name, each in rubric.dimensions.items() if seniority in each.gate and name in levels]
    at_1 = [name for name in gates if levels[name] == 1]
    return _apply(rule, score, levels, gates=gates, gates_at_1=at_1)


def _apply(
    rule: VerdictRule,
    score: float,
    levels: Mapping[Dimension, int],
    *,
    gates: Sequence[Dimension],
    gates_at_1: Sequence[Dimension],
) -> tuple[Verdict, str]:
    mean = f"the weighted mean is {score:.2f}"
    low = [name for name, level in levels.items() if level == 1]
    weak = [name for name in gates if levels[name] <= 2]
    is_even = min(levels.values()) >= rule.strong_hire_lowest_level
    rules: tuple[tuple[bool, Verdict, str], ...] = (
        (score < rule.strong_no_hire_below, "strong_no_hire", f"{mean}, below {rule.strong_no_hire_below:g}"),
        (
            len(gates_at_1) >= rule.gates_at_1_for_strong_no_hire,
            "strong_no_hire",
            f"level 1 in {_names(gates_at_1)}",
        ),
        (score < rule.no_hire_below, "no_hire", f"{mean}, below {rule.no_hire_below:g}"),
        (len(gates_at_1) >= rule.gates_at_1_for_no_hire, "no_hire", f"level 1 in {_names(gates_at_1)}"),
        (len(low) >= rule.any_at_1_for_no_hire, "no_hire", f"level 1 in {_names(low)}"),
        (len(weak) >= rule.gates_at_2_for_no_hire, "no_hire", f"level 2 or below in {_names(weak)}"),
        (
            score >= rule.strong_hire_from and is_even,
            "strong_hire",
            f"{mean} and nothing is below level {rule.strong_hire_lowest_level}",
        ),
    )
    concern = f"; {_names(low)} is a named concern" if low else ""
    return next(((verdict, why) for holds, verdict, why in rules if holds), ("hire", f"{mean}{concern}"))


def _names(dimensions: Sequence[Dimension]) -> str:
    return " and ".join(one.replace("_", " ") for one in dimensions)
