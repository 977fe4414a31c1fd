"""What the clocks show at used second `t`: pure arithmetic on the state, so that every front end shows the same."""

from math import ceil

from coach.session.state import State
from coach.terms import Phase


def phase_used_s(state: State, t: float) -> float:
    """Seconds used in the current phase."""
    return state.current.used_s(t)


def phase_left_s(state: State, t: float) -> float:
    """Seconds left in the current phase's budget; negative when it is overrun."""
    return state.current.budget_s - state.current.used_s(t)


def overrun_s(state: State, t: float) -> float:
    """Seconds the current phase is over its budget."""
    return state.current.overrun_s(t)


def total_used_s(state: State, t: float) -> float:
    """Seconds used of the whole; stops when the time ran out or the session ended."""
    return sum(one.used_s(t) for one in state.phases)


def total_left_s(state: State, t: float) -> float:
    """Seconds left of the whole, never negative."""
    return max(0.0, state.planned.total_s - total_used_s(state, t))


def next_budget_s(state: State, phase: Phase, at: float) -> float:
    """What `phase` would get if it were entered at `at`: its plan and what the current phase saved.

    Never more than what is left of the whole: an overrun is paid by the phases that come later.
    """
    saved = max(0.0, phase_left_s(state, at))
    left = max(0.0, state.planned.total_s - at)
    return round(min(state.planned.of(phase) + saved, left), 3)


def countdown(left_s: float) -> int:
    """The seconds a label shows: 45:00 stays for a full second and 00:00 means over."""
    return max(0, ceil(round(left_s, 3)))


def clock_text(seconds: int) -> str:
    """`seconds` as `06:12`, or `120:00` beyond an hour: an interview is counted in minutes."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
