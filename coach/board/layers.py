"""The rows as the layout sees them: boxes, and a place in each row for every line that only passes through."""

from dataclasses import dataclass, field

from coach.board.graph import Board
from coach.board.ranks import Ranks


@dataclass(slots=True)
class Item:
    """What takes a place in a row: a box, or a line on its way."""

    rank: int
    box: int = -1
    """Its box; -1 for a line, and for the room a group keeps in a row where it has no box."""
    net: int = -1
    """The line's net; -1 for a box or room."""
    group: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of a net from a row to the next."""

    net: int
    upper: int
    lower: int
    arrow: int = -1
    """The arrow that ends with this piece; -1 while the line goes on."""


@dataclass(frozen=True, slots=True)
class Net:
    """Lines that are one: all ways down from a box, or a single arrow that goes up or both ways."""

    way: str
    """`down`, `up` or `both`."""
    upper: int
    """The box at its upper end."""
    arrow: int = -1
    """The only arrow of a net that goes up or both ways."""


@dataclass(slots=True)
class Layers:
    """Items by index, the order of each row, and what joins them."""

    items: list[Item]
    rows: list[list[int]]
    nets: list[Net]
    links: list[Link] = field(default_factory=list)
    above: list[list[int]] = field(default_factory=list)
    """For each item those it is joined to in the row above."""
    below: list[list[int]] = field(default_factory=list)


def build(board: Board, ranks: Ranks) -> Layers:
    """Every box and line in its row, in the order of first mention."""
    groups = {title: index for index, title in enumerate(board.groups)}
    items = [Item(rank, box=index) for index, rank in enumerate(ranks.of)]
    for item, box in zip(items, board.boxes, strict=True):
        item.group = groups.get(box.group, -1)
    layers = Layers(items, [[] for _ in range(max(ranks.of, default=-1) + 1)], [])
    at = {box.id: index for index, box in enumerate(board.boxes)}
    trunks: dict[int, int] = {}
    passing: dict[tuple[int, int], int] = {}
    for index, arrow in enumerate(board.arrows):
        source, target = at[arrow.source], at[arrow.target]
        if source == target:
            continue
        upper, lower = (target, source) if index in ranks.back else (source, target)
        if arrow.is_both or index in ranks.back:
            layers.nets.append(Net("both" if arrow.is_both else "up", upper, index))
            net = len(layers.nets) - 1
        else:
            net = trunks.setdefault(upper, len(layers.nets))
            if net == len(layers.nets):
                layers.nets.append(Net("down", upper))
        _lead(layers, passing, Link(net, upper, lower, index))
    _keep_room(layers, len(board.groups))
    for one, item in enumerate(layers.items):
        layers.rows[item.rank].append(one)
    layers.above = [[] for _ in layers.items]
    layers.below = [[] for _ in layers.items]
    for link in layers.links:
        layers.below[link.upper].append(link.lower)
        layers.above[link.lower].append(link.upper)
    return layers


def _lead(layers: Layers, passing: dict[tuple[int, int], int], whole: Link) -> None:
    """Lead an arrow through the rows between its ends; lines of one net share their way as far as they can."""
    last = whole.upper
    for rank in range(layers.items[whole.upper].rank + 1, layers.items[whole.lower].rank):
        key = (whole.net, rank)
        if key not in passing:
            passing[key] = len(layers.items)
            layers.items.append(Item(rank, net=whole.net))
            layers.links.append(Link(whole.net, last, passing[key]))
        last = passing[key]
    layers.links.append(Link(whole.net, last, whole.lower, whole.arrow))


def _keep_room(layers: Layers, groups: int) -> None:
    """An item in every row a group spans without a box in it, so that its frame has a place there."""
    ranks: list[set[int]] = [set() for _ in range(groups)]
    for item in layers.items:
        if item.group >= 0:
            ranks[item.group].add(item.rank)
    for group, held in enumerate(ranks):
        if held:
            layers.items += [
                Item(rank, group=group) for rank in range(min(held), max(held)) if rank not in held
            ]
