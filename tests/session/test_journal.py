"""The file itself: torn ends, damage, newer versions, and every boundary at which a process can die."""

import json
import os
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.session.commands import Edit, NextPhase, Say, Speak
from coach.session.evolve import replay
from coach.session.journal import Journal, read
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import begin, journal_path, reopen


def record_a_session(clock: FakeClock) -> bytes:
    """A short interview with every sort of text; what its journal holds."""
    runner = begin(clock, mode="practice")
    for command in (
        Edit("notes.requirements", "- shorten a URL\n- redirect 🙂"),
        Say("how many users? 漢字\u2028שלום"),
        Speak("100 million.", "fact", facts=("users",)),
        NextPhase(),
        Edit("draft", "so the\nwrites"),
        Edit("notes.requirements", "- shorten a URL\n- redirect 🙂\n- later"),
    ):
        clock.advance(10)
        runner.do(command)
    runner.close()
    return journal_path().read_bytes()


def line_ends(data: bytes) -> list[int]:
    return [n + 1 for n, byte in enumerate(data) if byte == 0x0A]


def test_a_journal_is_one_json_record_per_line_with_its_envelope(clock: FakeClock) -> None:
    lines = [json.loads(line) for line in record_a_session(clock).splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert {line["v"] for line in lines} == {2}
    assert lines[2]["t"] == 10
    assert lines[2]["at"] == "2026-11-23T19:30:10.000Z"
    assert lines[2]["event"]["kind"] == "edited"


def test_killed_after_any_byte_a_session_opens_and_loses_at_most_the_record_being_written(
    clock: FakeClock,
) -> None:
    data = record_a_session(clock)
    ends = line_ends(data)
    path = journal_path()
    whole = read(path).records
    cuts = sorted({*ends, *range(ends[-4], len(data) + 1)})
    for cut in cuts:
        path.write_bytes(data[:cut])
        complete = sum(1 for end in ends if end - 1 <= cut)
        runner = reopen(clock)
        assert runner.state.turns == replay(whole[:complete]).turns, cut
        assert runner.state.docs == replay(whole[:complete]).docs, cut
        runner.do(Say("and on"))
        runner.close()
        after = read(path)
        assert not after.damage, cut
        assert not after.torn, cut
        assert after.records[:complete] == whole[:complete]
        added = [one.event.kind for one in after.records[complete:]]
        assert added == (["reopened", "said"] if complete > 1 else ["reopened", "phase_entered", "said"]), cut
        assert [one.seq for one in after.records] == list(range(1, len(after.records) + 1))


def test_killed_between_an_answer_and_what_it_gave_nothing_given_is_lost(clock: FakeClock) -> None:
    runner = begin(clock, mode="practice")
    before = len(read(journal_path()).records)
    references = {
        "facts": ("users", "ratio"),
        "topic": "keys",
        "curveball": "region",
        "rung": 2,
        "item": "keys",
    }
    runner.do(Speak("A lot at once.", "fact", **references))  # type: ignore[arg-type]
    expected = runner.state
    runner.close()
    data = journal_path().read_bytes()
    for end in line_ends(data)[before:]:
        journal_path().write_bytes(data[:end])
        runner = reopen(clock)
        assert runner.state.facts == expected.facts == {"users": "asked", "ratio": "asked"}
        assert runner.state.hints == expected.hints == {"keys": 2}
        assert runner.state.topics == expected.topics == ("keys",)
        assert runner.state.curveballs == expected.curveballs == ("region",)
        runner.close()


def test_killed_within_the_first_record_nothing_ever_started(clock: FakeClock) -> None:
    data = record_a_session(clock)
    for cut in range(0, line_ends(data)[0] - 1, 7):
        journal_path().write_bytes(data[:cut])
        with pytest.raises(CoachError, match="never started"):
            reopen(clock)


def test_a_torn_end_is_put_aside(clock: FakeClock) -> None:
    data = record_a_session(clock)
    journal_path().write_bytes(data + b'{"v":1,"seq":99,"t":3.0,"a')
    reopen(clock).close()
    torn = journal_path().with_name("session.jsonl.torn")
    assert torn.read_bytes() == b'{"v":1,"seq":99,"t":3.0,"a\n'
    assert torn.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "tail", [b"\0" * 512, b"\xff\xfe", "é".encode()[:1], b"garbage\n", b"\n\n", b"{}"[:1]]
)
def test_whatever_a_power_cut_leaves_at_the_end_is_cut_off(clock: FakeClock, tail: bytes) -> None:
    data = record_a_session(clock)
    journal_path().write_bytes(data + tail)
    runner = reopen(clock)
    runner.do(Say("and on"))
    runner.close()
    reading = read(journal_path())
    assert (reading.damage, reading.torn) == ((), b"")
    assert reading.records[-1].event.kind == "said"


