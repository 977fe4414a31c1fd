"""The last look before the clock starts: the problem, the plan, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from coach.session.phases import HEADINGS, plan
from coach.tui.clock_view import minutes
from coach.tui.foreign import one_line, shown
from coach.tui.keys import KEYS, Area, bindings
from coach.tui.messages import StartAsked
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coach.tui.ports import Choice

MODES = {
    "mock": "Mock: no pause, no hints, no guidance. The clock runs on if you leave. Feedback comes at the end.",
    "practice": "Practice: hints, guidance and pauses are there when you want them, and are on record.",
    "drill": "Drill: one phase only. Hints, guidance and pauses are there, and are on record.",
}
STRICT = "Strict: when the time of a phase is used up, the next one begins."
FREE = "You move on yourself. Time you save goes to the next phase; time you overrun is on record."
SHOWN_KEYS = ("talk", "notes", "hint", "guidance", "next_phase", "finish")
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (10, "-tall")]


class ReadyScreen(Screen[None]):
    """Enter starts the clock, Esc goes back."""

    AREA: ClassVar[Area] = "ready"
    AUTO_FOCUS: ClassVar[str] = "#text"
    CSS_PATH: ClassVar[str] = "ready.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("ready")]
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, choice: Choice, title: str, prompt: str) -> None:
        super().__init__()
        self.choice = choice
        self.heading = title
        self.prompt = prompt

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="text") as text:
            text.border_title = Content(one_line(self.heading))
            yield Static(Content("\n\n").join(self._paragraphs()), markup=False)
        yield Static("Enter starts the clock.", id="go", markup=False)
        yield KeyBar()

    def action_start(self) -> None:
        self.post_message(StartAsked(self.choice))

    def action_back(self) -> None:
        self.dismiss(None)

    def _paragraphs(self) -> list[Content]:
        choice = self.choice
        whole = plan(choice.minutes, only=choice.only)
        rows = [
            f"  {number}  {HEADINGS[phase]:<22}{minutes(seconds):>7}"
            for number, (phase, seconds) in enumerate(whole.budgets, start=1)
        ]
        setting = f"{choice.mode} · {choice.seniority} · {whole.total_s / 60:g} minutes"
        hidden = ("hint", "guidance") if choice.mode == "mock" else ()
        keys = [
            f"  {one.shown_key:<4} {one.tooltip}"
            for one in KEYS
            if one.area == "interview" and one.id in SHOWN_KEYS and one.id not in hidden
        ]
        return [
            Content(shown(self.prompt).rstrip()),
            Content("\n").join([Content.styled(setting, "bold"), *rows]),
            Content(f"{MODES[choice.mode]}\n{STRICT if choice.strict else FREE}"),
            Content("\n".join(keys)),
        ]
