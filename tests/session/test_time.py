"""Budgets, overrun, nudges, strict cuts and the end, without a disk or a clock."""

import pytest

from coach.session.commands import Edit, Finish, NextPhase, Pause, Tick
from coach.session.decide import Refused
from coach.session.events import Nudged, PhaseEntered, SummaryAsked, TimeRanOut
from coach.session.timing import (
    clock_text,
    countdown,
    overrun_s,
    phase_left_s,
    phase_used_s,
    total_left_s,
    total_used_s,
)
from coach.terms import PHASES
from tests.fakes.sessions import Interview, kinds


def test_start_enters_the_first_phase_with_its_budget() -> None:
    interview = Interview()
    assert kinds(tuple(one.event for one in interview.records)) == ["started", "phase_entered"]
    assert interview.state.status == "running"
    assert interview.state.current.phase == "requirements"
    assert interview.state.current.budget_s == 300


def test_time_saved_in_a_phase_goes_to_the_next() -> None:
    interview = Interview()
    interview.do(NextPhase(), 240.0)
    assert interview.state.current.budget_s == 360
    interview.do(NextPhase(), 240.0 + 100.0)
    assert interview.state.current.budget_s == 900 + 260
    assert interview.state.current.planned_s == 900


def test_an_overrun_is_recorded_and_paid_by_the_last_phase() -> None:
    interview = Interview()
    interview.do(NextPhase(), 420.0)
    first, second = interview.state.phases
    assert (first.used_s(9999), first.overrun_s(9999)) == (420, 120)
    assert second.budget_s == 300
    interview.do(NextPhase(), 720.0)
    interview.do(NextPhase(), 720.0 + 900.0)
    assert interview.state.current.planned_s == 1200
    assert interview.state.current.budget_s == 1080 == total_left_s(interview.state, 1620.0)


def test_after_the_last_phase_comes_only_the_hand_in() -> None:
    interview = Interview()
    for t in (1.0, 2.0, 3.0):
        interview.do(NextPhase(), t)
    with pytest.raises(Refused, match="last phase"):
        interview.do(NextPhase(), 4.0)


def test_nudges_come_once_each_at_80_and_100_percent() -> None:
    interview = Interview()
    assert interview.do(Tick(), 239.999) == ()
    assert interview.do(Tick(), 240.0) == (Nudged(phase="requirements", share=0.8, due_s=240),)
    assert interview.do(Tick(), 240.1) == ()
    assert interview.do(Tick(), 300.0) == (Nudged(phase="requirements", share=1.0, due_s=300),)
    assert interview.do(Tick(), 1000.0) == ()


def test_a_late_tick_does_not_move_what_was_due() -> None:
    interview = Interview()
    (nudge,) = interview.do(Tick(), 247.3)
    assert isinstance(nudge, Nudged)
    assert nudge.due_s == 240


def test_a_tick_that_jumps_finds_everything_in_order_of_due_time() -> None:
    interview = Interview()
    events = interview.do(Tick(), 9999.0)
    assert events == (
        Nudged(phase="requirements", share=0.8, due_s=240),
        Nudged(phase="requirements", share=1.0, due_s=300),
        SummaryAsked(due_s=2580),
        TimeRanOut(due_s=2700),
    )
    assert interview.state.status == "time_up"
    assert interview.do(Tick(), 99999.0) == ()


def test_nudges_follow_the_budget_with_its_savings() -> None:
    interview = Interview()
    interview.do(NextPhase(), 200.0)
    assert interview.do(Tick(), 200 + 0.8 * 400 - 0.01) == ()
    (nudge,) = interview.do(Tick(), 200 + 0.8 * 400)
    assert nudge == Nudged(phase="estimation", share=0.8, due_s=520)


def test_strict_cuts_to_the_next_phase_at_the_due_moment() -> None:
    interview = Interview(strict=True)
    nudge, cut = interview.do(Tick(), 310.0)
    assert isinstance(nudge, Nudged)
    assert cut == PhaseEntered(phase="estimation", budget_s=300, cut=True, due_s=300)
    assert interview.state.current.entered_s == 300
    assert interview.state.phases[0].overrun_s(310) == 0


