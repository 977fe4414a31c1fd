"""What a section of the debrief says: blocks of words with roles, laid out for a width. Pure but for Textual's text.

Every text passes `foreign.shown` here, on its way to the screen, so no section can forget it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from rich.cells import set_cell_size
from textual.content import Content

from coach.tui.foreign import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual.style import Style

    from coach.terms import Dimension

Role = Literal["plain", "head", "strong", "quiet", "good", "fair", "bad"]
ROLES: tuple[Role, ...] = ("head", "strong", "quiet", "good", "fair", "bad")
Part = str | tuple[str, Role]
NARROWEST = 12
"""Columns of text kept, whatever the indent."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the debrief: a section, the dimension opened in it, and the block to go to."""

    section: str
    dimension: Dimension | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. Lines after the first stand `hanging` columns further in than `indent`.

    One with a `key` can be gone to and takes the cursor; `opens` is where Enter leads from it.
    """

    parts: tuple[Part, ...] = ()
    indent: int = 0
    hanging: int = 0
    key: str = ""
    opens: Place | None = None

    @property
    def plain(self) -> str:
        return "".join(part if isinstance(part, str) else part[0] for part in self.parts)


GAP = Block()
"""An empty line."""


def text(*parts: Part, indent: int = 0, hanging: int = 0) -> Block:
    """A paragraph."""
    return Block(parts, indent, hanging)


def heading(words: str, *more: Part) -> Block:
    """The line above something."""
    return Block(((words, "head"), *more))


def label_width(widest: int, width: int) -> int:
    """Columns for labels beside the text: as many as the widest takes, or a small indent where that is too many."""
    return widest if width >= 4 * widest else 2


def label(words: str, width: int) -> str:
    """A label in its column, or running into the text where labels have none."""
    return f"{words:<{width}}" if width > 2 else f"{words}  "


def cell(words: str, width: int, *, right: bool = False) -> str:
    """`words` in exactly `width` columns, cut with an ellipsis when they do not fit."""
    words = shown(words)
    if right:
        return words.rjust(width)
    fitted = set_cell_size(words, width)
    return fitted if fitted.rstrip() == words.rstrip() or width < 2 else set_cell_size(words, width - 1) + "…"


def bar(share: float, width: int, *, full: str = "█", rest: str = "░") -> str:
    """A bar of `width` columns filled to `share` of it."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    return full * filled + rest * (width - filled)


@dataclass(frozen=True, slots=True)
class Layout:
    """Blocks as lines of one width. `first` is where each block begins; the last entry is the end of all."""

    blocks: tuple[Block, ...] = ()
    lines: tuple[Content, ...] = ()
    first: tuple[int, ...] = (0,)
    stops: tuple[int, ...] = field(default=())
    """The blocks that take the cursor."""

    def block_at(self, line: int) -> int:
        """The block that `line` belongs to."""
        return max(0, bisect_left(self.first, line + 1) - 1)

    def span(self, block: int) -> tuple[int, int]:
        """First line and the line after the last one of `block`."""
        return self.first[block], self.first[block + 1]

    def find(self, key: str) -> int | None:
        """The block with that key."""
        return next((at for at in self.stops if self.blocks[at].key == key), None)


def lay_out(blocks: Iterable[Block], width: int, styles: Mapping[Role, Style]) -> Layout:
    """`blocks` wrapped to `width` columns."""
    kept = tuple(blocks)
    wrapped = [_wrap(block, width, styles) for block in kept]
    return Layout(
        kept,
        tuple(line for lines in wrapped for line in lines),
        tuple(accumulate(map(len, wrapped), initial=0)),
        tuple(at for at, block in enumerate(kept) if block.key),
    )


def _wrap(block: Block, width: int, styles: Mapping[Role, Style]) -> list[Content]:
    words = Content.assemble(
        *(
            _clean(part) if isinstance(part, str) else (_clean(part[0]), styles.get(part[1], ""))
            for part in block.parts
        )
    )
    indent = min(block.indent, max(0, width - NARROWEST))
    hanging = min(block.hanging, max(0, width - NARROWEST - indent))
    lines = words.wrap(max(1, width - indent)) or [words]
    if hanging and len(lines) > 1:
        # The first line is the widest; only what follows it is wrapped to the narrower rest.
        rest = words[_end_of(lines[0].plain, words.plain) :]
        lines = [lines[0], *rest.wrap(max(1, width - indent - hanging))]
    return [line.pad_left(indent + (hanging if at else 0)) for at, line in enumerate(lines)]


def _end_of(line: str, whole: str) -> int:
    """Where the text after the first `line` of `whole` begins: behind the blanks it was broken at."""
    rest = whole[len(line) :]
    return len(whole) - len(rest.lstrip(" "))


def _clean(words: str) -> str:
    return shown(words).replace("\n", " ")
