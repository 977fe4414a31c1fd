"""What the interviewer knew, and how it came out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from coach.tui.widgets.debrief_blocks import GAP, Block, Role, label, label_width, text
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_places import line_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.content.problem import Fact

LABEL = 11
MARKS: dict[str, tuple[str, Role]] = {
    "found": ("✓", "good"),
    "given": ("=", "quiet"),
    "assumed": ("~", "fair"),
    "missed": ("✗", "bad"),
}
MEANINGS = {
    "given": "given: shown with the reference notes.",
    "assumed": "assumed: you took it for granted without asking.",
}


class FactsPage(Page):
    """Enter on a fact goes to the line it was found or assumed on."""

    TITLE: ClassVar[str] = "Facts"

    def blocks(self, width: int) -> Iterator[Block]:
        facts = self.review.facts()
        counts = Counter(how for _, how in facts)
        rest = "".join(f", {counts[how]} {how}" for how in MARKS if counts[how] and how != "found")
        yield text((f"{counts['found']} of {len(facts)} found{rest}", "strong"))
        for how, words in MEANINGS.items():
            if counts[how]:
                yield text((words, "quiet"))
        lines = {one.check: one.evidence[0].line for one in self.review.card.findings if one.evidence}
        indent = label_width(LABEL, width)
        for fact, how in facts:
            yield GAP
            yield from _fact(fact, how, lines.get(f"fact.{fact.id}"), indent=indent)


def _fact(fact: Fact, how: str, line: int | None, *, indent: int) -> Iterator[Block]:
    glyph, tone = MARKS[how]
    remarks = ["changes the design"] * fact.crux + [f"line {line}"] * bool(line)
    yield Block(
        (
            (label(f"{glyph} {how}", indent), tone),
            (fact.topic, "strong"),
            ("".join(f" · {one}" for one in remarks), "quiet"),
        ),
        hanging=indent,
        key=f"fact.{fact.id}",
        opens=line_place(line) if line else None,
    )
    yield text(fact.answer, indent=indent)
    if how == "missed":
        yield text(f"→ {fact.tip}", indent=indent, hanging=2)
