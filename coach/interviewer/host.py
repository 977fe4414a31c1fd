"""What front ends hold: one session with its interviewer listening in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coach.errors import CoachError
from coach.interviewer.clockwork import clock_line
from coach.interviewer.port import Interviewer, Lost, Modelled, News, Reply, Spoken, Words
from coach.session.commands import Abandon, Command, DocId, Finish, Grow, Pause, Say, Speak, SwitchInterviewer
from coach.session.decide import decide
from coach.session.events import Event, Said
from coach.session.runner import Listener, Runner
from coach.session.state import State

Events = tuple[Event, ...]

ATTEND_EVERY_S = 1.0
"""How often the interviewer looks up by itself; between two looks a tick only lets the clock do its part."""
_BREAKS_OFF = (Say, Pause, Finish, Abandon)
"""Commands that do not wait until the interviewer has finished."""


@dataclass(slots=True)
class _OnItsWay:
    """A reply that is still being spoken, to the turn `said` at used second `since`."""

    reply: Reply
    said: str
    since: float


class Host:
    """The runner's own interface, with the interviewer's words put in where they belong.

    With `modelled` it answers the candidate's turns while it can; `interviewer`, who is always there, does the rest.
    `why_not` tells why a session that had a model has none now.
    """

    def __init__(
        self,
        runner: Runner,
        interviewer: Interviewer,
        *,
        modelled: Modelled | None = None,
        why_not: str = "No model is configured now.",
    ) -> None:
        self._runner = runner
        self._interviewer = interviewer
        self._modelled = modelled
        self._speaking: _OnItsWay | None = None
        self._attended_s: float | None = None
        self._is_closed = False
        if modelled is None and self.state.interviewer == "model" and self.state.is_unfinished:
            runner.do(SwitchInterviewer("scripted", why_not))

    @property
    def state(self) -> State:
        """The session as it stands."""
        return self._runner.state

    @property
    def trouble(self) -> str | None:
        """Why something is not saved yet; None when all is."""
        return self._runner.trouble

    @property
    def replying_s(self) -> float | None:
        """For how many seconds the interviewer has been on its reply; None when it is not."""
        return None if self._speaking is None else self.now_s() - self._speaking.since

    @property
    def can_call_back(self) -> bool:
        """Whether there is a model that does not answer now and could."""
        return self._modelled is not None and self.state.interviewer == "scripted"

    def now_s(self) -> float:
        """Used seconds now."""
        return self._runner.now_s()

    def do(self, command: Command) -> Events:
        """All that happened: the command's events and what the interviewer said to them. Raises `Refused`."""
        events: Events = ()
        if self._speaking is not None and isinstance(command, _BREAKS_OFF):
            decide(self.state, command, self.now_s())  # what is refused breaks nothing off
            events += self.stop_reply()
        events += self._runner.do(command)
        for said in [event.text for event in events if isinstance(event, Said)]:
            events += self._answer(said)
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
        events += self.listen()
        if self._attended_s is None or now - self._attended_s >= ATTEND_EVERY_S:
            self._attended_s = now
            events += self._speak(self._attend(now))
        return events

    def _attend(self, now: float) -> tuple[Speak, ...]:
        """What is said unasked. While a reply is awaited only the clock speaks, while it is spoken nobody does."""
        if self._speaking is None:
            return self._interviewer.attend(self.state, now)
        line = None if self.state.speech else clock_line(self.state, now)
        return (line,) if line else ()

    def listen(self) -> Events:
        """Take what arrived of a reply; to be called ten times a second while there is one. Cheap when there is none."""
        events: Events = ()
        speaking = self._speaking
        for one in () if speaking is None else speaking.reply.news():
            events += self._take(one)
        return events

    def stop_reply(self) -> Events:
        """Break the reply off; what was said of it stays, marked as interrupted."""
        speaking, self._speaking = self._speaking, None
        if speaking is None:
            return ()
        speaking.reply.stop()
        said = self.state.speech
        return self._speak((speaking.reply.broken_off(said),)) if said.strip() else ()

    def call_back(self) -> Events:
        """Let the model answer again from the next turn on."""
        if not self.can_call_back:
            return ()
        return self._runner.do(SwitchInterviewer("model"))

    def hint(self) -> bool:
        """Have the interviewer give the next hint; False when there is none to give."""
        hint = self._interviewer.hint(self.state, self.now_s())
        if hint is None:
            return False
        self.stop_reply()
        self._speak((hint,))
        return True

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every record after it is written; the result ends that."""
        return self._runner.subscribe(listener)

    def close(self) -> None:
        """Write what is left and let the session go; raises `CoachError` when something could not be saved."""
        self.listen()
        self.stop_reply()
        self._is_closed = True
        self._runner.close()

    def _answer(self, said: str) -> Events:
        now = self.now_s()
        # After the end the script is silent, and a model tells no more than it.
        is_model = self._modelled is not None and self.state.interviewer == "model"
        if self._modelled is None or not is_model or self.state.status != "running":
            return self._speak(self._interviewer.answer(self.state, said, now))
        self._speaking = _OnItsWay(self._modelled.reply(self.state, said, now), said, now)
        return ()

    def _take(self, news: News) -> Events:
        match news:
            case Words(text, facts, improvised):
                return self._runner.do(Grow(text, facts, improvised))
            case Spoken(turn, then):
                self._speaking = None
                return self._speak((turn, *then))
            case Lost(error):
                return self._take_over(error)

    def _take_over(self, error: CoachError) -> Events:
        """The scripted interviewer answers at this turn and from now on."""
        speaking = self._speaking
        events = self.stop_reply()
        events += self._runner.do(SwitchInterviewer("scripted", f"{error.title}: {error.message}"))
        said = speaking.said if speaking else ""
        return events + self._speak(self._interviewer.answer(self.state, said, self.now_s()))

    def _speak(self, spoken: Iterable[Speak]) -> Events:
        events: Events = ()
        for speak in spoken:
            events += self._runner.do(speak)
        return events
