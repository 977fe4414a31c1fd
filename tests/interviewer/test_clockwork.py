"""The lines the clock makes the interviewer say, each once."""

from coach.interviewer import lines
from tests.interviewer.problems import library
from tests.interviewer.stage import Stage


def test_each_phase_is_nudged_and_timed_out_once() -> None:
    stage = Stage(library())
    stage.wait(400)
    assert stage.times("nudge") == [240]
    assert stage.times("time_up") == [300]
    assert stage.texts("nudge") == ["You have about a minute left for requirements."]


def test_short_interviews_name_the_seconds() -> None:
    stage = Stage(library(), minutes=4.5)
    stage.wait(29)
    assert stage.texts("nudge") == ["You have about 5 seconds left for requirements."]


def test_a_summary_is_asked_for_once_and_the_end_is_announced() -> None:
    stage = Stage(library())
    stage.wait(2700)
    stage.wait(60)
    assert stage.times("summary_request") == [43 * 60]
    assert stage.texts("time_up")[-1] == lines.ALL_TIME_UP
    assert stage.texts("time_up").count(lines.ALL_TIME_UP) == 1


def test_what_fell_due_while_nobody_looked_is_not_said_twice() -> None:
    stage = Stage(library())
    stage.t = 310
    assert [one.intent for one in stage.wait(30)] == ["time_up"]


def test_nothing_is_said_while_paused() -> None:
    from coach.session.commands import Pause

    stage = Stage(library(), mode="practice")
    stage.do(Pause())
    assert stage.interviewer.attend(stage.state, 5000) == ()
    assert stage.interviewer.hint(stage.state, 5000) is None
