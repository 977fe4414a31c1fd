"""The turns so far. It follows the end until the reader scrolls up, and says when there is more below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from coach.session.state import Turn
from coach.session.timing import clock_text
from coach.tui.foreign import shown
from coach.tui.messages import Unread
from coach.tui.widgets.styling import part_style

if TYPE_CHECKING:
    from textual.app import ComposeResult

MARKS = {
    "hint": "hint",
    "nudge": "time",
    "time_up": "time",
    "curveball": "change",
    "correction": "correction",
}


class TurnView(Static):
    """One turn: who and when on the first line, the words below. Nothing in it is markup."""

    DEFAULT_CSS = """
    TurnView {
        width: 1fr; height: auto; padding: 0 1; text-wrap: wrap;
        & > .turn-view--speaker { text-style: bold; }
        & > .turn-view--when { color: $text-muted; }
        &.-interviewer > .turn-view--speaker { color: $text-accent; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"turn-view--speaker", "turn-view--when"}

    def __init__(self, turn: Turn) -> None:
        super().__init__(markup=False, classes=f"-{turn.speaker}")
        self.turn = turn

    def on_mount(self) -> None:
        self._paint()

    def show(self, turn: Turn) -> None:
        """Read `turn` now: the same one, further on."""
        self.turn = turn
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        turn = self.turn
        who = "You" if turn.speaker == "candidate" else "Interviewer"
        mark = "interrupted" if turn.is_interrupted else MARKS.get(turn.intent)
        when = f"  {clock_text(int(turn.t))}" + (f"  ({mark})" if mark else "")
        self.update(
            Content.assemble(
                (who, part_style(self, "turn-view--speaker")),
                (when, part_style(self, "turn-view--when")),
                "\n",
                shown(turn.text).rstrip(),
            )
        )


class NoteView(Static):
    """A remark of the coach's own between the turns."""

    DEFAULT_CSS = """
    NoteView { width: 1fr; height: auto; padding: 0 1; color: $text-warning; text-wrap: wrap; }
    NoteView:nocolor { text-style: italic; }
    """


class Conversation(VerticalScroll):
    """Takes no focus away: a new turn only appears."""

    HELP = "Up, down, page up and page down scroll; end follows the conversation again."
    BINDINGS: ClassVar[list[BindingType]] = [Binding("end", "follow", "Follow the end", show=False)]
    DEFAULT_CSS = """
    Conversation { height: 1fr; scrollbar-size-vertical: 1; }
    """

    has_new: reactive[bool] = reactive(default=False)
    """Something was said below what the reader sees."""

    def __init__(self, turns: tuple[Turn, ...]) -> None:
        super().__init__()
        self._earlier = turns
        self._growing: TurnView | None = None
        """The turn that is still being spoken."""

    def compose(self) -> ComposeResult:
        for turn in self._earlier:
            yield TurnView(turn)

    def on_mount(self) -> None:
        self.anchor()

    @property
    def is_at_end(self) -> bool:
        """Whether the reader sees the last turn. While all fits, an anchor makes the offset negative."""
        return not self.max_scroll_y or self.scroll_offset.y >= self.max_scroll_y - 1

    def add(self, turn: Turn) -> None:
        """Show a turn below the others; one that grew until now is whole with it."""
        is_own = turn.speaker == "candidate"
        if self._growing is not None and not is_own:
            self._growing.show(turn)
            self._growing = None
            return
        self.has_new = not is_own and not self.is_at_end
        self.mount(TurnView(turn))
        if is_own:
            self.action_follow()

    def grow(self, text: str, t: float) -> None:
        """The turn that is being spoken reads `text` now; it began at used second `t` at the latest."""
        if self._growing is None:
            self.has_new = not self.is_at_end
            self._growing = TurnView(Turn("interviewer", text, t, "requirements"))
            self.mount(self._growing)
        else:
            self._growing.show(replace(self._growing.turn, text=text))

    def note(self, text: str) -> None:
        """A remark of the coach's own, below the turns."""
        self.mount(NoteView(shown(text), markup=False))

    def action_follow(self) -> None:
        """To the end, and stay there."""
        self.has_new = False
        self.anchor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_at_end:
            self.has_new = False

    def watch_has_new(self, has_new: bool) -> None:  # noqa: FBT001  Textual calls it
        if self.is_mounted:
            self.post_message(Unread(has_new))
