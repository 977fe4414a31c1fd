"""Where the candidate asks and answers: a few lines that grow, sent with Enter."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from coach.tui.foreign import typed
from coach.tui.messages import Sent, Typed
from coach.tui.widgets.editor_area import EditorArea


class TalkLine(EditorArea):
    """Enter sends, ctrl+j makes a new line (Shift+Enter where the terminal can tell), up brings back earlier turns."""

    HELP = (
        "Enter sends. Ctrl+J or Shift+Enter starts a new line. Up on the first line brings back what you sent "
        "before. Page up and page down scroll the conversation."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,shift+enter", "new_line", "New line", show=False),
        Binding("pageup", "scroll_talk(-1)", "Scroll the conversation up", show=False),
        Binding("pagedown", "scroll_talk(1)", "Scroll the conversation down", show=False),
    ]
    DEFAULT_CSS = """
    TalkLine { height: auto; max-height: 6; min-height: 3; border: none; border-top: solid $foreground 30%; }
    TalkLine:focus { border: none; border-top: heavy $border; }
    """

    class Scrolled(Message):
        """The candidate wants to see other turns; `by` is -1 or 1 pages."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, text: str) -> None:
        super().__init__(typed(text), placeholder="Ask or answer, Enter sends", highlight_cursor_line=False)
        self.sent: list[str] = []
        """What was sent before, oldest first."""
        self._recalled: int | None = None
        self._draft = ""

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        # A TextArea takes Enter as text before it looks at bindings. It handles every other key after this.
        if event.key == "enter":
            event.prevent_default()
            event.stop()
            self.action_send()

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.text = typed(event.text)

    def action_send(self) -> None:
        """Post the turn and be empty at once: the next key belongs to the next turn."""
        text = self.text.strip()
        if not text:
            return
        self.post_message(Sent(text))
        self.sent.append(text)
        self._recalled = None
        self.clear()

    def give_back(self, text: str) -> None:
        """Put a turn that was refused before what was typed since."""
        if self.sent and self.sent[-1] == text:
            self.sent.pop()
        self.insert(text, (0, 0))

    def action_new_line(self) -> None:
        self.insert("\n")

    def action_scroll_talk(self, by: int) -> None:
        self.post_message(self.Scrolled(by))

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  Textual's signature
        if select or self._visual_row() > 0 or not self._recall(-1):
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002
        is_last = self._visual_row() >= self.wrapped_document.height - 1
        if select or not is_last or not self._recall(1):
            super().action_cursor_down(select)

    def _visual_row(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y

    def _recall(self, by: int) -> bool:
        """Show an earlier turn, or what was being typed after the last; whether there was one."""
        at = (len(self.sent) if self._recalled is None else self._recalled) + by
        if at < 0 or at > len(self.sent) or (self._recalled is None and by > 0):
            return False
        if self._recalled is None:
            self._draft = self.text
        self._recalled = at if at < len(self.sent) else None
        text = self._draft if self._recalled is None else self.sent[at]
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)
        return True

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Typed("draft", self.text))