def test_reading_changes_nothing(clock: FakeClock) -> None:
    data = record_a_session(clock) + b'{"v":1,'
    journal_path().write_bytes(data)
    reading = read(journal_path())
    assert reading.torn == b'{"v":1,'
    assert journal_path().read_bytes() == data
    assert not journal_path().with_name("session.jsonl.torn").exists()


def test_reading_past_damage_in_the_middle_names_the_line_and_changes_nothing(clock: FakeClock) -> None:
    lines = record_a_session(clock).split(b"\n")
    lines[3] = b'{"v":1,"seq":4,"t":' + b"\0" * 20
    data = b"\n".join(lines)
    journal_path().write_bytes(data)
    reading = read(journal_path())
    assert [one.line for one in reading.damage] == [4]
    assert len(reading.records) == len(lines) - 2
    assert journal_path().read_bytes() == data


def test_opening_a_damaged_journal_keeps_it_aside_and_goes_on_with_the_rest(clock: FakeClock) -> None:
    lines = record_a_session(clock).split(b"\n")
    lines[3] = b"garbage \xff\x00"
    data = b"\n".join(lines)
    journal_path().write_bytes(data)
    runner = reopen(clock)
    runner.do(Edit("notes.requirements", "and on"))
    runner.close()
    assert journal_path().with_name("session.jsonl.damaged").read_bytes() == data
    reading = read(journal_path())
    assert not reading.damage
    assert replay(reading.records).docs["notes.requirements"] == "and on"
    journal_path().write_bytes(journal_path().read_bytes().replace(b"\n", b"\nnope\n", 1))
    reopen(clock).close()
    assert journal_path().with_name("session.jsonl.damaged-2").is_file()


def test_without_its_beginning_a_journal_cannot_be_gone_on_with(clock: FakeClock) -> None:
    lines = record_a_session(clock).split(b"\n")
    lines[0] = b"garbage"
    data = b"\n".join(lines)
    journal_path().write_bytes(data)
    with pytest.raises(CoachError) as caught:
        reopen(clock)
    assert "line 1" in caught.value.hint
    assert journal_path().read_bytes() == data


@pytest.mark.parametrize(
    "change",
    [{"t": -1}, {"seq": 0}, {"extra": 1}, {"event": {"kind": "said"}}, {"event": None}, {"at": None}],
)
def test_a_line_that_is_json_but_no_record_is_kept_aside_even_at_the_end(
    clock: FakeClock, change: dict[str, object]
) -> None:
    data = record_a_session(clock)
    line = json.loads(data.splitlines()[-1]) | change
    journal_path().write_bytes(data + json.dumps(line).encode() + b"\n")
    assert [one.line for one in read(journal_path()).damage] == [10]
    reopen(clock).close()
    assert journal_path().with_name("session.jsonl.damaged").is_file()
    assert not read(journal_path()).damage


@pytest.mark.parametrize(
    "change", [{"v": 3}, {"v": 7, "shape": "unknown"}, {"event": {"kind": "board_drawn", "text": ""}}]
)
def test_what_a_newer_coach_wrote_is_named_as_such_and_left_alone(
    clock: FakeClock, change: dict[str, object]
) -> None:
    data = record_a_session(clock)
    line = json.loads(data.splitlines()[-1]) | change
    newer = data + json.dumps(line).encode() + b"\n"
    journal_path().write_bytes(newer)
    for open_it in (lambda: reopen(clock), lambda: read(journal_path())):
        with pytest.raises(CoachError) as caught:
            open_it()
        assert caught.value.title == "Written by a newer coach"
        assert "Update" in caught.value.hint
    assert journal_path().read_bytes() == newer


def test_a_missing_or_unreadable_journal_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="No such file"):
        read(tmp_path / "session.jsonl")
    with pytest.raises(CoachError, match="directory"):
        read(tmp_path)


def test_each_record_is_one_write(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = begin(clock)
    written: list[bytes] = []
    real = os.write

    def write(fd: int, data: bytes) -> int:
        written.append(data)
        return real(fd, data)

    monkeypatch.setattr(os, "write", write)
    runner.do(Speak("x" * 50_000, "fact", facts=("a", "b")))
    assert [json.loads(data)["event"]["kind"] for data in written] == ["spoke", "fact_given", "fact_given"]
    assert all(data.endswith(b"\n") and data.count(b"\n") == 1 for data in written)
    runner.close()


def test_what_matters_is_forced_to_disk_at_once_and_typing_every_five_seconds(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = begin(clock)
    synced: list[float] = []
    monkeypatch.setattr(Journal, "sync", lambda journal: synced.append(clock.steady()))
    runner.do(Say("hello"))
    assert synced == [clock.steady()]
    began = clock.steady()
    for n in range(1, 45):
        clock.advance(0.25)
        runner.type("draft", "x" * n)
        runner.tick()
    assert [at - began for at in synced[1:]] == [5.0, 10.0]
    runner.close()
    assert synced[-1] == clock.steady()
