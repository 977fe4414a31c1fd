"""What the interviewer reads from the session so far: what was said, when it last spoke up, how much time is used."""

from coach.session.commands import Intent
from coach.session.state import PhaseTime, State, Turn
from coach.terms import Phase

INITIATED: frozenset[str] = frozenset(("challenge", "topic", "probe", "curveball"))
"""Intents with which the interviewer asks something of its own."""

_GAP_SHARE = 45 / 2700
"""Share of the whole time that must lie between two such questions: 45 seconds of 45 minutes."""


def here(state: State) -> PhaseTime | None:
    """The phase going on while the clock runs."""
    return state.phases[-1] if state.status == "running" and state.phases else None


def share_used(phase: PhaseTime, t: float) -> float:
    """Share of the phase's budget used by `t`; above 1 in overrun."""
    return phase.used_s(t) / phase.budget_s if phase.budget_s > 0 else 1.0


def was_spoken(state: State, text: str) -> bool:
    """Whether the interviewer said exactly this before, or asked it in other words."""
    return any(turn.speaker == "interviewer" and text in (turn.text, turn.asks) for turn in state.turns)


def spoke_in(state: State, phase: Phase, intent: Intent) -> bool:
    """Whether the interviewer spoke with `intent` in `phase`."""
    return any(
        turn.speaker == "interviewer" and turn.intent == intent and turn.phase == phase
        for turn in state.turns
    )


def last_initiated(state: State) -> Turn | None:
    """The interviewer's latest own question."""
    return next((turn for turn in reversed(state.turns) if turn.intent in INITIATED), None)


def gap_s(state: State) -> float:
    """Seconds that must lie between two questions of the interviewer's own."""
    return _GAP_SHARE * state.planned.total_s


def is_rested(state: State, t: float) -> bool:
    """Whether enough time passed since the interviewer's last own question to ask another."""
    last = last_initiated(state)
    return last is None or t - last.t >= gap_s(state)


def is_typing(state: State) -> bool:
    """Whether a turn is being written: then only the clock interrupts, and what has its fixed time."""
    return bool(state.docs.get("draft", "").strip())
