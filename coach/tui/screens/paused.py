"""The screen while the clock stands still. It covers the notes, so that a pause is a pause."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

TEXT = "Paused\n\nThe clock stands still, and the pause is on record.\n\nF11 or Enter goes on."


class PausedScreen(Screen[None]):
    """Closes when the candidate goes on; who opened it lets the clock run again."""

    CSS_PATH: ClassVar[str] = "paused.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f11,enter", "go_on", "Go on", show=False)]

    def compose(self) -> ComposeResult:
        yield Static(TEXT, markup=False)

    def action_go_on(self) -> None:
        self.dismiss(None)
