"""The candidate's own verdict, asked before the judge's is shown: the difference is worth knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from coach.session.commands import RateSelf
from coach.tui.foreign import one_line
from coach.tui.screens.dialogs import Dialog
from coach.tui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coach.terms import Verdict

VERDICTS: tuple[tuple[Verdict, str], ...] = (
    ("strong_no_hire", "strong no hire"),
    ("no_hire", "no hire"),
    ("hire", "hire"),
    ("strong_hire", "strong hire"),
)
LEVELS = (("", "-"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"))


class SelfRatingScreen(Dialog[RateSelf | None]):
    """Answers with the rating, or None when it was skipped. Levels per dimension are optional."""

    AUTO_FOCUS: ClassVar[str] = "#verdict"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", show=False, priority=True),
        Binding("up", "app.focus_previous", "Before", show=False),
        Binding("down", "app.focus_next", "Next", show=False),
    ]

    def __init__(self, dimensions: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.dimensions = dimensions

    def compose(self) -> ComposeResult:
        with self.box("How did it go?", "←→ change  ↑↓ move  Enter save  Esc skip"):
            yield Static("Your own verdict first. Levels from 1 to 4 are optional.", markup=False)
            yield Picker("You:", VERDICTS, id="verdict", picked=None)
            with VerticalScroll(id="rows", can_focus=False):
                for name, title in self.dimensions:
                    with Horizontal():
                        yield Static(one_line(title), markup=False, classes="name")
                        yield Picker("", LEVELS, id=f"level-{name.replace('_', '-')}")

    def action_save(self) -> None:
        verdict = self.query_one("#verdict", Picker).picked
        if verdict is None:
            self.query_one("#verdict").focus()
            self.notify("Pick a verdict with ← and →, or skip with Esc.", markup=False)
            return
        levels = []
        for name, _ in self.dimensions:
            picker = self.query_one(f"#level-{name.replace('_', '-')}", Picker)
            if picker.value:
                levels.append((name, int(picker.value)))
        self.dismiss(RateSelf(VERDICTS[verdict][0], tuple(levels)))
