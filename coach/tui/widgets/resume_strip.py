"""The unfinished interview, offered before anything else. Imported only when there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from coach.session.phases import NAMES
from coach.session.timing import clock_text
from coach.tui.foreign import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.session.headline import Headline


class ResumeStrip(Horizontal):
    """One line and two buttons."""

    DEFAULT_CSS = """
    ResumeStrip {
        height: 1; padding: 0 1; background: $accent-muted; color: $foreground;
        & > Static { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > Button { margin-left: 1; min-width: 1; padding: 0 1; width: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("left,right", "app.focus_next", "Other", show=False)]

    def __init__(self, session: Headline) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        one = self.session
        where = f", {NAMES[one.phase]}" if one.phase else ""
        used = clock_text(int(one.used_s))
        yield Static(one_line(f"Unfinished: {one.title}, {one.mode}{where}, {used} used"), markup=False)
        yield Button("Resume", id="resume", compact=True)
        yield Button("Later", id="later", compact=True)
