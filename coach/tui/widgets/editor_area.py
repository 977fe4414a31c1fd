"""What notes and talk line share as editors."""

from __future__ import annotations

from typing import Self

from textual.widgets import TextArea


class EditorArea(TextArea):
    """An editor that gives the focus up only to another widget.

    Textual takes the focus from a widget when it hears that it was hidden. That news can be old: where one pane has the
    room, a quick F3 shows the notes again before they heard of having been hidden, and the next words would be lost.
    """

    def blur(self) -> Self:
        return self
