"""The words of a picture: names in lines, labels beside heads, and a legend for what has no room."""

from coach.board.cells import cut, width, wrap
from coach.board.graph import Board
from coach.board.picture import Look

MOST_NAME_LINES = 3
LOOP = "↻"


class Labels:
    """What stands in the boxes and beside the arrows of one picture."""

    def __init__(self, board: Board, look: Look) -> None:
        self._board = board
        self._look = look
        self._shown: dict[int, str] = {}
        self._cut: dict[int, str] = {}
        number = 0
        for index, arrow in enumerate(board.arrows):
            if not arrow.label:
                continue
            if look.has_numbers or width(arrow.label) > look.label_width:
                number += 1
                self._shown[index] = str(number)
            else:
                self._shown[index] = arrow.label
        self._loops = _loops(board)

    @staticmethod
    def cells(text: str) -> int:
        """How many cells a text takes."""
        return width(text)

    def shown(self, arrow: int) -> str:
        """What stands beside an arrow's head: its label, a number, or nothing."""
        return self._shown.get(arrow, "")

    def width(self, arrow: int) -> int:
        """Cells that takes."""
        return width(self.shown(arrow))

    def lines(self, index: int) -> tuple[str, ...]:
        """The lines in a box: its name, then its arrows to itself."""
        box, limit = self._board.boxes[index], self._look.name_width
        lines = list(wrap(box.shown, limit)) or [box.id]
        if len(lines) > MOST_NAME_LINES:
            self._cut[index] = box.shown
            lines = [*lines[: MOST_NAME_LINES - 1], cut(" ".join(lines[MOST_NAME_LINES - 1 :]), limit)]
        lines += [f"{LOOP} {self.shown(arrow)}".rstrip() for arrow in self._loops.get(box.id, ())]
        return tuple(lines)

    def legend(self, *, has_frames: bool) -> tuple[str, ...]:
        """A line for every number, every group without a frame, every name and loop that was cut."""
        names = {box.id: box.shown for box in self._board.boxes}
        lines = []
        for index, arrow in enumerate(self._board.arrows):
            if index in self._shown and self._shown[index] != arrow.label:
                sign = LOOP if arrow.source == arrow.target else "↔" if arrow.is_both else "→"
                lines.append(
                    f"{self._shown[index]:>2} {names[arrow.source]} {sign} {names[arrow.target]}: {arrow.label}"
                )
        if not has_frames:
            for title in self._board.groups:
                held = ", ".join(box.shown for box in self._board.boxes if box.group == title)
                lines.append(f"{title}: {held}")
        lines += [f"… {name}" for name in self._cut.values()]
        return tuple(lines)


def _loops(board: Board) -> dict[str, list[int]]:
    loops: dict[str, list[int]] = {}
    for index, arrow in enumerate(board.arrows):
        if arrow.source == arrow.target:
            loops.setdefault(arrow.source, []).append(index)
    return loops
