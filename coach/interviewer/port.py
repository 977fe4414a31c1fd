"""What the session needs of whoever asks and answers, with a model behind it or none."""

from typing import Protocol

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
