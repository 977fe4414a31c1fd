"""What the screens need from the rest of the coach. `coach.wiring` provides it; tests provide a fake.

Everything marked slow is called in a thread after the first paint, the rest on the event loop.
Attributes are read-only, so any object of that shape will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coach.board.graph import Board
    from coach.board.lint import Expected
    from coach.choice import Choice
    from coach.content.library import Fault
    from coach.content.problem import Problem
    from coach.errors import CoachError
    from coach.judge.port import Progress
    from coach.report.review import Review
    from coach.session.commands import Command, DocId
    from coach.session.events import Event, Record
    from coach.session.headline import Headline
    from coach.session.state import State
    from coach.terms import JudgeKind, Phase


class ProblemHeadline(Protocol):
    """One problem in the list on the home screen, with what the candidate did on it so far."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def asked_by(self) -> Sequence[str]: ...
    @property
    def tests(self) -> str: ...
    @property
    def prompt(self) -> str: ...
    @property
    def attempts(self) -> int: ...
    @property
    def best(self) -> str | None:
        """The best verdict so far, as `strong_hire`; None when nothing was judged."""

    @property
    def last(self) -> str | None:
        """The day it was last practised, as `2026-11-23`."""


class Bank(Protocol):
    """Every problem that can be used, and what is wrong with the rest."""

    @property
    def headlines(self) -> Sequence[ProblemHeadline]: ...
    @property
    def faults(self) -> Sequence[Fault]: ...


class Host(Protocol):
    """One interview that is going on: state, journal, clock and interviewer behind one door."""

    @property
    def state(self) -> State: ...
    @property
    def trouble(self) -> str | None:
        """Why the last write failed, until one succeeds."""

    def now_s(self) -> float:
        """Used seconds by the session's own clock."""

    def do(self, command: Command) -> tuple[Event, ...]:
        """Ask for something; `CoachError` when it is refused."""

    def type(self, doc: DocId, text: str) -> None:
        """The whole text of `doc` as it stands; kept within a quarter of a second."""

    @property
    def replying_s(self) -> float | None:
        """For how many seconds the interviewer has been on its reply; None when it is not."""

    @property
    def can_call_back(self) -> bool:
        """Whether there is a model that does not answer now and could."""

    def listen(self) -> object:
        """Take what arrived of a reply; called ten times a second. Cheap when there is none."""

    def stop_reply(self) -> tuple[Event, ...]:
        """Break the reply off; what was said of it stays."""

    def call_back(self) -> tuple[Event, ...]:
        """Let the model answer again."""

    def tick(self) -> object:
        """Let time pass and write what was typed; called four times a second, the first time at once."""

    def hint(self) -> bool:
        """Have the interviewer help with what is open; False when there is no hint to give."""

    def subscribe(self, listener: Callable[[Record], None]) -> Callable[[], None]:
        """Call `listener` for every event, after it is written; the result ends that."""

    def close(self) -> None:
        """Write what is pending and let the session go; `CoachError` when not all could be saved."""


class Endpoint(Protocol):
    """Where a model is. `question` is asked once, while `is_agreed` is False."""

    @property
    def host(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def is_agreed(self) -> bool: ...
    @property
    def question(self) -> str: ...


class Judging(Protocol):
    """One judging of a session, not begun yet."""

    def run(self) -> Review:
        """Judge. Slow; `CoachError` when there is no score."""

    def cancel(self) -> None:
        """Stop; what was answered is kept. From any thread."""


class Coaching(Protocol):
    """What a model says about a judging, being written. `by` names the model and its host."""

    @property
    def by(self) -> str: ...

    @property
    def text(self) -> str:
        """What arrived so far."""

    @property
    def is_done(self) -> bool: ...

    @property
    def is_whole(self) -> bool:
        """Whether it came to its end."""

    @property
    def error(self) -> CoachError | None: ...

    def stop(self) -> None:
        """Break off; what arrived is kept."""


class Doors(Protocol):
    """Everything behind the screens."""

    @property
    def editor(self) -> Sequence[str]:
        """The candidate's own editor as a command line without the file; empty when there is none."""

    @property
    def no_color(self) -> bool:
        """Whether the terminal asked for no colours."""

    def headlines(self) -> Sequence[ProblemHeadline]:
        """The list as it was last time, empty at first; before the first paint, so it imports nothing heavy."""

    def bank(self) -> Bank:
        """The list as it is now, read in full. Slow."""

    def sessions(self) -> Sequence[Headline]:
        """Every session but warm-ups, the newest first. Slow."""

    def problem(self, problem_id: str) -> Problem:
        """One whole problem; `CoachError` names the nearest ones."""

    def surprise(self) -> str:
        """The id of a problem picked at random, the less practised ones sooner."""

    def dimensions(self) -> Sequence[tuple[str, str]]:
        """Id and name of the eight dimensions, in the rubric's order."""

    def endpoint(self) -> Endpoint | None:
        """Where a model is, as it is configured now; `CoachError` when the configuration is wrong."""

    def agree(self) -> None:
        """From now on the endpoint's host may be told what somebody wrote."""

    def begin(self, choice: Choice) -> Host:
        """Start the clock on a new session."""

    def uses_model(self, session_id: str) -> bool:
        """Whether the session's interviewer is a model. Slow."""

    def reopen(self, session_id: str) -> Host:
        """Go on with an unfinished session; `CoachError` when another coach holds it."""

    def reference(self, host: Host, phase: Phase) -> str:
        """The reference notes of a finished phase; from now on what they tell counts as given."""

    def review(self, session_id: str) -> Review | None:
        """A session that is over with the newest judging it has; None when it must be judged first. Slow."""

    def judging(self, session_id: str, *, by: JudgeKind, tell: Callable[[Progress], None]) -> Judging:
        """A judging of a session that is over, not begun yet. `tell` hears of it from another thread."""

    def coaching(self, review: Review) -> Coaching:
        """What the model has to say about a judging; begins at once."""

    def expected(self, host: Host) -> Callable[[Board], Expected]:
        """What the session's problem expects of a board, asked while one draws."""

    def hang_up(self) -> None:
        """Let the endpoint go."""

    def records(self, session_id: str) -> Sequence[Record]:
        """What happened in a session, in order. Slow."""

    def save_report(self, session_id: str) -> Path:
        """Write the report as Markdown next to the session; where it is now. Slow."""
