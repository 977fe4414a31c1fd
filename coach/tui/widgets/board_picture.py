"""The drawn board: strips made from its lines, panned so that what is typed is in sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach.board.cells import cut, wrap
from coach.board.cells import width as cells
from coach.board.draw import BORDERS, Drawing, Stretch, draw
from coach.board.fit import fit

if TYPE_CHECKING:
    from rich.style import Style

    from coach.board.graph import Board
    from coach.board.lint import Critique
    from coach.board.picture import Picture

GROUP_COLOURS = 6
_ACROSS, _DOWN = 16, 6
"""The room to scroll in grows by so many cells at once: each change lays the whole screen out anew."""
_BELOW = 1
"""Blank lines between the picture and what stands below it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture with its characters; nothing for an empty board."""

    picture: Picture | None = None
    drawing: Drawing = field(default_factory=lambda: Drawing((), 0))


@dataclass(frozen=True, slots=True)
class Frame:
    """What to draw, for how many columns, near to which picture."""

    board: Board
    width: int
    before: Picture | None
    is_new_pane: bool

    def draw(self, *, weak: frozenset[str]) -> Drawn:
        """Draw it; from any thread."""
        if not self.board.boxes:
            return Drawn()
        picture = fit(self.board, width=self.width, before=self.before, is_new_pane=self.is_new_pane)
        return Drawn(picture, draw(picture, weak=weak))


class BoardPicture(ScrollView):
    """Shows a board as closely as the pane needs; arrow keys and wheel pan a picture that is larger."""

    DEFAULT_CSS = """
    BoardPicture {
        height: 1fr; background: $background; overflow: auto; scrollbar-size: 1 1;
        & > .board--name { color: $foreground; text-style: bold; }
        & > .board--typing { color: $text-muted; text-style: dim; }
        & > .board--line { color: $foreground 55%; }
        & > .board--head { color: $foreground; }
        & > .board--label { color: $text-accent; }
        & > .board--frame { color: $foreground 35%; }
        & > .board--title { color: $text-muted; text-style: italic; }
        & > .board--below { color: $text-muted; }
        & > .board--client { color: $text-primary; }
        & > .board--cdn { color: $text-primary; }
        & > .board--lb { color: $text-secondary; }
        & > .board--gateway { color: $text-secondary; }
        & > .board--service { color: $foreground 80%; }
        & > .board--worker { color: $foreground 80%; }
        & > .board--cache { color: $text-warning; }
        & > .board--queue { color: $text-accent; }
        & > .board--db { color: $text-success; }
        & > .board--blob { color: $text-success; }
        & > .board--group-0 { color: $text-primary; }
        & > .board--group-1 { color: $text-success; }
        & > .board--group-2 { color: $text-warning; }
        & > .board--group-3 { color: $text-accent; }
        & > .board--group-4 { color: $text-secondary; }
        & > .board--group-5 { color: $text-error; }
        & > .board--weak { color: $text-error; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"board--{what}"
        for what in (
            *("name", "typing", "line", "head", "label", "frame", "title", "below", "weak"),
            *(f"group-{at}" for at in range(GROUP_COLOURS)),
            *("client", "cdn", "lb", "gateway", "service", "worker", "cache", "queue", "db", "blob"),
        )
    }
    HELP = "The board as it is drawn. Arrow keys and the wheel move a picture that is larger than its pane."

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.picture: Picture | None = None
        self._drawing = Drawing((), 0)
        self._below: tuple[tuple[str, str], ...] = ()
        self._critique: tuple[Critique, ...] = ()
        self._origin = 0
        """The column, counted as in the pictures, that the pane's first column shows."""
        self._fitted = (0, 0)

    def frame(self, board: Board) -> Frame:
        """What the next picture must fit into and stay near to; drawing it needs nothing else of this widget."""
        return Frame(board, self.pane_width, self.picture, is_new_pane=self.pane_width != self._fitted[0])

    def show(self, drawn: Drawn, *, line: int, critique: tuple[Critique, ...] = ()) -> None:
        """Show a picture, with what `line` says in sight, and what is to think about below."""
        self.picture, self._drawing = drawn.picture, drawn.drawing
        self._fitted = (self.pane_width, self.size.height)
        self._critique = critique
        self._below = self._under(drawn.picture) if drawn.picture else ()
        self._settle()
        if drawn.picture:
            self._pan(drawn.picture, line)
        self.refresh()

    @property
    def pane_width(self) -> int:
        """Columns beside the bar that scrolls up and down."""
        return max(20, self.container_size.width - 1)

    def _under(self, picture: Picture) -> tuple[tuple[str, str], ...]:
        """What stands below the picture, with its style: critique, groups, numbers, and a larger picture's arrows."""
        below = [
            (line, "weak" if at == 0 else "below")
            for one in self._critique
            for at, line in enumerate(wrap(f"! line {one.line}: {one.text}", self.pane_width - 1))
        ]
        below += [("", "")] if below and picture.legend else []
        below += [(line, self._group_style(line)) for line in picture.legend]
        below += [(f"… {title}", "below") for title in self._drawing.untitled]
        if picture.width > self.pane_width or picture.height > self.size.height:
            names = {box.id: box.shown for box in picture.board.boxes}
            below += [
                (
                    f"{names[arrow.source]} {'↔' if arrow.is_both else '→'} {names[arrow.target]}"
                    + (f": {arrow.label}" if arrow.label else ""),
                    "below",
                )
                for arrow in picture.board.arrows
                if not picture.look.has_numbers or not arrow.label
            ]
        return tuple(below)

    def _group_style(self, line: str) -> str:
        """Of a legend's line: the colour of the group it lists."""
        groups = self.picture.board.groups if self.picture and not self.picture.frames else ()
        at = next((at for at, title in enumerate(groups) if line.startswith(f"{title}: ")), None)
        return "below" if at is None else f"group-{at % GROUP_COLOURS}"

    def _settle(self) -> None:
        """Keep what was in sight where it was, as far as the picture allows."""
        picture = self.picture
        if picture is None:
            self.virtual_size = Size(0, 0)
            return
        width = max(
            picture.width,
            max((cells(text) for text, _ in self._below), default=0)
            if picture.width > self.pane_width
            else 0,
        )
        height = picture.height + (_BELOW + len(self._below) if self._below else 0)
        if picture.width <= self.pane_width:
            room = self.pane_width - picture.width
            pad = picture.left - self._origin if self._origin or picture.left else room // 2
            pad = min(max(pad, 0), room)
            self._origin = picture.left - pad
            self.virtual_size = Size(self.pane_width, _stepped(height, _DOWN))
            self.scroll_to(x=0, animate=False, immediate=True)
        else:
            shift = self._origin - picture.left
            self._origin = picture.left
            self.virtual_size = Size(_stepped(width, _ACROSS), _stepped(height, _DOWN))
            self.scroll_to(x=max(0, self.scroll_offset.x + shift), animate=False, immediate=True)

    @property
    def _pad(self) -> int:
        return max(0, self.picture.left - self._origin) if self.picture else 0

    def _pan(self, picture: Picture, line: int) -> None:
        """Bring the boxes of the line being typed into sight."""
        ids = {
            one
            for arrow in picture.board.arrows
            if arrow.line == line
            for one in (arrow.target, arrow.source)
        }
        ids |= {box.id for box in picture.board.boxes if box.line == line}
        regions = [
            Region(box.x + self._pad, max(0, box.y - 1), box.width, box.height + 1)
            for box in picture.boxes
            if box.box.id in ids
        ]
        if regions:
            whole = Region.from_union(regions)
            region = (
                whole if whole.width <= self.pane_width and whole.height <= self.size.height else regions[-1]
            )
            self.scroll_to_region(region, animate=False, immediate=True, force=True)

    def render_line(self, y: int) -> Strip:
        x, top = self.scroll_offset
        at, width = y + top, self.size.width
        base = self.rich_style
        rows = self._drawing.rows
        if at < len(rows):
            segments = [Segment(" " * self._pad, base)]
            segments += [Segment(part.text, self._style(part)) for part in rows[at]]
            return Strip(segments).crop_extend(x, x + width, base)
        below = at - len(rows) - _BELOW
        if 0 <= below < len(self._below):
            text, what = self._below[below]
            style = self.get_component_rich_style(f"board--{what}") if what else base
            words = Segment(cut(text, max(width, self.virtual_size.width)), style)
            return Strip([words]).crop_extend(x, x + width, base)
        return Strip.blank(width, base)

    def _style(self, part: Stretch) -> Style:
        what: str = part.what
        if part.group >= 0 and part.what in BORDERS and self.picture and not self.picture.frames:
            what = f"group-{part.group % GROUP_COLOURS}"
        return self.get_component_rich_style(f"board--{what}") if what else self.rich_style


def _stepped(cells: int, step: int) -> int:
    return -(-cells // step) * step
