"""A disk that is full, read-only or failing: typing goes on, nothing is torn, and it is saved when that is possible."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.errors import CoachError
from coach.paths import sessions_dir
from coach.session import folder
from coach.session.commands import Edit, Finish, Say
from coach.session.evolve import replay
from coach.session.journal import read
from coach.session.shelf import Shelf
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import SETUP, begin, journal_path, kill, reopen

Write = Callable[[int, bytes], int]


class Disk:
    """`os.write` that can fail, wholly or after some bytes."""

    def __init__(self) -> None:
        self.real: Write = os.write
        self.error: int | None = None
        self.room: int | None = None

    def write(self, fd: int, data: bytes) -> int:
        if self.error is not None:
            raise OSError(self.error, os.strerror(self.error))
        if self.room is not None:
            if self.room == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            data = data[: self.room]
            self.room -= len(data)
        return self.real(fd, data)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk()
    monkeypatch.setattr(os, "write", disk.write)
    yield disk
    disk.error = disk.room = None


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT])
def test_when_a_write_fails_typing_goes_on_and_is_saved_later(
    clock: FakeClock, disk: Disk, error: int
) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "before"))
    disk.error = error
    runner.do(Edit("notes.requirements", "before, during"))
    assert runner.trouble is not None
    assert os.strerror(error) in runner.trouble
    heard: list[str] = []
    runner.subscribe(lambda record: heard.append(record.event.kind))
    for n in range(10):
        clock.advance(0.25)
        runner.type("draft", "x" * n)
        runner.tick()
    runner.do(Say("hello"))
    assert "said" in heard
    assert runner.trouble is not None
    assert replay(read(journal_path()).records).docs == {"notes.requirements": "before"}
    disk.error = None
    runner.tick()
    assert runner.trouble is None
    kill(runner)
    assert replay(read(journal_path()).records) == runner.state


@pytest.mark.parametrize("room", [1, 5, 50, 149, 150, 151, 200, 300, 400])
def test_a_write_cut_short_leaves_no_torn_line(clock: FakeClock, disk: Disk, room: int) -> None:
    runner = begin(clock)
    disk.room = room
    for n in range(1, 6):
        clock.advance(1)
        runner.do(Edit("notes.requirements", "word " * n))
        reading = read(journal_path())
        assert (reading.torn, reading.damage) == (b"", ())
    assert runner.trouble is not None
    disk.room = None
    runner.tick()
    assert runner.trouble is None
    runner.close()
    reading = read(journal_path())
    assert [one.seq for one in reading.records] == list(range(1, len(reading.records) + 1))
    assert replay(reading.records).docs["notes.requirements"] == "word " * 5


def test_a_torn_line_that_cannot_be_cut_off_at_once_is_cut_off_before_the_next_write(
    clock: FakeClock, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = begin(clock)

    def refuse(fd: int, length: int) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    disk.room = 40
    with monkeypatch.context() as patched:
        patched.setattr(os, "ftruncate", refuse)
        runner.do(Say("cut in half"))
        assert len(read(journal_path()).torn) == 40
        disk.room = None
        runner.tick()
        assert runner.trouble is not None
    runner.tick()
    assert runner.trouble is None
    runner.close()
    reading = read(journal_path())
    assert (reading.torn, reading.damage) == (b"", ())
    assert reading.records[-1].event.kind == "said"


def test_killed_while_the_disk_was_full_the_saved_part_opens(clock: FakeClock, disk: Disk) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "saved"))
    disk.room = 33
    runner.do(Edit("notes.requirements", "saved, lost"))
    kill(runner)
    disk.room = None
    runner = reopen(clock)
    assert runner.state.docs["notes.requirements"] == "saved"
    runner.close()


def test_a_failing_sync_is_told_and_writes_nothing_twice(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = begin(clock)

    def fail(fd: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdatasync", fail, raising=False)
        runner.do(Say("hello"))
        assert runner.trouble is not None
        runner.tick()
        assert runner.trouble is not None
    runner.tick()
    assert runner.trouble is None
    runner.close()
    assert [one.event.kind for one in read(journal_path()).records] == ["started", "phase_entered", "said"]


def test_closing_while_nothing_can_be_saved_says_how_much_is_lost_and_frees_the_session(
    clock: FakeClock, disk: Disk
) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "saved"))
    disk.error = errno.ENOSPC
    runner.do(Say("not saved"))
    with pytest.raises(CoachError) as caught:
        runner.close()
    assert caught.value.title == "Not everything was saved"
    disk.error = None
    runner = reopen(clock)
    assert runner.state.docs["notes.requirements"] == "saved"
    assert runner.state.turns == ()
    runner.close()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_a_session_that_cannot_be_kept_from_the_start_is_not_begun(
    clock: FakeClock, disk: Disk, error: int
) -> None:
    disk.error = error
    with pytest.raises(CoachError) as caught:
        begin(clock)
    assert caught.value.hint
    assert not (sessions_dir() / SETUP.session).exists()
    disk.error = None
    begin(clock).close()


def test_a_data_folder_that_is_a_file_is_a_clear_error(clock: FakeClock) -> None:
    sessions_dir().parent.parent.mkdir(exist_ok=True)
    sessions_dir().parent.write_text("in the way")
    with pytest.raises(CoachError) as caught:
        begin(clock)
    assert "COACH_DATA_DIR" in caught.value.hint
    assert Shelf(sessions_dir()).recent(5) == ()


def test_a_session_folder_that_cannot_be_created_into_is_a_clear_error(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse(path: str | Path, flags: int, mode: int = 0o777, **where: Any) -> int:
        if Path(path).name == "session.jsonl":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, mode, **where)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CoachError, match="Read-only"):
        begin(clock)
    monkeypatch.setattr(os, "open", real)
    begin(clock).close()


def test_notes_that_cannot_be_written_are_told_and_tried_again(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "mine"))

    def fail(path: Path, text: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("coach.session.runner.write_whole", fail)
        runner.do(Finish())
        assert runner.trouble is not None
        assert "notes.md" in runner.trouble
    runner.tick()
    assert runner.trouble is None
    assert "mine" in journal_path().with_name("notes.md").read_text()
    runner.close()


def test_a_whole_file_is_replaced_or_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "notes.md"
    folder.write_whole(path, "old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="space"):
            folder.write_whole(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["notes.md"]


def test_a_line_is_appended_whole_after_a_torn_one(tmp_path: Path, disk: Disk) -> None:
    path = tmp_path / "0001.jsonl"
    folder.append_line(path, b'{"a":1}')
    with path.open("ab") as file:
        file.write(b'{"b"')
    folder.append_line(path, b'{"c":3}')
    assert path.read_bytes() == b'{"a":1}\n{"b"\n{"c":3}\n'
    disk.room = 3
    with pytest.raises(OSError, match="space"):
        folder.append_line(path, b'{"d":4}')
    assert path.read_bytes() == b'{"a":1}\n{"b"\n{"c":3}\n'


def test_a_folder_removed_while_it_is_open_is_written_again(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "before"))
    shutil.rmtree(journal_path().parent)
    clock.advance(0.25)
    runner.tick()
    runner.do(Edit("notes.requirements", "before, after"))
    assert runner.trouble is None
    with pytest.raises(CoachError, match="Session in use"):
        reopen(clock)
    kill(runner)
    assert replay(read(journal_path()).records) == runner.state
    assert journal_path().with_name("notes.md").is_file()


def test_a_removed_folder_that_cannot_be_written_again_is_told_until_it_can(
    clock: FakeClock, disk: Disk
) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "before"))
    shutil.rmtree(journal_path().parent)
    disk.error = errno.ENOSPC
    runner.do(Edit("notes.requirements", "before, during"))
    assert runner.trouble is not None
    disk.error = None
    runner.tick()
    assert runner.trouble is None
    kill(runner)
    assert replay(read(journal_path()).records) == runner.state
