"""A line on standard error that says how far something slow has come; ctrl+c stops it."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.clock import Clock
    from coach.judge.port import Progress

EVERY_S = 0.5
_WIDTH = 100


class Watching:
    """Shows progress on a terminal as one line that is written over; elsewhere one line per step."""

    def __init__(self, clock: Clock, *, where: str) -> None:
        self._clock = clock
        self._where = where
        self._began = clock.steady()
        self._latest: Progress | None = None
        self._over = threading.Event()
        self._is_terminal = sys.stderr.isatty()

    def tell(self, progress: Progress) -> None:
        """Called from any thread."""
        is_new = self._latest is None or self._latest.doing != progress.doing
        self._latest = progress
        if not self._is_terminal and is_new:
            print(f"{progress.doing} ({self._where})", file=sys.stderr, flush=True)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """The line is there while the body runs, and gone afterwards."""
        thread = threading.Thread(target=self._repaint, daemon=True)
        if self._is_terminal:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            if self._is_terminal:
                thread.join()
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _repaint(self) -> None:
        while not self._over.wait(EVERY_S):
            if self._latest is not None:
                text = in_words(self._latest, self._clock.steady() - self._began)
                print(f"\r\x1b[K{text[:_WIDTH]}", end="", file=sys.stderr, flush=True)


def in_words(progress: Progress, seconds: float) -> str:
    """What is done now, for how long, and what it took so far."""
    spent = progress.spent
    parts = [progress.doing, f"{seconds:.0f} s"]
    if progress.sent:
        call = f"call {progress.call} of {progress.planned}" if progress.planned > 1 else "one call"
        parts.append(f"{call}, about {progress.sent:,} tokens sent")
    if spent.calls:
        parts.append(f"before it {spent.prompt:,} read and {spent.answer:,} written")
    if spent.cost is not None:
        parts.append(f"cost so far {spent.cost:.4f}")
    return " · ".join(parts)
