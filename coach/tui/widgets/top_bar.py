"""The first line of an interview: what is going on, who asks, who will judge, and the time left in all."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach.tui.foreign import one_line
from coach.tui.widgets.styling import part_style

SHORTEST_TITLE = 12


class TopBar(Widget):
    """Shrinks the title first, then leaves out who asks and judges. Disk trouble takes their place."""

    DEFAULT_CSS = """
    TopBar {
        height: 1; padding: 0 1; background: $panel; color: $foreground;
        & > .top-bar--title { text-style: bold; }
        & > .top-bar--dim { color: $text-muted; }
        & > .top-bar--trouble { background: $error; color: $text; text-style: bold reverse; }
        & > .top-bar--left { color: $text-accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "top-bar--title",
        "top-bar--dim",
        "top-bar--trouble",
        "top-bar--left",
    }

    total_words: reactive[str] = reactive("")
    trouble: reactive[str | None] = reactive(None)
    interviewer: reactive[str] = reactive("")

    def __init__(self, title: str, *, setting: str, interviewer: str, judge: str) -> None:
        super().__init__()
        self.title = one_line(title)
        self.setting = setting
        self.set_reactive(TopBar.interviewer, interviewer)
        self.judge = judge

    def render(self) -> Content:
        width = self.size.width
        dim = part_style(self, "top-bar--dim")
        right = Content.assemble((self.total_words, part_style(self, "top-bar--left")))
        middle = self._trouble(width) if self.trouble else Content.styled(self._about(width), dim)
        room = width - right.cell_length - middle.cell_length - 4
        title = Content.styled(self.title, part_style(self, "top-bar--title"))
        title = title.truncate(max(room, 0), ellipsis=True)
        gap = width - title.cell_length - middle.cell_length - right.cell_length
        before = gap // 2 if middle.cell_length else 0
        return Content.assemble(title, " " * max(before, 0), middle, " " * max(gap - before, 1), right)

    def _about(self, width: int) -> str:
        """Mode and seniority, and who asks and judges; as many words as leave the title whole, if any do."""
        room, asks = width - len(self.total_words) - 4, one_line(self.interviewer)
        versions = [
            "   ".join((self.setting, f"interviewer: {asks}", f"judge: {self.judge}")),
            "  ".join((self.setting, f"interviewer: {asks}", f"judge: {self.judge}")),
            "  ".join((self.setting, f"asks: {asks}", f"judge: {self.judge}")),
        ]
        for title in (len(self.title), min(len(self.title), SHORTEST_TITLE)):
            for text in versions:
                if len(text) + title <= room:
                    return text
        return self.setting if len(self.setting) <= room else ""

    def _trouble(self, width: int) -> Content:
        text = f" NOT SAVED: {one_line(self.trouble or '')} "
        room = max(
            width - len(self.total_words) - 4 - min(len(self.title), SHORTEST_TITLE), len(" NOT SAVED ")
        )
        return Content.styled(text, part_style(self, "top-bar--trouble")).truncate(room, ellipsis=True)
