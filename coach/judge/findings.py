"""What a judge returns: one finding per check, with the candidate's own words as evidence."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach.terms import Dimension, Phase

Outcome = Literal["met", "partly", "not_shown", "not_assessed"]
"""`not_shown`: looked and found nothing. `not_assessed`: could not look; drops out of the arithmetic."""

CREDIT: dict[Outcome, float] = {"met": 1.0, "partly": 0.5, "not_shown": 0.0, "not_assessed": 0.0}


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Record):
    """A quote and the transcript line it stands on."""

    line: int = Field(ge=1)
    quote: str


class Finding(_Record):
    """A check's verdict. A credited finding has evidence, or a `why` that states what was measured."""

    check: str
    dimension: Dimension
    phase: Phase
    finding: Outcome
    why: str | None = None
    evidence: tuple[Evidence, ...] = ()
    tip: str = ""

    @property
    def credit(self) -> float:
        return CREDIT[self.finding]


class EstimateFinding(_Record):
    """An estimate on a line: what was written, what it comes to, and what the problem's numbers say of it.

    `recomputed` is None where nothing could be recomputed, `reference` where it is none of the problem's numbers.
    """

    line: int = Field(ge=1)
    text: str
    stated: str
    recomputed: str | None
    reference: str | None
    finding: Literal["right", "wrong", "unchecked"]
    why: str | None


class BoardFinding(_Record):
    """Something a drawing shows: the rule, the line and the reason; `excused` says why it is right in this problem."""

    line: int = Field(ge=1)
    rule: str
    text: str
    excused: str | None


class Caution(_Record):
    """Something the reader of a scorecard must know."""

    code: str
    text: str
