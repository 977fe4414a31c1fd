"""One coach per session: the second is told who has it, and a dead one holds nothing."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.paths import sessions_dir
from coach.session.commands import Say
from coach.session.journal import read
from coach.session.lock import Lock
from coach.session.shelf import Shelf
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import SETUP, begin, journal_path, reopen

HOLD = """
import sys
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import reopen
runner = reopen(FakeClock())
runner.type("notes.requirements", "typed by another process")
runner.tick()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_coach_on_a_session_is_told_who_has_it(clock: FakeClock) -> None:
    runner = begin(clock)
    before = journal_path().read_bytes()
    with pytest.raises(CoachError) as caught:
        reopen(clock)
    assert caught.value.title == "Session in use"
    assert str(os.getpid()) in caught.value.message
    assert "2026-11-23T19:30:00Z" in caught.value.message
    assert str(os.getpid()) in caught.value.hint
    assert journal_path().read_bytes() == before
    runner.do(Say("undisturbed"))
    runner.close()
    reopen(clock).close()


def test_a_killed_coach_holds_nothing_and_lost_nothing(clock: FakeClock) -> None:
    begin(clock).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(CoachError) as caught:
            reopen(clock)
        assert f"process {holder.pid}" in caught.value.message
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    runner = reopen(clock)
    assert runner.state.docs["notes.requirements"] == "typed by another process"
    runner.close()


def test_a_program_started_by_the_coach_does_not_keep_the_session(clock: FakeClock) -> None:
    runner = begin(clock)
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ):
        runner.close()
        reopen(clock).close()


def test_a_holder_on_another_machine_is_called_that(tmp_path: Path) -> None:
    path = tmp_path / "session.lock"
    lock = Lock.take(path, since="2026-11-23T19:30:00Z")
    holder = json.loads(path.read_text())
    path.write_text(json.dumps(holder | {"boot": "another"}))
    with pytest.raises(CoachError, match="another machine"):
        Lock.take(path, since="")
    lock.release()


@pytest.mark.parametrize(
    "left", ["", "{", "[]", '{"t": "x"}', "\0\0", '{"t": -5}', '{"t": 1e999}', '{"t": NaN}']
)
def test_a_spoiled_lock_file_stops_nobody(clock: FakeClock, left: str) -> None:
    begin(clock).close()
    journal_path().with_name("session.lock").write_text(left)
    runner = reopen(clock)
    assert runner.now_s() == 0
    runner.do(Say("hello"))
    runner.close()
    assert not read(journal_path()).damage


def test_a_session_in_use_cannot_be_deleted(clock: FakeClock) -> None:
    runner = begin(clock)
    with pytest.raises(CoachError, match="open in another coach"):
        Shelf(sessions_dir()).delete(SETUP.session)
    runner.close()
    Shelf(sessions_dir()).delete(SETUP.session)
    assert list(sessions_dir().iterdir()) == []


def test_a_failed_reopen_frees_the_session(clock: FakeClock) -> None:
    begin(clock).close()
    data = journal_path().read_bytes()
    journal_path().write_bytes(b"{}\n" + data.split(b"\n", 1)[1])
    with pytest.raises(CoachError, match="line 1"):
        reopen(clock)
    journal_path().write_bytes(data)
    reopen(clock).close()
