"""What a model says about the answer: the strongest moment, three fixes, a weak passage said better."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.judge.coaching import unfounded
from coach.tui.foreign import shown
from coach.tui.widgets.debrief_blocks import GAP, Block, heading, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import Review
    from coach.tui.ports import Coaching

NONE_YET = (
    "A model can write here what was strongest, the three fixes in your own design, and one weak passage said better. "
    "It sees what the judge verified, not the whole interview."
)
ASK = "Press c to ask for it."
MOST_NAMED = 3
"""Made-up quotations that are named, one line each."""
HEADINGS = ("strongest moment", "three fixes", "said better")


class CoachingPage(Page):
    """Grows while the model writes; c asks again, x stops it."""

    TITLE: ClassVar[str] = "Coaching"

    def __init__(self, review: Review, *, id: str) -> None:  # noqa: A002
        super().__init__(review, id=id)
        kept = review.coaching
        self._words = kept.text if kept else ""
        self._state = "" if kept is None or kept.is_whole else "Stopped before the end. c asks again."
        self._is_going_on = False
        self._invented: tuple[str, ...] | None = None
        self._by = f"{kept.model} at {kept.host}" if kept else ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote anything yet."""
        return not self._words

    def show(self, coaching: Coaching) -> None:
        """Read what has arrived by now."""
        self._by, self._is_going_on = coaching.by, not coaching.is_done
        words, state = coaching.text, self._describe(coaching)
        if (words, state) != (self._words, self._state):
            self._words, self._state, self._invented = words, state, None
            self.lay_out()

    def blocks(self, width: int) -> Iterator[Block]:
        if not self._words:
            yield text(self._state or NONE_YET)
            if not self._state:
                yield GAP
                yield text(ASK)
            return
        if self._by:
            yield text((f"Written by {self._by}. A model wrote this, not a judge.", "quiet"))
            yield GAP
        for line in shown(self._words).split("\n"):
            plain = line.strip(" #*:")
            if not line.strip():
                yield GAP
            elif plain.lower() in HEADINGS:
                yield heading(plain)
            else:
                yield text(line.rstrip())
        yield from self._after()

    def _after(self) -> Iterator[Block]:
        """What the reader must know of it, under the words."""
        if self._state:
            yield GAP
            yield text((self._state, "quiet"))
        if self._is_going_on:
            return
        if self._invented is None:
            self._invented = unfounded(self._words, self.review.transcript)
        for quote in self._invented[:MOST_NAMED]:
            yield GAP
            yield text(("! ", "fair"), f'It quotes words that are not yours: "{quote}"', hanging=2)

    def _describe(self, coaching: Coaching) -> str:
        if not coaching.is_done:
            return "Writing. x stops it." if coaching.text else "Waiting for the first words. x stops it."
        if coaching.error is not None:
            return f"{coaching.error} c asks again."
        return "" if coaching.is_whole else "Stopped before the end. c asks again."
