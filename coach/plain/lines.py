"""Lines of a stream as they come, read in a thread so that the clock can go on."""

import queue
import threading
from typing import TextIO

LONGEST = 20_000
"""Characters of a line that are kept."""


class Lines:
    """What somebody types or a script sends, a line at a time."""

    def __init__(self, stream: TextIO) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._stream = stream
        threading.Thread(target=self._read, name="lines", daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self._stream:
                self._lines.put(line.rstrip("\r\n"))
        except (OSError, ValueError):
            # Closed under us: the same as its end.
            self._lines.put(None)
            return
        self._lines.put(None)

    def next(self, within_s: float | None) -> str | None:
        """The next line; None when none came in time. `EOFError` at the end, also when asked again."""
        try:
            line = self._lines.get(timeout=within_s)
        except queue.Empty:
            return None
        if line is None:
            self._lines.put(None)
            raise EOFError
        return cleaned(line)


def cleaned(line: str) -> str:
    """A line without control characters; a tab is a blank."""
    return "".join(one for one in line.replace("\t", " ")[:LONGEST] if one.isprintable())
