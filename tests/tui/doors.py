"""The coach behind the screens, in memory: real rules, a clock that moves when told, an interviewer who says one thing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from coach.board.graph import Board
from coach.board.lint import Expected
from coach.choice import Choice
from coach.content.library import Fault
from coach.errors import BadInput, CoachError
from coach.session import commands as ask
from coach.session.decide import decide
from coach.session.events import Event, Record
from coach.session.evolve import evolve
from coach.session.headline import Headline
from coach.session.phases import plan
from coach.session.state import State
from coach.terms import Phase
from tests.fakes.clock import FakeClock

PROMPT = (
    "Design a service that turns long web addresses into short ones and sends whoever opens a short one to "
    "the long one.\nPeople share the links in messages and in print."
)


@dataclass(frozen=True)
class FakeHeadline:
    id: str
    title: str
    asked_by: tuple[str, ...] = ("Amazon", "Google")
    tests: str = "Key generation and reading far more than writing."
    prompt: str = PROMPT
    attempts: int = 0
    best: str | None = None
    last: str | None = None


HEADLINES = (
    FakeHeadline("tinyurl", "Design TinyURL", attempts=2, best="no_hire", last="2026-11-20"),
    FakeHeadline(
        "twitter-feed",
        "Design the Twitter home feed",
        asked_by=("Meta", "Twitter", "LinkedIn"),
        tests="Fan-out on write against fan-out on read.",
        prompt="Design the home feed of a social network: what a person sees when she opens the app.",
    ),
)
DIMENSIONS = (
    ("requirements", "Requirements & scope"),
    ("estimation", "Capacity estimation"),
    ("architecture", "Architecture"),
    ("data_api", "Data & API"),
    ("depth", "Depth"),
    ("tradeoffs", "Trade-offs"),
    ("reliability", "Reliability"),
    ("communication", "Communication"),
)


class FakeHost:
    """Decides and evolves as the real one does, and keeps its journal in a list."""

    def __init__(self, setup: ask.Setup, clock: FakeClock) -> None:
        self.state = State()
        self.trouble: str | None = None
        self.records: list[Record] = []
        self.reply = "About 100 million new links a month."
        self.is_closed = False
        self.has_model = setup.interviewer == "model"
        self.reply_began: float | None = None
        self._clock = clock
        self._since = clock.steady()
        self._paused_since: float | None = None
        self._typed: dict[ask.DocId, str] = {}
        self._listeners: list[Any] = []
        self.do(ask.Start(setup))

    def now_s(self) -> float:
        until = self._clock.steady() if self._paused_since is None else self._paused_since
        return self.state.t if self.state.is_over else until - self._since

    def do(self, command: ask.Command) -> tuple[Event, ...]:
        assert not self.is_closed, "used after it was closed"
        happened: tuple[Event, ...] = ()
        for doc, text in self._typed.items():
            happened += self._happen(ask.Edit(doc, text))
        self._typed = {}
        happened += self._happen(command)
        if isinstance(command, ask.Pause):
            self._paused_since = self._clock.steady()
        elif isinstance(command, ask.Unpause) and self._paused_since is not None:
            self._since += self._clock.steady() - self._paused_since
            self._paused_since = None
        elif isinstance(command, ask.Say) and self.reply_began is None:
            happened += self.do(ask.Speak(self.reply, "fact"))
        return happened

    def type(self, doc: ask.DocId, text: str) -> None:
        assert not self.is_closed, "typed after it was closed"
        self._typed[doc] = text

    @property
    def replying_s(self) -> float | None:
        return None if self.reply_began is None else self.now_s() - self.reply_began

    @property
    def can_call_back(self) -> bool:
        return self.has_model and self.state.interviewer == "scripted"

    def listen(self) -> None:
        """A test lets words arrive itself, with `do(Grow(...))`."""

    def stop_reply(self) -> tuple[Event, ...]:
        self.reply_began = None
        if not self.state.speech:
            return ()
        return self.do(ask.Speak(self.state.speech, "fact", interrupted=True))

    def call_back(self) -> tuple[Event, ...]:
        return self.do(ask.SwitchInterviewer("model"))

    def tick(self) -> None:
        self.do(ask.Tick())
        if not self.state.turns:
            self.do(ask.Speak("Ask me what you need to know. How you use the time is up to you.", "greeting"))

    def hint(self) -> bool:
        if self.state.chosen.mode == "mock":
            return False
        self.do(ask.Speak("Think about who reads and who writes.", "hint", rung=1))
        return True

    def subscribe(self, listener: Any) -> Any:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        if not self.is_closed:
            self.do(ask.Tick())
        self.is_closed = True

    def kinds(self) -> list[str]:
        """What happened, by kind."""
        return [record.event.kind for record in self.records]

    def _happen(self, command: ask.Command) -> tuple[Event, ...]:
        events = decide(self.state, command, round(self.now_s(), 3))
        fresh = []
        for event in events:
            record = Record(
                seq=len(self.records) + 1, t=round(self.now_s(), 3), at="2026-11-23T19:30:00Z", event=event
            )
            self.records.append(record)
            self.state = evolve(self.state, record)
            fresh.append(record)
        for record in fresh:
            for listener in tuple(self._listeners):
                listener(record)
        return events


@dataclass
class FakeDoors:
    """What a test wants to find behind the screens."""

    clock: FakeClock = field(default_factory=FakeClock)
    model: SimpleNamespace | None = None
    """The endpoint, where one is configured."""
    agreed: int = 0
    hung_up: int = 0
    editor: tuple[str, ...] = ()
    no_color: bool = False
    expects: Expected = field(default_factory=Expected)
    cached: tuple[FakeHeadline, ...] = HEADLINES
    problems: tuple[FakeHeadline, ...] = HEADLINES
    faults: tuple[Fault, ...] = ()
    past: tuple[Headline, ...] = ()
    refuse: CoachError | None = None
    text: dict[str, str] = field(default_factory=dict)
    hosts: list[FakeHost] = field(default_factory=list)
    reopened: dict[str, FakeHost] = field(default_factory=dict)
    reads: int = 0

    @property
    def host(self) -> FakeHost:
        """The interview begun or reopened last."""
        return self.hosts[-1]

    def headlines(self) -> tuple[FakeHeadline, ...]:
        return self.cached

    def bank(self) -> Any:
        return SimpleNamespace(headlines=self.problems, faults=self.faults)

    def sessions(self) -> tuple[Headline, ...]:
        self.reads += 1
        return self.past

    def problem(self, problem_id: str) -> Any:
        found = next((one for one in self.problems if one.id == problem_id), None)
        if found is None:
            raise BadInput(
                "Unknown problem", f"There is no problem '{problem_id}'.", hint="There is: tinyurl."
            )
        return SimpleNamespace(
            id=found.id,
            title=found.title,
            prompt=found.prompt,
            asked_by=found.asked_by,
            tests=found.tests,
            guidance=SimpleNamespace(of=lambda phase: self.text.get("guidance", f"What to do in {phase}.")),
        )

    def surprise(self) -> str:
        return self.problems[-1].id

    def dimensions(self) -> tuple[tuple[str, str], ...]:
        return DIMENSIONS

    def endpoint(self) -> SimpleNamespace | None:
        if isinstance(self.model, CoachError):
            raise self.model
        return self.model

    def agree(self) -> None:
        self.agreed += 1
        if self.model:
            self.model.is_agreed = True

    def hang_up(self) -> None:
        self.hung_up += 1

    def begin(self, choice: Choice) -> FakeHost:
        if self.refuse:
            raise self.refuse
        title = next(
            (one.title for one in self.problems if one.id == choice.problem), "Warm-up: a guest list"
        )
        setup = ask.Setup(
            session=f"session-{len(self.hosts) + 1}",
            problem=choice.problem,
            problem_version="1",
            title=title,
            mode=choice.mode,
            seniority=choice.seniority,
            minutes=choice.minutes or plan(only=choice.only).total_s / 60,
            only=choice.only,
            strict=choice.strict,
            is_toy=choice.problem == "warm-up",
            interviewer=choice.interviewer or "scripted",
            judge=choice.judge or "offline",
            persona=choice.persona,
            model=self.model.model if self.model and choice.uses_model else "",
            host=self.model.host if self.model and choice.uses_model else "",
        )
        self.hosts.append(FakeHost(setup, self.clock))
        return self.host

    def uses_model(self, session_id: str) -> bool:
        return session_id in self.reopened and self.reopened[session_id].has_model

    def reopen(self, session_id: str) -> FakeHost:
        if self.refuse:
            raise self.refuse
        self.hosts.append(self.reopened[session_id])
        return self.host

    def expected(self, host: FakeHost) -> Callable[[Board], Expected]:
        return lambda board: self.expects

    def reference(self, host: FakeHost, phase: Phase) -> str:
        host.do(ask.ShowReference(phase, ("volume",)))
        return self.text.get("reference", f"Reference notes of {phase}.")


def fault(line: int = 12, column: int = 5) -> Fault:
    """A broken file of the user's own."""
    return Fault(Path("/home/ana/.config/coach/problems/mine.yaml"), line, column, "prompt: is missing")


def unfinished(session: str = "old", **changes: Any) -> Headline:
    """A session that was left in the middle."""
    return Headline(
        **{
            "session": session,
            "started": "2026-11-22T18:00:00Z",
            "status": "running",
            "problem": "tinyurl",
            "title": "Design TinyURL",
            "used_s": 760.0,
            "phase": "high_level",
            **changes,
        }
    )


def endpoint(**changes: Any) -> SimpleNamespace:
    """An endpoint whose host was agreed to, but for `changes`."""
    known = {
        "host": "llm.example:8080",
        "model": "qwen3:14b",
        "is_agreed": True,
        "question": "Send what you wrote to llm.example:8080? It leaves this machine.",
    }
    return SimpleNamespace(**{**known, **changes})
