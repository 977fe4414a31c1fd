"""Lines: rows of boxes from the top down, with room between them for frames, tracks and heads."""

from dataclasses import dataclass

from coach.board.arrange import Arranged
from coach.board.picture import Frame, Head, Mark, Picture, Placed, Stroke
from coach.board.tracks import Run, pack


def stack(arranged: Arranged) -> Picture:
    """The finished picture."""
    return _Lines(arranged).picture()


@dataclass(slots=True)
class _Row:
    """Where a row of boxes stands, and the channel below it."""

    top: int
    height: int
    runs: int = 0
    """The first line for runs below it."""
    end: int = 0
    """The first line of the next row."""


class _Lines:
    """Finds the lines, from the top down."""

    def __init__(self, parts: Arranged) -> None:
        self._parts = parts
        self._layers = parts.plan.layers
        self._spans = self._frame_spans()
        self._rows = self._stack()

    def _frame_spans(self) -> dict[int, tuple[int, int]]:
        spans = {}
        for group in self._parts.columns.walls:
            ranks = [item.rank for item in self._layers.items if item.group == group]
            spans[group] = (min(ranks), max(ranks))
        return spans

    def _stack(self) -> list[_Row]:
        begins = {first for first, _ in self._spans.values()}
        ends = {last for _, last in self._spans.values()}
        ups = {self._rank(net.upper) for net in self._layers.nets if net.way != "down"}
        heads = {self._rank(link.lower) for link in self._layers.links if link.arrow >= 0}
        rows, y = [], 1 if 0 in begins else 0
        for rank, row in enumerate(self._layers.rows):
            boxes = [self._layers.items[one].box for one in row if self._layers.items[one].box >= 0]
            height = max((len(self._parts.lines[box]) + 2 for box in boxes), default=1)
            made = _Row(y, height)
            made.runs = y + height + (rank in ups) + (rank in ends)
            made.end = made.runs
            if rank + 1 < len(self._layers.rows):
                made.end += pack(self._parts.runs[rank]) + (rank + 1 in begins) + (rank + 1 in heads)
                if made.end == y + height:
                    made.end += 1
            rows.append(made)
            y = made.end
        return rows

    def _rank(self, one: int) -> int:
        return self._layers.items[one].rank

    def picture(self) -> Picture:
        parts = self._parts
        boxes = self._boxes()
        heads, marks = self._ends(boxes)
        strokes = [
            stroke
            for rank, runs in enumerate(parts.runs)
            for run in runs
            for stroke in self._strokes(rank, run, runs)
        ]
        strokes += self._passing()
        frames = self._frames()
        ends = [box.x + box.width for box in boxes]
        ends += [max(one.x1, one.x2) + 1 for one in strokes]
        ends += [head.x + 1 + parts.labels.cells(head.label) for head in heads]
        ends += [frame.x + frame.width for frame in frames]
        moved = sorted(column - parts.columns.of[one] for one, column in parts.plan.stood.items())
        left = round(moved[len(moved) // 2]) if moved else 0
        return Picture(
            parts.plan.board,
            parts.look,
            max(ends),
            self._rows[-1].end,
            tuple(boxes),
            tuple(strokes),
            tuple(heads),
            tuple(marks),
            tuple(frames),
            parts.labels.legend(has_frames=bool(frames)),
            left,
            {
                box.id: column + left
                for box, column in zip(parts.plan.board.boxes, parts.columns.of, strict=False)
            },
        )

    def _boxes(self) -> list[Placed]:
        placed = []
        for index, box in enumerate(self._parts.plan.board.boxes):
            item, width, lines = (
                self._layers.items[index],
                self._parts.widths[index],
                self._parts.lines[index],
            )
            x = self._parts.columns.of[index] - width // 2
            placed.append(Placed(box, x, self._rows[item.rank].top, width, len(lines) + 2, lines, item.group))
        return placed

    def _ends(self, boxes: list[Placed]) -> tuple[list[Head], list[Mark]]:
        heads, marks = [], []
        for net, port in self._parts.trunks.items():
            made, box = self._layers.nets[net], boxes[self._layers.nets[net].upper]
            if made.way == "down":
                marks.append(Mark(net, port.column, box.y + box.height - 1, is_lower=True))
            else:
                label = self._parts.labels.shown(made.arrow) if made.way == "up" else ""
                heads.append(Head(net, port.column, box.y + box.height, made.arrow, label, is_up=True))
        for index, port in self._parts.ends.items():
            link = self._layers.links[index]
            box = boxes[link.lower]
            if self._layers.nets[link.net].way == "up":
                marks.append(Mark(link.net, port.column, box.y, is_lower=False))
            else:
                label = self._parts.labels.shown(link.arrow)
                heads.append(Head(link.net, port.column, box.y - 1, link.arrow, label))
        return heads, marks

    def _strokes(self, rank: int, run: Run, runs: list[Run]) -> list[Stroke]:
        """A run with its ways down to it and on from it."""
        row = self._rows[rank]
        y = row.runs + run.row
        if run.is_straight:
            return [Stroke(run.net, run.first, self._from(rank, run.net), run.first, row.end)]
        strokes = [Stroke(run.net, run.first, y, run.last, y)]
        if not run.is_step:
            strokes.append(Stroke(run.net, run.uppers[0], self._from(rank, run.net), run.uppers[0], y))
        steps = {
            column: other.row
            for other in runs
            if other.is_step and other.net == run.net
            for column in other.uppers
        }
        for column in run.lowers:
            end = row.runs + steps[column] if column in steps and not run.is_step else row.end
            strokes.append(Stroke(run.net, column, y, column, end))
        return strokes

    def _from(self, rank: int, net: int) -> int:
        """The first line of a net's way down from a row: under its box, or under the row it has passed."""
        upper = self._layers.nets[net].upper
        row = self._rows[rank]
        if self._layers.items[upper].rank == rank:
            return row.top + len(self._parts.lines[upper]) + 1
        return row.top

    def _passing(self) -> list[Stroke]:
        """Lines beside the boxes of the rows they pass."""
        return [
            Stroke(item.net, column, row.top, column, row.top + row.height - 1)
            for item, column in zip(self._layers.items, self._parts.columns.of, strict=True)
            if item.net >= 0 and (row := self._rows[item.rank])
        ]

    def _frames(self) -> list[Frame]:
        frames = []
        ups = {self._rank(net.upper) for net in self._layers.nets if net.way != "down"}
        heads = {self._rank(link.lower) for link in self._layers.links if link.arrow >= 0}
        for group, (start, end) in self._parts.columns.walls.items():
            first, last = self._spans[group]
            top = self._rows[first].top - 1 - (first in heads)
            bottom = self._rows[last].top + self._rows[last].height + (last in ups)
            title = self._parts.plan.board.groups[group]
            frames.append(Frame(group, title, start, top, end - start + 1, bottom - top + 1))
        return frames
