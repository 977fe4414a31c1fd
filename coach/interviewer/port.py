"""What the session needs of whoever asks and answers, with a model behind it or none."""

from dataclasses import dataclass
from typing import Protocol

from coach.errors import CoachError
from coach.session.commands import Speak
from coach.session.state import State


class Interviewer(Protocol):
    """Knows the problem's hidden facts. It keeps nothing: what was said before stands in `state`.

    `t` is used seconds, from the session's one clock. What is returned is said in that order.
    """

    name: str

    def greet(self, state: State, t: float) -> tuple[Speak, ...]:
        """The first words; nothing when they were said already."""

    def answer(self, state: State, said: str, t: float) -> tuple[Speak, ...]:
        """The reply to the candidate's turn `said`, which is in `state` already. Empty: the interviewer listens."""

    def attend(self, state: State, t: float) -> tuple[Speak, ...]:
        """Called about once a second: what the interviewer says unasked, if something is due."""

    def hint(self, state: State, t: float) -> Speak | None:
        """The next rung of help on what is open; None when there is none or hints are not allowed."""


@dataclass(frozen=True, slots=True)
class Words:
    """More words of a turn arrived; the first of them with what the turn will tell and makes up."""

    text: str
    facts: tuple[str, ...] = ()
    improvised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """The turn is whole; `then` is said right after it."""

    turn: Speak
    then: tuple[Speak, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """The turn ends here: the endpoint failed."""

    error: CoachError


News = Words | Spoken | Lost


class Reply(Protocol):
    """One turn of a modelled interviewer on its way."""

    def news(self) -> tuple[News, ...]:
        """What arrived since this was last asked; the last of it is `Spoken` or `Lost`. Never waits."""

    def stop(self) -> None:
        """Break off."""

    def broken_off(self, said: str) -> Speak:
        """The turn as far as `said`, marked as interrupted."""


class Modelled(Protocol):
    """An interviewer whose replies take time. Everything else is left to the scripted one beside it."""

    @property
    def name(self) -> str: ...

    def reply(self, state: State, said: str, t: float) -> Reply:
        """Begin to answer the turn `said`, which is in `state` already. Returns at once."""
