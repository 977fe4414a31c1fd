"""The drawing of a scored answer, and what it shows: for every format of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.board.draw import draw
from coach.board.fit import fit
from coach.judge.drawn import FEWEST_ARROWS, board_in

if TYPE_CHECKING:
    from coach.judge.findings import BoardFinding
    from coach.report.review import Review

TOO_WIDE = "The picture needs {} columns; `coach board` draws it from the lines of the board."


def picture_lines(review: Review, width: int) -> tuple[str, ...]:
    """The picture in at most `width` columns with its legend; empty when nothing was drawn."""
    board, _ = board_in(review.transcript)
    if len(board.arrows) < FEWEST_ARROWS:
        return ()
    picture = fit(board, width=width)
    if picture.width > width:
        return (TOO_WIDE.format(picture.width),)
    drawing = draw(picture)
    below = [*picture.legend, *(f"… {title}" for title in drawing.untitled)]
    return (*drawing.text.split("\n"), *(("", *below) if below else ()))


def said_of(finding: BoardFinding) -> str:
    """A finding in a sentence; what is right in this problem says why."""
    return finding.text if finding.excused is None else f"{finding.text}: fine here. {finding.excused}"
