"""What stands on a board: boxes, arrows, groups, and what could not be read."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["client", "cdn", "lb", "gateway", "service", "worker", "cache", "queue", "db", "blob"]
STORES: frozenset[Kind] = frozenset({"db", "blob"})
"""What keeps data for good."""


@dataclass(frozen=True, slots=True)
class Box:
    """One part of the architecture."""

    id: str
    """Its name in lower case, everything but letters and digits as `_`."""
    name: str
    kind: Kind
    line: int
    """Where it is mentioned first, from 1."""
    replicas: int = 1
    group: str = ""
    """Title of the group it stands in; nested ones joined by ` / `."""
    remark: str = ""
    """What was written about it behind a colon."""
    is_many: bool = False
    """Several by count or by name: `api x3`, `workers`, `replica set`."""
    is_typing: bool = False
    """Its only mention is the word under the cursor: drawn dim, not judged yet."""

    @property
    def shown(self) -> str:
        """Its name with the number of replicas."""
        return f"{self.name} ×{self.replicas}" if self.replicas > 1 else self.name


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way from a box to another, or both ways."""

    source: str
    target: str
    line: int
    label: str = ""
    is_both: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of a line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Board:
    """A whole board, in the order of first mention."""

    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    groups: tuple[str, ...] = ()
    """Titles of groups that hold a box."""
    notes: tuple[Note, ...] = ()

    def box(self, id: str) -> Box | None:  # noqa: A002
        """The box with this id; None when there is none."""
        return next((box for box in self.boxes if box.id == id), None)

    @property
    def hops(self) -> tuple[tuple[str, str, Arrow], ...]:
        """Every way one can go: `(from, to, arrow)`; an arrow both ways gives two."""
        ways = []
        for arrow in self.arrows:
            ways.append((arrow.source, arrow.target, arrow))
            if arrow.is_both and arrow.source != arrow.target:
                ways.append((arrow.target, arrow.source, arrow))
        return tuple(ways)
