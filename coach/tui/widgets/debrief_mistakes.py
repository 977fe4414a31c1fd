"""The six mistakes everybody is warned of, and those of this problem, with the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.report.mistakes import MistakeView, classic_mistakes, own_mistakes
from coach.tui.widgets.debrief_blocks import GAP, Block, Part, heading, label, label_width, text
from coach.tui.widgets.debrief_findings import quote_parts
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_places import line_place

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL = 11


class MistakesPage(Page):
    """Enter on a mistake or a quote goes to its line."""

    TITLE: ClassVar[str] = "Mistakes"

    def blocks(self, width: int) -> Iterator[Block]:
        classic, own = classic_mistakes(self.review), own_mistakes(self.review)
        indent = label_width(LABEL, width)
        made = sum(view.mistake.made for view in classic)
        yield text((f"{made} of the {len(classic)} classic mistakes made", "strong"))
        for view in classic:
            yield GAP
            yield from _mistake(view, indent)
        if own:
            yield GAP
            yield heading("Made on this problem")
        for view in own:
            yield GAP
            yield from _mistake(view, indent)


def _mistake(view: MistakeView, indent: int) -> Iterator[Block]:
    one = view.mistake
    mark: Part = (label("✗ MADE", indent), "bad") if one.made else (label("✓ avoided", indent), "good")
    yield Block(
        (mark, (one.name, "strong")),
        hanging=indent,
        key=one.mistake,
        opens=line_place(view.lines[0].line) if view.lines else None,
    )
    if one.made and view.text != one.name:
        yield text(view.text, indent=indent)
    for number, quote in enumerate(view.lines, start=1):
        key = f"{one.mistake} {number}"
        yield Block(quote_parts(quote), indent=indent, key=key, opens=line_place(quote.line))
    if one.made:
        yield text(f"→ {one.tip}", indent=indent, hanging=2)
