"""Where time and ids come from. Nothing else reads the machine's clocks."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Three readings in seconds: two for durations, with and without sleep, and the wall's for dates."""

    def steady(self) -> float:
        """Seconds that never go back and keep running while the laptop sleeps."""

    def awake(self) -> float:
        """Like `steady`, but standing still while the laptop sleeps."""

    def wall(self) -> float:
        """Seconds since the Unix epoch; may jump when somebody sets the clock."""


class SystemClock:
    """The machine's clocks."""

    def steady(self) -> float:
        # CLOCK_BOOTTIME counts suspend on Linux; macOS has it not, but its CLOCK_MONOTONIC does.
        boot = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        return time.clock_gettime(boot)

    def awake(self) -> float:
        return time.monotonic()

    def wall(self) -> float:
        return time.time()


def utc_text(wall: float) -> str:
    """`wall` seconds since the epoch as `2026-11-23T19:30:00Z`."""
    return datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_stamp(wall: float) -> str:
    """`wall` as `2026-11-23T19:30:00.250Z`, for the journal."""
    return datetime.fromtimestamp(wall, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def wall_of(text: str) -> float:
    """Seconds since the epoch of a text written by `utc_text` or `utc_stamp`."""
    return datetime.fromisoformat(text).timestamp()


def local_text(wall: float) -> str:
    """`wall` seconds since the epoch as a local `2026-11-23 20:30`, for people."""
    return datetime.fromtimestamp(wall, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
