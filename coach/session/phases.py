"""The four phases: order, names, budgets, and the shares of the time at which things happen."""

from dataclasses import dataclass

from coach.terms import PHASES, Phase

NAMES: dict[Phase, str] = {
    "requirements": "Requirements",
    "estimation": "Estimation",
    "high_level": "High-level",
    "deep_dive": "Deep dive",
}
HEADINGS: dict[Phase, str] = {
    "requirements": "Requirements & scope",
    "estimation": "Capacity estimation",
    "high_level": "High-level design",
    "deep_dive": "Deep dive",
}
MINUTES: dict[Phase, float] = {"requirements": 5, "estimation": 5, "high_level": 15, "deep_dive": 20}
STANDARD_MINUTES = 45.0
SHORTEST_MINUTES, LONGEST_MINUTES = 1.0, 120.0

NUDGE_SHARE = 0.8
"""Share of a phase's budget at which the interviewer reminds of the time."""
WRAP_UP_SHARE = 43 / 45
"""Share of the whole at which a one-minute summary is asked for."""
CHANGE_SHARE = 32 / 45
"""Share of the whole at which the requirement change comes."""
FAILURE_SHARE = 38 / 45
"""Share of the whole at which the failure comes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds planned per phase, in order; a drill has one phase."""

    budgets: tuple[tuple[Phase, float], ...]

    @property
    def phases(self) -> tuple[Phase, ...]:
        return tuple(phase for phase, _ in self.budgets)

    @property
    def total_s(self) -> float:
        return sum(seconds for _, seconds in self.budgets)

    def of(self, phase: Phase) -> float:
        """Planned seconds of `phase`; 0 when the plan leaves it out."""
        return next((seconds for one, seconds in self.budgets if one == phase), 0.0)

    def after(self, phase: Phase) -> Phase | None:
        """The phase that follows, or None after the last."""
        order = self.phases
        at = order.index(phase) + 1
        return order[at] if at < len(order) else None


def plan(minutes: float | None = None, *, only: Phase | None = None) -> Plan:
    """Budgets for an interview of `minutes` (45 by default), or for a drill of the phase `only`.

    A drill's default length is that phase's share of 45 minutes.
    """
    if only is not None:
        return Plan(((only, 60.0 * (minutes if minutes is not None else MINUTES[only])),))
    scale = (minutes if minutes is not None else STANDARD_MINUTES) / STANDARD_MINUTES
    return Plan(tuple((phase, 60.0 * MINUTES[phase] * scale) for phase in PHASES))


def board_phase(phases: tuple[Phase, ...]) -> Phase:
    """The phase among `phases` where the board is kept: the high-level design, or the last when it is not planned."""
    return "high_level" if "high_level" in phases else phases[-1]


def sheet_phase(phases: tuple[Phase, ...]) -> Phase:
    """The phase among `phases` where the sheet is kept: the estimation, or the first when it is not planned."""
    return "estimation" if "estimation" in phases else phases[0]
