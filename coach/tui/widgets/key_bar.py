"""The last line of a screen: its most important keys, as many as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from coach.tui.commands import offered
from coach.tui.widgets.styling import part_style

if TYPE_CHECKING:
    from coach.tui.keys import KeyAction

GAPS = (2, 1)


class KeyBar(Widget):
    """Textual's own footer cuts off at the right; this one leaves out what matters least."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; padding: 0 1;
        background: $footer-background; color: $footer-description-foreground;
        & > .key-bar--key { color: $footer-key-foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}

    def entries(self, width: int) -> tuple[list[KeyAction], int]:
        """What fits into `width`, by rank, in the order of the table with the palette at the end, and the gap."""
        possible = [one for one in offered(self.screen) if one.rank]
        by_rank = sorted(possible, key=lambda one: one.rank)
        gap = next((gap for gap in GAPS if _width(by_rank, gap) <= width), GAPS[-1])
        while by_rank and _width(by_rank, gap) > width:
            by_rank.pop()
        return sorted(by_rank, key=lambda one: (one.id == "commands", possible.index(one))), gap

    def render(self) -> Content:
        style = part_style(self, "key-bar--key")
        entries, gap = self.entries(self.size.width)
        parts = []
        for one in entries:
            place = "app" if one.area == "everywhere" else "screen"
            entry = Content.assemble((one.shown_key, style), f" {one.label}")
            parts.append(entry.stylize(Style.from_meta({"@click": f"{place}.{one.action}"})))
        return Content(" " * gap).join(parts)


def _width(keys: list[KeyAction], gap: int) -> int:
    return sum(len(one.shown_key) + 1 + len(one.label) + gap for one in keys) - gap
