"""A picture as lines of characters, with what each stretch is, so that it can be coloured."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from coach.board.cells import clusters, cut, width
from coach.board.graph import Kind
from coach.board.picture import Frame, Picture, Placed

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8
_LINES = {
    UP | DOWN: "│", LEFT | RIGHT: "─", UP: "│", DOWN: "│", LEFT: "─", RIGHT: "─",
    DOWN | RIGHT: "╭", DOWN | LEFT: "╮", UP | RIGHT: "╰", UP | LEFT: "╯",
    UP | DOWN | RIGHT: "├", UP | DOWN | LEFT: "┤", LEFT | RIGHT | DOWN: "┬", LEFT | RIGHT | UP: "┴",
    UP | RIGHT | DOWN | LEFT: "┼",
}  # fmt: skip
# Corners from the upper left clockwise from the top, then sides: ┌ ─ ┐ │ ┘ └.
BORDERS: dict[Kind, str] = {
    "client": "╭─╮│╯╰",
    "cdn": "╭╌╮╎╯╰",
    "lb": "┍━┑│┙┕",
    "gateway": "┏╍┓╏┛┗",
    "service": "┌─┐│┘└",
    "worker": "┌╌┐╎┘└",
    "cache": "┏━┓┃┛┗",
    "queue": "╓─╖║╜╙",
    "db": "╒═╕│╛╘",
    "blob": "╔═╗║╝╚",
}
"""The border of each kind, so that it is known without colour."""
_MARKS = {"─": "┬┴", "━": "┯┷", "═": "╤╧", "╌": "┬┴", "╍": "┯┷"}

_SHORTEST_TITLE = 6
"""Cells a title must have to be worth writing."""

What = Literal["", "line", "head", "label", "frame", "title", "name", "typing", "weak"] | Kind


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring cells of one kind."""

    text: str
    what: What
    """A kind for a border; `name`, `label`, `line`, ...; empty for what is blank."""
    group: int = -1
    """The group whose box or frame this is."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture's lines, and titles that found no room."""

    rows: tuple[tuple[Stretch, ...], ...]
    width: int
    untitled: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Plain text, a line for each row, without blanks at the ends."""
        return "\n".join("".join(part.text for part in row).rstrip() for row in self.rows)


def draw(picture: Picture, *, weak: frozenset[str] = frozenset()) -> Drawing:
    """The picture in characters; the borders of the boxes in `weak` are marked as such."""
    canvas = _Canvas(picture.width, picture.height)
    for frame in picture.frames:
        canvas.frame(frame)
    for stroke in picture.strokes:
        canvas.stroke(stroke.net, stroke.x1, stroke.y1, stroke.x2, stroke.y2)
    canvas.lines()
    untitled = []
    for frame in picture.frames:
        at, words = title_place(picture, frame)
        canvas.put(at, frame.y, f" {words} " if words else "", "title", group=frame.group)
        if words != frame.title:
            untitled.append(frame.title)
    for box in picture.boxes:
        canvas.box(box, is_weak=box.box.id in weak)
    for mark in picture.marks:
        border = canvas.glyphs[mark.y][mark.x]
        canvas.glyphs[mark.y][mark.x] = _MARKS.get(border, "┬┴")[not mark.is_lower]
    for head in picture.heads:
        canvas.put(head.x, head.y, "▲" if head.is_up else "▼", "head")
        canvas.put(head.x + 1, head.y, head.label, "label")
    return Drawing(tuple(canvas.row(y) for y in range(picture.height)), picture.width, tuple(untitled))


def title_place(picture: Picture, frame: Frame) -> tuple[int, str]:
    """Where a frame's title stands on its upper edge, clear of the lines that cross it, and how much of it; maybe nothing."""
    crossed = {
        x
        for one in picture.strokes
        if min(one.y1, one.y2) <= frame.y <= max(one.y1, one.y2)
        for x in range(min(one.x1, one.x2), max(one.x1, one.x2) + 1)
    }
    longest, at, free = (0, 0), frame.x + 1, 0
    needed = width(frame.title) + 2
    for x in range(frame.x + 1, frame.x + frame.width - 1):
        free, at = (0, x + 1) if x in crossed else (free + 1, at)
        if free >= needed:
            return at, frame.title
        longest = max(longest, (free, -at))
    if longest[0] < _SHORTEST_TITLE:
        return frame.x + 1, ""
    return -longest[1], cut(frame.title, longest[0] - 2)


