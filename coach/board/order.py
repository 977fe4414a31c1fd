"""The order of each row from left to right: few crossings, groups together, and as little change as possible."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping

from coach.board.layers import Layers

SWEEPS = 12
PATIENCE = 3
"""Sweeps without a gain before it stops."""
_EVEN_ROUNDS = 6
MOST_ITEMS = 600
"""With more, fewer sweeps are worth their time."""


def order(layers: Layers, *, before: Mapping[int, float] | None = None, free: Iterable[int] = ()) -> int:
    """Order the rows in place; the number of crossings that are left.

    `before` tells where boxes stood: they keep their order, only lines and the boxes in `free` find a better place.
    """
    _arrange(layers, _first_keys(layers, before or {}))
    if before:
        moves = {one for one, item in enumerate(layers.items) if item.box < 0 or one not in before} | set(
            free
        )
        return _settle(layers, moves)
    best, least = [list(row) for row in layers.rows], crossings(layers)
    sweeps, waited = (SWEEPS if len(layers.items) < MOST_ITEMS else 2), 0
    for sweep in range(sweeps):
        if least == 0 or waited >= PATIENCE:
            break
        _sweep(layers, down=sweep % 2 == 0)
        _swap(layers)
        now = crossings(layers)
        if now < least:
            best, least, waited = [list(row) for row in layers.rows], now, 0
        else:
            waited += 1
    layers.rows = best
    return _settle(layers, set(range(len(layers.items)))) if len(layers.items) < MOST_ITEMS else least


def _settle(layers: Layers, moves: set[int]) -> int:
    """Let each of `moves` find the place in its row with the fewest crossings, until none gains; what is left."""
    least = crossings(layers)
    for _ in range(SWEEPS):
        at = _places(layers)
        for row in layers.rows:
            for one in sorted(moves.intersection(row), key=row.index):
                _sift(layers, at, row, one)
        now = crossings(layers)
        if now >= least:
            return now
        least = now
    return least


def _sift(layers: Layers, at: list[int], row: list[int], one: int) -> None:
    """Move one item to the best place its group leaves it in its row; the nearest of several."""
    place = row.index(one)
    best, target = 0, place
    for step in (-1, 1):
        gain, now = 0, place + step
        while 0 <= now < len(row) and _may_swap(layers, one, row[now]):
            left, right = (row[now], one) if step < 0 else (one, row[now])
            gain += _cost(layers, at, left, right) - _cost(layers, at, right, left)
            if gain > best:
                best, target = gain, now
            now += step
    if target != place:
        row.insert(target, row.pop(place))
        for now in range(min(place, target), max(place, target) + 1):
            at[row[now]] = now


def crossings(layers: Layers) -> int:
    """How many pairs of lines cross between the rows, as they are ordered now."""
    at = _places(layers)
    total = 0
    for row in layers.rows[:-1]:
        seen: list[int] = []
        for one in row:
            ends = sorted(at[lower] for lower in layers.below[one])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _places(layers: Layers) -> list[int]:
    at = [0] * len(layers.items)
    for row in layers.rows:
        for place, one in enumerate(row):
            at[one] = place
    return at


def _first_keys(layers: Layers, before: Mapping[int, float]) -> list[float]:
    """Where each item wishes to stand at first: where it stood, or beside what it is joined to."""
    if not before:
        return [float(place) for place in _places(layers)]
    known = dict(before)
    far = max(known.values())
    for joined in (layers.above, layers.below):
        for row in layers.rows if joined is layers.above else layers.rows[::-1]:
            for one in row:
                ends = [known[other] for other in joined[one] if other in known]
                if one not in known and ends:
                    known[one] = sum(ends) / len(ends) + 0.01
    keys: list[float] = []
    for one in range(len(layers.items)):
        far += one not in known
        keys.append(known.get(one, far))
    lines = [
        one for one in range(len(keys)) if one not in before and (layers.above[one] or layers.below[one])
    ]
    for _ in range(_EVEN_ROUNDS):
        # Lines run evenly from the one box to the other.
        for one in lines:
            around = [*layers.above[one], *layers.below[one]]
            keys[one] = sum(keys[other] for other in around) / len(around)
    return keys


def _sweep(layers: Layers, *, down: bool) -> None:
    """Once through the rows, each item to the mean of those it is joined to in the row before."""
    joined = layers.above if down else layers.below
    ranks = range(1, len(layers.rows)) if down else range(len(layers.rows) - 2, -1, -1)
    spread = [0.0] * len(layers.items)
    for row in layers.rows:
        for place, one in enumerate(row):
            spread[one] = (place + 0.5) / len(row)
    totals = _group_keys(layers, spread)
    _centre_room(layers, spread)
    for rank in ranks:
        row = layers.rows[rank]
        keys = {
            one: sum(spread[other] for other in joined[one]) / len(joined[one])
            if joined[one]
            else spread[one]
            for one in row
        }
        layers.rows[rank] = _row(layers, row, keys, totals)
        for place, one in enumerate(layers.rows[rank]):
            spread[one] = (place + 0.5) / len(row)


def _group_keys(layers: Layers, spread: list[float]) -> dict[int, float]:
    """One place from left to right for every group, the same in all rows."""
    found: dict[int, list[float]] = {}
    for one, item in enumerate(layers.items):
        if item.group >= 0:
            found.setdefault(item.group, []).append(spread[one])
    ordered = sorted(found, key=lambda group: (sum(found[group]) / len(found[group]), group))
    return {group: place for place, group in enumerate(ordered)}


def _centre_room(layers: Layers, spread: list[float]) -> None:
    """The room a group keeps in a row stands where its boxes do."""
    found: dict[int, list[float]] = {}
    for one, item in enumerate(layers.items):
        if item.group >= 0 and item.box >= 0:
            found.setdefault(item.group, []).append(spread[one])
    for one, item in enumerate(layers.items):
        if item.group >= 0 and item.box < 0:
            spread[one] = sum(found[item.group]) / len(found[item.group])


def _arrange(layers: Layers, keys: list[float]) -> None:
    totals = _group_keys(layers, keys)
    for rank, row in enumerate(layers.rows):
        layers.rows[rank] = _row(layers, row, {one: keys[one] for one in row}, totals)


def _row(layers: Layers, row: list[int], keys: dict[int, float], totals: dict[int, float]) -> list[int]:
    """The row by its keys, with the boxes of a group side by side and the groups in their one order."""
    blocks: dict[int, list[int]] = {}
    lone = []
    for one in row:
        group = layers.items[one].group
        if group >= 0:
            blocks.setdefault(group, []).append(one)
        else:
            lone.append(one)
    if not blocks:
        return sorted(row, key=keys.__getitem__)
    entries: list[tuple[float, int, list[int]]] = []
    for group, members in blocks.items():
        members.sort(key=keys.__getitem__)
        entries.append((sum(keys[one] for one in members) / len(members), group, members))
    for one in lone:
        block = _inside(layers, one, keys, blocks)
        if block is not None:
            block.insert(bisect_right([keys[other] for other in block], keys[one]), one)
        else:
            entries.append((keys[one], -1, [one]))
    entries.sort(key=lambda entry: entry[0])
    ordered = iter(sorted((entry for entry in entries if entry[1] >= 0), key=lambda entry: totals[entry[1]]))
    return [one for entry in entries for one in (next(ordered) if entry[1] >= 0 else entry)[2]]


def _inside(
    layers: Layers, one: int, keys: dict[int, float], blocks: dict[int, list[int]]
) -> list[int] | None:
    """The group between whose boxes a passing line runs; a box never stands among strangers."""
    if layers.items[one].box >= 0:
        return None
    for block in blocks.values():
        if keys[block[0]] < keys[one] < keys[block[-1]]:
            return block
    return None


def _swap(layers: Layers) -> None:
    """Exchange neighbours where that saves a crossing."""
    at = _places(layers)
    for row in layers.rows:
        for place in range(len(row) - 1):
            left, right = row[place], row[place + 1]
            if not _may_swap(layers, left, right):
                continue
            if _cost(layers, at, left, right) > _cost(layers, at, right, left):
                row[place], row[place + 1] = right, left
                at[left], at[right] = place + 1, place


def _may_swap(layers: Layers, left: int, right: int) -> bool:
    one, other = layers.items[left], layers.items[right]
    if one.group == other.group:
        return True
    return one.group < 0 and other.group < 0


def _cost(layers: Layers, at: list[int], left: int, right: int) -> int:
    """Crossings between the lines of two neighbours."""
    total = 0
    for joined in (layers.above, layers.below):
        rights = [at[other] for other in joined[right]]
        for other in joined[left]:
            place = at[other]
            total += sum(1 for end in rights if end < place)
    return total
