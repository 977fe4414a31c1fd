"""The whiteboard: lines of boxes and arrows, and the picture they make."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container
from textual.content import Content
from textual.worker import get_current_worker

from coach.board.cells import clean
from coach.board.fit import LIVE_BOXES
from coach.board.lint import lint
from coach.board.parse import read_board
from coach.board.words import name_at
from coach.session.commands import BOARD
from coach.tui.foreign import one_line
from coach.tui.widgets.board_picture import BoardPicture, Drawn, Frame
from coach.tui.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size
    from textual.timer import Timer
    from textual.widgets import TextArea
    from textual.widgets.text_area import Edit, EditResult

    from coach.board.graph import Board
    from coach.board.lint import Critique, Expected

EXAMPLE = "client -> load balancer -> api x3: GET /feed"
LARGE = "Too large to be drawn with every key; it follows when the keys rest."
PROMPT_BOXES = 30
"""Boxes up to which key and picture are painted together."""
RESTED_S = 0.3
"""A board too large to be drawn with every key is drawn when the keys have rested this long."""


class BoardArea(WritingArea):
    """The lines themselves; a name that stands on the board already is completed by Tab."""

    HELP = (
        "One line draws one chain: client -> api -> db: reads. a, b -> c draws two arrows; x3 makes three replicas; "
        "name: cache sets a kind; Write path { and } group what is in between. Mermaid flowcharts and simple D2 can be "
        "pasted. Tab completes a name, ctrl+z undoes, F5 again gives the picture the whole screen."
    )
    BINDINGS: ClassVar[list[BindingType]] = [("tab", "complete", "complete")]

    def __init__(self, text: str, *, edited: Callable[[], None]) -> None:
        super().__init__(BOARD, text, id="board", placeholder=EXAMPLE, soft_wrap=False)
        self.names: tuple[str, ...] = ()
        self._edited = edited

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, and let the picture know before either is painted: both then take one frame."""
        result = super().edit(edit)
        self._edited()
        return result

    def update_suggestion(self) -> None:
        """Offer the rest of the name before the cursor when just one box goes on that way."""
        row, column = self.cursor_location
        line = self.document[row]
        self.suggestion = ""
        begun = name_at(line[:column])
        if len(begun) > 1 and not line[column:].strip():
            folded = begun.casefold()
            found = [
                name for name in self.names if name.casefold().startswith(folded) and len(name) > len(begun)
            ]
            if found and not any(name.casefold() == folded for name in self.names):
                self.suggestion = found[0][len(begun) :]

    def action_complete(self) -> None:
        """Take the offered name; without one go on, as Tab does everywhere else."""
        if self.suggestion:
            self.insert(self.suggestion)
        else:
            self.screen.focus_next()


class BoardPane(Container):
    """The board's lines and its picture; what is to say of the cursor's line stands on the lower edge."""

    DEFAULT_CSS = """
    BoardPane { height: 1fr; layout: vertical; }
    BoardPane BoardArea { height: 30%; min-height: 4; scrollbar-size-horizontal: 0; scrollbar-size-vertical: 1; }
    BoardPane BoardPicture { border-top: solid $foreground 20%; }
    """
    BORDER_TITLE: ClassVar[str] = "Board"

    def __init__(self, text: str, *, hint: str, expected: Callable[[Board], Expected] | None = None) -> None:
        """`expected` is asked what the problem expects; without it nothing is criticised while one draws."""
        super().__init__()
        self._text = text
        self._hint = hint
        self._expected = expected
        self._read: tuple[str, int, bool, Size] | None = None
        self._board: Board | None = None
        self._found: tuple[Critique, ...] = ()
        self._later: Timer | None = None

    def compose(self) -> ComposeResult:
        yield BoardArea(self._text, edited=self.draw_at_once)
        yield BoardPicture()

    @property
    def area(self) -> BoardArea:
        return self.query_one(BoardArea)

    @property
    def picture(self) -> BoardPicture:
        return self.query_one(BoardPicture)

    def on_mount(self) -> None:
        self.call_after_refresh(self.draw)

    def on_show(self) -> None:
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.draw()

    def draw_at_once(self) -> None:
        """Draw a small board before the key itself is painted; a larger one would keep it waiting."""
        if self._board is not None and len(self._board.boxes) <= PROMPT_BOXES:
            self.draw()

    def on_typed(self) -> None:
        self.draw()

    def on_descendant_blur(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Read the lines as they stand and draw them; a large board is drawn apart when the keys rest."""
        if not self.picture.size or self._later is not None:
            return
        area = self.area
        state = (area.text, area.cursor_location[0], area.has_focus, self.picture.size)
        if state == self._read:
            return
        if self._board is not None and len(self._board.boxes) > LIVE_BOXES:
            self._later = self.set_timer(RESTED_S, self._draw_now)
            self._say(LARGE)
        else:
            self._draw_now()

    def _draw_now(self) -> None:
        self._later = None
        area = self.area
        row = area.cursor_location[0]
        self._read = (area.text, row, area.has_focus, self.picture.size)
        self._board = board = read_board(area.text, cursor=area.cursor_location if area.has_focus else None)
        area.names = tuple(box.name for box in board.boxes if not box.is_typing)
        frame = self.picture.frame(board)
        if len(board.boxes) <= LIVE_BOXES:
            found = self._critique(board)
            self._show(frame.draw(weak=weak_in(found)), found, row)
            return
        self._say(LARGE)
        self.run_worker(partial(self._draw_apart, frame, row), thread=True, exclusive=True, group="board")

    def _draw_apart(self, frame: Frame, row: int) -> None:
        """Draw a large board in a thread of its own, so that no key waits for it."""
        worker = get_current_worker()
        found = self._critique(frame.board)
        drawn = frame.draw(weak=weak_in(found))
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, drawn, found, row)

    def _critique(self, board: Board) -> tuple[Critique, ...]:
        return lint(board, self._expected(board)) if self._expected else ()

    def _show(self, drawn: Drawn, found: tuple[Critique, ...], row: int) -> None:
        if not self.is_attached or self._board is None:
            return
        self._found = found
        self.picture.show(drawn, line=row + 1, critique=found)
        self._say(next(self._words(self._board, row + 1), self._hint))

    def _words(self, board: Board, line: int) -> Iterator[str]:
        """What is to say of a line: what could not be read, what breaks there; else of the whole board."""
        yield from (note.text for note in board.notes if note.line == line and not self.area.has_focus)
        here = [one for one in self._found if one.line == line]
        yield from (one.text for one in here)
        yield from (f"line {note.line}: {note.text}" for note in board.notes if note.line != line)
        if self._found:
            yield f"{len(self._found)} to think about, below the picture"

    def _say(self, words: str) -> None:
        words = one_line(clean(words))
        if str(self.border_subtitle or "") != words:
            # As a string it would be parsed as markup, and it may hold a name somebody typed.
            self.border_subtitle = Content(words)


def weak_in(found: tuple[Critique, ...]) -> frozenset[str]:
    """The boxes whose loss takes others with it: those that stand out in the picture."""
    return frozenset(box for one in found if one.rule == "single-point" for box in one.boxes)
