"""What every judge is, whoever scores."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from coach.judge.account import Account
from coach.judge.checklist import Checklist
from coach.judge.findings import BoardFinding, Caution, EstimateFinding, Finding
from coach.llm.port import Spent
from coach.session.transcript import Transcript


@dataclass(frozen=True, slots=True)
class JudgeName:
    """Who scored, as the scorecard names it."""

    kind: Literal["offline", "model"]
    name: str
    calibrated: bool = False


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One finding per check of the checklist, and what the reader must know."""

    findings: tuple[Finding, ...]
    cautions: tuple[Caution, ...] = ()
    made: tuple["MadeMistake", ...] = ()
    machinery: tuple[str, ...] = ()
    excess: tuple["MadeMistake", ...] = ()
    account: Account | None = None
    estimates: tuple[EstimateFinding, ...] = ()
    slips: int = 0
    """Calculations whose stated result is off fivefold or more."""
    board: tuple[BoardFinding, ...] = ()
    unexplained: int = 0
    """Boxes that were drawn and never spoken of, and of how many `drawn`."""
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a judging by a model has come: what it does now, which call that is, of how many planned so far.

    `sent` is about how many tokens go out with it, `spent` what the calls before it took.
    """

    doing: str
    call: int = 1
    planned: int = 1
    sent: int = 0
    spent: Spent = field(default_factory=Spent)


@dataclass(frozen=True, slots=True)
class MadeMistake:
    """A mistake of the problem's list that the candidate made, with the line that shows it."""

    mistake: str
    line: int
    quote: str


class Judge(Protocol):
    """Decides each check and points at lines; never sets a level."""

    @property
    def name(self) -> JudgeName: ...

    def decide(self, checklist: Checklist, transcript: Transcript) -> Verdicts:
        """One finding per check, in the checklist's order. `JudgeFailed` when it cannot finish."""
