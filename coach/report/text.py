"""A scored answer as plain text for a terminal or a pipe."""

from collections.abc import Iterator
from textwrap import wrap

from coach.report.drawing import picture_lines, said_of
from coach.report.numbers import number_rows, table
from coach.report.review import DimensionView, Judged, Review
from coach.report.words import GLYPHS, OUTCOMES, printable

WIDTH = 96
_BAR = 12
_NAME = 36
"""Columns of the longest name of a dimension and a blank."""


def as_text(review: Review) -> str:
    """The whole report, at most 96 columns wide, without colour or escapes."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    card = review.card
    yield f"{review.problem.title} · {card.seniority}"
    yield review.judge_line
    if review.account_line:
        yield from _indented(review.account_line, "")
    yield ""
    yield f"  {review.headline}"
    yield from _indented(card.reason, "  ")
    yield ""
    yield from _warnings(review)
    yield f"  {'Dimension':<{_NAME}}{'level':>6}{'score':>8}{'weight':>8}"
    for view in review.dimensions():
        yield from _dimension_row(view)
    yield ""
    yield from _fixes(review)
    yield from _mistakes(review)
    yield from _facts(review)
    yield from _times(review)
    yield from _numbers(review)
    yield from _board(review)
    for view in review.dimensions():
        yield from _findings(view)
    yield from _coaching(review)
    yield from _transcript(review)


def _coaching(review: Review) -> Iterator[str]:
    """What a model said afterwards, its own paragraphs kept."""
    if review.coaching is None:
        return
    stopped = "" if review.coaching.is_whole else ", stopped before the end"
    yield f"Coaching by {review.coaching.model} at {review.coaching.host}{stopped}"
    for line in review.coaching.text.split("\n"):
        yield from _indented(printable(line), "  ") or [""]
    yield ""


def _warnings(review: Review) -> Iterator[str]:
    for warning in review.card.warnings:
        yield from _indented(f"! {warning.text}", "  ", hanging="    ")
    if review.card.warnings:
        yield ""


def _dimension_row(view: DimensionView) -> Iterator[str]:
    if view.score is None or view.level is None:
        yield f"  {view.name:<{_NAME}}{'-':>6}{'-':>8}{view.weight:>7g}%  not assessed"
        return
    full = round((view.score - 1) / 3 * _BAR)
    yield f"  {view.name:<{_NAME}}{view.level:>6}{view.score:>8.2f}{view.weight:>7g}%  {'█' * full}{'░' * (_BAR - full)}"


def _fixes(review: Review) -> Iterator[str]:
    fixes = review.top_fixes()
    if not fixes:
        return
    yield "Three fixes that move the score most" if len(fixes) == 3 else "Fixes that move the score most"
    for number, fix in enumerate(fixes, start=1):
        name = review.rubric.dimensions[fix.dimension].name
        yield from _indented(f"{number}. +{fix.gain:.2f}  {name}: {fix.text}", "  ", hanging="     ")
    yield ""


def _mistakes(review: Review) -> Iterator[str]:
    yield "Classic mistakes"
    for mistake in review.card.mistakes:
        yield from _indented(
            f"{'MADE   ' if mistake.made else 'avoided'}  {mistake.name}", "  ", hanging="           "
        )
        if mistake.made:
            for quote in mistake.evidence:
                yield from _indented(f'line {quote.line}: "{quote.quote}"', " " * 11)
            yield from _indented(mistake.tip, " " * 11)
    yield ""


def _facts(review: Review) -> Iterator[str]:
    facts = review.facts()
    found = sum(how == "found" for _, how in facts)
    yield f"Hidden facts: {found} of {len(facts)} found"
    for fact, how in facts:
        yield from _indented(f"{how:<8} {fact.topic}: {fact.answer}", "  ", hanging="           ")
    yield ""


def _times(review: Review) -> Iterator[str]:
    phases = review.phases()
    if not phases:
        return
    yield "Time, in minutes"
    for one in phases:
        over = f"   {one.over_min:.1f} over" if one.over_min >= 0.05 else ""
        yield f"  {one.name:<16} planned {one.planned_min:5.1f}   used {one.used_min:5.1f}{over}"
    yield ""


def _numbers(review: Review) -> Iterator[str]:
    rows = number_rows(review.card, review.checklist)
    if rows:
        yield "Numbers"
        yield from table(rows)
        yield ""


def _board(review: Review) -> Iterator[str]:
    lines = picture_lines(review, WIDTH - 2)
    if not lines:
        return
    yield "Board"
    yield from (f"  {line}".rstrip() for line in lines)
    yield ""
    for one in review.card.board:
        mark = "!" if one.excused is None else "="
        yield from _indented(f"{mark} line {one.line}: {said_of(one)}", "  ", hanging="    ")
    if review.card.board:
        yield ""


def _findings(view: DimensionView) -> Iterator[str]:
    score = (
        "not assessed"
        if view.score is None
        else f"level {view.level}, score {view.score:.2f} ({view.arithmetic})"
    )
    yield f"{view.name}: {score}"
    if view.anchor:
        yield from _indented(f"Level {view.level}: {view.anchor}", "  ")
    if view.capped_by:
        yield from _indented(f"Capped: {view.capped_by}", "  ")
    for judged in view.judged:
        yield from _finding(judged)
    yield ""


def _finding(judged: Judged) -> Iterator[str]:
    finding = judged.finding
    label = f"{GLYPHS[finding.finding]} {OUTCOMES[finding.finding]}"
    yield from _indented(f"{label:<14} {judged.check.text}", "  ", hanging=" " * 17)
    if finding.why:
        yield from _indented(f"({finding.why})", " " * 17)
    for quote in finding.evidence:
        yield from _indented(f'line {quote.line}: "{quote.quote}"', " " * 17)
    if finding.finding in ("partly", "not_shown"):
        yield from _indented(f"→ {finding.tip}", " " * 17)


def _transcript(review: Review) -> Iterator[str]:
    """The numbered lines of an interview; those of a file are in the file."""
    if review.transcript.medium == "written":
        return
    yield "Transcript"
    for line in review.transcript.lines:
        who = "you" if line.speaker == "candidate" else "interviewer"
        where = f"{line.minute or 0:5.1f} min  {line.source if line.source in ('notes', 'board', 'sheet') else who}"
        yield from _indented(f"{line.number:>4}  {where:<22} {line.text}", "", hanging=" " * 29)


def _indented(text: str, indent: str, *, hanging: str | None = None) -> list[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent if hanging is None else hanging)
