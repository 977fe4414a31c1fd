"""What a front end or the interviewer may ask for. `state.decide` turns a command into events or refuses it."""

from dataclasses import dataclass
from typing import Literal

from coach.terms import InterviewerKind, JudgeKind, Mode, Persona, Phase, Seniority, Verdict

DocId = Literal[
    "notes.requirements", "notes.estimation", "notes.high_level", "notes.deep_dive", "board", "sheet", "draft"
]
"""What a candidate can type into: the notes of each phase, the board, the number sheet, and the talk line being written."""

Intent = Literal[
    "greeting",
    "fact",
    "correction",
    "your_call",
    "not_covered",
    "acknowledgement",
    "challenge",
    "topic",
    "probe",
    "curveball",
    "hint",
    "nudge",
    "time_up",
    "summary_request",
]
"""Why the interviewer spoke."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything chosen before the clock starts."""

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
    judge: JudgeKind = "offline"
    persona: Persona = "neutral"
    model: str = ""
    """The model behind interviewer or judge, and `host`, where it is; empty without one."""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Start the clock."""

    setup: Setup


@dataclass(frozen=True, slots=True)
class Edit:
    """The whole text of `doc` as it is now; kept as a delta."""

    doc: DocId
    text: str


@dataclass(frozen=True, slots=True)
class Say:
    """The candidate sends a turn; clears the draft."""

    text: str


@dataclass(frozen=True, slots=True)
class Speak:
    """The interviewer says something; the references record what it gave, asked or injected.

    After `Grow` it holds all that arrived. `improvised` are facts made up beyond the problem's, `asks` the authored
    question that was put in other words; `interrupted` when it was broken off.
    """

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


@dataclass(frozen=True, slots=True)
class Grow:
    """More words of an interviewer that speaks bit by bit; `Speak` ends it.

    With the first words comes what they will tell and make up, so that it is on record before it is said.
    """

    text: str
    facts: tuple[str, ...] = ()
    improvised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SwitchInterviewer:
    """Somebody else asks and answers from now on; `why`, in a sentence."""

    to: InterviewerKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class NextPhase:
    """Move on; from the last phase this is refused in favour of `Finish`."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passed: nudges, strict cuts and the end fall due."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock; `practice` and `drill` only."""


@dataclass(frozen=True, slots=True)
class Unpause:
    """Let the clock run on. The runner fills in how long it stood, in seconds of wall time."""

    paused_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Reopen:
    """A process opens an unfinished session again after `away_s` seconds of wall time."""

    away_s: float


@dataclass(frozen=True, slots=True)
class ShowGuidance:
    """The guidance of the current phase is opened; refused in `mock`."""


@dataclass(frozen=True, slots=True)
class ShowReference:
    """The reference notes of a finished phase are opened; `practice` and `drill` only.

    `facts` are those of that phase not found yet: from now on given, not found.
    """

    phase: Phase
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finish:
    """Hand in."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """Give up; the session is kept and can still be judged."""


@dataclass(frozen=True, slots=True)
class RateSelf:
    """The candidate's own verdict before seeing the judge's, with a level 1-4 per dimension or none."""

    verdict: Verdict
    levels: tuple[tuple[str, int], ...] = ()


Command = (
    Start
    | Edit
    | Say
    | Speak
    | Grow
    | SwitchInterviewer
    | NextPhase
    | Tick
    | Pause
    | Unpause
    | Reopen
    | ShowGuidance
    | ShowReference
    | Finish
    | Abandon
    | RateSelf
)

NOTES_OF: dict[Phase, DocId] = {
    "requirements": "notes.requirements",
    "estimation": "notes.estimation",
    "high_level": "notes.high_level",
    "deep_dive": "notes.deep_dive",
}
"""The document that holds the notes of a phase."""
SHEET: DocId = "sheet"
"""The number sheet; one for the whole interview, whatever the phase."""
BOARD: DocId = "board"
"""The whiteboard; one for the whole interview as well."""
