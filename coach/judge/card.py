"""The scorecard as it is printed, stored and read by other tools: `coach grade --format json`, version 1."""

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.content.problem import Problem
from coach.content.rubric import Rubric
from coach.judge.account import Account
from coach.judge.findings import BoardFinding, Caution, EstimateFinding, Evidence, Finding
from coach.judge.scorecard import DimensionScore
from coach.terms import Dimension, Seniority, Verdict


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Versions(_Record):
    rubric: str
    problem: str
    prompts: str | None


class Hashes(_Record):
    """Twelve characters of each content file as it was; a changed file has others, whatever its version says."""

    rubric: str
    problem: str

    @staticmethod
    def of(rubric: Rubric, problem: Problem) -> "Hashes":
        """Of the content as it is now."""
        return Hashes(rubric=_hash(rubric), problem=_hash(problem))


class JudgeInfo(_Record):
    """Who scored, with what. `account` is what a model's judging took; None for the offline judge."""

    kind: Literal["offline", "model"]
    name: str
    versions: Versions
    calibrated: bool
    hashes: Hashes | None = None
    account: Account | None = None


class CardLevel(_Record):
    """The arithmetic of one level: credit against what is needed."""

    level: int
    needed: float
    own: float
    borrowed: float
    filled: float


class CardDimension(_Record):
    """One dimension: level 1-4, score 1.0-4.0, weight in percent; None where it was not assessed."""

    level: int | None
    score: float | None
    weight: float
    assessed: bool

    @staticmethod
    def of(one: DimensionScore) -> "CardDimension":
        """The printed form of a computed dimension."""
        score = None if one.score is None else round(one.score, 2)
        return CardDimension(level=one.level, score=score, weight=one.weight, assessed=one.assessed)


class Arithmetic(_Record):
    """How a dimension's score came about: level by level, and what capped it."""

    shares: tuple[CardLevel, ...]
    capped_by: str | None

    @staticmethod
    def of(one: DimensionScore) -> "Arithmetic":
        """The printed form of a dimension's arithmetic."""
        shares = tuple(
            CardLevel(
                level=share.level,
                needed=round(share.needed, 2),
                own=round(share.own, 2),
                borrowed=round(share.borrowed, 2),
                filled=round(share.filled, 2),
            )
            for share in one.shares
        )
        return Arithmetic(shares=shares, capped_by=one.capped_by)


class Fix(_Record):
    """A check that would raise the whole score by `gain` if it alone were met."""

    check: str
    dimension: Dimension
    gain: float
    text: str


class CardMistake(_Record):
    """One of the six classic mistakes, or one of the problem's own that was made."""

    mistake: str
    name: str
    made: bool
    evidence: tuple[Evidence, ...] = ()
    tip: str


class Card(_Record):
    """A whole scorecard."""

    schema_version: Literal[1] = Field(default=1, alias="schema")
    problem: str
    seniority: Seniority
    judge: JudgeInfo
    verdict: Verdict | None
    level_demonstrated: Literal["mid", "senior", "staff", "below_mid"] | None
    score: float | None
    reason: str
    dimensions: dict[Dimension, CardDimension]
    findings: tuple[Finding, ...]
    fixes: tuple[Fix, ...]
    warnings: tuple[Caution, ...]
    mistakes: tuple[CardMistake, ...] = ()
    arithmetic: dict[Dimension, Arithmetic] = Field(default_factory=dict)
    estimates: tuple[EstimateFinding, ...] = ()
    board: tuple[BoardFinding, ...] = ()

    def to_json(self) -> str:
        """One line of JSON."""
        return self.model_dump_json(by_alias=True)

    @staticmethod
    def read(text: str | bytes) -> "Card | None":
        """A stored scorecard; None when another version wrote it."""
        try:
            return Card.model_validate_json(text)
        except ValidationError:
            return None

    def is_current(self, rubric: Rubric, problem: Problem) -> bool:
        """Whether it was judged with this rubric and this problem as they are now."""
        return (self.judge.versions.rubric, self.judge.versions.problem) == (rubric.version, problem.version)


def _hash(content: BaseModel) -> str:
    return hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:12]
