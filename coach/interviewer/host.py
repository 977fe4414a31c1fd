"""What front ends hold: one session with its interviewer listening in."""

from collections.abc import Callable, Iterable

from coach.interviewer.port import Interviewer
from coach.session.commands import Command, DocId, Speak
from coach.session.events import Event, Said
from coach.session.runner import Listener, Runner
from coach.session.state import State

Events = tuple[Event, ...]

ATTEND_EVERY_S = 1.0
"""How often the interviewer looks up by itself; between two looks a tick only lets the clock do its part."""


class Host:
    """The runner's own interface, with the interviewer's words put in where they belong."""

    def __init__(self, runner: Runner, interviewer: Interviewer) -> None:
        self._runner = runner
        self._interviewer = interviewer
        self._attended_s: float | None = None
        self._is_closed = False

    @property
    def state(self) -> State:
        """The session as it stands."""
        return self._runner.state

    @property
    def trouble(self) -> str | None:
        """Why something is not saved yet; None when all is."""
        return self._runner.trouble

    def now_s(self) -> float:
        """Used seconds now."""
        return self._runner.now_s()

    def do(self, command: Command) -> Events:
        """All that happened: the command's events and what the interviewer said to them. Raises `Refused`."""
        events = self._runner.do(command)
        for said in [event.text for event in events if isinstance(event, Said)]:
            events += self._speak(self._interviewer.answer(self.state, said, self.now_s()))
        return events

    def type(self, doc: DocId, text: str) -> None:
        """`doc` reads `text` now."""
        self._runner.type(doc, text)

    def tick(self) -> Events:
        """To be called four times a second, the first time at once: the interviewer greets then."""
        events = self._runner.tick()
        now = self.now_s()
        if self._is_closed:
            return events
        if self._attended_s is None or now - self._attended_s >= ATTEND_EVERY_S:
            self._attended_s = now
            events += self._speak(self._interviewer.attend(self.state, now))
        return events

    def hint(self) -> bool:
        """Have the interviewer give the next hint; False when there is none to give."""
        hint = self._interviewer.hint(self.state, self.now_s())
        if hint is None:
            return False
        self._speak((hint,))
        return True

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every record after it is written; the result ends that."""
        return self._runner.subscribe(listener)

    def close(self) -> None:
        """Write what is left and let the session go; raises `CoachError` when something could not be saved."""
        self._is_closed = True
        self._runner.close()

    def _speak(self, spoken: Iterable[Speak]) -> Events:
        events: Events = ()
        for speak in spoken:
            events += self._runner.do(speak)
        return events
