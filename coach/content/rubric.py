"""The shape of a rubric file, version 1: what is judged in every problem, and how findings become levels."""

from typing import Literal, Self

from pydantic import Field, model_validator

from coach.content.problem import Classic, Concern
from coach.content.words import Id, Shape, Signal, SupportedLevel, Text
from coach.terms import DIMENSIONS, Dimension, Phase, Seniority

Measure = Literal[
    "questions_asked",
    "phases_reached",
    "phases_on_time",
    "closing_summary",
    "facts_before_design",
    "numbers_carried",
]
"""What code counts instead of reading: see `coach.judge.measures`."""


class Anchors(Shape):
    """What each level looks like, for a senior candidate."""

    level_1: Text
    level_2: Text
    level_3: Text
    level_4: Text

    def of(self, level: int) -> str:
        text: str = getattr(self, f"level_{level}")
        return text


class PerSeniority(Shape):
    mid: float = Field(ge=0, le=100)
    senior: float = Field(ge=0, le=100)
    staff: float = Field(ge=0, le=100)

    def of(self, seniority: Seniority) -> float:
        value: float = getattr(self, seniority)
        return value


class SeniorityText(Shape):
    mid: Text
    senior: Text
    staff: Text

    def of(self, seniority: Seniority) -> str:
        text: str = getattr(self, seniority)
        return text


class Needs(Shape):
    """The share of a level's weighted checks that must be met for the level to count as supported."""

    level_2: float = Field(gt=0, le=1)
    level_3: float = Field(gt=0, le=1)
    level_4: float = Field(gt=0, le=1)

    def of(self, level: int) -> float:
        share: float = getattr(self, f"level_{level}")
        return share


class DimensionRule(Shape):
    """One of the eight dimensions: its weight, its anchors and where it gates the verdict."""

    name: Text
    weight: PerSeniority
    gate: tuple[Seniority, ...] = ()
    anchors: Anchors
    expected: SeniorityText = Field(description="What hire means here as seniority rises.")
    needs: dict[Seniority, Needs] = Field(
        default_factory=dict, description="Only where it differs from the rubric's own `needs`."
    )


class GeneralCheck(Shape):
    """A check that stands in every problem."""

    id: Id
    dimension: Dimension
    phase: Phase
    level: SupportedLevel
    weight: float = Field(default=1.0, gt=0, le=5)
    text: Text
    concern: Concern | None = Field(default=None, description="Only in problems that list this concern.")
    seniority: tuple[Seniority, ...] = ("mid", "senior", "staff")
    signals: tuple[Signal, ...] = ()
    partly: tuple[Signal, ...] = ()
    at_least: int = Field(default=1, ge=1, le=6, description="Distinct passages it takes.")
    measure: Measure | None = None
    tip: Text

    @model_validator(mode="after")
    def _measure_or_signals(self) -> Self:
        if self.measure and self.signals:
            raise ValueError(f"check {self.id} has both a measure and signals; keep one")
        return self


class When(Shape):
    """A condition over findings; every part given must hold. Ids may end in `*`."""

    none_met: tuple[Text, ...] = Field(default=(), description="None of these is met or partly met.")
    none_met_in: tuple[Dimension, ...] = Field(default=(), description="Nothing in these dimensions is.")
    none_fully_met: tuple[Text, ...] = Field(default=(), description="None of these is met.")
    mistake: tuple[Text, ...] = Field(default=(), description="Any of these mistakes was made.")
    over_building: bool = Field(default=False, description="More machinery than the problem allows.")
    wrong_numbers: bool = Field(default=False, description="At least half of the stated numbers are off.")
    slips: int = Field(
        default=0, ge=0, le=20, description="At least so many calculations are off fivefold or more."
    )
    only_named: bool = Field(default=False, description="Most must-have components are named, few explained.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(self.model_dump().values()):
            raise ValueError("a condition must name at least one thing")
        return self


class ClassicMistake(Shape):
    """One of the six mistakes everybody is warned of; reported as made or avoided."""

    id: Classic
    name: Text
    text: Text
    when: When
    tip: Text


class Cap(Shape):
    """An upper bound on a dimension's score while a condition holds."""

    id: Id
    dimension: Dimension
    score: float = Field(ge=1, lt=4)
    when: When
    needs_phase: Phase | None = Field(default=None, description="Not applied when this phase is missing.")
    text: Text


class VerdictRule(Shape):
    """Means are compared as scores, gates as levels; the rules apply in the order of the fields."""

    strong_no_hire_below: float
    no_hire_below: float
    strong_hire_from: float
    strong_hire_lowest_level: int
    gates_at_1_for_strong_no_hire: int
    gates_at_1_for_no_hire: int
    any_at_1_for_no_hire: int
    gates_at_2_for_no_hire: int


class HintCost(Shape):
    """What hints on one item leave of its dimension's score."""

    one: float = Field(ge=1, le=4)
    two: float = Field(ge=1, le=4)


class Rubric(Shape):
    """A whole rubric file; `id` is the file's name."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Id
    version: Text
    title: Text
    dimensions: dict[Dimension, DimensionRule]
    needs: dict[Seniority, Needs]
    topics: int = Field(default=2, ge=1, le=4, description="Deep dives expected; the best ones count.")
    checks: tuple[GeneralCheck, ...] = Field(min_length=1)
    machinery: dict[Id, tuple[Text, ...]] = Field(
        description="Kinds of machinery and the words for them, counted against a problem's allowance."
    )
    mistakes: tuple[ClassicMistake, ...]
    caps: tuple[Cap, ...] = ()
    hint_cost: HintCost
    verdict: VerdictRule

    def needs_of(self, dimension: Dimension, seniority: Seniority) -> Needs:
        """What each level of `dimension` needs at `seniority`."""
        return self.dimensions[dimension].needs.get(seniority, self.needs[seniority])

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        missing = [name for name in DIMENSIONS if name not in self.dimensions]
        if missing:
            raise ValueError(f"dimensions lacks {', '.join(missing)}")
        for seniority in ("mid", "senior", "staff"):
            total = sum(rule.weight.of(seniority) for rule in self.dimensions.values())
            if abs(total - 100) > 0.01:
                raise ValueError(f"the {seniority} weights add up to {total:g}, not 100")
            if seniority not in self.needs:
                raise ValueError(f"needs lacks {seniority}")
        ids = [check.id for check in self.checks]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"two checks share the id {', '.join(twice)}")
        return self
