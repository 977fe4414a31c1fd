"""The verdict: what it is, how far it can be trusted, and what the candidate thought herself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from coach.report.own_verdict import difference
from coach.tui.widgets.debrief_blocks import GAP, Block, Place, heading, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import Review

LABEL = 9


class VerdictPage(Page):
    """Below what was decided stands where to look first."""

    TITLE: ClassVar[str] = "Verdict"

    def blocks(self, width: int) -> Iterator[Block]:
        review, card = self.review, self.review.card
        yield heading(review.headline)
        yield text((trust(review), "quiet"))
        yield GAP
        if words := difference(review):
            yield text(words)
            yield GAP
        yield _row("Why", f"{card.reason[:1].upper()}{card.reason[1:].rstrip('.')}.")
        if words := circumstances(review):
            yield _row("How", words)
        yield _row("Judge", review.judge_line)
        if review.account_line:
            yield _row("Took", review.account_line)
        yield GAP
        for warning in card.warnings:
            yield text(("! ", "fair"), warning.text, hanging=2)
        yield GAP
        yield from _in_short(review)


def subject(review: Review) -> str:
    """What was practised and how: `Design TinyURL · mock · senior · 45 minutes`."""
    parts = [review.problem.title]
    if review.state is not None:
        parts.append(review.state.chosen.mode)
    parts.append(review.card.seniority)
    if review.state is not None:
        parts.append(f"{review.state.chosen.minutes:g} minutes")
    return " · ".join(parts)


def trust(review: Review) -> str:
    """How far the numbers can be relied on, in a few words."""
    info = review.card.judge
    kind = "offline estimate" if info.kind == "offline" else f"judged by {info.name}"
    return kind if info.calibrated else f"{kind}, {'NOT CALIBRATED' if info.account else 'not calibrated'}"


def circumstances(review: Review) -> str:
    """What a reader must know about how it came about; mostly nothing."""
    if review.state is None:
        return "A written answer: nobody was asked and no clock ran."
    if review.state.status == "abandoned":
        return "Given up before the end; what was there is judged."
    return ""


def _in_short(review: Review) -> Iterator[Block]:
    """The highest and the lowest dimension and the first fix, each a way in."""
    scored = sorted(
        (view for view in review.dimensions() if view.score is not None), key=lambda one: -(one.score or 0)
    )
    ends = {"Highest": scored[0], "Lowest": scored[-1]} if len(scored) > 1 else {}
    for name, view in ends.items():
        words = f"{view.name}, level {view.level}, score {view.score:.2f}"
        yield replace(_row(name, words), key=name, opens=Place("findings", view.dimension))
    for fix in review.top_fixes()[:1]:
        opens = Place("findings", fix.dimension, fix.check)
        yield replace(_row("Fix", f"{fix.text} +{fix.gain:.2f}"), key="Fix", opens=opens)


def _row(label: str, words: str) -> Block:
    return text((f"{label:<{LABEL}}", "quiet"), words, hanging=LABEL)
