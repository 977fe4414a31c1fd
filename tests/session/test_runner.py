"""The runner: one way in, written before told, the clock of the machine behind it."""

import stat
from typing import Any

import pytest

from coach.errors import CoachError
from coach.paths import data_dir, sessions_dir
from coach.session.commands import (
    Abandon,
    Edit,
    Finish,
    NextPhase,
    Pause,
    Say,
    ShowReference,
    Speak,
    Start,
    Tick,
    Unpause,
)
from coach.session.decide import Refused
from coach.session.events import Edited, Record, Unpaused
from coach.session.evolve import replay
from coach.session.journal import read
from tests.fakes.clock import START, FakeClock
from tests.fakes.sessions import SETUP, begin, journal_path, kinds, setup


def test_begin_starts_the_clock_and_keeps_it(clock: FakeClock) -> None:
    runner = begin(clock)
    assert runner.state.status == "running"
    assert runner.now_s() == 0
    assert [one.event.kind for one in read(journal_path()).records] == ["started", "phase_entered"]
    clock.advance(12.5)
    assert runner.now_s() == 12.5
    runner.close()


def test_an_impossible_setup_leaves_no_folder(clock: FakeClock) -> None:
    with pytest.raises(Refused):
        begin(clock, minutes=0)
    assert not sessions_dir().exists()


def test_a_session_cannot_be_begun_over_another(clock: FakeClock) -> None:
    runner = begin(clock)
    with pytest.raises(CoachError, match="exists"):
        begin(clock)
    runner.close()
    assert read(journal_path()).records


@pytest.mark.parametrize("name", ["../evil", "", ".hidden", "a/b", "-x\n"])
def test_a_session_name_stays_in_its_folder(clock: FakeClock, name: str) -> None:
    with pytest.raises(CoachError, match="not a session's name"):
        begin(clock, session=name)


