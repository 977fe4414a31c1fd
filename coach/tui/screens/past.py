"""Past sessions: what was handed in is read again, what was left is resumed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.screen import Screen
from textual.widgets import OptionList, Static

from coach.clock import local_text
from coach.session.timing import clock_text
from coach.tui.foreign import one_line
from coach.tui.keys import Area, bindings
from coach.tui.messages import DebriefAsked, ResumeAsked
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coach.session.headline import Headline


class PastScreen(Screen[None]):
    """A list, the newest first."""

    AREA: ClassVar[Area] = "past"
    CSS_PATH: ClassVar[str] = "past.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("past")]

    def __init__(self, sessions: Sequence[Headline]) -> None:
        super().__init__()
        self.sessions = {one.session: one for one in sessions}

    def compose(self) -> ComposeResult:
        if self.sessions:
            rows = [
                Row(one.session, line(one), can_be_chosen=not one.trouble) for one in self.sessions.values()
            ]
            yield Rows("Past sessions", rows)
        else:
            yield Static("No sessions yet. What you practise shows up here.", id="none", markup=False)
        yield KeyBar()

    @property
    def hidden_keys(self) -> frozenset[str]:
        """An empty list opens nothing."""
        return frozenset() if self.sessions else frozenset({"open"})

    def action_open(self) -> None:
        """Enter is the list's own key; this is for the palette."""
        for past in self.query(Rows):
            past.action_select()

    def action_back(self) -> None:
        self.dismiss(None)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        session = self.sessions[event.option_id or ""]
        to_read = not session.is_unfinished
        self.post_message(DebriefAsked(session.session) if to_read else ResumeAsked(session.session))


def line(one: Headline) -> str:
    """One session as a line: when, what, how, and what came of it."""
    when = local_text(datetime.fromisoformat(one.started).timestamp())
    if one.trouble:
        return one_line(f"{when}  {one.session}  cannot be read: {one.trouble}")
    outcome = (one.verdict or "not judged").replace("_", " ")
    if one.is_unfinished:
        outcome = f"unfinished, {clock_text(int(one.used_s))} used"
    return one_line(f"{when} · {one.title} · {one.mode} · {one.seniority} · {outcome}")
