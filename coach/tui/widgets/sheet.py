"""The number sheet: lines of arithmetic with their results in a column beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coach.estimates.sheet import Sheet
from coach.session.commands import SHEET
from coach.tui.foreign import one_line
from coach.tui.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widgets import TextArea

    from coach.estimates.sheet import Row

EXAMPLE = "reads = 10M * 20 / day"


class SheetArea(WritingArea):
    """The lines themselves; long ones scroll sideways, so that a result stays beside its line."""

    HELP = (
        "One line is one calculation; name it with =, as in reads = DAU * 20 / day. Results appear beside it, in "
        "converts: reads in /s. A month has 30 days, a day 86 400 s, MB is 10^6 bytes, MiB 2^20. Ctrl+Z undoes."
    )

    def __init__(self, text: str) -> None:
        super().__init__(SHEET, text, id="sheet", placeholder=EXAMPLE, soft_wrap=False)


class Results(Widget):
    """What each line comes to. It scrolls with the lines and repaints only what reads differently."""

    DEFAULT_CSS = """
    Results {
        width: 20; height: 1fr; color: $text-accent; background: $background;
        & > .results--error { color: $text-error; }
        & > .results--note { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"results--error", "results--note"}

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.top = 0

    def take(self, rows: tuple[Row, ...]) -> None:
        """Show these rows."""
        before, self.rows = self.rows, rows
        for y in range(self.size.height):
            at = self.top + y
            old = before[at] if at < len(before) else None
            new = rows[at] if at < len(rows) else None
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def scroll_with(self, top: float) -> None:
        """The lines were scrolled to `top`."""
        if self.top != int(top):
            self.top = int(top)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        at, width = self.top + y, self.size.width
        row = self.rows[at] if at < len(self.rows) else None
        style = self.visual_style
        content = Content("")
        if row is not None and (row.result or row.is_error):
            if row.is_error:
                style += self.get_visual_style("results--error", partial=True)
            words = one_line(row.result if row.result else f"! {row.note}")
            content = Content(words).truncate(width - 1, ellipsis=True)
            content = content.pad_left(max(0, width - 1 - content.cell_length))
        return Strip(content.render_segments(style)).adjust_cell_length(width, style.rich_style)


class SheetPane(Horizontal):
    """The sheet and its results; what is to say of the cursor's line stands on the lower edge."""

    DEFAULT_CSS = """
    SheetPane { height: 1fr; }
    SheetPane SheetArea { width: 1fr; scrollbar-size-horizontal: 0; }
    """
    BORDER_TITLE: ClassVar[str] = "Sheet"

    def __init__(self, text: str, *, hint: str) -> None:
        super().__init__()
        self._text = text
        self._hint = hint
        self._sheet = Sheet()
        self._read = text
        self._typing: int | None = None

    def compose(self) -> ComposeResult:
        yield SheetArea(self._text)
        yield Results()

    @property
    def area(self) -> SheetArea:
        return self.query_one(SheetArea)

    @property
    def results(self) -> Results:
        return self.query_one(Results)

    def on_mount(self) -> None:
        self.watch(self.area, "scroll_y", self.results.scroll_with, init=False)
        self.calculate()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.calculate()

    def on_typed(self) -> None:
        self.calculate()

    def on_descendant_blur(self) -> None:
        self.calculate()

    def calculate(self) -> None:
        """Read the lines as they stand; the one being typed keeps its errors to itself."""
        area = self.area
        line, written = area.cursor_location[0], area.text
        if written != self._read:
            self._read, self._typing = written, line
        elif line != self._typing or not area.has_focus:
            self._typing = None
        rows = self._sheet.read(written, typing=self._typing)
        self.results.take(rows)
        words = next(self._words(rows, line), self._hint)
        if str(self.border_subtitle or "") != words:
            # As a string it would be parsed as markup, and it may hold a name somebody typed.
            self.border_subtitle = Content(words)

    def _words(self, rows: tuple[Row, ...], line: int) -> Iterator[str]:
        if line < len(rows) and rows[line].note:
            yield one_line(rows[line].note)
