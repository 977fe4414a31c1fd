"""A drawn board as data, in character cells: what the terminal, the SVG and every other export are made from."""

from dataclasses import dataclass, field

from coach.board.graph import Board, Box


@dataclass(frozen=True, slots=True)
class Look:
    """How closely a picture is drawn."""

    gap: int = 3
    """Columns between neighbours."""
    has_frames: bool = True
    """Groups as frames; else by colour, listed in the legend."""
    has_numbers: bool = False
    """Arrows with numbers and a legend instead of their labels."""
    name_width: int = 22
    """Cells before a name is wrapped."""
    label_width: int = 24
    """Cells before a label goes to the legend."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its upper left cell, its size and the lines in it."""

    box: Box
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    group: int = -1
    """Index of its group in the board."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight run of cells of one net, both ends included."""

    net: int
    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an arrow beside the box it leads to, with its label to the right."""

    net: int
    x: int
    y: int
    arrow: int
    """Index of the arrow in the board."""
    label: str = ""
    is_up: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a line without a head meets a border."""

    net: int
    x: int
    y: int
    is_lower: bool
    """On the lower border of its box."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a group."""

    group: int
    title: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is drawn."""

    board: Board
    look: Look
    width: int
    height: int
    boxes: tuple[Placed, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    heads: tuple[Head, ...] = ()
    marks: tuple[Mark, ...] = ()
    frames: tuple[Frame, ...] = ()
    legend: tuple[str, ...] = ()
    """What did not fit into the picture, a line each."""
    left: int = 0
    """Where its first column is, counted as in the picture it followed; there 0 may have been further right."""
    columns: dict[str, int] = field(default_factory=dict)
    """The middle column of each box by its id, counted likewise, for the picture that follows."""

    def placed(self, id: str) -> Placed | None:  # noqa: A002
        """The box with this id; None when it is not drawn."""
        return next((one for one in self.boxes if one.box.id == id), None)
