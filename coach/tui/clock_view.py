"""The clocks as they are shown: whole seconds and words, made from state and used seconds. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.session.phases import NAMES, NUDGE_SHARE
from coach.session.timing import clock_text, countdown, phase_left_s, total_left_s
from coach.terms import Phase

if TYPE_CHECKING:
    from coach.session.state import PhaseTime, State

Alarm = Literal["calm", "soon", "over"]
SHORT: dict[Phase, str] = {
    "requirements": "Req",
    "estimation": "Est",
    "high_level": "High",
    "deep_dive": "Deep",
}


def minutes(seconds: float) -> str:
    """Whole `seconds` as people say a budget: `5:00`."""
    return clock_text(int(seconds)).removeprefix("0")


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One phase on the phase bar."""

    number: int
    name: str
    short: str
    budget: str
    used: str = ""
    stands: Literal["done", "late", "now", "later"] = "later"


@dataclass(frozen=True, slots=True)
class ClockView:
    """Everything the two top lines say about time. Equal views need no repaint."""

    phases: tuple[PhaseView, ...] = ()
    phase_left: str = ""
    alarm: Alarm = "calm"
    total_left: str = ""
    is_time_up: bool = False

    @property
    def now(self) -> PhaseView | None:
        return next((one for one in self.phases if one.stands == "now"), None)

    @property
    def left_words(self) -> str:
        """The phase's countdown with its word and glyph: `06:12 left`, `! 00:58 left`, `!! +00:32 over`."""
        glyph = {"calm": "", "soon": "! ", "over": "!! "}[self.alarm]
        return f"{glyph}{self.phase_left} {'over' if self.alarm == 'over' else 'left'}"

    @property
    def total_words(self) -> str:
        """The countdown of the whole with its word."""
        return f"{self.total_left} left"


def clock_view(state: State, now_s: float) -> ClockView:
    """How the clocks stand after `now_s` used seconds."""
    if state.plan is None or not state.phases:
        return ClockView()
    entered = {one.phase: one for one in state.phases}
    here = state.current
    left_s = phase_left_s(state, now_s)
    views = tuple(
        _phase_view(number, phase, planned_s, time=entered.get(phase), is_here=phase == here.phase)
        for number, (phase, planned_s) in enumerate(state.plan.budgets, start=1)
    )
    return ClockView(
        phases=views,
        phase_left=clock_text(countdown(left_s)) if left_s > 0 else f"+{clock_text(int(-left_s))}",
        alarm=_alarm(here, left_s),
        total_left=clock_text(countdown(total_left_s(state, now_s))),
        is_time_up=state.status == "time_up",
    )


def _alarm(here: PhaseTime, left_s: float) -> Alarm:
    if left_s <= 0:
        return "over"
    return "soon" if left_s <= (1 - NUDGE_SHARE) * here.budget_s + 1e-6 else "calm"


def _phase_view(
    number: int, phase: Phase, planned_s: float, *, time: PhaseTime | None, is_here: bool
) -> PhaseView:
    if time is None:
        return PhaseView(number, NAMES[phase], SHORT[phase], minutes(planned_s))
    budget = minutes(time.budget_s)
    if is_here:
        return PhaseView(number, NAMES[phase], SHORT[phase], budget, stands="now")
    used_s = time.used_s(time.left_s or 0.0)
    stands: Literal["done", "late"] = "late" if used_s > time.budget_s + 0.5 else "done"
    return PhaseView(number, NAMES[phase], SHORT[phase], budget, used=minutes(used_s), stands=stands)
