"""The list of all sessions: right without an index, quick with one, and never stopped by one bad folder."""

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from coach.errors import BadInput, CoachError
from coach.paths import data_dir, sessions_dir
from coach.session import shelf as shelf_module
from coach.session.commands import Abandon, Finish, NextPhase, Pause
from coach.session.headline import Headline
from coach.session.shelf import Shelf, session_id
from tests.fakes.clock import START, FakeClock
from tests.fakes.sessions import SETUP, begin, journal_path, kill


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(sessions_dir())


def index() -> Path:
    return data_dir() / "index.sqlite"


def finish_one(clock: FakeClock, name: str, **changes: Any) -> None:
    runner = begin(clock, session=name, **changes)
    clock.advance(60)
    runner.do(Finish())
    runner.close()


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sessions whose journal is read from now on."""
    reads: list[str] = []
    real = shelf_module.headline

    def headline(folder: Path) -> Headline | None:
        reads.append(folder.name)
        return real(folder)

    monkeypatch.setattr(shelf_module, "headline", headline)
    return reads


def test_a_session_id_is_readable_and_safe_as_a_folder_name() -> None:
    assert session_id("tinyurl", wall=START, token="k3f9") == "2026-11-23-1930-tinyurl-k3f9"
    assert session_id("../My Own_Problem!", wall=START, token="aaaa") == "2026-11-23-1930-my-own-problem-aaaa"
    assert session_id("漢字", wall=START, token="aaaa") == "2026-11-23-1930-problem-aaaa"


def test_an_empty_shelf_is_empty(shelf: Shelf) -> None:
    assert shelf.list() == shelf.recent(5) == shelf.unfinished() == ()
    assert not data_dir().exists() or not sessions_dir().exists()


def test_a_headline_tells_what_a_list_needs(clock: FakeClock, shelf: Shelf) -> None:
    runner = begin(clock, mode="practice", seniority="staff", minutes=30, is_toy=True)
    clock.advance(100)
    runner.do(NextPhase())
    clock.advance(20)
    runner.do(Pause())
    runner.close()
    (line,) = shelf.list()
    assert line == Headline(
        session=SETUP.session,
        started="2026-11-23T19:30:00.000Z",
        status="paused",
        problem="tinyurl",
        title="Design TinyURL",
        mode="practice",
        seniority="staff",
        minutes=30,
        used_s=120,
        phase="estimation",
        is_toy=True,
    )
    assert line.is_unfinished


def test_sessions_are_listed_newest_first_and_the_unfinished_can_be_resumed(
    clock: FakeClock, shelf: Shelf
) -> None:
    finish_one(clock, "a-first")
    clock.advance(60)
    runner = begin(clock, session="b-second", mode="drill", only="estimation", minutes=5)
    kill(runner)
    clock.advance(60)
    runner = begin(clock, session="c-third")
    runner.do(Abandon())
    runner.close()
    assert [(one.session, one.status) for one in shelf.list()] == [
        ("c-third", "abandoned"),
        ("b-second", "running"),
        ("a-first", "finished"),
    ]
    assert [one.session for one in shelf.unfinished()] == ["b-second"]
    assert [one.session for one in shelf.recent(2)] == ["c-third", "b-second"]


def test_only_what_changed_is_read_again(
    clock: FakeClock, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_one(clock, "a-first")
    finish_one(clock, "b-second")
    shelf.list()
    reads = count_reads(monkeypatch)
    assert len(shelf.list()) == 2
    assert reads == []
    with (sessions_dir() / "a-first" / "session.jsonl").open("ab") as file:
        file.write(b'{"torn')
    shelf.list()
    assert reads == ["a-first"]
    shelf.add_score("b-second", '{"verdict": "hire", "score": 3.0}')
    reads.clear()
    shelf.list()
    assert reads == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database at all, but long enough to look like one " * 50),
        lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * 8000),
    ],
)
def test_a_missing_or_damaged_index_is_built_again_without_a_word(
    clock: FakeClock, shelf: Shelf, spoil: Any
) -> None:
    finish_one(clock, "a-first")
    finish_one(clock, "b-second")
    expected = shelf.list()
    spoil(index())
    assert shelf.list() == expected
    assert shelf.recent(9) == expected
    spoil(index())
    assert set(shelf.recent(9)) <= set(expected)
    assert shelf.list() == expected


def test_an_index_of_another_version_is_built_again(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, "a-first")
    expected = shelf.list()
    with sqlite3.connect(index()) as db:
        db.execute(
            "UPDATE headlines_v1 SET headline = ?", (json.dumps(asdict(expected[0]) | {"grade": "A"}),)
        )
    db.close()
    assert shelf.list() == shelf.recent(5) == expected


def test_a_busy_index_stops_nobody(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, "a-first")
    shelf.list()
    other = sqlite3.connect(index(), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert [one.session for one in shelf.list()] == ["a-first"]
        assert index().exists()
    finally:
        other.close()


def test_an_index_that_cannot_be_written_stops_nobody(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, "a-first")
    index().unlink()
    index().mkdir()
    assert [one.session for one in shelf.list()] == ["a-first"]
    assert shelf.recent(5) == ()


def test_one_bad_session_does_not_hide_the_others(clock: FakeClock, shelf: Shelf) -> None:
    for name in ("a-good", "b-damaged", "c-newer", "d-headless", "e-empty"):
        finish_one(clock, name)
    journal = {
        name: sessions_dir() / name / "session.jsonl" for name in ("b-damaged", "c-newer", "d-headless")
    }
    journal["b-damaged"].write_bytes(
        b"{}\n".join(journal["b-damaged"].read_bytes().splitlines(keepends=True)[:2])
    )
    with journal["c-newer"].open("ab") as file:
        file.write(b'{"v": 3}\n')
    journal["d-headless"].write_bytes(journal["d-headless"].read_bytes().split(b"\n", 1)[1])
    (sessions_dir() / "e-empty" / "session.jsonl").write_bytes(b'{"v":1,"se')
    (sessions_dir() / "stray-folder").mkdir()
    (sessions_dir() / "stray-file").write_text("x")
    lines = {one.session: one for one in shelf.list()}
    assert set(lines) == {"a-good", "b-damaged", "c-newer", "d-headless"}
    assert (lines["a-good"].status, lines["a-good"].trouble) == ("finished", "")
    assert (lines["b-damaged"].status, lines["b-damaged"].trouble) == ("running", "")
    assert lines["b-damaged"].title == "Design TinyURL"
    assert (lines["c-newer"].status, "newer coach" in lines["c-newer"].trouble) == ("unreadable", True)
    assert lines["d-headless"].status == "unreadable"
    assert [one.session for one in shelf.unfinished()] == ["b-damaged"]


def test_the_newest_judging_gives_verdict_and_score(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, SETUP.session)
    assert (shelf.list()[0].verdict, shelf.list()[0].score) == (None, None)
    first = shelf.add_score(SETUP.session, json.dumps({"verdict": "no_hire", "score": 2}, indent=2))
    os.utime(first, (0, 0))
    second = shelf.add_score(SETUP.session, '{"verdict": "hire", "score": 3.25, "text": "漢字"}')
    assert (first.name, second.name) == ("0001.jsonl", "0002.jsonl")
    assert (shelf.list()[0].verdict, shelf.list()[0].score) == ("hire", 3.25)
    shelf.add_score(SETUP.session, '{"call": 1}', judging="0002")
    assert shelf.list()[0].verdict == "hire"
    shelf.add_score(SETUP.session, '{"verdict": null, "score": null}', judging="0002")
    assert (shelf.list()[0].verdict, shelf.list()[0].score) == (None, None)
    with second.open("ab") as file:
        file.write(b'{"verdict": "strong_hi')
    assert [json.loads(line).get("score") for line in shelf.scores(SETUP.session)] == [2, 3.25, None, None]
    assert shelf.recent(1)[0].verdict is None


def test_a_score_that_is_no_json_is_a_programming_error_and_not_kept(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, SETUP.session)
    with pytest.raises(ValueError, match="Expecting"):
        shelf.add_score(SETUP.session, "hire!")
    assert shelf.scores(SETUP.session) == ()


def test_a_session_is_found_by_its_id_or_the_beginning_of_it(clock: FakeClock, shelf: Shelf) -> None:
    for name in ("2026-11-23-1930-tinyurl-k3f9", "2026-11-23-2030-tinyurl-aaaa", "2026-11-23-2030"):
        finish_one(clock, name)
    assert shelf.find("2026-11-23-19") == "2026-11-23-1930-tinyurl-k3f9"
    assert shelf.find("2026-11-23-2030") == "2026-11-23-2030"
    with pytest.raises(BadInput, match="3 sessions begin") as caught:
        shelf.find("2026-11")
    assert "2026-11-23-1930-tinyurl-k3f9" in caught.value.hint
    with pytest.raises(BadInput) as caught:
        shelf.find("2026-11-23-2030-tinyrul-aaaa")
    assert "Did you mean 2026-11-23-2030-tinyurl-aaaa" in caught.value.hint
    for text in ("", "zzz", "../data", "/etc/passwd"):
        with pytest.raises(BadInput, match="no session"):
            shelf.find(text)


def test_finding_on_an_empty_shelf_says_that_there_is_none(shelf: Shelf) -> None:
    with pytest.raises(BadInput) as caught:
        shelf.find("anything")
    assert "none" in caught.value.hint


def test_deleting_removes_the_folder_and_the_headline(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, "a-first")
    finish_one(clock, "b-second")
    shelf.list()
    shelf.delete("a-fi")
    assert [one.session for one in shelf.recent(5)] == ["b-second"]
    assert [one.session for one in shelf.list()] == ["b-second"]
    assert [one.name for one in sessions_dir().iterdir()] == ["b-second"]
    with pytest.raises(BadInput):
        shelf.delete("a-first")


def test_a_delete_that_stops_half_way_leaves_no_half_session_in_the_list(
    clock: FakeClock, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_one(clock, "a-first")

    def fail(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(shelf_module.shutil, "rmtree", fail)
        with pytest.raises(CoachError, match="Permission denied"):
            shelf.delete("a-first")
    assert shelf.list() == ()
    finish_one(clock, "b-second")
    shelf.delete("b-second")
    assert list(sessions_dir().iterdir()) == []


def test_a_session_deleted_by_another_coach_meanwhile_is_left_out(
    clock: FakeClock, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish_one(clock, "a-first")
    finish_one(clock, "b-second")
    index().unlink()
    real = shelf_module.headline

    def headline(folder: Path) -> Headline | None:
        if folder.name == "a-first":
            Shelf(sessions_dir()).delete("a-first")
        return real(folder)

    monkeypatch.setattr(shelf_module, "headline", headline)
    assert [one.session for one in shelf.list()] == ["b-second"]


def test_reading_a_session_gives_its_records(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, SETUP.session)
    assert [one.event.kind for one in shelf.read(SETUP.session).records] == [
        "started",
        "phase_entered",
        "finished",
    ]
    assert journal_path().is_file()


def test_a_begun_session_is_in_the_index_at_once(clock: FakeClock, shelf: Shelf) -> None:
    runner = begin(clock)
    assert [one.status for one in shelf.recent(1)] == ["running"]
    kill(runner)
    assert [one.status for one in shelf.recent(1)] == ["running"]


def test_the_home_screen_can_paint_recent_sessions_without_pydantic(clock: FakeClock, shelf: Shelf) -> None:
    finish_one(clock, SETUP.session)
    program = (
        "import sys\n"
        "from coach.paths import sessions_dir\n"
        "from coach.session.shelf import Shelf\n"
        "assert [one.title for one in Shelf(sessions_dir()).recent(5)] == ['Design TinyURL']\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])
