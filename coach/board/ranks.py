"""Which row each box stands in: callers above what they call, arrows that would go round drawn upwards."""

from dataclasses import dataclass

from coach.board.graph import Board

IN_A_ROW = 4
"""Boxes without any arrow that share a row."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Boxes and arrows by their place in the board."""

    of: tuple[int, ...]
    """The row of each box, from 0."""
    back: frozenset[int]
    """Arrows that go up."""


def rank(board: Board) -> Ranks:
    """Rows for every box, by the longest way from a box nothing calls."""
    at = {box.id: index for index, box in enumerate(board.boxes)}
    ends = [(at[arrow.source], at[arrow.target]) for arrow in board.arrows]
    clients = [box.kind == "client" for box in board.boxes]
    back = _back(len(board.boxes), ends, clients)
    down = [
        (pair[1], pair[0]) if index in back else pair for index, pair in enumerate(ends) if pair[0] != pair[1]
    ]
    ranks = _longest(len(board.boxes), down)
    _pull_down(ranks, down, clients)
    _settle_lone(board, ranks, {one for pair in down for one in pair})
    return Ranks(tuple(ranks), back)


def _back(count: int, ends: list[tuple[int, int]], clients: list[bool]) -> frozenset[int]:
    """Arrows to turn round so that no circle is left: those into a client, and those that close a circle."""
    out: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    called = [False] * count
    back = set()
    for index, (source, target) in enumerate(ends):
        if source == target:
            continue
        if clients[target] and not clients[source]:
            back.add(index)
        else:
            out[source].append((target, index))
            called[target] = True
    seen, over = [False] * count, [False] * count
    starts = sorted(range(count), key=lambda one: (not clients[one], called[one], one))
    for start in starts:
        if seen[start]:
            continue
        seen[start] = True
        stack = [(start, 0)]
        while stack:
            one, step = stack.pop()
            if step == len(out[one]):
                over[one] = True
                continue
            stack.append((one, step + 1))
            target, index = out[one][step]
            if not seen[target]:
                seen[target] = True
                stack.append((target, 0))
            elif not over[target]:
                back.add(index)
    return frozenset(back)


def _longest(count: int, down: list[tuple[int, int]]) -> list[int]:
    ranks, waits = [0] * count, [0] * count
    out: list[list[int]] = [[] for _ in range(count)]
    for upper, lower in down:
        out[upper].append(lower)
        waits[lower] += 1
    ready = [one for one in range(count) if not waits[one]]
    for one in ready:
        for lower in out[one]:
            ranks[lower] = max(ranks[lower], ranks[one] + 1)
            waits[lower] -= 1
            if not waits[lower]:
                ready.append(lower)
    return ranks


def _pull_down(ranks: list[int], down: list[tuple[int, int]], clients: list[bool]) -> None:
    """Move a box towards what it calls where that shortens more arrows than it lengthens."""
    out: list[list[int]] = [[] for _ in ranks]
    into = [0] * len(ranks)
    for upper, lower in down:
        out[upper].append(lower)
        into[lower] += 1
    for one in sorted(range(len(ranks)), key=lambda one: -ranks[one]):
        if out[one] and not clients[one] and len(set(out[one])) > into[one]:
            ranks[one] = max(ranks[one], min(ranks[lower] for lower in out[one]) - 1)


def _settle_lone(board: Board, ranks: list[int], joined: set[int]) -> None:
    """Boxes without arrows: in rows of a few, a group's beside the rest of the group."""
    tops: dict[str, int] = {}
    for index, box in enumerate(board.boxes):
        if box.group and index in joined:
            tops[box.group] = min(tops.get(box.group, ranks[index]), ranks[index])
    counts: dict[str, int] = {}
    for index, box in enumerate(board.boxes):
        if index not in joined:
            nth = counts.get(box.group, 0)
            counts[box.group] = nth + 1
            ranks[index] = tops.get(box.group, 0) + nth // IN_A_ROW
