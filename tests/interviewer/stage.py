"""An interview without files or clocks: the real rules of the session, moved by hand to any second."""

from coach.content.problem import Problem
from coach.interviewer.scripted import ScriptedInterviewer
from coach.session.commands import Command, DocId, Edit, NextPhase, Say, Setup, Speak, Start, Tick
from coach.session.decide import decide
from coach.session.evolve import after
from coach.session.state import State
from coach.terms import Mode, Phase


class Stage:
    """One interview. `said` is all the interviewer spoke so far."""

    def __init__(
        self,
        problem: Problem,
        *,
        mode: Mode = "mock",
        minutes: float = 45.0,
        only: Phase | None = None,
        session: str = "s1",
    ) -> None:
        self.interviewer = ScriptedInterviewer(problem)
        self.state = State()
        self.t = 0.0
        self.spoken: list[tuple[float, Speak]] = []
        setup = Setup(
            session=session,
            problem=problem.id,
            problem_version=problem.version,
            title=problem.title,
            mode=mode,
            seniority="senior",
            minutes=minutes,
            only=only,
            is_toy=problem.toy,
        )
        self.do(Start(setup))
        self.speak(self.interviewer.greet(self.state, self.t))

    def do(self, command: Command) -> None:
        for event in decide(self.state, command, self.t):
            self.state = after(self.state, event, self.t)

    def speak(self, spoken: tuple[Speak, ...]) -> tuple[Speak, ...]:
        for one in spoken:
            self.do(one)
            self.spoken.append((self.t, one))
        return spoken

    def say(self, text: str) -> tuple[Speak, ...]:
        """The candidate's turn and the interviewer's reply to it."""
        self.do(Say(text))
        return self.speak(self.interviewer.answer(self.state, text, self.t))

    def write(self, doc: DocId, text: str) -> None:
        self.do(Edit(doc, text))

    def wait(self, seconds: float) -> tuple[Speak, ...]:
        """Let time pass second by second; what the interviewer said on its own meanwhile."""
        said: list[Speak] = []
        end = self.t + seconds
        while self.t < end:
            self.t = min(self.t + 1.0, end)
            self.do(Tick())
            said += self.speak(self.interviewer.attend(self.state, self.t))
        return tuple(said)

    def enter(self, phase: Phase) -> None:
        """Move on until `phase`, without waiting."""
        while self.state.current.phase != phase:
            self.do(NextPhase())

    def hint(self) -> Speak | None:
        hint = self.interviewer.hint(self.state, self.t)
        self.speak((hint,) if hint else ())
        return hint

    def texts(self, *intents: str) -> list[str]:
        return [one.text for _, one in self.spoken if not intents or one.intent in intents]

    def times(self, intent: str) -> list[float]:
        return [t for t, one in self.spoken if one.intent == intent]
