"""The three things that would have moved the score most."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.tui.widgets.debrief_blocks import GAP, Block, Place, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

LABEL = 3


class FixesPage(Page):
    """Enter on a fix opens the finding behind it."""

    TITLE: ClassVar[str] = "Fixes that move the score most"

    def blocks(self, width: int) -> Iterator[Block]:
        review = self.review
        fixes = review.top_fixes()
        if review.card.score is None:
            yield text("There is no score, so nothing can be said to move it.")
            return
        if not fixes:
            yield text("No single check would move the score any further.")
            return
        yield text(
            (f"By how much {review.card.score:.2f} would rise if that one thing had been shown.", "quiet")
        )
        for number, fix in enumerate(fixes, start=1):
            yield GAP
            yield Block(
                (
                    f"{number}. ",
                    (f"+{fix.gain:.2f}", "strong"),
                    f"  {review.rubric.dimensions[fix.dimension].name}",
                ),
                hanging=LABEL,
                key=fix.check,
                opens=Place("findings", fix.dimension, fix.check),
            )
            yield text(f"→ {fix.text}", indent=LABEL, hanging=2)
            yield text((f"Check: {review.checklist.by_id[fix.check].text}", "quiet"), indent=LABEL, hanging=2)
        yield GAP
        words = "What a model says about it" if review.coaching else "What a model would say about it (c)"
        yield Block((f"→  {words}",), hanging=LABEL, key="coaching", opens=Place("coaching"))
