"""How the author would do it, phase by phase. One sound way among others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from coach.session.phases import HEADINGS
from coach.terms import PHASES
from coach.tui.widgets.debrief_blocks import GAP, Block, heading, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.content.problem import Problem
    from coach.terms import Phase

DIFFERENT = (
    "One sound way to do it. Different is not wrong: what counts is that your numbers and reasons carry "
    "your choice."
)
_ITEM = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")


class ReferencePage(Page):
    """Reads top to bottom. Only phases that were practised are told."""

    TITLE: ClassVar[str] = "Reference notes"

    def blocks(self, width: int) -> Iterator[Block]:
        problem, seniority = self.review.problem, self.review.card.seniority
        yield text((DIFFERENT, "quiet"))
        if note := problem.seniority.get(seniority):
            yield GAP
            yield heading(f"Expected of a {seniority} candidate")
            yield text(note)
        for phase in PHASES:
            if phase in self.review.transcript.planned_phases:
                yield GAP
                yield heading(HEADINGS[phase])
                yield from _notes(problem, phase)


def paragraphs(words: str) -> Iterator[str]:
    """`words` with the author's line breaks undone; blank lines and list items stay apart."""
    kept: list[str] = []
    for line in [*words.splitlines(), ""]:
        if kept and (not line.strip() or _ITEM.match(line)):
            yield " ".join(kept)
            kept = []
        if line.strip():
            kept.append(line.strip())


def _notes(problem: Problem, phase: Phase) -> Iterator[Block]:
    for number, paragraph in enumerate(paragraphs(problem.reference.of(phase))):
        if number and not _ITEM.match(paragraph):
            yield GAP
        yield text(paragraph, hanging=2 if _ITEM.match(paragraph) else 0)
    if phase == "estimation" and problem.numbers.references:
        yield GAP
        for one in problem.numbers.references:
            yield text((f"{one.label}: ", "strong"), f"{one.formula} = {one.value}", hanging=2)
    if phase == "deep_dive":
        for dive in problem.deep_dives:
            yield GAP
            yield text((dive.title, "strong"), f"  {dive.opening}", hanging=2)
            for point in dive.points:
                yield text(f"- {point.text}", indent=2, hanging=2)
