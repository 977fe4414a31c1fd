"""Being ended from outside: the terminal goes away, or somebody sends a signal. What was typed is kept either way."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.driver import Driver

LAST_S = 10.0
"""Seconds for a clean end; then the process ends without one, so that none is left behind without a terminal."""
LOOK_S = 2.0
"""Seconds between two looks whether the terminal is still there; not everybody who closes one sends a signal."""
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name))


class Ending:
    """Hears the signals that end us; `end` is called in the loop with the signal's number.

    They are heard in a thread of their own: the first one may be waiting for a terminal that takes nothing any more.
    """

    def __init__(self, end: Callable[[int], None]) -> None:
        self._end = end
        self._before: dict[int, object] = {}
        self._ears: tuple[socket.socket, ...] = ()

    def listen(self) -> None:
        """From now on; called in the loop. Only the first thread of a process can hear signals."""
        if threading.current_thread() is not threading.main_thread():
            return
        ours, theirs = self._ears = socket.socketpair()
        theirs.settimeout(0)
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in _SIGNALS:
            self._before[number] = signal.signal(number, lambda *_: None)
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._watch, args=(ours, loop), name="ending", daemon=True).start()

    def stop(self) -> None:
        """As it was before; an end that has begun goes on."""
        if not self._ears:
            return
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]
        theirs = self._ears[1]
        theirs.close()  # which ends the thread
        self._ears = ()

    def _watch(self, ears: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        had_terminal = _has_terminal()
        ears.settimeout(LOOK_S)
        with ears:
            while True:
                try:
                    heard = ears.recv(64)
                except TimeoutError:
                    if had_terminal and not _has_terminal():
                        had_terminal = False
                        self._caught(_SIGNALS[0], loop)
                    continue
                if not heard:
                    return
                for number in heard:
                    if number in _SIGNALS:
                        self._caught(number, loop)

    def _caught(self, number: int, loop: asyncio.AbstractEventLoop) -> None:
        if number != signal.SIGTERM:
            _leave_lost_terminal()
        last = threading.Timer(LAST_S, os._exit, (128 + number,))
        last.daemon = True
        last.start()
        with suppress(RuntimeError):  # it has closed
            loop.call_soon_threadsafe(self._end, number)


class Canvas:
    """The file that is painted on. A terminal that is gone takes nothing; whoever paints is not to die of that.

    Textual's painting thread would, and everybody else would then wait for it without end.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


def driver() -> type[Driver] | None:
    """Textual's own driver for this system, with a file that survives its terminal; None for its default."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class LastingDriver(LinuxDriver):
        def __init__(self, app: App[object], **how: Any) -> None:
            super().__init__(app, **how)
            self._file = Canvas(self._file)  # type: ignore[assignment, arg-type]

    return LastingDriver


def _has_terminal() -> bool:
    """Whether a terminal stands behind standard input; never on Windows."""
    try:
        import termios

        termios.tcgetattr(0)
    except (ImportError, OSError, termios.error):
        return False
    return True


def _leave_lost_terminal() -> None:
    """Send what is still written nowhere, if the terminal is gone."""
    import termios  # not on Windows, where no terminal goes away like this

    try:
        termios.tcgetattr(2)
    except termios.error:
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
