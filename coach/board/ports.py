"""Where lines meet the border of their box."""

from collections.abc import Callable
from dataclasses import dataclass, field

from coach.board.place import spread


@dataclass(slots=True)
class Port:
    """One place on a border: the trunk of a box, or the end of a single piece of line."""

    net: int
    link: int = -1
    """The piece that ends here; -1 for a trunk, where many begin."""
    label: int = 0
    """Cells its label takes to the right of its head; 0 without one."""
    column: int = 0


@dataclass(slots=True)
class Side:
    """The upper or the lower border of a box: its inner columns and its ports from left to right."""

    ports: list[Port] = field(default_factory=list)

    @property
    def needs(self) -> int:
        """Inner columns the ports need, without the label of the last, which may stand out."""
        return 1 + sum(_apart(port) for port in self.ports[:-1])

    @property
    def sticks_out(self) -> int:
        """Cells the last port's label takes."""
        return self.ports[-1].label if self.ports else 0

    def arrange(self, width: int) -> None:
        """Columns from the left border as they are without any wish: in the middle, and apart."""
        at = max(1, (width - self.needs) // 2)
        for port in self.ports:
            port.column = at
            at += _apart(port)

    def settle(self, first: int, last: int, wish: Callable[[Port], float]) -> None:
        """Give every port a column from `first` to `last`, near its wish and apart from its neighbours."""
        if not self.ports:
            return
        apart = [0.0, *(float(_apart(port)) for port in self.ports[:-1])]
        wishes = [min(max(wish(port), first), last) for port in self.ports]
        at = first - 1.0
        for port, column, distance in zip(
            self.ports, spread(wishes, [1.0] * len(wishes), apart), apart, strict=True
        ):
            at = max(round(column), at + (distance or 1))
            port.column = int(at)
        limit = last
        for port, distance in zip(reversed(self.ports), reversed(apart), strict=True):
            port.column = min(port.column, limit)
            limit = port.column - int(distance)


def _apart(port: Port) -> int:
    """Columns from a port to the next one on its right."""
    return port.label + 2 + (1 if port.label else 0)