class _Canvas:
    """Cells with a character and what it is; a line's cells hold the net and the ways it goes."""

    def __init__(self, wide: int, high: int) -> None:
        self.glyphs = [[" "] * wide for _ in range(high)]
        self._whats: list[list[What]] = [[""] * wide for _ in range(high)]
        self._groups = [[-1] * wide for _ in range(high)]
        self._ways: dict[tuple[int, int], tuple[int, int]] = {}

    def put(self, x: int, y: int, text: str, what: What, *, group: int = -1) -> None:
        """Write `text` from a cell on; a wide character leaves the cell behind it empty."""
        row, whats, groups = self.glyphs[y], self._whats[y], self._groups[y]
        for part, wide in clusters(text):
            row[x], whats[x], groups[x] = part, what, group
            if wide > 1:
                row[x + 1], whats[x + 1], groups[x + 1] = "", what, group
            x += wide

    def frame(self, frame: Frame) -> None:
        right, bottom = frame.x + frame.width - 1, frame.y + frame.height - 1
        inner = "┄" * (frame.width - 2)
        for y, ends in ((frame.y, ("┌", "┐")), (bottom, ("└", "┘"))):
            self.put(frame.x, y, f"{ends[0]}{inner}{ends[1]}", "frame", group=frame.group)
        for y in range(frame.y + 1, bottom):
            self.put(frame.x, y, "┆", "frame", group=frame.group)
            self.put(right, y, "┆", "frame", group=frame.group)

    def stroke(self, net: int, x1: int, y1: int, x2: int, y2: int) -> None:
        """Lay a straight line; where two nets cross, the vertical one is seen."""
        if x1 == x2:
            top, bottom = min(y1, y2), max(y1, y2)
            for y in range(top, bottom + 1):
                self._lay(net, x1, y, (UP if y > top else 0) | (DOWN if y < bottom else 0))
        else:
            first, last = min(x1, x2), max(x1, x2)
            for x in range(first, last + 1):
                self._lay(net, x, y1, (LEFT if x > first else 0) | (RIGHT if x < last else 0))

    def _lay(self, net: int, x: int, y: int, ways: int) -> None:
        owner, before = self._ways.get((x, y), (net, 0))
        if owner == net:
            self._ways[x, y] = (net, before | ways)
        elif ways & (UP | DOWN):
            self._ways[x, y] = (net, ways)

    def lines(self) -> None:
        """Turn what was laid into characters."""
        for (x, y), (_, ways) in self._ways.items():
            self.put(x, y, _LINES.get(ways, "│"), "line")

    def box(self, placed: Placed, *, is_weak: bool) -> None:
        left, across, right, side, low_right, low_left = tuple(BORDERS[placed.box.kind])
        inner, what = placed.width - 2, placed.box.kind
        shown: What = "typing" if placed.box.is_typing else "name"
        border: What = "typing" if placed.box.is_typing else "weak" if is_weak else what
        self.put(placed.x, placed.y, left + across * inner + right, border, group=placed.group)
        for nth, line in enumerate(placed.lines, placed.y + 1):
            blank = inner - width(line)
            before = blank // 2
            self.put(placed.x, nth, side, border, group=placed.group)
            self.put(
                placed.x + 1, nth, " " * before + line + " " * (blank - before), shown, group=placed.group
            )
            self.put(placed.x + placed.width - 1, nth, side, border, group=placed.group)
        bottom = placed.y + placed.height - 1
        self.put(placed.x, bottom, low_left + across * inner + low_right, border, group=placed.group)

    def row(self, y: int) -> tuple[Stretch, ...]:
        """One line as stretches."""
        cells = zip(self.glyphs[y], self._whats[y], self._groups[y], strict=True)
        return tuple(
            Stretch("".join(cell[0] for cell in part), key[0], key[1])
            for key, part in groupby(cells, key=lambda cell: (cell[1], cell[2]))
        )
