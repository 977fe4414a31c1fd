"""The append-only file an interview is kept in: one JSON line per record, written whole or not at all."""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from coach.errors import CoachError
from coach.session.events import READABLE, RECORD, VERSION, Event, Record
from coach.session.folder import PRIVATE_FILE, append_line, make_private, sync_data, sync_folder

_TYPING = (b'"kind":"edited"', b'"kind":"snapshotted"', b'"kind":"speech_grew"')
_KINDS = {kind.model_fields["kind"].default for kind in get_args(Event)}


@dataclass(frozen=True, slots=True)
class Damage:
    """A line in the middle that is no record."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a journal holds: the readable records, what was damaged between them, and the torn end, if any.

    `end` is the length of the whole lines in bytes; `is_open` when the last of them lacks its newline.
    """

    records: tuple[Record, ...]
    damage: tuple[Damage, ...]
    torn: bytes
    end: int
    is_open: bool


def read(path: Path, *, typing: bool = True) -> Reading:
    """Read `path` without changing it. Without `typing`, what was typed is skipped: enough for a headline, and fast.

    Raises `CoachError` when a newer coach wrote it or it cannot be read at all.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CoachError("Cannot read the session", f"{path}: {error.strerror}") from error
    lines = data.split(b"\n")
    last = max((n for n, line in enumerate(lines, 1) if line.strip(b"\0 \r\t")), default=0)
    records: list[Record] = []
    damage: list[Damage] = []
    end, start, torn = 0, 0, False
    for number, line in enumerate(lines[:last], 1):
        if line.strip() and (typing or number == last or not any(kind in line for kind in _TYPING)):
            found = _record(line, number, path)
            torn = isinstance(found, Damage) and number == last and not _is_json(line)
            if isinstance(found, Record):
                records.append(found)
            elif not torn:
                damage.append(found)
        start += len(line) + 1
        end = end if torn else min(start, len(data))
    whole = data[:end]
    return Reading(tuple(records), tuple(damage), data[end:], end, bool(whole) and not whole.endswith(b"\n"))


def _record(line: bytes, number: int, path: Path) -> Record | Damage:
    try:
        record = RECORD.validate_json(line)
    except ValidationError as error:
        if _is_newer(line):
            raise _newer(path, number) from None
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return Damage(number, f"{place}: {first['msg']}" if place else first["msg"])
    if record.v not in READABLE:
        raise _newer(path, number)
    return record


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _is_newer(line: bytes) -> bool:
    try:
        value = json.loads(line)
        return value["v"] > VERSION or value["event"]["kind"] not in _KINDS
    except (ValueError, KeyError, TypeError):
        return False


def _newer(path: Path, number: int) -> CoachError:
    return CoachError(
        "Written by a newer coach",
        f"{path}, line {number}: this coach reads records of version {VERSION} and does not know this one.",
        hint="Update the coach and try again. The session was not changed.",
    )


class Journal:
    """A journal open for appending. The caller holds the session's lock: there is one writer."""

    def __init__(self, path: Path, fd: int, end: int) -> None:
        self.path = path
        self._fd = fd
        self._end = end
        self._is_ragged = False

    @classmethod
    def create(cls, path: Path) -> "Journal":
        """A new, empty journal; raises `OSError`."""
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, PRIVATE_FILE)
        sync_folder(path.parent)
        return cls(path, fd, 0)

    @classmethod
    def open(cls, path: Path) -> "tuple[Journal, tuple[Record, ...]]":
        """Open `path` to go on with it, with what it holds.

        A torn last line, from a crash, is put aside in `session.jsonl.torn` and cut off. With damage in the middle the
        whole file is put aside as it is in `session.jsonl.damaged`, and what can be read goes on; without the start of
        an interview nothing can, and that is an error.
        """
        reading = read(path)
        if reading.damage:
            if not reading.records or reading.records[0].event.kind != "started":
                raise damaged(path, reading)
            _set_aside(path, reading)
            reading = read(path)
        if reading.torn.strip(b"\n"):
            append_line(path.with_name(f"{path.name}.torn"), reading.torn)
        fd = os.open(path, os.O_RDWR | os.O_APPEND)
        journal = cls(path, fd, reading.end)
        with journal.closed_on_error():
            os.ftruncate(fd, reading.end)
            if reading.is_open:
                journal._write(b"\n")
        return journal, reading.records

    def append(self, record: Record) -> None:
        """Write one line; raises `OSError`, and then the file is as it was before."""
        self._write(record.model_dump_json().encode() + b"\n")

    def sync(self) -> None:
        """Have everything written so far on disk; raises `OSError`."""
        sync_data(self._fd)

    def restore(self) -> bool:
        """Write the file again where somebody removed it while it was open; whether that was so. Raises `OSError`.

        The system keeps what an open file holds until it is closed.
        """
        if self._fd < 0 or os.fstat(self._fd).st_nlink:
            return False
        make_private(self.path.parent)
        fresh = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, PRIVATE_FILE)
        try:
            whole = os.pread(self._fd, self._end, 0)
            if os.write(fresh, whole) < len(whole):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
            sync_data(fresh)
        except OSError:
            os.close(fresh)
            self.path.unlink(missing_ok=True)
            raise
        os.close(self._fd)
        self._fd, self._is_ragged = fresh, False
        return True

    @contextmanager
    def closed_on_error(self) -> Iterator[None]:
        """Close the file when the body fails."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; what was written stays."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _write(self, line: bytes) -> None:
        self._mend()
        self._is_ragged = True
        if os.write(self._fd, line) < len(line):
            with suppress(OSError):  # tried again before the next write
                self._mend()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        self._is_ragged = False
        self._end += len(line)

    def _mend(self) -> None:
        """Cut off what a failed write may have left."""
        if self._is_ragged:
            os.ftruncate(self._fd, self._end)
            self._is_ragged = False


def _set_aside(path: Path, reading: Reading) -> None:
    """Keep the file as it is beside itself, and write it again without the lines that are no records."""
    whole = path.read_bytes()
    aside = next(
        one
        for n in count(1)
        if not (one := path.with_name(f"{path.name}.damaged{'' if n == 1 else f'-{n}'}")).exists()
    )
    append_line(aside, whole.rstrip(b"\n"))
    bad = {one.line for one in reading.damage}
    kept = b"\n".join(line for number, line in enumerate(whole.split(b"\n"), 1) if number not in bad)
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    append_line(fresh, kept.rstrip(b"\n"))
    fresh.replace(path)
    sync_folder(path.parent)


def damaged(path: Path, reading: Reading) -> CoachError:
    """The error for a journal with damage in the middle."""
    first = reading.damage[0]
    more = f" and {len(reading.damage) - 1} more" if len(reading.damage) > 1 else ""
    return CoachError(
        "Damaged session",
        f"{path}, line {first.line}{more}: no readable record ({first.why}). "
        f"{len(reading.records)} records are readable.",
        hint=f"Copy the file, repair or delete line {first.line} with an editor, and try again. Nothing was changed.",
    )
