"""The drawing, and what breaks, waits or hangs loose in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.report.drawing import picture_lines, said_of
from coach.tui.widgets.debrief_blocks import GAP, Block, Part, heading, text
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_places import line_place

if TYPE_CHECKING:
    from collections.abc import Iterator


class BoardPage(Page):
    """Enter on a finding goes to the line it is about."""

    TITLE: ClassVar[str] = "Board"

    def blocks(self, width: int) -> Iterator[Block]:
        lines = picture_lines(self.review, width)
        if not lines:
            yield text(("Nothing was drawn. F5 in an interview opens the whiteboard.", "quiet"))
            return
        yield from (text(line) for line in lines)
        yield GAP
        yield heading("What it shows")
        if not self.review.card.board:
            yield text(("Nothing was found to break, wait or hang loose.", "quiet"))
        for at, one in enumerate(self.review.card.board):
            mark: Part = ("! ", "bad") if one.excused is None else ("= ", "quiet")
            yield Block(
                (mark, said_of(one), (f" · line {one.line}", "quiet")),
                hanging=2,
                key=f"board {at}",
                opens=line_place(one.line),
            )
