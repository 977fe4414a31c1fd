"""Columns: every item as near as may be to the middle of what it is joined to, and to where it stood before.

A row by itself is solved exactly: least squares under the distances that must be kept, by pooling neighbours that are
too close (isotonic regression). Frames tie rows together; then a second pass keeps everything inside its walls.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coach.board.layers import Layers

ROUNDS = 6
_FAR = 1e6
WALL = 2
"""Columns between a frame and what stands in it or beside it."""
_STRAIGHT, _HALF_STRAIGHT = 8.0, 2.0
"""How much more a line that only passes wishes to run straight than a box to stand in the middle."""


@dataclass(frozen=True, slots=True)
class Room:
    """Cells an item needs on both sides of its middle column, per item."""

    left: Sequence[int]
    right: Sequence[int]
    gap: int
    leans: Sequence[int]
    """For each link, how far right of the lower item's middle it lands less where it leaves the upper one's."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The middle column of every item, and the walls of every frame."""

    of: list[int]
    walls: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pull:
    """Where an item stood before, and how strongly it stays."""

    column: float
    weight: float


def place(layers: Layers, room: Room, *, pulls: dict[int, Pull], has_frames: bool) -> Columns:
    """The columns of all items, the leftmost cell at 0."""
    wishes = _wishes(layers, room, pulls)
    if has_frames and any(item.group >= 0 for item in layers.items):
        return _Frames(layers, room, wishes).solve(pulls)
    columns = _exact(layers, room, wishes)
    _straighten(layers, columns, _beside(layers, room))
    least = min(column - left for column, left in zip(columns, room.left, strict=True))
    return Columns([column - least for column in columns])


