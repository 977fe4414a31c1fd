"""The eight dimensions: level, score, weight, the anchor met, and how they make up the score."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.report.own_verdict import own_levels
from coach.tui.widgets.debrief_blocks import GAP, Block, Part, Place, bar, cell, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import DimensionView, Review

NAME, READABLE_NAME, NARROWEST_NAME = 37, 26, 18
LONGEST_BAR, SHORTEST_BAR = 14, 8
LEVEL, OWN, SCORE, WEIGHT = 7, 5, 7, 8
NOT_ASSESSED = (
    "Not assessed: less than half of its checks could be looked at, so it is left out of the score."
)


class LevelsPage(Page):
    """Enter on a dimension opens its findings."""

    TITLE: ClassVar[str] = "Levels: the eight dimensions"

    def blocks(self, width: int) -> Iterator[Block]:
        review = self.review
        own = own_levels(review)
        columns = _Columns(width, has_own=bool(own))
        yield Block(((columns.head(), "quiet"),))
        for view in review.dimensions():
            yield Block(
                (columns.row(view, own.get(view.dimension)),),
                key=view.dimension,
                opens=Place("findings", view.dimension),
            )
            yield text((view.anchor or NOT_ASSESSED, "quiet"), indent=2)
            if view.capped_by:
                yield text(("Capped: ", "fair"), view.capped_by, indent=2, hanging=8)
        yield GAP
        yield from mean(review)


class _Columns:
    """The columns that fit: the name always, then level, score, weight, and last a bar."""

    def __init__(self, width: int, *, has_own: bool) -> None:
        self.own = OWN if has_own and width >= NARROWEST_NAME + LEVEL + OWN + SCORE else 0
        self.score = SCORE if width >= NARROWEST_NAME + LEVEL + SCORE else 0
        self.weight = WEIGHT if width >= NARROWEST_NAME + LEVEL + self.own + SCORE + WEIGHT else 0
        room = width - LEVEL - self.own - self.score - self.weight
        if room >= NAME + SHORTEST_BAR:
            self.bar = min(LONGEST_BAR, room - NAME)
        else:
            self.bar = SHORTEST_BAR if room >= READABLE_NAME + SHORTEST_BAR else 0
        self.name = max(1, min(NAME, room - self.bar))

    def head(self) -> str:
        return self._line("Dimension", "level", own="you", score="score", weight="weight", last="")

    def row(self, view: DimensionView, own: int | None) -> str:
        is_scored = view.score is not None
        return self._line(
            view.name,
            str(view.level) if is_scored else "-",
            own=str(own or "-"),
            score=f"{view.score:.2f}" if is_scored else "-",
            weight=f"{view.weight:g} %",
            last="" if view.score is None else score_bar(view.score, self.bar - 2),
        )

    def _line(self, name: str, level: str, *, own: str, score: str, weight: str, last: str) -> str:
        cells = (cell(name, self.name), f"{level:>{LEVEL}}", f"{own:>{self.own}}" if self.own else "")
        numbers = (f"{score:>{SCORE}}" if self.score else "", f"{weight:>{WEIGHT}}" if self.weight else "")
        return "".join((*cells, *numbers, f"  {last}" if self.bar else "")).rstrip()


def score_bar(score: float, width: int) -> str:
    """A score from 1 to 4 as a bar; 1 is empty."""
    return bar((score - 1) / 3, max(0, width))


def mean(review: Review) -> Iterator[Block]:
    """How the score follows from the dimensions."""
    scored = [(view.weight, view.score) for view in review.dimensions() if view.score is not None]
    if review.card.score is None or not scored:
        yield text(review.card.reason)
        return
    total = sum(weight for weight, _ in scored)
    terms = " + ".join(f"{weight:g} × {score:.2f}" for weight, score in scored)
    parts: list[Part] = [("Score    ", "quiet"), f"({terms}) / {total:g} = {review.card.score:.2f}"]
    yield Block(tuple(parts), hanging=9)
