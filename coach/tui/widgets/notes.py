"""The candidate's notes, one text per phase. Earlier phases stay open, later ones open when they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical

from coach.session.commands import NOTES_OF
from coach.session.phases import NAMES
from coach.terms import Phase
from coach.tui.foreign import shown
from coach.tui.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from coach.session.commands import DocId


class NoteArea(WritingArea):
    """The notes of one phase."""

    HELP = (
        "Write as you would on a shared page: bullets and short sentences. Ctrl+Z undoes. F3 again shows the notes "
        "of the phase before, ctrl+o opens what you see in your own editor."
    )

    def __init__(self, phase: Phase, text: str) -> None:
        super().__init__(
            NOTES_OF[phase],
            text,
            id=f"notes-{phase.replace('_', '-')}",
            placeholder=f"Notes: {NAMES[phase]}",
        )
        self.phase = phase

    def take_in(self, text: str) -> None:
        """Insert `text` at the cursor as lines of its own."""
        before = "\n" if self.cursor_location[1] else ""
        self.insert(f"{before}{shown(text).strip()}\n")


class Notes(Vertical):
    """Shows the notes of one phase; `texts` are what is there already."""

    DEFAULT_CSS = "Notes { height: 1fr; }"
    BORDER_TITLE: ClassVar[str] = "Notes"

    def __init__(self, phases: tuple[Phase, ...], texts: Mapping[DocId, str]) -> None:
        super().__init__()
        self.phases = phases
        self.begun: set[Phase] = set()
        self.shown: Phase = phases[0]
        self._texts = texts

    def compose(self) -> ComposeResult:
        for phase in self.phases:
            area = NoteArea(phase, self._texts.get(NOTES_OF[phase], ""))
            area.display = False
            yield area

    @property
    def areas(self) -> dict[Phase, NoteArea]:
        return {area.phase: area for area in self.query(NoteArea)}

    @property
    def area(self) -> NoteArea:
        """The notes that are shown."""
        return self.areas[self.shown]

    @property
    def before(self) -> Phase:
        """The phase before the shown one; before the first comes the current one."""
        return self.phases[(self.phases.index(self.shown) or len(self.begun)) - 1]

    def begin(self, phase: Phase) -> None:
        """A phase began: its notes open and show; the cursor follows only if it was in the notes."""
        self.begun.add(phase)
        self.show(phase)

    def show(self, phase: Phase) -> None:
        """Show the notes of a phase that has begun."""
        had_focus = self.area.has_focus
        self.shown = phase
        for one, area in self.areas.items():
            area.display = one == phase
        if had_focus:
            self.screen.set_focus(self.area)
        self._say_where()

    def _say_where(self) -> None:
        names = {phase: f"{number} {NAMES[phase]}" for number, phase in enumerate(self.phases, start=1)}
        is_current = self.phases.index(self.shown) == len(self.begun) - 1
        self.border_title = f"Notes: {names[self.shown]}{'' if is_current else ', an earlier phase'}"
        again = f"F3 again: {names[self.before]}, " if len(self.begun) > 1 else ""
        self.border_subtitle = f"{again}F4: sheet"
