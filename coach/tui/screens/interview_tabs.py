"""Where one writes in an interview: talk line, notes, sheet and board, one tab at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from coach.errors import CoachError
from coach.session.phases import NAMES
from coach.tui.notices import say, show_error
from coach.tui.screens.dialogs import TextDialog
from coach.tui.screens.interview_view import InterviewView

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL_TALK = frozenset({"greeting", "acknowledgement", "nudge", "time_up", "summary_request"})


class InterviewTabs(InterviewView):
    """The keys that go from one place of writing to another, and move text in and out."""

    def action_talk(self) -> None:
        self.set_focus(self.talk_line)

    def action_notes(self) -> None:
        """To the notes; from there to those of the phase before, and from the first to the current one."""
        if self.notes.area.has_focus:
            self.notes.show(self.notes.before)
        self._write_notes()

    def _write_notes(self) -> None:
        self.show_tab("notes")
        self.set_focus(self.notes.area)

    def action_sheet(self) -> None:
        """To the number sheet; from there to the figures."""
        if self.sheet.area.has_focus:
            self.action_figures()
            return
        self.show_tab("sheet")
        self.set_focus(self.sheet.area)

    def action_board(self) -> None:
        """To the board; from there it takes the whole screen, and gives it back."""
        if self.board.area.has_focus or self.board.picture.has_focus:
            self.set_class(not self.has_class("-whole"), "-whole")
        self.show_tab("board")
        self.set_focus(self.board.area)

    def action_figures(self) -> None:
        """Figures people carry in their heads; a mock interview leaves them there."""
        from coach.estimates.figures import figures_text

        if self.setup.mode == "mock":
            say(self, "A mock interview shows no figures; practice does.")
        else:
            self.read_aside("Figures", figures_text)

    def action_show_notes(self, number: int) -> None:
        """Notes of the phase with this number, if it has begun."""
        phases = self.notes.phases
        if number > len(phases):
            say(self, f"This drill has one phase: {NAMES[phases[0]]}.")
        elif phases[number - 1] not in self.notes.begun:
            say(self, f"{NAMES[phases[number - 1]]} has not begun. F10 goes on to the next phase.")
        else:
            self.notes.show(phases[number - 1])
            self._write_notes()

    def action_turn_notes(self, by: int) -> None:
        """Notes of the phase before or after the shown one."""
        number = self.notes.phases.index(self.notes.shown) + by + 1
        if 1 <= number <= len(self.notes.phases):
            self.action_show_notes(number)

    def action_take_in(self) -> None:
        """The interviewer's last answer into the notes at the cursor; ctrl+z there takes it out again."""
        if text := self._last_answer():
            self.notes.area.take_in(text)
            if not self.notes.region:
                say(self, f"Taken into the notes: {NAMES[self.notes.shown]}.")

    def action_copy_out(self) -> None:
        if text := self._last_answer():
            self.app.copy_to_clipboard(text)
            say(self, "Copied, if your terminal allows it.")

    def action_editor(self) -> None:
        from coach.tui.editor import edit_outside

        area = self.writing
        self.save()
        self.host.tick()
        trouble: CoachError | None = None
        try:
            with self.app.suspend():
                # Nothing may be raised in here: the terminal would stay with the editor.
                try:
                    text = edit_outside(area.text, self.doors.editor, name=area.file_name)
                except CoachError as error:
                    trouble = error
        except SuspendNotSupported:
            trouble = CoachError("No editor here", "This terminal cannot be lent to another program.")
        if trouble:
            show_error(self, trouble)
        else:
            area.take_over(text)
            self.set_focus(area)

    def _last_answer(self) -> str:
        """What the interviewer said last that is worth keeping."""
        spoken = [turn for turn in self.host.state.turns if turn.speaker == "interviewer"]
        answers = [turn for turn in spoken if turn.intent not in SMALL_TALK] or spoken
        if not answers:
            say(self, "The interviewer has not said anything yet.")
        return answers[-1].text if answers else ""

    def read_aside(self, title: str, text: Callable[[], str]) -> None:
        """Show a text over the interview; what goes wrong is told."""
        try:
            self.app.push_screen(TextDialog(title, text()))
        except CoachError as error:
            show_error(self, error)
