"""A page of the debrief: text that scrolls, with a cursor that stops where something can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach.tui.widgets.debrief_blocks import ROLES, Block, Layout, Place, Role, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.style import Style

    from coach.report.review import Review

GUTTER = 2
CURSOR, RESTING = "▸ ", "▹ "


class Page(ScrollView):
    """One section. Down goes to the next stop when it is in sight and scrolls when it is not, as in a text browser.

    Only the lines in view are rendered, so a long transcript costs no more than a short one.
    """

    HELP = (
        "Up and down move or scroll, page up and page down turn the page, Enter opens what is marked with ▸. "
        "Digits go to a section, left and right to the one beside it."
    )
    DEFAULT_CSS = """
    Page {
        overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; scrollbar-size-vertical: 1;
        background: $background; color: $foreground;
        & > .page--head { text-style: bold; color: $text-primary; }
        & > .page--strong { text-style: bold; }
        & > .page--quiet { color: $text-muted; }
        & > .page--good { color: $text-success; }
        & > .page--fair { color: $text-warning; }
        & > .page--bad { color: $text-error; }
        & > .page--cursor { background: $surface-lighten-1; }
        &:focus > .page--cursor { background: $block-cursor-blurred-background; }
        &:nocolor > .page--cursor { text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"page--cursor", *(f"page--{role}" for role in ROLES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "Down", show=False),
        Binding("up,k", "step(-1)", "Up", show=False),
        Binding("pagedown,space", "turn(1)", "Page down", show=False),
        Binding("pageup", "turn(-1)", "Page up", show=False),
        Binding("home", "edge(-1)", "Top", show=False),
        Binding("end", "edge(1)", "End", show=False),
    ]
    TITLE: ClassVar[str] = ""

    cursor: reactive[int | None] = reactive(None)
    """The block Enter acts on; None where nothing takes the cursor."""

    @dataclass
    class Opened(Message):
        """What the cursor is on was opened."""

        place: Place

    def __init__(self, review: Review, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.review = review
        self.laid = Layout()
        self._wanted = ""

    @property
    def heading(self) -> str:
        """What stands on the upper edge."""
        return self.TITLE

    @property
    def place(self) -> Place:
        """Where the reader is, to come back to."""
        key = "" if self.cursor is None else self.laid.blocks[self.cursor].key
        return Place(self.id or "", key=key)

    def blocks(self, width: int) -> Iterable[Block]:
        """What the section says, made for `width` columns."""
        raise NotImplementedError

    def go(self, place: Place) -> None:
        """Move to the block `place` names, if it names one; otherwise stay as the reader left it."""
        self._wanted = place.key
        if self.scrollable_content_region.height:
            self._arrive()

    def open(self) -> bool:
        """Open what the cursor is on; whether that led anywhere."""
        target = None if self.cursor is None else self.laid.blocks[self.cursor].opens
        return target is not None and self.post_message(self.Opened(target))

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self.lay_out())

    def on_resize(self, event: events.Resize) -> None:
        self.lay_out()

    def lay_out(self) -> None:
        """Wrap everything anew; what was at the top stays there."""
        width = self.scrollable_content_region.width - GUTTER
        if width < 1:
            return
        top = self.laid.block_at(self.scroll_offset.y) if self.scroll_offset.y else 0
        within = self.scroll_offset.y - self.laid.first[top]
        styles: dict[Role, Style] = {
            role: self.get_visual_style(f"page--{role}", partial=True) for role in ROLES
        }
        self.laid = lay_out(self.blocks(width), width, styles)
        self.virtual_size = Size(width + GUTTER, len(self.laid.lines))
        if self.cursor is None or self.cursor not in self.laid.stops:
            self.cursor = next(iter(self.laid.stops), None)
        start, end = self.laid.span(top) if top < len(self.laid.blocks) else (0, 1)
        self._scroll(min(start + within, end - 1))
        self._arrive()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        style, width = self.visual_style, self.scrollable_content_region.width
        if line >= len(self.laid.lines):
            return Strip.blank(width, style.rich_style)
        content, gutter = self.laid.lines[line], " " * GUTTER
        block = self.laid.block_at(line)
        if block == self.cursor:
            style = self.get_visual_style("page--cursor")
            if line == self.laid.first[block]:
                gutter = CURSOR if self.has_focus else RESTING
        strip = Strip(Content.assemble(gutter, content).render_segments(style))
        return strip.adjust_cell_length(width, style.rich_style)

    def watch_cursor(self) -> None:
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The first click moves the cursor, one on the cursor opens."""
        offset = event.get_content_offset(self)
        block = self.laid.block_at(offset.y + self.scroll_offset.y) if offset else None
        if block in self.laid.stops:
            if block == self.cursor:
                self.open()
            self.cursor = block

    def action_step(self, by: int) -> None:
        """One stop on when the next one is in sight, else one line on."""
        top, bottom = self._view()
        if self.cursor is not None:
            start, end = self.laid.span(self.cursor)
            is_cut = end > bottom >= start if by > 0 else start < top <= end
            beside = self._beside(by)
            if not is_cut and beside is not None:
                start, end = self.laid.span(beside)
                if start < bottom and end > top:
                    self.cursor = beside
                    self._reveal(beside)
                    return
        self._scroll(top + by)
        self._follow(by)

    def action_turn(self, by: int) -> None:
        """A page on; one line of the old page stays in sight."""
        top, bottom = self._view()
        self._scroll(top + by * max(1, bottom - top - 1))
        self._follow(by)

    def action_edge(self, by: int) -> None:
        """To the top or the end."""
        self._scroll(0 if by < 0 else len(self.laid.lines))
        if self.laid.stops:
            self.cursor = self.laid.stops[0 if by < 0 else -1]

    def _view(self) -> tuple[int, int]:
        top = self.scroll_offset.y
        return top, top + self.scrollable_content_region.height

    def _beside(self, by: int) -> int | None:
        """The stop before or after the cursor."""
        at = self.laid.stops.index(self.cursor) + by if self.cursor in self.laid.stops else -1
        return self.laid.stops[at] if 0 <= at < len(self.laid.stops) else None

    def _follow(self, by: int) -> None:
        """A cursor that was scrolled out of sight goes to the nearest stop in sight."""
        top, bottom = self._view()
        seen = [
            at for at in self.laid.stops if self.laid.first[at] < bottom and self.laid.first[at + 1] > top
        ]
        if seen and self.cursor not in seen:
            self.cursor = seen[0] if by > 0 else seen[-1]

    def _reveal(self, block: int) -> None:
        """Scroll as little as shows all of `block`, or its beginning when it is higher than the page."""
        top, bottom = self._view()
        start, end = self.laid.span(block)
        if end > bottom:
            self._scroll(min(start, end - (bottom - top)))
        elif start < top:
            self._scroll(start)

    def _arrive(self) -> None:
        """Go where somebody wanted to, a few lines of what precedes in sight. A hidden page waits for its layout."""
        at = self.laid.find(self._wanted) if self._wanted else None
        if at is not None:
            self._wanted = ""
            if at != self.cursor or not self._is_in_sight(at):
                top, bottom = self._view()
                self.cursor = at
                self._scroll(self.laid.first[at] - (bottom - top) // 4)

    def _is_in_sight(self, block: int) -> bool:
        top, bottom = self._view()
        start, end = self.laid.span(block)
        return top <= start and end <= bottom

    def _scroll(self, line: int) -> None:
        # Forced: a page that was just laid out has no scrollbar yet, and would refuse.
        self.scroll_to(y=line, animate=False, immediate=True, force=True)
