"""Planned against used minutes of every phase."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.session.phases import NAMES
from coach.tui.widgets.debrief_blocks import GAP, Block, bar, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import PhaseView, Review

LABEL = 9
LONGEST_BAR, SHORTEST_BAR = 40, 8
NUMBERS = len("planned ") + len("120.0") + 2
OVER = len("  12.3 over")
LEAST_OVER = 0.05
"""Minutes below which an overrun would read as 0.0."""


class TimePage(Page):
    """Two bars per phase, of one scale."""

    TITLE: ClassVar[str] = "Time"

    def blocks(self, width: int) -> Iterator[Block]:
        phases = self.review.phases()
        if not phases:
            yield text("No clock ran: this is a written answer.")
            return
        longest = max(max(one.planned_min, one.used_min) for one in phases)
        room = min(LONGEST_BAR, max(SHORTEST_BAR, width - NUMBERS - OVER))
        for one in phases:
            yield from _phase(one, room / max(longest, LEAST_OVER))
            yield GAP
        for missing in _not_reached(self.review):
            yield text((missing, "strong"), "  not reached")
            yield GAP
        yield from _whole(self.review)


def _phase(one: PhaseView, scale: float) -> Iterator[Block]:
    yield text((one.name, "strong"))
    planned, used = round(one.planned_min * scale), round(one.used_min * scale)
    over = one.over_min >= LEAST_OVER
    yield text(f"planned {one.planned_min:5.1f}  {bar(0, planned)}")
    beyond = min(used, round(one.over_min * scale)) if over else 0
    remark = f"  {one.over_min:.1f} over" if over else ""
    yield text(
        f"used    {one.used_min:5.1f}  {bar(1, used - beyond)}{bar(1, beyond, full='▓')}", (remark, "bad")
    )
    if not over and one.used_min - one.planned_min >= LEAST_OVER:
        yield text(("The extra time was saved in an earlier phase.", "quiet"))


def _not_reached(review: Review) -> list[str]:
    reached = {one.phase for one in review.transcript.times}
    return [NAMES[phase] for phase in review.transcript.planned_phases if phase not in reached]


def _whole(review: Review) -> Iterator[Block]:
    phases = review.phases()
    state = review.state
    planned = state.planned.total_s / 60 if state else sum(one.planned_min for one in phases)
    yield text(("In all    ", "quiet"), f"{sum(one.used_min for one in phases):.1f} of {planned:.1f} minutes")
    if state is not None and state.pauses:
        times = "once" if state.pauses == 1 else f"{state.pauses} times"
        yield text(
            ("Paused    ", "quiet"), f"{times}, {state.paused_s / 60:.1f} minutes that were not counted"
        )
    if state is not None and state.hints:
        taken = sum(state.hints.values())
        yield text(("Hints     ", "quiet"), f"{taken} taken")
