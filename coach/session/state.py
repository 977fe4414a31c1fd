"""The interview as a value: the sum of what happened. `decide` and `evolve` move it; nothing here knows a clock."""

from dataclasses import dataclass, field
from typing import Literal

from coach.session.commands import DocId, Setup
from coach.session.phases import Plan
from coach.terms import InterviewerKind, Phase, Verdict

Status = Literal["new", "running", "paused", "time_up", "finished", "abandoned"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message by one speaker. `t` is used seconds when it was sent."""

    speaker: Literal["candidate", "interviewer"]
    text: str
    t: float
    phase: Phase
    intent: str = ""
    asks: str = ""
    """The authored question that it put in other words."""
    is_interrupted: bool = False


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """One phase's clock: its budget, when it was entered and what was used before it was left, in seconds."""

    phase: Phase
    planned_s: float
    budget_s: float
    entered_s: float
    left_s: float | None = None

    def used_s(self, t: float) -> float:
        """Seconds used in this phase by `t`."""
        return (self.left_s if self.left_s is not None else t) - self.entered_s

    def overrun_s(self, t: float) -> float:
        """Seconds used beyond the budget by `t`."""
        return max(0.0, self.used_s(t) - self.budget_s)


@dataclass(frozen=True, slots=True)
class SelfRating:
    """The candidate's own verdict, given before seeing the judge's; `levels` 1-4 by dimension, as far as given."""

    verdict: Verdict
    levels: dict[str, int]


@dataclass(frozen=True, slots=True)
class State:
    """The sum of events so far. `paused_s` is wall time that was not charged, `deltas` counts since a full text."""

    status: Status = "new"
    setup: Setup | None = None
    plan: Plan | None = None
    t: float = 0.0
    phases: tuple[PhaseTime, ...] = ()
    docs: dict[DocId, str] = field(default_factory=dict)
    deltas: dict[DocId, int] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()
    interviewer: InterviewerKind = "scripted"
    """Who asks and answers now; `why_switched` tells why it is not who it was at first."""
    why_switched: str = ""
    speech: str = ""
    """What an interviewer that speaks bit by bit has said of its turn so far."""
    speech_facts: tuple[str, ...] = ()
    """Facts that turn is about to tell."""
    improvised: tuple[str, ...] = ()
    """Facts the interviewer made up beyond the problem's; they hold from then on."""
    facts: dict[str, Literal["asked", "shown"]] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    curveballs: tuple[str, ...] = ()
    challenged: frozenset[Phase] = frozenset()
    nudges: frozenset[tuple[Phase, float]] = frozenset()
    summary_asked: bool = False
    guidance_shown: frozenset[Phase] = frozenset()
    references_shown: frozenset[Phase] = frozenset()
    pauses: int = 0
    paused_s: float = 0.0
    self_rating: SelfRating | None = None

    @property
    def is_over(self) -> bool:
        """Nothing can be added to the interview any more."""
        return self.status in ("finished", "abandoned")

    @property
    def is_unfinished(self) -> bool:
        """It began and can be gone on with, or handed in."""
        return self.status in ("running", "paused", "time_up")

    @property
    def current(self) -> PhaseTime:
        """The phase entered last."""
        if not self.phases:
            raise RuntimeError("no phase was entered yet")
        return self.phases[-1]

    @property
    def phase(self) -> Phase:
        """The current phase; the first planned one when a damaged journal lost its beginning."""
        return self.phases[-1].phase if self.phases else self.planned.phases[0]

    @property
    def chosen(self) -> Setup:
        """The setup of a session that has started."""
        if self.setup is None:
            raise RuntimeError("the session has not started")
        return self.setup

    @property
    def planned(self) -> Plan:
        """The plan of a session that has started."""
        if self.plan is None:
            raise RuntimeError("the session has not started")
        return self.plan
