"""One coach per session. The kernel drops the lock when its process dies, however it dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import isfinite
from pathlib import Path

from coach.errors import CoachError
from coach.session.folder import PRIVATE_FILE

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Lock:
    """A held lock file. It also carries a pulse: the used seconds, refreshed every second or so.

    The pulse bounds what a killed process loses when the candidate was thinking and nothing was written.
    """

    def __init__(self, fd: int, since: str, t: float) -> None:
        self._fd = fd
        self._since = since
        self.t = t

    @classmethod
    def take(cls, path: Path, *, since: str) -> "Lock":
        """Lock `path`; raises `CoachError` naming the holder when another coach has it.

        `since` is the wall time as text, shown to whoever comes second. `t` of the result is the last holder's pulse.
        """
        fd = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            holder = _read(fd)
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            lock = cls(fd, since, _pulse(holder))
            lock.beat(lock.t)
        except BlockingIOError:
            os.close(fd)
            raise _taken(holder) from None
        except BaseException:
            os.close(fd)
            raise
        return lock

    def beat(self, t: float) -> None:
        """Note that the interview was alive at used second `t`."""
        self.t = t
        holder = {"pid": os.getpid(), "boot": _boot_id(), "since": self._since, "t": round(t, 3)}
        # The journal is the truth; a full disk is reported where that is written.
        with suppress(OSError):
            line = json.dumps(holder).encode()
            os.pwrite(self._fd, line, 0)
            os.ftruncate(self._fd, len(line))

    @contextmanager
    def released_on_error(self) -> Iterator[None]:
        """Let others have the session when the body fails."""
        try:
            yield
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let others have the session."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""


def _read(fd: int) -> dict[str, object]:
    try:
        holder = json.loads(os.pread(fd, 1000, 0))
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


def _pulse(holder: dict[str, object]) -> float:
    t = holder.get("t")
    return float(t) if isinstance(t, int | float) and isfinite(t) else 0.0


def _taken(holder: dict[str, object]) -> CoachError:
    pid, since = holder.get("pid", "?"), holder.get("since", "?")
    if holder.get("boot") not in ("", None, _boot_id()):
        who = f"a coach on another machine, since {since}"
        hint = "Close it there, then try again."
    else:
        who = f"another coach (process {pid}, since {since})"
        hint = f"Go on in that window, or close it; if you cannot find it: kill {pid}"
    return CoachError("Session in use", f"This session is open in {who}.", hint=hint)
