"""A list of one-line rows. The row one is on carries a mark, so that it is told without colour too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE, ELSEWHERE = "▸ ", "  "


class Row(NamedTuple):
    """One row: what it stands for, and its text without markup. `can_be_chosen` is False for what only tells."""

    id: str
    text: str
    can_be_chosen: bool = True


class Rows(OptionList):
    """Rows that are plain text. A row with an empty id is a line between others."""

    DEFAULT_CSS = """
    Rows {
        border: round $foreground 30%; height: 1fr; padding: 0; background: $background;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    Rows:focus { border: heavy $border; background-tint: transparent; }
    Rows:nocolor > .option-list--option-highlighted { text-style: bold; }
    """

    def __init__(self, title: str, rows: Sequence[Row] = ()) -> None:
        super().__init__(markup=False)
        self.border_title = Content(title)
        self._marked: int | None = None
        self._texts: list[str] = []
        self._rows: Sequence[Row] = ()
        self.set_rows(rows)

    @property
    def chosen(self) -> str:
        """The id of the row one is on; empty when there is none."""
        return "" if self.highlighted is None else self.get_option_at_index(self.highlighted).id or ""

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; one stays on the row one was on, or comes to the first."""
        if rows == self._rows:
            return
        self._rows = rows
        before = self.chosen
        real = [row for row in rows if row.id]
        self._texts = [row.text for row in real]
        self._marked = None
        self.set_options(
            None
            if not row.id
            else Option(Content(f"{ELSEWHERE}{row.text}"), row.id, disabled=not row.can_be_chosen)
            for row in rows
        )
        ids = [row.id for row in real]
        self.highlighted = ids.index(before) if before in ids else (0 if ids else None)
        self._mark()

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        self._mark()

    def _mark(self) -> None:
        for at, sign in ((self._marked, ELSEWHERE), (self.highlighted, HERE)):
            if at is not None and at < len(self._texts):
                self.replace_option_prompt_at_index(at, Content(f"{sign}{self._texts[at]}"))
        self._marked = self.highlighted