def spread(targets: Sequence[float], weights: Sequence[float], distances: Sequence[float]) -> list[float]:
    """Positions nearest to `targets`, each at least `distances[i]` right of the one before it."""
    offset, offsets = 0.0, []
    blocks: list[list[float]] = []  # sum of weighted targets, weight, how many
    for target, weight, distance in zip(targets, weights, distances, strict=True):
        offset += distance
        offsets.append(offset)
        blocks.append([(target - offset) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [blocks[-1][0] + last[0], blocks[-1][1] + last[1], blocks[-1][2] + last[2]]
    level = (total / weight for total, weight, count in blocks for _ in range(int(count)))
    return [value + offset for value, offset in zip(level, offsets, strict=True)]


def _distances(layers: Layers, room: Room, row: list[int]) -> list[float]:
    """How far each item of a row must stand from the one before it; 0 for the first."""
    out = [0.0]
    for left, right in pairwise(row):
        is_beside_box = layers.items[left].box >= 0 or layers.items[right].box >= 0
        gap = room.gap if is_beside_box else min(room.gap, 2)
        out.append(room.right[left] + gap + 1 + room.left[right])
    return out


def _wishes(layers: Layers, room: Room, pulls: dict[int, Pull]) -> list[float]:
    """Columns after some rounds down and up through the rows."""
    columns = [0.0] * len(layers.items)
    distances = [_distances(layers, room, row) for row in layers.rows]
    for row, apart in zip(layers.rows, distances, strict=True):
        at = 0.0
        for one, distance in zip(row, apart, strict=True):
            at += distance
            columns[one] = pulls[one].column if one in pulls else at
    above, below = _joined(layers, room)
    every = [[*up, *down] for up, down in zip(above, below, strict=True)]
    for turn in range(ROUNDS):
        is_down = turn % 2 == 0
        joined = every if turn >= ROUNDS - 2 else above if is_down else below
        for rank in range(len(layers.rows)) if is_down else range(len(layers.rows) - 1, -1, -1):
            row = layers.rows[rank]
            targets, strengths = [], []
            for one in row:
                target, strength = _wish(columns, one, joined[one], pulls.get(one))
                targets.append(target)
                strengths.append(strength)
            for one, column in zip(row, spread(targets, strengths, distances[rank]), strict=True):
                columns[one] = column
    return columns


_Joined = list[list[tuple[int, float, int]]]


def _joined(layers: Layers, room: Room) -> tuple[_Joined, _Joined]:
    """For each item those above and those below it, with the strength of the pull and how far beside it aims."""
    above: _Joined = [[] for _ in layers.items]
    below: _Joined = [[] for _ in layers.items]
    for link, lean in zip(layers.links, room.leans, strict=True):
        strength = _weight(layers, link.upper, link.lower)
        above[link.lower].append((link.upper, strength, -lean))
        below[link.upper].append((link.lower, strength, lean))
    return above, below


def _wish(
    columns: list[float], one: int, joined: list[tuple[int, float, int]], pull: Pull | None
) -> tuple[float, float]:
    """Where an item wishes to be, and how strongly."""
    total, weight = 0.0, 0.0
    for other, strength, lean in joined:
        total, weight = total + (columns[other] + lean) * strength, weight + strength
    if pull:
        total, weight = total + pull.column * pull.weight, weight + pull.weight
    return (total / weight, weight) if weight else (columns[one], 0.1)


def _weight(layers: Layers, one: int, other: int) -> float:
    lines = (layers.items[one].box < 0) + (layers.items[other].box < 0)
    return (1.0, _HALF_STRAIGHT, _STRAIGHT)[lines]


def _exact(layers: Layers, room: Room, wishes: list[float]) -> list[int]:
    """Whole columns that keep every distance."""
    columns = [0] * len(layers.items)
    for row in layers.rows:
        at = None
        for one, distance in zip(row, _distances(layers, room, row), strict=True):
            wish = round(wishes[one])
            at = wish if at is None else max(wish, at + int(distance))
            columns[one] = at
    return columns


_Bounds = tuple[list[list[tuple[int, int]]], list[list[tuple[int, int]]]]
"""For each item those left of it and those right of it, with the distance that must be kept."""


def _beside(layers: Layers, room: Room) -> _Bounds:
    left: list[list[tuple[int, int]]] = [[] for _ in layers.items]
    right: list[list[tuple[int, int]]] = [[] for _ in layers.items]
    for row in layers.rows:
        for (one, other), distance in zip(pairwise(row), _distances(layers, room, row)[1:], strict=True):
            left[other].append((one, int(distance)))
            right[one].append((other, int(distance)))
    return left, right


def _straighten(layers: Layers, columns: list[int], bounds: _Bounds) -> None:
    """Let a line that passes several rows take one column, where its neighbours leave room."""
    left, right = bounds
    for joined, rows in ((layers.above, layers.rows), (layers.below, layers.rows[::-1])):
        for row in rows:
            for one in row:
                ends = [other for other in joined[one] if layers.items[other].net == layers.items[one].net]
                if layers.items[one].net < 0 or len(ends) != 1:
                    continue
                low = max((columns[other] + distance for other, distance in left[one]), default=-(10**6))
                high = min((columns[other] - distance for other, distance in right[one]), default=10**6)
                if low <= columns[ends[0]] <= high:
                    columns[one] = columns[ends[0]]


class _Frames:
    """Items and walls as one system of distances without a circle: what is right of what by how much."""

    def __init__(self, layers: Layers, room: Room, wishes: list[float]) -> None:
        self._layers = layers
        self._wishes = list(wishes)
        self._room = room
        above, below = _joined(layers, room)
        self._joined = [[*up, *down] for up, down in zip(above, below, strict=True)]
        groups = sorted({item.group for item in layers.items if item.group >= 0})
        count = len(layers.items)
        self._walls = {group: (count + 2 * at, count + 2 * at + 1) for at, group in enumerate(groups)}
        self._count = count + 2 * len(groups)
        self._right: list[list[tuple[int, int]]] = [[] for _ in range(self._count)]
        self._left: list[list[tuple[int, int]]] = [[] for _ in range(self._count)]
        self._spans = self._ranks_of(groups)
        for rank, row in enumerate(layers.rows):
            self._keep_row(rank, row)

    def _ranks_of(self, groups: list[int]) -> dict[int, tuple[int, int]]:
        spans = {}
        for group in groups:
            ranks = [item.rank for item in self._layers.items if item.group == group]
            spans[group] = (min(ranks), max(ranks))
        return spans

    def _keep(self, left: int, right: int, distance: int) -> None:
        self._right[left].append((right, distance))
        self._left[right].append((left, distance))

    def _keep_row(self, rank: int, row: list[int]) -> None:
        for (left, right), distance in zip(
            pairwise(row), _distances(self._layers, self._room, row)[1:], strict=True
        ):
            self._keep(left, right, int(distance))
        here = []
        for group, (first, last) in self._spans.items():
            if not first <= rank <= last:
                continue
            members = [place for place, one in enumerate(row) if self._layers.items[one].group == group]
            start, end = self._walls[group]
            for one in row[: members[0]]:
                self._keep(one, start, self._room.right[one] + WALL)
            for one in row[members[0] : members[-1] + 1]:
                self._keep(start, one, self._room.left[one] + WALL)
                self._keep(one, end, self._room.right[one] + WALL)
            for one in row[members[-1] + 1 :]:
                self._keep(end, one, self._room.left[one] + WALL)
            here.append((members[0], group))
        for (_, left), (_, right) in pairwise(sorted(here)):
            self._keep(self._walls[left][1], self._walls[right][0], WALL)

    def solve(self, pulls: dict[int, Pull]) -> Columns:
        """Walls close around their boxes, everything else near its wish."""
        ordered = self._ordered()
        wishes = [float(round(wish)) for wish in self._wishes]
        count = self._count - len(wishes)
        far = wishes + [-_FAR] * count
        for one in ordered:
            far[one] = max([far[one], *(far[left] + distance for left, distance in self._left[one])])
        near = wishes + [_FAR] * count
        for one in reversed(ordered):
            near[one] = min([near[one], *(near[right] - distance for right, distance in self._right[one])])
        # Both keep every distance, so their middle does.
        at = [(one + other) / 2 for one, other in zip(far, near, strict=True)]
        for turn in range(ROUNDS):
            self._relax(at, ordered if turn % 2 else ordered[::-1], wishes, pulls)
        columns = [round(column) for column in at]
        for one in ordered:
            columns[one] = max(
                [columns[one], *(columns[left] + distance for left, distance in self._left[one])]
            )
        _straighten(self._layers, columns, (self._left, self._right))
        edges = [columns[start] for start, _ in self._walls.values()]
        least = min([*edges, *(columns[one] - left for one, left in enumerate(self._room.left))])
        walls = {
            group: (columns[start] - least, columns[end] - least)
            for group, (start, end) in self._walls.items()
        }
        return Columns([column - least for column in columns[: len(self._layers.items)]], walls)

    def _ordered(self) -> list[int]:
        waits = [len(left) for left in self._left]
        ready = [one for one in range(self._count) if not waits[one]]
        for one in ready:
            for other, _ in self._right[one]:
                waits[other] -= 1
                if not waits[other]:
                    ready.append(other)
        return ready

    @property
    def has_circle(self) -> bool:
        """Whether groups stand in each other's way, so that no frames can be drawn."""
        return len(self._ordered()) < self._count

    def _relax(self, at: list[float], turn: list[int], wishes: list[float], pulls: dict[int, Pull]) -> None:
        """Everything once to its wish, as far as its neighbours leave room."""
        items = len(self._layers.items)
        starts = {start for start, _ in self._walls.values()}
        for one in turn:
            low = max((at[left] + distance for left, distance in self._left[one]), default=-_FAR)
            high = min((at[right] - distance for right, distance in self._right[one]), default=_FAR)
            if one < items:
                wish, strength = _wish(at, one, self._joined[one], pulls.get(one))
                wish = wish if strength > 0.1 else wishes[one]
            else:
                wish = high if one in starts else low
            at[one] = min(max(wish, low), high)


def fits_frames(layers: Layers, room: Room) -> bool:
    """Whether every group can have a frame of its own with nothing foreign in it."""
    return not _Frames(layers, room, [0.0] * len(layers.items)).has_circle
