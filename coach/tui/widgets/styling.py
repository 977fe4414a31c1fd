"""One thing Textual's styles leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.style import Style

if TYPE_CHECKING:
    from textual.widget import Widget


def part_style(widget: Widget, part: str) -> Style:
    """The style of a component class. `get_visual_style` forgets `reverse`, which is all there is without colours."""
    is_reverse = widget.get_component_styles(part).text_style.reverse
    return widget.get_visual_style(part) + Style(reverse=is_reverse)
