"""The real program in a pseudo-terminal: real keys in, a real screen out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pyte

KEYS = {
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F4": "\x1bOS", "F5": "\x1b[15~", "F8": "\x1b[19~", "F9": "\x1b[20~", "F10": "\x1b[21~",
    "F11": "\x1b[23~", "F12": "\x1b[24~", "Enter": "\r", "Escape": "\x1b", "Tab": "\t", "Up": "\x1b[A",
    "Down": "\x1b[B", "Right": "\x1b[C", "ctrl+q": "\x11", "ctrl+p": "\x10", "Space": " ",
}  # fmt: skip
PATIENCE_S = 30.0


class Terminal:
    """One run of `coach` on a pty. `screen()` is what a person would see now."""

    def __init__(
        self,
        arguments: Sequence[str] = (),
        *,
        home: Path,
        size: tuple[int, int] = (80, 24),
        extra: Mapping[str, str] | None = None,
        program: Sequence[str] = ("-m", "coach.cli"),
    ) -> None:
        self._columns, self._rows = size
        self._screen = pyte.Screen(self._columns, self._rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self._master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self._set_size(slave)
        self.child = subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment(home) | dict(extra or {}),
            start_new_session=True,
        )
        self._slave = slave

    def press(self, *keys: str) -> None:
        """Press keys named in `KEYS`; anything else is typed as text."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())

    def paste(self, text: str) -> None:
        """Bracketed paste, as a terminal sends it."""
        os.write(self._master, b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def screen(self) -> str:
        """The screen as text, after reading what is there."""
        self._read(0.0)
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: str | Callable[[str], bool], *, within_s: float = PATIENCE_S) -> str:
        """The screen once it shows `wanted`; an assertion with the last screen otherwise."""
        holds = wanted if callable(wanted) else lambda shown: wanted in shown
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            shown = self.screen()
            if holds(shown):
                return shown
            self._read(0.05)
        raise AssertionError(f"never showed {wanted!r}:\n{self.screen()}")

    def steady(self, *, within_s: float = PATIENCE_S) -> str:
        """The screen once nothing was painted for half a second, the countdown apart."""
        end = time.monotonic() + within_s
        last, since = self._still(), time.monotonic()
        while time.monotonic() < end and time.monotonic() - since < 0.5:
            self._read(0.05)
            if (now := self._still()) != last:
                last, since = now, time.monotonic()
        return self.screen()

    def _still(self) -> str:
        return re.sub(r"\d\d:\d\d", "", self.screen())

    def pump(self, seconds: float) -> None:
        """Let the program run for `seconds` while its output is taken."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def resize(self, columns: int, rows: int) -> None:
        """A terminal window pulled to another size."""
        self._columns, self._rows = columns, rows
        self._screen.resize(rows, columns)
        self._set_size(self._slave)
        self.child.send_signal(signal.SIGWINCH)

    def kill(self) -> None:
        """`kill -9`, in the middle of whatever it does."""
        self.child.kill()
        self.child.wait(PATIENCE_S)
        self.close()

    def end(self, number: int | None = None) -> int:
        """Wait for the exit code, after a signal when one is given."""
        if number is not None:
            self.child.send_signal(number)
        end = time.monotonic() + PATIENCE_S
        while self.child.poll() is None and time.monotonic() < end:
            self._read(0.05)
        self._read(0.05)
        return self.child.wait(1.0)

    def hang_up(self) -> None:
        """The window is closed: the pty goes away and the program is told."""
        self.close_pty()
        self.child.send_signal(signal.SIGHUP)

    def is_restored(self) -> bool:
        """Whether line editing and echo are back as they were before the program started."""
        return termios.tcgetattr(self._slave)[3] == self.before[3]

    def close(self) -> None:
        """Let the pty go; a program still running is killed."""
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait(PATIENCE_S)
        self.close_pty()

    def close_pty(self) -> None:
        """Close our ends of the pty."""
        for descriptor in (self._master, self._slave):
            with suppress(OSError):
                os.close(descriptor)

    def _read(self, within_s: float) -> None:
        while select.select([self._master], [], [], within_s)[0]:
            try:
                data = os.read(self._master, 65_536)
            except OSError:
                return
            self.raw += data
            self._stream.feed(data)
            within_s = 0.0

    def _set_size(self, descriptor: int) -> None:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self._rows, self._columns, 0, 0))


def environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "COACH_DATA_DIR": str(home / "data"),
        "COACH_CONFIG_DIR": str(home / "config"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TEXTUAL_ANIMATIONS": "none",
    }
