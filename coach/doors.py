"""What the screens reach through: the rooms behind `tui.ports.Doors`, opened only when a screen asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from coach import config, listing, wiring
from coach.errors import CoachError
from coach.listing import ProblemLine
from coach.models import Models

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coach.board.graph import Board
    from coach.board.lint import Expected
    from coach.choice import Choice
    from coach.clock import Clock
    from coach.coaching import Coaching
    from coach.content.library import Fault
    from coach.content.problem import Problem
    from coach.interviewer.host import Host
    from coach.judge.port import Progress
    from coach.models import Endpoint
    from coach.report.review import Review
    from coach.scoring import Judging
    from coach.session.commands import Command
    from coach.session.events import Event, Record
    from coach.session.headline import Headline
    from coach.session.runner import Runner
    from coach.session.shelf import Shelf
    from coach.session.state import State
    from coach.terms import JudgeKind, Phase

REPORT = "report.md"
_BEST_FIRST = ("strong_hire", "hire", "no_hire", "strong_no_hire")


class Asks(Protocol):
    """The part of a host that reference notes need."""

    @property
    def state(self) -> State: ...

    def do(self, command: Command) -> tuple[Event, ...]: ...


@dataclass(frozen=True, slots=True)
class BankView:
    """Every problem as a line, and what is wrong with the files that are none."""

    headlines: Sequence[ProblemLine]
    faults: Sequence[Fault]


class Doors:
    """The real doors; tests bring their own."""

    def __init__(
        self, open_shelf: Callable[[], Shelf], clock: Clock, wish: config.Wish | None = None
    ) -> None:
        self._open_shelf = open_shelf
        self._clock = clock
        self._models = Models(wish or config.Wish(), clock)

    @cached_property
    def _shelf(self) -> Shelf:
        return self._open_shelf()

    @property
    def editor(self) -> Sequence[str]:
        return config.editor()

    @property
    def no_color(self) -> bool:
        return config.wants_no_color()

    def headlines(self) -> Sequence[ProblemLine]:
        """The list as it was last time."""
        return listing.remembered().lines

    def bank(self) -> BankView:
        """The list as it is now, remembered for next time. Files are read only when one changed."""
        kept, stamp = listing.remembered(), listing.stamp()
        faults: Sequence[Fault] = ()
        problems: Sequence[ProblemLine] = kept.lines
        if kept.stamp != stamp:
            from coach.content.library import load_bank

            bank = load_bank()
            problems, faults = tuple(_line(problem) for problem in bank.listed()), bank.faults
        sessions = self.sessions()
        lines = tuple(
            _practised(one, [each for each in sessions if each.problem == one.id]) for one in problems
        )
        listing.remember(lines, "" if faults else stamp)
        return BankView(lines, faults)

    def sessions(self) -> Sequence[Headline]:
        """Every session but warm-ups, the newest first."""
        return tuple(one for one in self._shelf.list() if not one.is_toy)

    def problem(self, problem_id: str) -> Problem:
        from coach.content.library import find_problem

        return find_problem(problem_id)

    def surprise(self) -> str:
        """A problem at random among those practised least."""
        lines = self.bank().headlines
        fewest = min(line.attempts for line in lines)
        return wiring.pick([line.id for line in lines if line.attempts == fewest])

    def dimensions(self) -> Sequence[tuple[str, str]]:
        from coach.content.library import find_rubric

        return tuple((name, rule.name) for name, rule in find_rubric(wiring.RUBRIC).dimensions.items())

    def endpoint(self) -> Endpoint | None:
        """Where a model is, as it is configured now; `CoachError` when the configuration is wrong."""
        return self._models.endpoint()

    def agree(self) -> None:
        """From now on the endpoint's host may be told what somebody wrote."""
        self._models.agree()

    def begin(self, chosen: Choice) -> Host:
        """Start the clock on a new session."""
        from coach.session.commands import Setup
        from coach.session.phases import plan
        from coach.session.runner import Runner
        from coach.session.shelf import session_id

        problem = self.problem(chosen.problem)
        endpoint = self.endpoint() if chosen.uses_model else None
        setup = Setup(
            session=session_id(problem.id, wall=self._clock.wall(), token=wiring.token()),
            problem=problem.id,
            problem_version=problem.version,
            title=problem.title,
            mode=chosen.mode,
            seniority=chosen.seniority,
            minutes=plan(chosen.minutes, only=chosen.only).total_s / 60,
            only=chosen.only,
            strict=chosen.strict,
            interviewer=chosen.interviewer or "scripted",
            is_toy=problem.toy,
            judge=chosen.judge or "offline",
            persona=chosen.persona,
            model=endpoint.model if endpoint else "",
            host=endpoint.host if endpoint else "",
        )
        host = self._host(Runner.begin(self._shelf, setup, clock=self._clock), problem)
        host.tick()  # the interviewer greets before the candidate can type a word
        return host

    def expected(self, host: Asks) -> Callable[[Board], Expected]:
        """What the session's problem expects of a board, asked while one draws."""
        from coach.judge.drawn import Expectations

        return Expectations(self.problem(host.state.chosen.problem), lambda: host.state)

    def uses_model(self, session_id: str) -> bool:
        """Whether the session's interviewer is a model. Slow."""
        from coach.session.evolve import replay

        state = replay(self._shelf.read(session_id).records)
        return state.setup is not None and state.setup.interviewer == "model"

    def reopen(self, session_id: str) -> Host:
        """Go on with an unfinished session; with its model only where one is configured and agreed to."""
        from coach.session.runner import Runner

        runner = Runner.reopen(self._shelf, session_id, clock=self._clock)
        return self._host(runner, self.problem(runner.state.chosen.problem))

    def reference(self, host: Asks, phase: Phase) -> str:
        """The reference notes of a finished phase; what they tell counts as given from now on."""
        from coach.session.commands import ShowReference

        problem = self.problem(host.state.chosen.problem)
        told = tuple(
            fact.id for fact in problem.facts if phase == "requirements" and fact.id not in host.state.facts
        )
        host.do(ShowReference(phase, told))
        return problem.reference.of(phase)

    def review(self, session_id: str) -> Review | None:
        """A session that is over with the newest judging it has; None when it must be judged first. Slow."""
        from coach.scoring import handed_in, newest

        return newest(self._shelf, session_id, handed_in(self._shelf, session_id))

    def judging(self, session_id: str, *, by: JudgeKind, tell: Callable[[Progress], None]) -> Judging:
        """A judging of a session that is over, not begun yet."""
        from coach.scoring import Judging, Scoring

        scoring = self._models.scoring(tell) if by == "model" else Scoring()
        return Judging(scoring, self._shelf, session_id)

    def coaching(self, review: Review) -> Coaching:
        """What the model has to say about a judging; begins at once."""
        return self._models.coaching(review)

    def hang_up(self) -> None:
        """Let the endpoint go."""
        self._models.close()

    def records(self, session_id: str) -> Sequence[Record]:
        """What happened in a session, in order. Slow."""
        return self._shelf.read(session_id).records

    def save_report(self, session_id: str) -> Path:
        """Write the report of a session as Markdown into its folder. Slow."""
        from coach.report.formats import render
        from coach.scoring import review
        from coach.session.folder import write_whole
        from coach.session.shelf import cannot_keep

        path = self._shelf.folder(session_id) / REPORT
        try:
            write_whole(path, render(review(self._shelf, session_id), "md"))
        except OSError as error:
            raise cannot_keep(path, error) from error
        return path

    def _host(self, runner: Runner, problem: Problem) -> Host:
        from coach.interviewer.host import Host
        from coach.interviewer.scripted import ScriptedInterviewer

        script = ScriptedInterviewer(problem)
        modelled, why_not = None, "No model is configured now."
        if runner.state.chosen.interviewer == "model":
            try:
                modelled = self._models.interviewer(problem, script) if self.endpoint() else None
            except CoachError as error:  # the scripted interviewer goes on, and the screen says why
                why_not = f"{error.title}: {error.message}"
        return Host(runner, script, modelled=modelled, why_not=why_not)


def _line(problem: Problem) -> ProblemLine:
    return ProblemLine(problem.id, problem.title, problem.asked_by, problem.tests, problem.prompt)


def _practised(line: ProblemLine, sessions: Sequence[Headline]) -> ProblemLine:
    """The line with what its sessions say."""
    judged = [one.verdict for one in sessions if one.verdict in _BEST_FIRST]
    return replace(
        line,
        attempts=len(sessions),
        best=min(judged, key=_BEST_FIRST.index, default=None),
        last=max((one.started for one in sessions), default="")[:10] or None,
    )
