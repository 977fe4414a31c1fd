"""A program in a pseudo-terminal, with what it cost: real keys in, real paint out."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Terminal:
    """A child process on a pty of 120x40; `seen` is all it printed."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._child = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(environment), start_new_session=True
        )
        os.close(slave)
        self.seen = b""

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def read(self, within_s: float) -> bytes:
        """What comes within `within_s`; empty when nothing does."""
        ready, _, _ = select.select([self._master], [], [], within_s)
        if not ready:
            return b""
        data = os.read(self._master, 65_536)
        self.seen += data
        return data

    def wait_for(self, holds: Callable[[bytes], bool], *, within_s: float = 30.0) -> None:
        """Read until `holds` of all that was seen; `TimeoutError` with its end otherwise."""
        end = time.monotonic() + within_s
        while not holds(self.seen):
            if time.monotonic() > end:
                raise TimeoutError(self.seen[-2000:].decode(errors="replace"))
            self.read(0.05)

    def settle(self, quiet_s: float = 0.5) -> None:
        """Read until nothing comes for `quiet_s`, for ten seconds at most."""
        end = time.monotonic() + 10
        while self.read(quiet_s) and time.monotonic() < end:
            pass

    def cpu_s(self) -> float:
        """User and system seconds of the child so far."""
        fields = Path(f"/proc/{self._child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self) -> float:
        """Resident memory of the child."""
        status = Path(f"/proc/{self._child.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def end(self) -> None:
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()
        os.close(self._master)
