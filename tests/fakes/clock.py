"""A clock that moves only when a test says so."""

from datetime import UTC, datetime

START = datetime(2026, 11, 23, 19, 30, tzinfo=UTC).timestamp()


class FakeClock:
    """Follows `coach.clock.Clock`. The three readings can be moved apart, as real machines do."""

    def __init__(self, steady: float = 1000.0, wall: float = START) -> None:
        self._steady = steady
        self._awake = steady
        self._wall = wall

    def steady(self) -> float:
        return self._steady

    def awake(self) -> float:
        return self._awake

    def wall(self) -> float:
        return self._wall

    def advance(self, seconds: float) -> None:
        """Time passes and the machine is up."""
        self._steady += seconds
        self._awake += seconds
        self._wall += seconds

    def sleep_through(self, seconds: float) -> None:
        """The laptop is asleep: time passes, but not for whoever counts waking seconds."""
        self._steady += seconds
        self._wall += seconds

    def set_wall(self, wall: float) -> None:
        """Somebody sets the wall clock; no time passes."""
        self._wall = wall

    def reboot(self) -> None:
        """The machine starts again: steady readings begin anew, the wall clock goes on."""
        self._steady = self._awake = 5.0
