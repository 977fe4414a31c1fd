"""Whole interviews, in milliseconds."""

import random
from contextlib import suppress

import pytest

from coach.errors import CoachError
from coach.session import commands as do
from coach.session.decide import Refused
from coach.session.evolve import replay
from coach.session.journal import read
from coach.session.timing import countdown, phase_left_s, total_left_s, total_used_s
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import Interview, begin, journal_path, kill, reopen


def test_a_whole_mock_interview_from_start_to_hand_in_with_a_kill_on_the_way(clock: FakeClock) -> None:
    runner = begin(clock)
    happened: list[str] = []
    runner.subscribe(lambda record: happened.append(record.event.kind))
    text = ""
    second = 0
    while runner.state.status == "running":
        for _ in range(4):
            clock.advance(0.25)
            runner.tick()
        second += 1
        assert countdown(total_left_s(runner.state, runner.now_s())) == max(0, 2700 - second)
        text += "word " if second % 12 else "\n"
        if runner.state.status == "running":
            runner.type(do.NOTES_OF[runner.state.phase], text)
        if second in (280, 700, 1500):
            runner.do(do.NextPhase())
            text = ""
        if second % 100 == 0:
            runner.do(do.Say(f"question {second}?"))
            runner.do(do.Speak(f"answer {second}", "fact", facts=(f"fact-{second}",)))
        if second == 1000:
            runner.tick()
            kill(runner)
            clock.advance(30)
            second += 30
            runner = reopen(clock)
            runner.subscribe(lambda record: happened.append(record.event.kind))
    assert second == 2700
    assert happened.count("nudged") == 5
    assert happened.count("summary_asked") == happened.count("time_ran_out") == 1
    assert [round(one.used_s(2700)) for one in runner.state.phases] == [280, 420, 800, 1200]
    assert [one.budget_s for one in runner.state.phases] == [300, 320, 900, 1200]
    runner.do(do.Finish())
    runner.do(do.RateSelf("hire"))
    transcript = runner.transcript()
    assert len(transcript.facts) == 27
    assert {one.edited_in for one in transcript.lines if one.source == "notes"} == set(
        transcript.planned_phases
    )
    runner.close()
    assert replay(read(journal_path()).records) == runner.state


@pytest.mark.parametrize("mode", ["mock", "practice"])
@pytest.mark.parametrize("seed", range(15))
def test_whatever_a_front_end_asks_for_the_interview_stays_sound(seed: int, mode: str) -> None:
    rng = random.Random(seed)
    interview = Interview(mode=mode, strict=rng.random() < 0.5, minutes=rng.choice([1, 5, 45]))
    total_s = interview.state.planned.total_s
    commands: list[do.Command] = [
        do.Tick(),
        do.NextPhase(),
        do.Pause(),
        do.Unpause(3.0),
        do.Say("hello"),
        do.Speak("Yes.", "fact", facts=("a",), topic="t", curveball="c"),
        do.Reopen(5.0),
        do.ShowGuidance(),
        do.ShowReference("requirements", ("a", "b")),
        do.Finish(),
        do.Abandon(),
        do.RateSelf("hire"),
    ]
    weights = [40, 3, 3, 9, 9, 9, 3, 3, 3, 1, 1, 3]
    t = 0.0
    for n in range(150):
        command = rng.choices(commands, weights)[0] if n % 2 else do.Edit("draft", "x" * rng.randint(0, 9))
        t += (
            0.0 if interview.state.status == "paused" else rng.choice([0.0, 0.25, total_s / 300, total_s / 8])
        )
        with suppress(Refused):
            interview.do(command, round(t, 3))
        state = interview.state
        assert replay(tuple(interview.records)) == state
        assert 0 <= total_used_s(state, t) <= max(t, total_s) + 0.01
        assert total_left_s(state, t) >= 0
        assert all(a.left_s == b.entered_s for a, b in zip(state.phases, state.phases[1:], strict=False))
        assert all(0 <= one.budget_s <= total_s + 0.01 for one in state.phases)
        if state.status == "running":
            assert phase_left_s(state, t) <= total_left_s(state, t) + 0.01
        assert len(state.nudges) <= 8


def test_refusals_read_well_without_a_traceback() -> None:
    with pytest.raises(CoachError) as caught:
        Interview().do(do.Pause(), 1.0)
    assert str(caught.value) == (
        "Not now: A mock interview has no pause.\nThe clock runs on, as in a real one; practice can pause."
    )
