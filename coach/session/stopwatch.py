"""Used seconds of one interview, from the machine's clocks."""

from coach.clock import Clock
from coach.terms import Mode

SLEEP_S = 2.0
"""Sleep shorter than this is not put on record."""


class Stopwatch:
    """Counts from a base: a `mock` charges the time the laptop sleeps, the other modes do not.

    Only steady clocks count while the process lives, so setting the wall clock changes nothing.
    """

    def __init__(self, clock: Clock, mode: Mode, *, t: float) -> None:
        self._clock = clock
        self._charges_sleep = mode == "mock"
        self.restart(t)

    def restart(self, t: float) -> None:
        """Count on from `t` used seconds."""
        self._base_t = t
        self._base = self._reading()
        self._asleep = self._clock.steady() - self._clock.awake()

    def t(self) -> float:
        """Used seconds now."""
        return self._base_t + max(0.0, self._reading() - self._base)

    def slept_s(self) -> float:
        """Seconds slept, and not charged, since this was last asked; 0 for less than a moment."""
        asleep = self._clock.steady() - self._clock.awake()
        slept = asleep - self._asleep
        if self._charges_sleep or slept < SLEEP_S:
            return 0.0
        self._asleep = asleep
        return slept

    def _reading(self) -> float:
        return self._clock.steady() if self._charges_sleep else self._clock.awake()
