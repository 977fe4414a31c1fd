"""From a board to a picture: rows, order, columns, ports and tracks, all in character cells from the start.

The same board and the same picture before give the same picture, to the cell.
"""

from dataclasses import replace

from coach.board.arrange import Plan, arrange
from coach.board.graph import Board
from coach.board.layers import Layers, build
from coach.board.order import order
from coach.board.picture import Look, Picture
from coach.board.place import Pull
from coach.board.ranks import rank
from coach.board.stack import stack

_STAYS, _STAYS_PUT, _GIVES_WAY = 60.0, 200.0, 20.0
"""How strongly a box keeps its column: as a rule, when nothing but words changed, when its own arrows changed."""


TANGLED = 5
"""Crossings a picture may have more than a fresh one before it is drawn afresh."""


def plan(board: Board, *, before: Picture | None = None) -> Plan:
    """Rows and order, near to the picture `before` for as long as that does not cost too many crossings."""
    if before:
        layers = build(board, rank(board))
        pulls = _pulls(board, before)
        stood = {one: pull.column for one, pull in pulls.items()}
        free = [one for one, pull in pulls.items() if pull.weight == _GIVES_WAY]
        crossings = order(layers, before=stood, free=free)
        if crossings < TANGLED:
            return Plan(board, layers, crossings, pulls, stood)
        fresh = _fresh(board)
        if crossings < fresh.crossings * 2 or crossings < fresh.crossings + TANGLED:
            return Plan(board, layers, crossings, pulls, stood)
        return replace(fresh, stood=stood)
    return _fresh(board)


_Shape = tuple[tuple[tuple[int, int, bool], ...], tuple[tuple[bool, str], ...]]


def _fresh(board: Board) -> Plan:
    """Rows and order of a board by itself. While a name or a label is typed they stay what they were."""
    at = {box.id: index for index, box in enumerate(board.boxes)}
    ends = tuple((at[one.source], at[one.target], one.is_both) for one in board.arrows)
    shape = (ends, tuple((box.kind == "client", box.group) for box in board.boxes))
    if shape not in _known:
        layers = build(board, rank(board))
        if len(_known) >= _MOST_KNOWN:
            del _known[next(iter(_known))]
        _known[shape] = (layers, order(layers))
    layers, crossings = _known[shape]
    return Plan(board, layers, crossings)


_known: dict[_Shape, tuple[Layers, int]] = {}
_MOST_KNOWN = 8


def lay_out(planned: Plan, look: Look) -> Picture:
    """The picture of a planned board as closely as `look` says."""
    if not planned.board.boxes:
        return Picture(planned.board, look, 0, 0)
    return stack(arrange(planned, look))


def draw_board(board: Board, look: Look | None = None) -> Picture:
    """The picture of a board by itself."""
    return lay_out(plan(board), look or Look())


def _pulls(board: Board, before: Picture) -> dict[int, Pull]:
    """Where each box stood, and how strongly it stays there."""
    names = _renamed(board, before.board)
    stood = {names.get(name, name): column for name, column in before.columns.items()}
    ends = {(arrow.source, arrow.target) for arrow in board.arrows}
    ends_before = {
        (names.get(arrow.source, arrow.source), names.get(arrow.target, arrow.target))
        for arrow in before.board.arrows
    }
    changed = {one for pair in ends ^ ends_before for one in pair}
    is_same = not changed and stood.keys() == {box.id for box in board.boxes}
    pulls = {}
    for index, box in enumerate(board.boxes):
        if (column := stood.get(box.id)) is not None:
            weight = _STAYS_PUT if is_same else _GIVES_WAY if box.id in changed else _STAYS
            pulls[index] = Pull(column, weight)
    return pulls


def _renamed(board: Board, before: Board) -> dict[str, str]:
    """The box whose name is being typed has another id with every letter: the old one by the new one."""
    old = [box.id for box in before.boxes if box.is_typing]
    new = [box.id for box in board.boxes if box.is_typing]
    if old and new and before.box(new[0]) is None and board.box(old[0]) is None:
        return {old[0]: new[0]}
    return {}
