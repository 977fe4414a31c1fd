"""A scored answer as Markdown. Foreign words are escaped, so that nothing in them comes alive."""

import re
from collections.abc import Iterator

from coach.report.drawing import picture_lines, said_of
from coach.report.numbers import number_rows
from coach.report.review import DimensionView, Review
from coach.report.words import GLYPHS, OUTCOMES, printable

_PICTURE = 110
"""Columns of a picture in a Markdown document."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$-])")


def as_markdown(review: Review) -> str:
    """The whole report as a Markdown document."""
    return "\n".join(_lines(review)) + "\n"


def escape(text: str) -> str:
    """`text` with everything Markdown or HTML could act on escaped."""
    return _SPECIAL.sub(r"\\\1", text)


def _lines(review: Review) -> Iterator[str]:
    card = review.card
    yield f"# {escape(review.problem.title)}"
    yield ""
    yield f"**{escape(review.headline)}**"
    yield ""
    yield f"{escape(card.reason)}. Seniority: {card.seniority}. Judge: {escape(review.judge_line)}."
    yield ""
    for warning in card.warnings:
        yield f"> {escape(warning.text)}"
        yield ""
    yield "| Dimension | Level | Score | Weight |"
    yield "| --- | --- | --- | --- |"
    for view in review.dimensions():
        level, score = (
            (str(view.level), f"{view.score:.2f}") if view.score is not None else ("-", "not assessed")
        )
        yield f"| {escape(view.name)} | {level} | {score} | {view.weight:g} % |"
    yield ""
    if review.account_line:
        yield f"Judged by {escape(review.account_line)}."
        yield ""
    yield from _sections(review)
    if review.coaching is not None:
        coaching = review.coaching
        stopped = "" if coaching.is_whole else ", stopped before the end"
        yield f"## Coaching by {escape(coaching.model)} at {escape(coaching.host)}{stopped}"
        yield ""
        yield from (escape(printable(one)) for one in review.coaching.text.split("\n"))
        yield ""
    for view in review.dimensions():
        yield from _dimension(view)
    if review.transcript.medium == "interview":
        yield "## Transcript"
        yield ""
        for line in review.transcript.lines:
            who = line.source if line.source in ("notes", "board", "sheet") else line.speaker
            yield f"- line {line.number}, {who}: {escape(line.text)}"


def _sections(review: Review) -> Iterator[str]:
    if review.top_fixes():
        yield "## Fixes that move the score most"
        yield ""
        for number, fix in enumerate(review.top_fixes(), start=1):
            yield f"{number}. **+{fix.gain:.2f}** {escape(fix.text)}"
        yield ""
    yield "## Classic mistakes"
    yield ""
    for mistake in review.card.mistakes:
        yield f"- {'**made**' if mistake.made else 'avoided'}: {escape(mistake.name)}"
        for quote in mistake.evidence:
            yield f"  - line {quote.line}: {escape(quote.quote)}"
    yield ""
    yield "## Hidden facts"
    yield ""
    for fact, how in review.facts():
        yield f"- {how}: {escape(fact.topic)}. {escape(fact.answer)}"
    yield ""
    if review.phases():
        yield "## Time"
        yield ""
        yield "| Phase | Planned | Used | Over |"
        yield "| --- | --- | --- | --- |"
        for one in review.phases():
            yield f"| {one.name} | {one.planned_min:.1f} | {one.used_min:.1f} | {one.over_min:.1f} |"
        yield ""
    yield from _numbers(review)
    yield from _board(review)


def _board(review: Review) -> Iterator[str]:
    lines = picture_lines(review, _PICTURE)
    if not lines:
        return
    yield "## Board"
    yield ""
    yield from ("", *(f"    {printable(line)}".rstrip() for line in lines), "")
    for one in review.card.board:
        yield f"- line {one.line}: {escape(said_of(one))}"
    yield ""


def _numbers(review: Review) -> Iterator[str]:
    rows = number_rows(review.card, review.checklist)
    if not rows:
        return
    yield "## Numbers"
    yield ""
    yield "| Line | Quantity | Yours | Recomputed | Reference | Finding |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in rows:
        why = f", {row.why}" if row.why else ""
        yield f"| {row.line} | {' | '.join(escape(cell) for cell in row.cells)}{escape(why)} |"
    yield ""


def _dimension(view: DimensionView) -> Iterator[str]:
    yield f"## {escape(view.name)}"
    yield ""
    if view.score is not None:
        yield f"Level {view.level}, score {view.score:.2f} ({view.arithmetic}). {escape(view.anchor)}"
        yield ""
    if view.capped_by:
        yield f"Capped: {escape(view.capped_by)}"
        yield ""
    for judged in view.judged:
        finding = judged.finding
        why = f" ({escape(finding.why)})" if finding.why else ""
        yield f"- {GLYPHS[finding.finding]} {OUTCOMES[finding.finding]}: {escape(judged.check.text)}{why}"
        for quote in finding.evidence:
            yield f"  - line {quote.line}: {escape(quote.quote)}"
        if finding.finding in ("partly", "not_shown"):
            yield f"  - {escape(finding.tip)}"
    yield ""