def test_strict_over_a_long_jump_cuts_through_every_phase_and_ends() -> None:
    interview = Interview(strict=True)
    events = interview.do(Tick(), 5000.0)
    entered = [(event.phase, event.due_s) for event in events if isinstance(event, PhaseEntered)]
    assert entered == [("estimation", 300), ("high_level", 600), ("deep_dive", 1500)]
    assert kinds(events)[-3:] == ["nudged", "summary_asked", "time_ran_out"]
    assert [one.used_s(5000) for one in interview.state.phases] == [300, 300, 900, 1200]


def test_the_end_of_the_last_phase_is_the_end_of_time_and_not_a_nudge_too() -> None:
    interview = Interview()
    for t in (250.123, 555.001, 1400.37):
        interview.do(NextPhase(), t)
    assert kinds(interview.do(Tick(), 2700.0)) == ["nudged", "summary_asked", "time_ran_out"]


@pytest.mark.parametrize("minutes", [1, 2, 7, 13.7, 45, 120])
def test_every_length_ends_exactly_once_with_all_its_warnings(minutes: float) -> None:
    interview = Interview(minutes=minutes, strict=True)
    total_s = minutes * 60
    happened = [event for n in range(1, 401) for event in interview.do(Tick(), n * total_s / 400)]
    assert kinds(tuple(happened)).count("time_ran_out") == 1
    assert kinds(tuple(happened)).count("summary_asked") == 1
    assert kinds(tuple(happened)).count("nudged") == 4
    assert [one.phase for one in interview.state.phases] == list(PHASES)
    assert total_used_s(interview.state, 10 * total_s) == pytest.approx(total_s, abs=0.01)


def test_shares_stay_the_same_at_any_length() -> None:
    interview = Interview(minutes=90)
    events = interview.do(Tick(), 86 * 60.0)
    assert events[0] == Nudged(phase="requirements", share=0.8, due_s=480)
    assert events[-1] == SummaryAsked(due_s=5160)


def test_a_drill_has_one_phase_and_no_summary() -> None:
    interview = Interview(mode="drill", only="high_level", minutes=15)
    events = interview.do(Tick(), 900.0)
    assert events == (Nudged(phase="high_level", share=0.8, due_s=720), TimeRanOut(due_s=900))


def test_nothing_falls_due_while_paused() -> None:
    interview = Interview(mode="practice")
    interview.do(Pause(), 100.0)
    assert interview.do(Tick(), 9999.0) == ()


def test_after_the_end_the_line_can_be_finished_and_nothing_more_is_charged() -> None:
    interview = Interview()
    interview.do(Tick(), 2700.4)
    interview.do(Edit("notes.requirements", "one last word"), 2710.0)
    interview.do(Finish(), 4000.0)
    assert interview.state.docs["notes.requirements"] == "one last word"
    assert total_used_s(interview.state, 4000.0) == 2700
    assert total_left_s(interview.state, 4000.0) == 0


def test_what_the_clocks_show() -> None:
    interview = Interview()
    state = interview.state
    assert (phase_used_s(state, 10.5), phase_left_s(state, 10.5)) == (10.5, 289.5)
    assert (overrun_s(state, 310), phase_left_s(state, 310)) == (10, -10)
    assert total_left_s(state, 10.5) == 2689.5


@pytest.mark.parametrize(
    ("left_s", "shown"), [(2700.0, 2700), (2699.999, 2700), (2699.0, 2699), (0.001, 1), (0.0, 0), (-5.0, 0)]
)
def test_a_label_shows_the_full_second_until_it_is_used(left_s: float, shown: int) -> None:
    assert countdown(left_s) == shown


def test_a_label_is_not_fooled_by_float_noise() -> None:
    assert countdown(1200.0000000001) == 1200


def test_clock_text_counts_minutes() -> None:
    assert [clock_text(seconds) for seconds in (0, 59, 372, 2700, 7200)] == [
        "00:00",
        "00:59",
        "06:12",
        "45:00",
        "120:00",
    ]
