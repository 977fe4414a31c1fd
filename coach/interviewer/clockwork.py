"""The lines the clock makes the interviewer say: each once, told apart from probes by their intent."""

from coach.interviewer import lines
from coach.interviewer.history import here, spoke_in, was_spoken
from coach.session.commands import Speak
from coach.session.phases import NUDGE_SHARE
from coach.session.state import PhaseTime, State


def clock_line(state: State, t: float) -> Speak | None:
    """What the clock has the interviewer say now: time up, the summary, the nudge; None when all is said."""
    if state.status == "time_up":
        is_said = was_spoken(state, lines.ALL_TIME_UP)
        return None if is_said else Speak(lines.ALL_TIME_UP, "time_up")
    phase = here(state)
    if phase is None:
        return None
    if (phase.phase, 1.0) in state.nudges and not spoke_in(state, phase.phase, "time_up"):
        return Speak(lines.TIME_UP.format(phase=lines.PHASES[phase.phase]), "time_up")
    if state.summary_asked and not any(turn.intent == "summary_request" for turn in state.turns):
        return Speak(lines.SUMMARY_REQUEST, "summary_request")
    return _nudge(state, phase, t)


def time_left(state: State, t: float) -> str:
    """The answer to "how much time is left?"."""
    phase = here(state)
    if phase is None:
        return lines.ALL_TIME_UP
    in_phase = phase.budget_s - phase.used_s(t)
    return lines.TIME_LEFT.format(
        phase=lines.duration(in_phase), total=lines.duration(state.planned.total_s - t)
    )


def _nudge(state: State, phase: PhaseTime, t: float) -> Speak | None:
    name = phase.phase
    is_due = (name, NUDGE_SHARE) in state.nudges and (name, 1.0) not in state.nudges
    if not is_due or spoke_in(state, name, "nudge"):
        return None
    left = lines.duration(phase.budget_s - phase.used_s(t))
    return Speak(lines.NUDGE.format(left=left, phase=lines.PHASES[name]), "nudge")
