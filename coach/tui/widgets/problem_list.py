"""The problems to choose from, in columns that give way when space runs out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import set_cell_size

from coach.tui.foreign import one_line
from coach.tui.widgets.rows import ELSEWHERE, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from coach.tui.ports import ProblemHeadline

SURPRISE, WARM_UP = "!surprise", "!warm-up"
OWN_ROWS = {
    SURPRISE: "Surprise me",
    WARM_UP: "Warm-up (2 minutes): learn the keys",
}
TITLE, TRIES, BEST, LAST, ASKED = 28, 9, 15, 11, 18
ALL_COLUMNS = 4
USUAL_WIDTH = 78


class ProblemList(Rows):
    """Enter chooses. Under the problems stand `Surprise me` and the warm-up."""

    HELP = "Up and down move, Enter chooses. Tab goes on to mode, seniority and length."

    def __init__(self, headlines: Sequence[ProblemHeadline]) -> None:
        super().__init__("Problems")
        self.headlines: dict[str, ProblemHeadline] = {}
        self.show(headlines)

    def show(self, headlines: Sequence[ProblemHeadline]) -> None:
        """Show these problems and, under them, our own rows."""
        is_first = not self.headlines and self.chosen in ("", SURPRISE)
        self.headlines = {one.id: one for one in headlines}
        width = (self.size.width or USUAL_WIDTH) - len(ELSEWHERE) - 1
        rows = [Row(one.id, columns(one, width)) for one in headlines]
        self.set_rows([*rows, *([Row("", "")] if rows else []), *(Row(*one) for one in OWN_ROWS.items())])
        if is_first:
            self.highlighted = 0

    def on_resize(self, event: events.Resize) -> None:
        self.show(list(self.headlines.values()))


def columns(one: ProblemHeadline, width: int) -> str:
    """One problem in `width` columns: the title always; attempts and verdict, day, and who asks it as they fit."""
    tries = "new" if not one.attempts else f"{one.attempts} {'try' if one.attempts == 1 else 'tries'}"
    title = min(TITLE, width)
    cells = [(one.title, title)]
    room = width - title
    for text, size in ((tries, TRIES), ((one.best or "").replace("_", " "), BEST), (one.last or "", LAST)):
        if room >= size:
            cells.append((text, size))
            room -= size
    if room >= ASKED and len(cells) == ALL_COLUMNS:
        cells.insert(1, (", ".join(one.asked_by), room))
    else:
        cells[0] = (one.title, title + room)
    # The last cell of each column stays blank.
    return "".join(set_cell_size(one_line(text), size - 1) + " " for text, size in cells).rstrip()
