"""Columns: how wide boxes are, where they stand, where lines meet them, and which way lines take between the rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from coach.board.graph import Board
from coach.board.layers import Layers, Link
from coach.board.legend import Labels
from coach.board.picture import Look
from coach.board.place import Columns, Pull, Room, fits_frames, place
from coach.board.ports import Port, Side
from coach.board.tracks import Run

SNAPS = 3
"""Columns a trunk leaves the middle of its box to run straight into one of its lines."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows and their order: what does not depend on how closely the picture is drawn."""

    board: Board
    layers: Layers
    crossings: int
    pulls: Mapping[int, Pull] = field(default_factory=dict)
    stood: Mapping[int, float] = field(default_factory=dict)
    """Where boxes stood in the picture before."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A picture with all its columns; the lines on which things stand are still to be found."""

    plan: Plan
    look: Look
    labels: Labels
    lines: list[tuple[str, ...]]
    widths: list[int]
    columns: Columns
    runs: list[list[Run]]
    trunks: dict[int, Port]
    ends: dict[int, Port]


def arrange(planned: Plan, look: Look) -> Arranged:
    """The columns of everything, as closely as `look` says."""
    return _Columns(planned, look).arranged()


class _Columns:
    """One picture being made."""

    def __init__(self, planned: Plan, look: Look) -> None:
        self._plan = planned
        self._layers = planned.layers
        self._board = planned.board
        self._look = look
        self._labels = Labels(planned.board, look)
        self._lines = [self._labels.lines(index) for index in range(len(planned.board.boxes))]
        self._tops = [Side() for _ in planned.board.boxes]
        self._bottoms = [Side() for _ in planned.board.boxes]
        self._trunks: dict[int, Port] = {}
        """The port at the upper end of each net."""
        self._ends: dict[int, Port] = {}
        """The port at the lower end of each link that ends at a box."""
        self._places = {one: place for row in self._layers.rows for place, one in enumerate(row)}
        self._links_by_net: dict[int, list[tuple[int, Link]]] = {}
        for index, link in enumerate(self._layers.links):
            self._links_by_net.setdefault(link.net, []).append((index, link))
        self._add_ports()
        self._widths = [self._width(index) for index in range(len(planned.board.boxes))]

    def _add_ports(self) -> None:
        items = self._layers.items
        for index, net in enumerate(self._layers.nets):
            label = self._labels.width(net.arrow) if net.way == "up" else 0
            self._trunks[index] = port = Port(index, label=label)
            self._bottoms[net.upper].ports.append(port)
        for index, link in enumerate(self._layers.links):
            if items[link.lower].box >= 0:
                way = self._layers.nets[link.net].way
                label = 0 if way == "up" else self._labels.width(link.arrow)
                self._ends[index] = port = Port(link.net, index, label)
                self._tops[items[link.lower].box].ports.append(port)
        for side in self._tops:
            side.ports.sort(key=lambda port: (self._places[self._layers.links[port.link].upper], port.link))
        for side in self._bottoms:
            side.ports.sort(key=lambda port: (self._middle_place(port.net), port.net))

    def _middle_place(self, net: int) -> float:
        places = [self._places[link.lower] for _, link in self._first_links(net)]
        return sum(places) / len(places)

    def _width(self, index: int) -> int:
        text = max(self._labels.cells(line) for line in self._lines[index]) + 4
        return max(text, 5, *(side.needs + 2 for side in self._sides(index)))

    def _sides(self, index: int) -> tuple[Side, Side]:
        return self._tops[index], self._bottoms[index]

    def _reach(self, index: int) -> int:
        """Cells right of its left border that a box and the labels beside it take."""
        width = self._widths[index]
        reach = width
        for side in self._sides(index):
            if side.sticks_out:
                first = width // 2 if len(side.ports) == 1 else side.needs
                reach = max(reach, first + side.sticks_out + 2)
        return reach

    def arranged(self) -> Arranged:
        columns = self._place()
        self._settle_ports(columns)
        runs = [self._runs(rank, columns) for rank in range(len(self._layers.rows) - 1)]
        return self._parts(columns, runs)

    def _place(self) -> Columns:
        left, right = [], []
        for item in self._layers.items:
            half = self._widths[item.box] // 2 if item.box >= 0 else 0
            left.append(half)
            right.append(self._reach(item.box) - half - 1 if item.box >= 0 else 0)
        room = Room(left, right, self._look.gap, self._leans(left))
        has_frames = self._look.has_frames and fits_frames(self._layers, room)
        return place(self._layers, room, pulls=dict(self._plan.pulls), has_frames=has_frames)

    def _leans(self, half: list[int]) -> list[int]:
        """How far beside each other the middles of two joined items stand when their line is straight."""
        for index in range(len(self._board.boxes)):
            for side in self._sides(index):
                side.arrange(self._widths[index])
        leans = []
        for index, link in enumerate(self._layers.links):
            lower = half[link.lower] - self._ends[index].column if index in self._ends else 0
            upper = half[link.upper] - self._trunks[link.net].column if self._is_box(link.upper) else 0
            leans.append(lower - upper)
        return leans

    def _is_box(self, one: int) -> bool:
        return self._layers.items[one].box >= 0

    def _settle_ports(self, columns: Columns) -> None:
        """Ports near the other ends of their lines, so that lines run straight where they can."""
        for index in range(len(self._board.boxes)):
            left = columns.of[index] - self._widths[index] // 2
            for side in self._sides(index):
                for port in side.ports:
                    port.column += left
        for _ in range(2):
            for index in range(len(self._board.boxes)):
                left = columns.of[index] - self._widths[index] // 2
                last = left + self._widths[index] - 2
                reach = left + self._reach(index) - 2
                top, bottom = self._sides(index)
                middle = columns.of[index]
                top.settle(
                    left + 1, min(last, reach - top.sticks_out), partial(self._upper_of, columns=columns)
                )
                bottom.settle(
                    left + 1,
                    min(last, reach - bottom.sticks_out),
                    partial(self._lower_of, columns=columns, middle=middle),
                )

    def _upper_of(self, port: Port, columns: Columns) -> float:
        link = self._layers.links[port.link]
        return self._trunks[link.net].column if self._is_box(link.upper) else columns.of[link.upper]

    def _lower_of(self, port: Port, columns: Columns, middle: int) -> float:
        """Where a net's only line lands in the next row; of several, the one nearest to the middle of the box."""
        landed = [
            self._ends[index].column if index in self._ends else columns.of[link.lower]
            for index, link in self._first_links(port.net)
        ]
        nearest = min(landed, key=lambda column: abs(column - middle))
        return nearest if len(landed) == 1 or abs(nearest - middle) <= SNAPS else middle

    def _first_links(self, net: int) -> list[tuple[int, Link]]:
        """The pieces of a net that leave its upper box."""
        upper = self._layers.nets[net].upper
        return [(index, link) for index, link in self._links_by_net[net] if link.upper == upper]

    def _runs(self, rank: int, columns: Columns) -> list[Run]:
        """The nets between a row and the next."""
        items = self._layers.items
        runs: dict[int, Run] = {}
        for index, link in enumerate(self._layers.links):
            if items[link.upper].rank != rank:
                continue
            upper = columns.of[link.upper] if items[link.upper].box < 0 else self._trunks[link.net].column
            lower = columns.of[link.lower] if items[link.lower].box < 0 else self._ends[index].column
            run = runs.setdefault(link.net, Run(link.net, [upper], []))
            run.lowers.append(lower)
        return list(runs.values())

    def _parts(self, columns: Columns, runs: list[list[Run]]) -> Arranged:
        return Arranged(
            self._plan,
            self._look,
            self._labels,
            self._lines,
            self._widths,
            columns,
            runs,
            self._trunks,
            self._ends,
        )
