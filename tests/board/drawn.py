"""An independent reader of a drawn board: it sees only the text, and tells which arrows it shows.

It shares nothing with the layout: boxes are found by their corners, lines are followed from glyph to glyph.
"""

from dataclasses import dataclass, field

from coach.board.cells import clusters

UP, RIGHT, DOWN, LEFT = (0, -1), (1, 0), (0, 1), (-1, 0)
ARMS = {
    "│": (UP, DOWN), "─": (LEFT, RIGHT), "╭": (DOWN, RIGHT), "╮": (DOWN, LEFT), "╰": (UP, RIGHT), "╯": (UP, LEFT),
    "├": (UP, DOWN, RIGHT), "┤": (UP, DOWN, LEFT), "┬": (LEFT, RIGHT, DOWN), "┴": (LEFT, RIGHT, UP),
    "┼": (UP, RIGHT, DOWN, LEFT),
}  # fmt: skip
SHAPES = [(shape[0], shape) for shape in ("╭─╮│╯╰", "╭╌╮╎╯╰", "┍━┑│┙┕", "┏╍┓╏┛┗", "┌─┐│┘└", "┌╌┐╎┘└", "┏━┓┃┛┗", "╓─╖║╜╙",
                                          "╒═╕│╛╘", "╔═╗║╝╚")]  # fmt: skip
BELOW, ABOVE = "┬┯╤", "┴┷╧"
DRAWN = {chr(code) for code in range(0x2500, 0x2580)} | set("▼▲")


@dataclass
class Box:
    x: int
    y: int
    right: int
    bottom: int
    name: str
    loops: list[str] = field(default_factory=list)


@dataclass
class Seen:
    """What a reader of the text sees."""

    boxes: list[Box]
    arrows: list[tuple[str, str, str]]
    """From, to, label."""
    both: list[tuple[str, str, str]]
    problems: list[str]


def grid_of(text: str) -> list[list[str]]:
    rows = []
    for line in text.split("\n"):
        cells = []
        for part, wide in clusters(line):
            cells += [part] + [""] * (wide - 1)
        rows.append(cells)
    width = max(map(len, rows), default=0)
    return [row + [" "] * (width - len(row)) for row in rows]


class Reader:
    def __init__(self, text: str) -> None:
        self.grid = grid_of(text)
        self.problems: list[str] = []
        self.boxes = [
            box for y, row in enumerate(self.grid) for x in range(len(row) - 1) if (box := self.box_at(x, y))
        ]

    def at(self, x: int, y: int) -> str:
        return self.grid[y][x] if 0 <= y < len(self.grid) and 0 <= x < len(self.grid[y]) else " "

    def box_at(self, x: int, y: int) -> Box | None:
        tried = (self.shaped(x, y, shape[1:]) for first, shape in SHAPES if first == self.at(x, y))
        return next((box for box in tried if box), None)

    def shaped(self, x: int, y: int, shape: str) -> Box | None:
        across, upper_right, side, lower_right, lower_left = shape
        right = x + 1
        while self.at(right, y) in across + ABOVE:
            right += 1
        if self.at(right, y) != upper_right or right < x + 2:
            return None
        bottom = y + 1
        while self.at(x, bottom) == side and self.at(right, bottom) == side:
            bottom += 1
        if self.at(x, bottom) != lower_left or self.at(right, bottom) != lower_right or bottom < y + 2:
            return None
        if any(self.at(column, bottom) not in across + BELOW for column in range(x + 1, right)):
            return None
        lines = ["".join(self.grid[row][x + 1 : right]).strip() for row in range(y + 1, bottom)]
        loops = [line[1:].strip() for line in lines if line.startswith("↻")]
        return Box(x, y, right, bottom, " ".join(line for line in lines if not line.startswith("↻")), loops)

    def box_under(self, x: int, y: int) -> Box | None:
        return next((box for box in self.boxes if box.y == y and box.x < x < box.right), None)

    def box_over(self, x: int, y: int) -> Box | None:
        return next((box for box in self.boxes if box.bottom == y and box.x < x < box.right), None)

    def label(self, x: int, y: int) -> str:
        cells = []
        while x < len(self.grid[y]) and self.grid[y][x] not in DRAWN:
            if self.grid[y][x] == " " and self.at(x + 1, y) == " ":
                break
            cells.append(self.grid[y][x])
            x += 1
        return "".join(cells).strip()

    def follow(self, x: int, y: int) -> list[tuple[int, int, str]]:
        """Ends of the line that goes down into this cell: heads `▼`, and borders it meets from above."""
        ends, seen, stack = [], set(), [(x, y, DOWN)]
        while stack:
            x, y, way = stack.pop()
            if (x, y, way) in seen:
                continue
            seen.add((x, y, way))
            glyph = self.at(x, y)
            back = (-way[0], -way[1])
            arms = ARMS.get(glyph)
            if way == DOWN and (glyph == "▼" or (glyph in ABOVE and self.box_under(x, y))):
                ends.append((x, y, glyph))
            elif arms and back in arms:
                stack += [(x + arm[0], y + arm[1], arm) for arm in arms if arm != back]
            elif way in (LEFT, RIGHT) and glyph == "│":
                stack.append((x + way[0], y, way))
            else:
                self.problems.append(f"a line breaks off at column {x}, line {y}: {glyph!r}")
        return ends

    def read(self) -> Seen:
        arrows, both = [], []
        for box in self.boxes:
            arrows += [(box.name, box.name, label) for label in box.loops]
            for x in range(box.x + 1, box.right):
                if self.at(x, box.bottom) in BELOW:
                    for end in self.follow(x, box.bottom + 1):
                        arrows += self.landed(box, end)
                elif self.at(x, box.bottom + 1) == "▲":
                    label = self.label(x + 1, box.bottom + 1)
                    for end in self.follow(x, box.bottom + 2):
                        target = self.box_under(end[0], end[1] + (end[2] == "▼"))
                        if not target:
                            self.problems.append(f"nothing under {end}")
                        elif end[2] == "▼":
                            both.append((box.name, target.name, self.label(end[0] + 1, end[1])))
                        else:
                            arrows.append((target.name, box.name, label))
        return Seen(self.boxes, arrows, both, self.problems)

    def landed(self, source: Box, end: tuple[int, int, str]) -> list[tuple[str, str, str]]:
        target = self.box_under(end[0], end[1] + 1)
        if end[2] != "▼" or not target:
            self.problems.append(f"a line from {source.name} ends at {end}")
            return []
        return [(source.name, target.name, self.label(end[0] + 1, end[1]))]


def read_drawing(text: str) -> Seen:
    return Reader(text).read()
