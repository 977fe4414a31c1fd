"""What notes and sheet share: a document that is typed into, kept with every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.foreign import typed
from coach.tui.messages import Typed
from coach.tui.widgets.editor_area import EditorArea

if TYPE_CHECKING:
    from textual import events
    from textual.widgets import TextArea

    from coach.session.commands import DocId


class WritingArea(EditorArea):
    """One document. Undo reaches back over everything, also over what was taken in."""

    DEFAULT_CSS = """
    WritingArea { border: none; padding: 0 1; }
    WritingArea:focus { border: none; }
    """

    def __init__(self, doc: DocId, text: str, *, id: str, placeholder: str, soft_wrap: bool = True) -> None:  # noqa: A002
        super().__init__(
            typed(text), id=id, placeholder=placeholder, soft_wrap=soft_wrap, highlight_cursor_line=False
        )
        self.doc = doc

    @property
    def file_name(self) -> str:
        """What a file with this text may be called."""
        return self.doc.removeprefix("notes.")

    def on_mount(self) -> None:
        self.move_cursor(self.document.end)

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        # What is pasted may hold terminal escapes; the TextArea inserts it after this.
        event.text = typed(event.text)

    def take_over(self, text: str) -> None:
        """Become `text`, undoably, with the cursor as near to its place as may be."""
        at = self.cursor_location
        self.replace(typed(text), (0, 0), self.document.end)
        self.move_cursor(at)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(Typed(self.doc, self.text))
