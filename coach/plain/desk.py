"""Notes, sheet and board as lines: one document is open at a time, and every line is kept as it is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.session.commands import BOARD, SHEET

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.board.graph import Board
    from coach.board.lint import Expected
    from coach.interviewer.host import Host
    from coach.session.commands import DocId

NOTHING = "(nothing yet)"
NO_DOCUMENT = "(You are talking. /notes, /sheet or /board say where to write.)"


class Desk:
    """What one writes on. `place` is the open document; None while one talks."""

    def __init__(
        self, host: Host, write: Callable[[str], None], expected: Callable[[Board], Expected] | None
    ) -> None:
        """`expected` is what the problem expects of a board; None where that is not told."""
        self._host = host
        self._write = write
        self._expected = expected
        self.place: DocId | None = None

    @property
    def lines(self) -> list[str]:
        """The lines of the open document."""
        text = self._host.state.docs.get(self.place, "") if self.place else ""
        return text.split("\n") if text else []

    def add(self, line: str) -> None:
        """One more line, and what there is to say of it."""
        self._keep([*self.lines, line])
        self._answer(len(self.lines))

    def show(self) -> None:
        """The lines with their numbers."""
        if self.place is None:
            self._write(NO_DOCUMENT)
            return
        for number, line in enumerate(self.lines, 1):
            self._write(f"{number}: {line}")
        if not self.lines:
            self._write(NOTHING)

    def undo(self) -> None:
        """Without the last line."""
        if lines := self.lines:
            self._keep(lines[:-1])
            self._write(f"(removed: {lines[-1]})")
        else:
            self._write(NOTHING if self.place else NO_DOCUMENT)

    def replace(self, words: str) -> None:
        """`3 new words` replaces a line, `3` removes it."""
        number, _, text = words.partition(" ")
        lines = self.lines
        if not number.isdigit() or not 1 <= int(number) <= len(lines):
            self._write("(Say which line: /show numbers them.)")
            return
        lines[int(number) - 1 : int(number)] = [text] if text else []
        self._keep(lines)
        if text:
            self._answer(int(number))

    def picture(self) -> None:
        """The board as it is drawn, and what breaks in it where that may be told."""
        from coach.board.lint import lint
        from coach.board.parse import read_board
        from coach.session.notes import board_text

        self._write(board_text(self._host.state).rstrip("\n") or "(nothing drawn yet)")
        board = read_board(self._host.state.docs.get(BOARD, ""))
        for one in lint(board, self._expected(board)) if self._expected else ():
            self._write(f"! line {one.line}: {one.text}")

    def _keep(self, lines: list[str]) -> None:
        """Have it in the journal at once: a line that was entered is never lost."""
        if self.place:
            self._host.type(self.place, "\n".join(lines))
            self._host.tick()

    def _answer(self, number: int) -> None:
        """What sheet and board have to say of a line."""
        text = "\n".join(self.lines)
        if self.place == SHEET:
            from coach.estimates.sheet import Sheet

            row = Sheet().read(text, typing=None)[number - 1]
            if row.result or row.note:
                self._write(f"= {row.result}" if row.result else f"! {row.note}")
        elif self.place == BOARD:
            from coach.board.parse import read_board

            board = read_board(text)
            note = next((one.text for one in board.notes if one.line == number), None)
            self._write(f"! {note}" if note else f"({len(board.boxes)} boxes, {len(board.arrows)} arrows)")
