"""The way of each single arrow through the shared lines of a picture."""

from collections import deque

from coach.board.picture import Picture, Stroke

Point = tuple[int, int]


def routes(picture: Picture) -> dict[int, tuple[Point, ...]]:
    """For each drawn arrow, by its index, the corners from the border of its source to that of its target."""
    ways: dict[int, set[Point]] = {}
    for stroke in picture.strokes:
        ways.setdefault(stroke.net, set()).update(_cells(stroke))
    starts = {mark.net: (mark.x, mark.y) for mark in picture.marks}
    found = {}
    for head in picture.heads:
        end = (head.x, head.y - 1 if head.is_up else head.y + 1)
        start = starts.get(head.net)
        if start is None:
            # Both ways: it begins at the head below the upper box.
            other = next(one for one in picture.heads if one.net == head.net and one.is_up)
            if head.is_up:
                continue
            start = (other.x, other.y - 1)
        corners = _corners(_path(ways.get(head.net, set()) | {start, end}, start, end))
        source = picture.placed(picture.board.arrows[head.arrow].source)
        is_reversed = source is not None and not source.y <= start[1] < source.y + source.height
        found[head.arrow] = corners[::-1] if is_reversed else corners
    return found


def _cells(stroke: Stroke) -> set[Point]:
    return {
        (x, y)
        for x in range(min(stroke.x1, stroke.x2), max(stroke.x1, stroke.x2) + 1)
        for y in range(min(stroke.y1, stroke.y2), max(stroke.y1, stroke.y2) + 1)
    }


def _path(cells: set[Point], start: Point, end: Point) -> list[Point]:
    """The shortest way through the cells of one net, which is the only one."""
    came: dict[Point, Point] = {start: start}
    queue = deque([start])
    while queue and end not in came:
        x, y = queue.popleft()
        for step in ((x, y + 1), (x, y - 1), (x - 1, y), (x + 1, y)):
            if step in cells and step not in came:
                came[step] = (x, y)
                queue.append(step)
    path = [end]
    while path[-1] != start:
        path.append(came[path[-1]])
    return path[::-1]


def _corners(path: list[Point]) -> tuple[Point, ...]:
    kept = [path[0]]
    for before, here, after in zip(path, path[1:], path[2:], strict=False):
        if (here[0] - before[0], here[1] - before[1]) != (after[0] - here[0], after[1] - here[1]):
            kept.append(here)
    return (*kept, path[-1])
