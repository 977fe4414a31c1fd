"""Estimates for people: what was written, what it comes to, what the problem's numbers say, and what to make of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from coach.estimates.statements import estimates
from coach.report.words import printable

if TYPE_CHECKING:
    from coach.estimates.statements import Estimate
    from coach.judge.card import Card
    from coach.judge.checklist import Checklist

HEADINGS = ("quantity", "yours", "recomputed", "reference", "finding")
_NOTHING = "-"
_WIDEST = 34
_GAP = 2
WIDTH = 96


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One estimate as a row: cells in the order of `HEADINGS`, its line, and why it is what it is."""

    cells: tuple[str, str, str, str, str]
    line: int
    why: str | None

    @property
    def finding(self) -> str:
        return self.cells[-1]


def number_rows(card: Card, checklist: Checklist) -> tuple[NumberRow, ...]:
    """The estimates of a scorecard, in the order of their lines."""
    labels = _labels(card, checklist)
    return tuple(
        NumberRow(
            (
                printable(labels.get((one.line, one.reference or ""), one.text)),
                printable(one.stated),
                printable(one.recomputed or _NOTHING),
                one.reference or _NOTHING,
                one.finding,
            ),
            one.line,
            one.why,
        )
        for one in card.estimates
    )


def _labels(card: Card, checklist: Checklist) -> dict[tuple[int, str], str]:
    """What a reference is called, by the line that states it and how it is said there."""
    found: dict[tuple[int, str], str] = {}
    evidence = {one.check: {quote.line for quote in one.evidence} for one in card.findings}
    for reference in checklist.problem.numbers.references:
        for one in card.estimates:
            if one.reference is not None and one.line in evidence.get(f"number.{reference.id}", ()):
                is_authored = one.reference == reference.value
                found[one.line, one.reference] = (
                    reference.label if is_authored else found.get((one.line, one.reference), reference.label)
                )
    return found


def table(rows: Sequence[NumberRow], *, indent: str = "  ") -> Iterator[str]:
    """The rows under their headings, at most 96 columns wide; a reason stands below its row."""
    cells = [HEADINGS, *(row.cells for row in rows)]
    widths = [min(_WIDEST, max(len(row[at]) for row in cells)) for at in range(len(HEADINGS))]
    yield indent + _line(HEADINGS, widths)
    for row in rows:
        yield indent + _line(row.cells, widths)
        if row.why:
            yield from wrap(
                f"line {row.line}: {row.why}",
                WIDTH,
                initial_indent=f"{indent}    ",
                subsequent_indent=f"{indent}    ",
            )


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (
        (" " * _GAP)
        .join(_cut(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True))
        .rstrip()
    )


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def checked_text(text: str, form: str) -> str:
    """The estimates of any text, as `coach sheet` prints them: `text` or `json`."""
    found = list(estimates(enumerate(text.split("\n"), 1)))
    if form == "json":
        return (
            json.dumps(
                {"schema": 1, "estimates": [_record(one) for one in found]}, ensure_ascii=False, indent=2
            )
            + "\n"
        )
    return "".join(f"{line}\n" for line in _listed(found))


def _record(one: Estimate) -> dict[str, object]:
    return {
        "line": one.line,
        "text": one.text,
        "stated": one.stated,
        "recomputed": one.recomputed,
        "reference": None,
        "finding": one.finding,
        "why": one.why,
    }


def _listed(found: Iterable[Estimate]) -> Iterator[str]:
    counts = {"right": 0, "wrong": 0, "unchecked": 0}
    for one in found:
        counts[one.finding] += 1
        comes_to = "" if one.recomputed is None else f"   it comes to {one.recomputed}"
        yield f"{one.line:>5}  {one.finding:<9}  {printable(one.text)}{comes_to if one.finding == 'wrong' else ''}"
        if one.why:
            yield f"{'':>18}{one.why}"
    if not any(counts.values()):
        yield "No estimates found."
        return
    yield ", ".join(f"{count} {name}" for name, count in counts.items())
