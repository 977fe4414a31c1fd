"""What happened, as it stands in the journal: frozen, told apart by `kind`, versioned.

`t` is used seconds since the start (pauses excluded in practice), `at` the wall time as UTC text, `seq` counts from 1.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from coach.session.commands import DocId, Intent
from coach.terms import InterviewerKind, JudgeKind, Mode, Persona, Phase, Seniority, Verdict

VERSION = 2
"""1 knew no interviewer or judge behind a model; what it wrote means the same here."""
READABLE = (1, 2)


class _Event(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Started(_Event):
    """The clock started."""

    kind: Literal["started"] = "started"
    session: str
    problem: str
    problem_version: str
    title: str
    mode: Mode
    seniority: Seniority
    minutes: float
    only: Phase | None = None
    strict: bool = False
    interviewer: InterviewerKind = "scripted"
    is_toy: bool = False
    coach: str = ""
    judge: JudgeKind = "offline"
    persona: Persona = "neutral"
    model: str = ""
    host: str = ""


class PhaseEntered(_Event):
    """A phase began; `budget_s` is its plan plus what the phase before saved, at most what is left of the whole.

    `due_s` is when it fell due, where a clock decided: the first phase, and a `cut` by `--strict`. Then it began at
    that moment, however late the tick came.
    """

    kind: Literal["phase_entered"] = "phase_entered"
    phase: Phase
    budget_s: float
    cut: bool = False
    due_s: float | None = None


class Edited(_Event):
    """At offset `at` of `doc`, `deleted` characters (code points) went and `inserted` came."""

    kind: Literal["edited"] = "edited"
    doc: DocId
    at: int = Field(ge=0)
    deleted: int = Field(ge=0)
    inserted: str


class Snapshotted(_Event):
    """The full text of `doc`, so that replay does not depend on every delta."""

    kind: Literal["snapshotted"] = "snapshotted"
    doc: DocId
    text: str


class Said(_Event):
    """One turn of the candidate."""

    kind: Literal["said"] = "said"
    text: str


class Spoke(_Event):
    """One turn of the interviewer; see `commands.Speak` for the references."""

    kind: Literal["spoke"] = "spoke"
    text: str
    intent: Intent
    facts: tuple[str, ...] = ()
    topic: str | None = None
    rung: int | None = None
    item: str | None = None
    curveball: str | None = None
    quote: str | None = None
    improvised: tuple[str, ...] = ()
    asks: str | None = None
    interrupted: bool = False


class SpeechGrew(_Event):
    """Words of an interviewer that speaks bit by bit arrived; the `Spoke` that follows holds them all."""

    kind: Literal["speech_grew"] = "speech_grew"
    text: str
    facts: tuple[str, ...] = ()
    improvised: tuple[str, ...] = ()


class InterviewerSwitched(_Event):
    """Somebody else asks and answers from now on, and why."""

    kind: Literal["interviewer_switched"] = "interviewer_switched"
    to: InterviewerKind
    why: str = ""


class FactGiven(_Event):
    """A hidden fact became known: `asked` for, or `shown` with the reference notes."""

    kind: Literal["fact_given"] = "fact_given"
    fact: str
    how: Literal["asked", "shown"]


class HintTaken(_Event):
    """Bought help on `item` (a deep dive's id or a phase), rung 1 to 3."""

    kind: Literal["hint_taken"] = "hint_taken"
    item: str
    rung: int = Field(ge=1, le=3)


class CurveballThrown(_Event):
    """A changed requirement or a failure was injected."""

    kind: Literal["curveball_thrown"] = "curveball_thrown"
    curveball: str


class TopicOpened(_Event):
    """The interviewer opened a deep dive."""

    kind: Literal["topic_opened"] = "topic_opened"
    topic: str


class Nudged(_Event):
    """A share of the phase's budget was used up: 0.8 or 1.0. `due_s` is when it fell due."""

    kind: Literal["nudged"] = "nudged"
    phase: Phase
    share: float
    due_s: float


class SummaryAsked(_Event):
    """The closing summary fell due."""

    kind: Literal["summary_asked"] = "summary_asked"
    due_s: float


class TimeRanOut(_Event):
    """The whole time is used; the line being typed may be finished."""

    kind: Literal["time_ran_out"] = "time_ran_out"
    due_s: float


class Paused(_Event):
    """The clock stopped."""

    kind: Literal["paused"] = "paused"


class Unpaused(_Event):
    """The clock runs on after `paused_s` seconds of wall time."""

    kind: Literal["unpaused"] = "unpaused"
    paused_s: float


class Reopened(_Event):
    """A process opened the session again; `charged` when the absence counted as used time."""

    kind: Literal["reopened"] = "reopened"
    away_s: float
    charged: bool


class GuidanceShown(_Event):
    kind: Literal["guidance_shown"] = "guidance_shown"
    phase: Phase


class ReferenceShown(_Event):
    kind: Literal["reference_shown"] = "reference_shown"
    phase: Phase


class Finished(_Event):
    """Handed in."""

    kind: Literal["finished"] = "finished"


class Abandoned(_Event):
    """Given up."""

    kind: Literal["abandoned"] = "abandoned"


class SelfRated(_Event):
    """The candidate's own verdict, before seeing the judge's."""

    kind: Literal["self_rated"] = "self_rated"
    verdict: Verdict
    levels: dict[str, int] = Field(default_factory=dict)


Event = (
    Started
    | PhaseEntered
    | Edited
    | Snapshotted
    | Said
    | Spoke
    | SpeechGrew
    | InterviewerSwitched
    | FactGiven
    | HintTaken
    | CurveballThrown
    | TopicOpened
    | Nudged
    | SummaryAsked
    | TimeRanOut
    | Paused
    | Unpaused
    | Reopened
    | GuidanceShown
    | ReferenceShown
    | Finished
    | Abandoned
    | SelfRated
)


class Record(_Event):
    """An event with its envelope: one journal line."""

    v: int = VERSION
    seq: int = Field(ge=1)
    t: float = Field(ge=0)
    at: str
    event: Annotated[Event, Field(discriminator="kind")]


RECORD: TypeAdapter[Record] = TypeAdapter(Record)