def test_folders_and_files_are_for_their_owner_only(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.do(Finish())
    runner.close()
    runner.shelf.add_score(runner.session, '{"verdict": "hire", "score": 3.0}')
    for path in (data_dir(), *data_dir().rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_typing_becomes_one_delta_per_tick(clock: FakeClock) -> None:
    runner = begin(clock)
    for n in range(1, 6):
        runner.type("notes.requirements", "x" * n)
        clock.advance(0.02)
    assert len(read(journal_path()).records) == 2
    (edited,) = runner.tick()
    assert edited == Edited(doc="notes.requirements", at=0, deleted=0, inserted="xxxxx")
    assert read(journal_path()).records[-1].event == edited
    assert runner.tick() == ()
    runner.close()


def test_typing_without_ticks_is_written_after_a_quarter_of_a_second_all_the_same(clock: FakeClock) -> None:
    runner = begin(clock)
    for n in range(1, 11):
        runner.type("draft", "x" * n)
        clock.advance(0.1)
    written = [one.event for one in read(journal_path()).records if isinstance(one.event, Edited)]
    assert "".join(one.inserted for one in written) == "x" * 8
    runner.close()


def test_typing_back_and_forth_within_a_tick_leaves_no_trace(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.type("draft", "x")
    runner.type("draft", "")
    assert runner.tick() == ()
    runner.close()


def test_what_was_typed_is_written_before_the_command_that_follows(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.type("notes.requirements", "first")
    runner.type("draft", "how man")
    events = runner.do(NextPhase())
    assert kinds(events) == ["edited", "edited", "phase_entered"]
    runner.type("draft", "how many?")
    assert kinds(runner.do(Say("how many?"))) == ["edited", "said"]
    assert runner.state.docs["draft"] == ""
    runner.type("notes.deep_dive", "last")
    runner.close()
    assert replay(read(journal_path()).records).docs["notes.deep_dive"] == "last"


def test_typing_where_nothing_can_be_typed_is_refused_at_once(clock: FakeClock) -> None:
    runner = begin(clock, mode="drill", only="estimation", minutes=5)
    with pytest.raises(Refused, match="no notes"):
        runner.type("notes.deep_dive", "x")
    runner.do(Finish())
    with pytest.raises(Refused, match="over"):
        runner.type("notes.estimation", "x")
    runner.close()
    with pytest.raises(Refused, match="closed"):
        runner.type("notes.estimation", "x")


def test_listeners_hear_every_record_after_it_is_written(clock: FakeClock) -> None:
    runner = begin(clock)
    heard: list[Record] = []

    def listen(record: Record) -> None:
        assert read(journal_path()).records[-1].seq >= record.seq
        heard.append(record)

    stop = runner.subscribe(listen)
    clock.advance(250)
    runner.type("draft", "x")
    runner.do(Say("hello"))
    assert [one.event.kind for one in heard] == ["edited", "nudged", "said"]
    assert [one.t for one in heard] == [250, 250, 250]
    stop()
    runner.do(Say("again"))
    assert len(heard) == 3
    runner.close()


def test_a_listener_may_answer_and_all_listeners_hear_the_same_order(clock: FakeClock) -> None:
    runner = begin(clock)
    one: list[str] = []
    other: list[str] = []

    def answer(record: Record) -> None:
        one.append(record.event.kind)
        if record.event.kind == "said":
            runner.do(Speak("Ten million.", "fact", facts=("users",)))

    runner.subscribe(answer)
    runner.subscribe(lambda record: other.append(record.event.kind))
    runner.do(Say("how many users?"))
    assert one == other == ["said", "spoke", "fact_given"]
    runner.close()


def test_a_failing_listener_loses_no_event(clock: FakeClock) -> None:
    runner = begin(clock)

    def fail(record: Record) -> None:
        raise ValueError("a widget broke")

    stop = runner.subscribe(fail)
    with pytest.raises(ValueError, match="widget"):
        runner.do(Say("hello"))
    stop()
    heard: list[str] = []
    runner.subscribe(lambda record: heard.append(record.event.kind))
    runner.do(Say("again"))
    assert heard == ["said"]
    assert [turn.text for turn in runner.state.turns] == ["hello", "again"]
    runner.close()
    written = [one.event.kind for one in read(journal_path()).records]
    assert written == ["started", "phase_entered", "said", "said"]


def test_what_fell_due_happens_before_a_command_and_even_when_that_is_refused(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(241)
    assert kinds(runner.do(Say("hello"))) == ["nudged", "said"]
    clock.advance(60)
    with pytest.raises(Refused):
        runner.do(Pause())
    assert ("requirements", 1.0) in runner.state.nudges
    runner.close()


def test_moving_on_in_the_moment_of_a_strict_cut_skips_no_phase(clock: FakeClock) -> None:
    runner = begin(clock, strict=True)
    clock.advance(300.1)
    runner.do(NextPhase())
    assert runner.state.current.phase == "estimation"
    runner.close()


def test_setting_the_wall_clock_changes_no_time_while_the_program_runs(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(60)
    clock.set_wall(START - 86400)
    runner.tick()
    assert runner.now_s() == 60
    clock.advance(30)
    clock.set_wall(START + 86400)
    assert runner.now_s() == 90
    runner.do(Say("still here"))
    ts = [one.t for one in read(journal_path()).records]
    assert ts == sorted(ts)
    runner.close()


def test_used_time_never_decreases_even_if_the_steady_clock_does(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(60)
    runner.do(Say("hello"))
    clock.reboot()
    assert runner.now_s() == 60
    runner.close()


def test_a_mock_runs_on_while_the_laptop_sleeps(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(100)
    runner.tick()
    clock.sleep_through(720)
    assert runner.now_s() == 820
    assert kinds(runner.tick()) == ["nudged", "nudged"]
    clock.sleep_through(7200)
    assert kinds(runner.tick()) == ["summary_asked", "time_ran_out"]
    assert runner.state.status == "time_up"
    runner.close()


@pytest.mark.parametrize(
    "kind", [{"mode": "practice"}, {"mode": "drill", "only": "deep_dive", "minutes": 20}]
)
def test_sleep_is_a_recorded_pause_elsewhere(clock: FakeClock, kind: dict[str, Any]) -> None:
    runner = begin(clock, **kind)
    clock.advance(100)
    runner.tick()
    clock.sleep_through(720)
    assert runner.now_s() == 100
    clock.advance(0.25)
    assert kinds(runner.tick()) == ["paused", "unpaused"]
    assert runner.tick() == ()
    assert (runner.state.pauses, runner.state.paused_s) == (1, 720)
    clock.advance(10)
    assert runner.now_s() == pytest.approx(110.25)
    runner.close()


def test_a_pause_stops_the_clock_and_is_on_record(clock: FakeClock) -> None:
    runner = begin(clock, mode="practice")
    clock.advance(100)
    runner.do(Pause())
    clock.advance(200)
    clock.sleep_through(400)
    assert runner.tick() == ()
    assert runner.now_s() == 100
    (unpaused,) = runner.do(Unpause())
    assert unpaused == Unpaused(paused_s=600)
    clock.advance(1)
    assert runner.now_s() == 101
    runner.tick()
    assert (runner.state.pauses, runner.state.paused_s) == (1, 600)
    runner.close()


@pytest.mark.parametrize("end", [Finish(), Abandon()])
def test_the_end_writes_the_notes_under_their_headings(clock: FakeClock, end: Any) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "- shorten\n- redirect\n"))
    runner.do(Edit("notes.deep_dive", "[bold]漢字[/x]"))
    runner.do(end)
    assert journal_path().with_name("notes.md").read_text() == (
        "# Design TinyURL\n\n"
        "## Requirements & scope\n\n- shorten\n- redirect\n\n"
        "## Capacity estimation\n\n"
        "## High-level design\n\n"
        "## Deep dive\n\n[bold]漢字[/x]\n"
    )
    runner.close()


def test_closing_an_unfinished_interview_writes_the_notes_too(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.type("notes.estimation", "100 GB")
    runner.close()
    assert "100 GB" in journal_path().with_name("notes.md").read_text()


def test_time_stands_still_after_the_end(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(100)
    runner.do(Finish())
    clock.advance(50)
    assert runner.now_s() == 100
    runner.do(ShowReference("requirements", ()))
    runner.close()


def test_a_closed_runner_can_be_closed_and_ticked_again_but_takes_no_command(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.close()
    runner.close()
    assert runner.tick() == ()
    with pytest.raises(Refused, match="closed"):
        runner.do(Tick())


def test_starting_an_open_session_again_is_refused(clock: FakeClock) -> None:
    runner = begin(clock)
    with pytest.raises(Refused, match="already"):
        runner.do(Start(setup()))
    assert runner.session == SETUP.session
    runner.close()
