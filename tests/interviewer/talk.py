"""An interview with a model behind it: the real host and runner, a clock moved by hand, words that come when they may."""

from pathlib import Path
from typing import Any

from coach.content.problem import Problem
from coach.interviewer.host import Host
from coach.interviewer.modelled import ModelledInterviewer
from coach.interviewer.scripted import ScriptedInterviewer
from coach.session.commands import NextPhase, Say, Setup
from coach.session.events import Event, Record, Spoke
from coach.session.journal import read
from coach.session.runner import Runner
from coach.session.shelf import Shelf
from coach.session.state import State, Turn
from coach.terms import Phase
from tests.fakes.clock import FakeClock
from tests.fakes.model import ScriptedLine
from tests.fakes.until import until
from tests.interviewer.speaker import Speaker

SESSION = "s1"


class Talk:
    """One session with a `Speaker`; `happened` is every record its listeners heard."""

    def __init__(
        self, folder: Path, clock: FakeClock, model: Speaker | None, *, problem: Problem, **setup: Any
    ) -> None:
        self.clock = clock
        self.problem = problem
        self.shelf = Shelf(folder / "sessions")
        self.line: ScriptedLine | None = None
        self.happened: list[Record] = []
        chosen = {"mode": "practice", "seniority": "senior", "minutes": 45.0, "interviewer": "model", **setup}
        self.setup = Setup(SESSION, problem.id, "1", problem.title, **chosen)
        self.host = self._host(Runner.begin(self.shelf, self.setup, clock=clock), model)
        self.host.tick()

    def _host(self, runner: Runner, model: Speaker | None) -> Host:
        script = ScriptedInterviewer(self.problem)
        modelled = None
        if model is not None:
            self.model = model
            self.line = ScriptedLine(model)
            modelled = ModelledInterviewer(self.problem, script, self.line)
        self.runner = runner
        host = Host(runner, script, modelled=modelled)
        host.subscribe(self.happened.append)
        return host

    def reopen(self, model: Speaker | None) -> None:
        """Go on with the session as another process would."""
        self.hang_up()
        self.host = self._host(Runner.reopen(self.shelf, SESSION, clock=self.clock), model)

    def close(self) -> None:
        self.host.close()
        self.hang_up()

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()

    @property
    def state(self) -> State:
        return self.host.state

    @property
    def prompt(self) -> str:
        """The part of the latest prompt that differs from turn to turn."""
        return self.model.asked[-1].last

    @property
    def last(self) -> Turn:
        return self.state.turns[-1]

    def ask(self, text: str) -> tuple[Event, ...]:
        """The candidate's turn; what happened at once."""
        return self.host.do(Say(text))

    async def say(self, text: str) -> Turn:
        """The candidate's turn; when the answer to it is whole, the answer."""
        self.ask(text)
        await self.over()
        return self.last

    async def over(self) -> None:
        """Until nobody is on a reply any more."""

        def is_over() -> bool:
            self.host.listen()
            return self.host.replying_s is None

        await until(is_over)

    async def hears(self, words: str) -> None:
        """Until `words` of a reply were said."""

        def is_heard() -> bool:
            self.host.listen()
            return words in self.state.speech

        await until(is_heard, explain=lambda: self.state.speech)

    async def awaits(self, calls: int = 1) -> None:
        """Until the model was asked so often."""
        await until(lambda: len(self.model.asked) >= calls)

    async def is_hung_up(self) -> None:
        """Until no connection is open."""
        await until(lambda: self.model.asked and not self.model.open)

    def enter(self, phase: Phase, *, share: float = 0.0) -> None:
        """Move on to `phase`, then let `share` of it pass without anybody looking."""
        while self.state.phase != phase:
            self.host.do(NextPhase())
        self.clock.advance(share * self.state.current.budget_s)

    def wait(self, seconds: float) -> list[str]:
        """Let time pass second by second; what was said meanwhile."""
        before = len(self.state.turns)
        for _ in range(round(seconds)):
            self.clock.advance(1)
            self.host.tick()
        return [turn.text for turn in self.state.turns[before:]]

    def kept(self) -> list[Event]:
        """What stands in the journal."""
        return [one.event for one in read(self.shelf.folder(SESSION) / "session.jsonl").records]

    def spoken(self) -> list[Spoke]:
        """Every turn of the interviewer as it stands in the journal, but for the greeting."""
        return [one for one in self.kept() if isinstance(one, Spoke) and one.intent != "greeting"]


def in_dive(one: Talk) -> None:
    """The deep dive, at the time planned for it, with its first topic just opened by the script."""
    one.clock.advance(25 * 60)
    one.enter("deep_dive")
    one.wait(60)
    assert one.state.topics == ("holds",)
