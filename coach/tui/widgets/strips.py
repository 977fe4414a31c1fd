"""Two quiet lines above the keys: the interviewer's last words, and what to try next in the warm-up."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach.tui.foreign import one_line
from coach.tui.widgets.styling import part_style


class LastWords(Widget):
    """The interviewer's last turn, for when the conversation is not on the screen. Always two lines high."""

    DEFAULT_CSS = """
    LastWords {
        height: 2; padding: 0 1; background: $panel; color: $foreground; text-wrap: wrap; text-overflow: ellipsis;
        & > .last-words--who { text-style: bold; color: $text-accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"last-words--who"}

    text: reactive[str] = reactive("")

    def render(self) -> Content:
        if not self.text:
            return Content("")
        words = Content.assemble(("Interviewer: ", part_style(self, "last-words--who")), one_line(self.text))
        width = max(self.size.width, 1)
        lines = words.wrap(width)
        if len(lines) > self.size.height:
            rest = " … F2"
            lines = [
                *lines[: self.size.height - 1],
                lines[self.size.height - 1].truncate(width - len(rest)) + rest,
            ]
        return Content("\n").join(lines)


class CoachStrip(Widget):
    """The warm-up's next step."""

    DEFAULT_CSS = """
    CoachStrip { height: 2; padding: 0 1; background: $success-muted; color: $foreground; text-wrap: wrap; }
    CoachStrip > .coach-strip--step { text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"coach-strip--step"}

    step: reactive[tuple[str, str]] = reactive(("", ""))
    """Where we are and what to do: `Step 2 of 5`, `Press F3 and ...`."""

    def render(self) -> Content:
        where, what = self.step
        return Content.assemble((where, part_style(self, "coach-strip--step")), "  ", what)
