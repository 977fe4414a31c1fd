"""The second line of an interview: the phases with their budgets and the countdown of the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach.tui.clock_view import ClockView, PhaseView
from coach.tui.widgets.styling import part_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.style import Style

TIME_UP = "Time is up. Finish your line, then F12."
LEVELS = (
    (False, False, True),
    (False, False, False),
    (True, False, False),
    (True, True, False),
)
"""From much to little room: short names for the other phases, a short one for this; budgets of phases that are done."""
FOLDED_BELOW = 80
"""Narrower than this, the top line is gone and both countdowns stand here."""


class PhaseBar(Widget):
    """Says as much as fits: full names and budgets, then what was used, then short names, then the countdowns."""

    DEFAULT_CSS = """
    PhaseBar {
        height: 1; padding: 0 1; background: $surface; color: $foreground;
        & > .phase-bar--past { color: $text-muted; }
        & > .phase-bar--now { text-style: bold; }
        & > .phase-bar--calm { background: $primary; color: $text; text-style: bold; }
        & > .phase-bar--soon { background: $warning; color: $text; text-style: bold; }
        & > .phase-bar--over { background: $error; color: $text; text-style: bold; }
        &:nocolor > .phase-bar--calm, &:nocolor > .phase-bar--soon, &:nocolor > .phase-bar--over,
        &:ansi > .phase-bar--calm, &:ansi > .phase-bar--soon, &:ansi > .phase-bar--over {
            text-style: bold reverse;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "phase-bar--past",
        "phase-bar--now",
        "phase-bar--calm",
        "phase-bar--soon",
        "phase-bar--over",
    }

    view: reactive[ClockView] = reactive(ClockView())
    trouble: reactive[str | None] = reactive(None)
    """Disk trouble; said here where the top line has no room."""

    def render(self) -> Content:
        width = self.size.width
        if self.view.now is None:
            return Content("")
        if self.app.size.width < FOLDED_BELOW:
            return self._folded(width)
        for line in self._lines():
            if line.cell_length <= width:
                return line
        return self._folded(width)

    def _lines(self) -> Iterator[Content]:
        if self.view.is_time_up:
            yield Content.assemble((f" {TIME_UP} ", self._alarm()))
            return
        for others, here, with_budget in LEVELS:
            parts = [
                self._phase(one, is_short=here if one.stands == "now" else others, with_budget=with_budget)
                for one in self.view.phases
            ]
            yield Content("  ").join(parts)

    def _phase(self, one: PhaseView, *, is_short: bool, with_budget: bool) -> Content:
        name = one.short if is_short else one.name
        past = part_style(self, "phase-bar--past")
        if one.stands == "now":
            text = f"▶{one.number} {name} {one.budget} "
            return Content.assemble((text, part_style(self, "phase-bar--now")), self._left())
        if one.stands == "later":
            return Content(f"{one.number} {name} {one.budget}")
        mark = "✓" if one.stands == "done" else "+"
        times = f"{one.used}/{one.budget}" if with_budget else one.used
        return Content.assemble((f"{one.number} {name} {times} {mark}", past))

    def _left(self) -> Content:
        return Content.assemble((f" {self.view.left_words} ", self._alarm()))

    def _alarm(self) -> Style:
        return part_style(self, f"phase-bar--{self.view.alarm}")

    def _folded(self, width: int) -> Content:
        """Where there is no room, the two countdowns; at twenty columns without their words."""
        now = self.view.now
        if now is None:
            return Content("")
        count = f"▶{now.number}/{len(self.view.phases)}"
        right = f"{self.view.total_words} in all"
        clock = f" {self.view.left_words} "
        lefts = [f"{count} {now.name}", f"{count} {now.short}", count]
        if self.view.is_time_up:
            right, lefts, clock = "", [""], f" {TIME_UP} "
        if self.trouble:
            lefts = ["NOT SAVED", *lefts]
        for left in lefts:
            line = Content.assemble((f"{left} ", part_style(self, "phase-bar--now")), (clock, self._alarm()))
            gap = width - line.cell_length - len(right)
            if gap >= 1:
                return Content.assemble(line, " " * gap, right)
        if self.view.is_time_up:
            return Content.assemble((TIME_UP, self._alarm())).truncate(width, ellipsis=True)
        return Content.assemble((self.view.phase_left, self._alarm()), f" all {self.view.total_left}")
