"""Going on after the process ended, however it ended, with the right time."""

from typing import Any

import pytest

from coach.clock import utc_stamp, wall_of
from coach.errors import CoachError
from coach.session.commands import Finish, NextPhase, Pause, RateSelf, Say, Unpause
from coach.session.decide import Refused
from coach.session.events import Reopened
from coach.session.journal import read
from tests.fakes.clock import START, FakeClock
from tests.fakes.sessions import begin, journal_path, kill, reopen


def last_reopened() -> Reopened:
    return next(
        one.event for one in reversed(read(journal_path()).records) if isinstance(one.event, Reopened)
    )


def test_stamps_and_wall_seconds_are_the_same_moment() -> None:
    assert utc_stamp(START + 0.25) == "2026-11-23T19:30:00.250Z"
    assert wall_of("2026-11-23T19:30:00.250Z") == START + 0.25
    assert wall_of("2026-11-23T19:30:00Z") == START


@pytest.mark.parametrize("end", [kill, lambda runner: runner.close()])
@pytest.mark.parametrize("reboots", [False, True])
def test_a_mock_charges_the_absence_to_the_millisecond(clock: FakeClock, end: Any, *, reboots: bool) -> None:
    runner = begin(clock)
    clock.advance(100.25)
    runner.type("notes.requirements", "kept")
    runner.tick()
    clock.advance(0.5)
    end(runner)
    clock.advance(60)
    if reboots:
        clock.reboot()
    runner = reopen(clock)
    assert runner.now_s() == pytest.approx(160.75, abs=0.002)
    assert last_reopened().charged
    assert runner.state.docs["notes.requirements"] == "kept"
    clock.advance(10)
    assert runner.now_s() == pytest.approx(170.75, abs=0.002)
    runner.close()


def test_practice_goes_on_where_it_stopped(clock: FakeClock) -> None:
    runner = begin(clock, mode="practice")
    clock.advance(100)
    runner.do(Say("hello"))
    clock.advance(3)
    runner.close()
    clock.advance(3600)
    runner = reopen(clock)
    assert runner.now_s() == 103
    assert last_reopened() == Reopened(away_s=3600, charged=False)
    assert (runner.state.pauses, runner.state.paused_s) == (1, 3600)
    clock.advance(5)
    assert runner.now_s() == 108
    runner.close()


@pytest.mark.parametrize("mode", ["mock", "practice"])
def test_minutes_of_silent_thinking_before_a_kill_are_still_used_time(clock: FakeClock, mode: str) -> None:
    runner = begin(clock, mode=mode)
    for _ in range(4 * 180):
        clock.advance(0.25)
        runner.tick()
    kill(runner)
    clock.set_wall(clock.wall() - 7200)
    runner = reopen(clock)
    assert 179 <= runner.now_s() <= 180
    runner.close()


def test_a_pause_outlives_the_process(clock: FakeClock) -> None:
    runner = begin(clock, mode="practice")
    clock.advance(100)
    runner.do(Pause())
    clock.advance(50)
    runner.tick()
    kill(runner)
    clock.advance(1000)
    clock.reboot()
    runner = reopen(clock)
    assert runner.state.status == "paused"
    clock.advance(7)
    assert runner.now_s() == 100
    runner.do(Unpause())
    assert (runner.state.pauses, runner.state.paused_s) == (1, 1057)
    clock.advance(1)
    assert runner.now_s() == 101
    runner.close()


def test_reopening_a_mock_after_its_end_finds_it_over_with_what_exists(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(60)
    runner.do(Say("hello"))
    runner.type("notes.requirements", "a start")
    runner.close()
    clock.advance(86400)
    runner = reopen(clock)
    assert runner.state.status == "time_up"
    assert runner.state.docs["notes.requirements"] == "a start"
    assert sum(one.used_s(runner.now_s()) for one in runner.state.phases) == 2700
    with pytest.raises(Refused):
        runner.do(NextPhase())
    runner.do(Finish())
    runner.close()


def test_a_wall_clock_set_back_gives_no_time_back(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(600)
    runner.do(Say("hello"))
    runner.close()
    clock.set_wall(START - 86400)
    runner = reopen(clock)
    assert runner.now_s() == 600
    assert last_reopened().away_s == 0
    clock.advance(30)
    runner.close()
    clock.advance(30)
    runner = reopen(clock)
    assert runner.now_s() == 660
    runner.close()


@pytest.mark.parametrize("jump", [-3600, 3600])
def test_a_wall_clock_set_during_the_interview_does_not_spoil_the_resume(
    clock: FakeClock, jump: float
) -> None:
    runner = begin(clock)
    clock.advance(300)
    clock.set_wall(clock.wall() + jump)
    clock.advance(10)
    runner.do(Say("hello"))
    kill(runner)
    clock.advance(20)
    runner = reopen(clock)
    assert runner.now_s() == 330
    runner.close()


def test_a_finished_session_is_reopened_only_to_add_to_the_debrief(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(300)
    runner.do(Finish())
    runner.close()
    size = journal_path().stat().st_size
    clock.advance(3600)
    runner = reopen(clock)
    assert runner.now_s() == 300
    assert journal_path().stat().st_size == size
    runner.do(RateSelf("hire"))
    with pytest.raises(Refused, match="over"):
        runner.do(Say("one more thing"))
    runner.close()
    assert read(journal_path()).records[-1].event.kind == "self_rated"


def test_resuming_many_times_keeps_counting(clock: FakeClock) -> None:
    runner = begin(clock)
    for n in range(1, 21):
        clock.advance(10)
        runner.type("notes.requirements", "x" * n)
        kill(runner) if n % 2 else runner.close()
        clock.advance(5)
        runner = reopen(clock)
        assert runner.now_s() == pytest.approx(n * 15, abs=0.05)
    seqs = [one.seq for one in read(journal_path()).records]
    assert seqs == list(range(1, len(seqs) + 1))
    runner.close()


def test_a_session_that_never_started_says_so(clock: FakeClock) -> None:
    begin(clock).close()
    journal_path().write_bytes(b"")
    with pytest.raises(CoachError, match="never started"):
        reopen(clock)
    with pytest.raises(CoachError, match="never started"):
        reopen(clock)


def test_an_unknown_session_names_the_nearest(clock: FakeClock) -> None:
    begin(clock).close()
    with pytest.raises(CoachError) as caught:
        reopen(clock, "2026-11-23-1930-tinurl-k3f9")
    assert "2026-11-23-1930-tinyurl-k3f9" in caught.value.hint
