"""The estimates of an answer as a table: what was written, what it comes to, and what to make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.report.numbers import HEADINGS, number_rows
from coach.tui.widgets.debrief_blocks import GAP, Block, Role, heading, text
from coach.tui.widgets.debrief_places import line_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coach.report.numbers import NumberRow
    from coach.report.review import Review

TONES: dict[str, Role] = {"right": "good", "wrong": "bad", "unchecked": "quiet"}
_GAP = 2
_NARROWEST = 12
_ALL = len(HEADINGS)


def number_blocks(review: Review, width: int) -> Iterator[Block]:
    """The table, made for `width` columns; where there is no room the middle columns give way. Enter opens a line."""
    rows = number_rows(review.card, review.checklist)
    if not rows:
        return
    yield GAP
    yield heading("Numbers")
    shown = _columns(rows, width)
    widths = _widths(rows, shown, width)
    yield text((_line(HEADINGS, shown, widths), "quiet"))
    for at, row in enumerate(rows):
        cells = _line(row.cells, shown, widths)
        start = cells.rstrip().removesuffix(row.finding)
        yield Block(
            (start, (row.finding, TONES[row.finding])), key=f"number {at}", opens=line_place(row.line)
        )
        if row.why:
            yield text((f"line {row.line}: {row.why}", "quiet"), indent=4)


def _columns(rows: Sequence[NumberRow], width: int) -> tuple[int, ...]:
    """Which columns fit: recomputed goes first, then the reference."""
    for left_out in ((), (2,), (2, 3)):
        shown = tuple(at for at in range(_ALL) if at not in left_out)
        if _NARROWEST + _needed(rows, shown) <= width:
            break
    return shown


def _needed(rows: Sequence[NumberRow], shown: Sequence[int]) -> int:
    """Columns taken by all but the first cell."""
    return sum(_GAP + max(len(HEADINGS[at]), *(len(row.cells[at]) for row in rows)) for at in shown[1:])


def _widths(rows: Sequence[NumberRow], shown: Sequence[int], width: int) -> dict[int, int]:
    widest = {at: max(len(HEADINGS[at]), *(len(row.cells[at]) for row in rows)) for at in shown}
    widest[0] = max(_NARROWEST, min(widest[0], width - _needed(rows, shown)))
    return widest


def _line(cells: Sequence[str], shown: Sequence[int], widths: dict[int, int]) -> str:
    parts = [_cut(cells[at], widths[at]).ljust(widths[at]) for at in shown]
    return (" " * _GAP).join(parts).rstrip()


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else f"{cell[: width - 1]}…"
