"""One dimension: its arithmetic, and for every check what was found, on which lines, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.report.own_verdict import own_levels
from coach.report.words import GLYPHS, OUTCOMES
from coach.tui.foreign import one_line
from coach.tui.widgets.debrief_blocks import (
    GAP,
    Block,
    Layout,
    Part,
    Place,
    Role,
    heading,
    label,
    label_width,
    text,
)
from coach.tui.widgets.debrief_levels import NOT_ASSESSED
from coach.tui.widgets.debrief_numbers import number_blocks
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_places import line_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.judge.findings import Evidence
    from coach.report.review import DimensionView, Judged, Review
    from coach.terms import Dimension

LABEL = 15
TONES: dict[str, Role] = {"met": "good", "partly": "fair", "not_shown": "bad", "not_assessed": "quiet"}


class FindingsPage(Page):
    """Enter on a finding or a quote goes to its line in the transcript."""

    dimension: Dimension | None = None

    @property
    def view(self) -> DimensionView:
        """The dimension shown, the first one before any was opened."""
        views = self.review.dimensions()
        return next((one for one in views if one.dimension == self.dimension), views[0])

    @property
    def heading(self) -> str:
        return self.view.name

    @property
    def place(self) -> Place:
        return Place("findings", self.view.dimension, super().place.key)

    def go(self, place: Place) -> None:
        if place.dimension != self.dimension:
            self.dimension = place.dimension
            self.cursor, self.laid = None, Layout()
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
            self.lay_out()
        super().go(place)

    def blocks(self, width: int) -> Iterator[Block]:
        view = self.view
        yield heading(view.name)
        yield from _numbers(self.review, view)
        yield GAP
        indent = label_width(LABEL, width)
        for judged in view.judged:
            yield from _finding(judged, self.review, indent)
        if view.dimension == "estimation":
            yield from number_blocks(self.review, width)


def quote_parts(quote: Evidence) -> tuple[Part, ...]:
    """A quote with the number of its line."""
    return ((f"line {quote.line}: ", "quiet"), f'"{one_line(quote.quote)}"')


def _numbers(review: Review, view: DimensionView) -> Iterator[Block]:
    sums = review.card.arithmetic.get(view.dimension)
    own = own_levels(review).get(view.dimension)
    said = f"   you said {own}" if own else ""
    if view.score is None or sums is None:
        yield text(NOT_ASSESSED, said)
        return
    yield text(
        (f"Level {view.level}, score {view.score:.2f}", "strong"), f" of 4, weight {view.weight:g} %{said}"
    )
    yield text((view.anchor, "quiet"))
    yield text(("Score    ", "quiet"), view.arithmetic, hanging=9)
    for share in sums.shares:
        borrowed = f" and {share.borrowed:g} from above" if share.borrowed else ""
        credit = (
            f"{share.own:g}{borrowed} of {share.needed:g} needed" if share.needed else "nothing to look for"
        )
        yield text(f"level {share.level} adds {share.filled:.2g}: {credit}", indent=9, hanging=2)
    if view.capped_by:
        yield text(("Capped   ", "fair"), f"at {view.score:.2f}: {view.capped_by}", hanging=9)
    expected = review.rubric.dimensions[view.dimension].expected.of(review.card.seniority)
    yield text((f"{review.card.seniority.capitalize():<9}", "quiet"), expected, hanging=9)


def _finding(judged: Judged, review: Review, indent: int) -> Iterator[Block]:
    finding, check = judged.finding, judged.check
    outcome = f"{GLYPHS[finding.finding]} {OUTCOMES[finding.finding]}"
    counts = "" if review.card.seniority in check.seniority else f", not counted for {review.card.seniority}"
    yield Block(
        (
            (label(outcome, indent), TONES[finding.finding]),
            check.text,
            (f" (level {check.level}{counts})", "quiet"),
        ),
        hanging=indent,
        key=check.id,
        opens=line_place(finding.evidence[0].line) if finding.evidence else None,
    )
    if finding.why:
        yield text((f"({finding.why})", "quiet"), indent=indent)
    for number, quote in enumerate(finding.evidence, start=1):
        key = f"{check.id} {number}"
        yield Block(quote_parts(quote), indent=indent, key=key, opens=line_place(quote.line))
    if finding.finding in ("partly", "not_shown") and finding.tip:
        yield text(f"→ {finding.tip}", indent=indent, hanging=2)
