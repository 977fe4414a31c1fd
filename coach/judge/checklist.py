"""The rubric's general checks and the problem's own, compiled into one list of things to decide."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from coach.content.numbers import compute
from coach.content.problem import Problem
from coach.content.rubric import GeneralCheck, Measure, Rubric
from coach.content.words import Point
from coach.estimates.quantity import Quantity
from coach.terms import SENIORITIES, Dimension, Phase, Seniority

Kind = Literal["fact", "number", "component", "request", "point", "dive", "curveball", "general"]


@dataclass(frozen=True, slots=True)
class Check:
    """One observable yes-or-no thing, and what it is worth.

    `source` is the id of the fact, number, component, request or curveball behind it; `topic` that of a deep dive.
    """

    id: str
    kind: Kind
    dimension: Dimension
    phase: Phase
    level: int
    weight: float
    text: str
    tip: str
    signals: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    at_least: int = 1
    source: str = ""
    topic: str | None = None
    measure: Measure | None = None
    seniority: tuple[Seniority, ...] = SENIORITIES


@dataclass(frozen=True)
class Checklist:
    """Every check of one problem under one rubric."""

    problem: Problem
    rubric: Rubric
    checks: tuple[Check, ...]

    @cached_property
    def by_id(self) -> dict[str, Check]:
        return {check.id: check for check in self.checks}

    @cached_property
    def numbers(self) -> dict[str, Quantity]:
        """The reference numbers, computed."""
        return compute(self.problem.numbers)

    def for_seniority(self, seniority: Seniority) -> tuple[Check, ...]:
        """The checks that count at `seniority`."""
        return tuple(check for check in self.checks if seniority in check.seniority)


def compile_checks(problem: Problem, rubric: Rubric) -> Checklist:
    """The checklist of `problem` under `rubric`, in the order a scorecard shows it."""
    checks = (
        *_facts(problem),
        *_numbers(problem),
        *_parts(problem),
        *(
            _point(
                point, f"point.{point.id}", kind="point", phase=_phase_of(point.dimension or "architecture")
            )
            for point in problem.points
        ),
        *_dives(problem),
        *_curveballs(problem),
        *(
            _general(check)
            for check in rubric.checks
            if check.concern is None or check.concern in problem.concerns
        ),
    )
    return Checklist(problem, rubric, checks)


def _facts(problem: Problem) -> list[Check]:
    return [
        Check(
            id=f"fact.{fact.id}",
            kind="fact",
            dimension="requirements",
            phase="requirements",
            level=4 if fact.crux else fact.level,
            weight=fact.weight,
            text=f"Finds out about: {fact.topic}",
            tip=fact.tip,
            signals=fact.stated,
            source=fact.id,
        )
        for fact in problem.facts
    ]


def _numbers(problem: Problem) -> list[Check]:
    return [
        Check(
            id=f"number.{one.id}",
            kind="number",
            dimension="estimation",
            phase="estimation",
            level=one.level,
            weight=one.weight,
            text=f"Works out the {one.label}",
            tip=one.tip,
            signals=one.synonyms,
            source=one.id,
        )
        for one in problem.numbers.references
    ]


def _parts(problem: Problem) -> list[Check]:
    components = [
        Check(
            id=f"component.{part.id}",
            kind="component",
            dimension="architecture",
            phase="high_level",
            level=part.level,
            weight=part.weight,
            text=f"Has the {part.name} and says what it does",
            tip=part.tip,
            signals=part.does,
            source=part.id,
        )
        for part in problem.components
        if part.must
    ]
    requests = [
        Check(
            id=f"request.{request.id}",
            kind="request",
            dimension="architecture",
            phase="high_level",
            level=request.level,
            weight=request.weight,
            text=f"Follows a request from end to end: {request.name}",
            tip=request.tip,
            signals=request.cues,
            source=request.id,
        )
        for request in problem.requests
    ]
    return components + requests


def _dives(problem: Problem) -> list[Check]:
    return [
        _point(point, f"dive.{dive.id}.{point.id}", kind="dive", dimension="depth", topic=dive.id)
        for dive in problem.deep_dives
        for point in dive.points
    ]


def _curveballs(problem: Problem) -> list[Check]:
    return [
        _point(
            point,
            f"curveball.{ball.id}.{point.id}",
            kind="curveball",
            dimension="tradeoffs" if ball.kind == "change" else "reliability",
            source=ball.id,
        )
        for ball in problem.curveballs
        for point in ball.points
    ]


def _point(
    point: Point,
    name: str,
    *,
    kind: Kind,
    dimension: Dimension = "architecture",
    phase: Phase = "deep_dive",
    source: str = "",
    topic: str | None = None,
) -> Check:
    return Check(
        id=name,
        kind=kind,
        dimension=point.dimension or dimension,
        phase=phase,
        level=point.level,
        weight=point.weight,
        text=point.text,
        tip=point.tip,
        signals=point.signals,
        partly=point.partly,
        source=source,
        topic=topic,
    )


def _general(check: GeneralCheck) -> Check:
    return Check(
        id=f"general.{check.id}",
        kind="general",
        dimension=check.dimension,
        phase=check.phase,
        level=check.level,
        weight=check.weight,
        text=check.text,
        tip=check.tip,
        signals=check.signals,
        partly=check.partly,
        at_least=check.at_least,
        measure=check.measure,
        seniority=check.seniority,
    )


def _phase_of(dimension: Dimension) -> Phase:
    """Where a point of the problem's design is expected."""
    early: dict[Dimension, Phase] = {"requirements": "requirements", "estimation": "estimation"}
    late: tuple[Dimension, ...] = ("depth", "reliability")
    return early.get(dimension, "deep_dive" if dimension in late else "high_level")
