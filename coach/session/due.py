"""What falls due as time passes: nudges, strict cuts, the closing summary, the end.

Everything is derived from the state and `t`, so a tick that comes late or jumps finds the same things in the same order.
"""

from coach.session.events import Event, Nudged, PhaseEntered, SummaryAsked, TimeRanOut
from coach.session.evolve import after
from coach.session.phases import NUDGE_SHARE, WRAP_UP_SHARE
from coach.session.state import State
from coach.session.timing import next_budget_s

_SAME_S = 0.01
"""Closer than this is the same moment: budgets are rounded to milliseconds."""


def due_by(state: State, t: float) -> tuple[Event, ...]:
    """All that fell due by `t` and has not happened yet, in order of due time."""
    events: list[Event] = []
    while state.status == "running":
        due_s, event = min(_coming(state), key=lambda one: one[0])
        if due_s > t:
            break
        events.append(event)
        state = after(state, event, t)
    return tuple(events)


def _coming(state: State) -> list[tuple[float, Event]]:
    if not state.phases:
        # Also when the process was killed between the start and this.
        first, budget_s = state.planned.budgets[0]
        return [(0.0, PhaseEntered(phase=first, budget_s=round(budget_s, 3), due_s=0.0))]
    # The end stands first: of things due at the same moment it alone happens.
    total_s = round(state.planned.total_s, 3)
    coming: list[tuple[float, Event]] = [(total_s, TimeRanOut(due_s=total_s))]
    if not state.summary_asked and state.chosen.mode != "drill":
        due_s = round(WRAP_UP_SHARE * total_s, 3)
        coming.append((due_s, SummaryAsked(due_s=due_s)))
    now = state.current
    for share in (NUDGE_SHARE, 1.0):
        due_s = round(now.entered_s + share * now.budget_s, 3)
        if (now.phase, share) not in state.nudges and due_s < total_s - _SAME_S:
            coming.append((due_s, _phase_nudge(state, share, due_s)))
    return coming


def _phase_nudge(state: State, share: float, due_s: float) -> Event:
    """At the end of a phase `--strict` moves on where others are only reminded."""
    following = state.planned.after(state.current.phase)
    if share == 1.0 and state.chosen.strict and following is not None:
        budget_s = next_budget_s(state, following, due_s)
        return PhaseEntered(phase=following, budget_s=budget_s, cut=True, due_s=due_s)
    return Nudged(phase=state.current.phase, share=share, due_s=due_s)
