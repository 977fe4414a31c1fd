"""The last look before the clock starts: the problem, the plan, the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from coach.session.phases import HEADINGS, plan
from coach.terms import PERSONAS
from coach.tui.clock_view import minutes
from coach.tui.foreign import one_line, shown
from coach.tui.keys import KEYS, Area, bindings
from coach.tui.messages import StartAsked
from coach.tui.notices import say
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coach.choice import Choice
    from coach.tui.ports import Endpoint

MODES = {
    "mock": "Mock: no pause, no hints, no guidance. The clock runs on if you leave. Feedback comes at the end.",
    "practice": "Practice: hints, guidance and pauses are there when you want them, and are on record.",
    "drill": "Drill: one phase only. Hints, guidance and pauses are there, and are on record.",
}
STRICT = "Strict: when the time of a phase is used up, the next one begins."
FREE = "You move on yourself. Time you save goes to the next phase; time you overrun is on record."
SHOWN_KEYS = ("talk", "notes", "sheet", "board", "hint", "guidance", "next_phase", "finish")
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (10, "-tall")]


class ReadyScreen(Screen[None]):
    """Enter starts the clock, Esc goes back."""

    AREA: ClassVar[Area] = "ready"
    AUTO_FOCUS: ClassVar[str] = "#text"
    CSS_PATH: ClassVar[str] = "ready.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("ready")]
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, choice: Choice, title: str, prompt: str, *, endpoint: Endpoint | None = None) -> None:
        super().__init__()
        self.choice = replace(
            choice,
            interviewer=choice.interviewer or ("model" if endpoint else "scripted"),
            judge=choice.judge or ("model" if endpoint else "offline"),
        )
        self.heading = title
        self.prompt = prompt
        self.endpoint = endpoint

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="text") as text:
            text.border_title = Content(one_line(self.heading))
            yield Static(self._text(), id="words", markup=False)
        yield Static("Enter starts the clock.", id="go", markup=False)
        yield KeyBar()

    @property
    def hidden_keys(self) -> frozenset[str]:
        """Nothing to choose between without a model."""
        if self.endpoint is None:
            return frozenset(("interviewer", "judge", "persona"))
        return frozenset() if self.choice.interviewer == "model" else frozenset(("persona",))

    def action_start(self) -> None:
        """Start; a host nobody agreed to is asked about first, and nothing is sent without."""
        endpoint = self.endpoint
        if endpoint is None or endpoint.is_agreed or not self.choice.uses_model:
            self.post_message(StartAsked(self.choice))
            return
        from coach.tui.screens.dialogs import host_question

        def answered(yes: bool | None) -> None:  # noqa: FBT001  a screen's result has no name
            if yes:
                self.post_message(StartAsked(self.choice, agrees=True))
            else:
                say(self, "Nothing was sent. i and j choose the scripted interviewer and the offline judge.")

        self.app.push_screen(host_question(endpoint), answered)

    def action_interviewer(self) -> None:
        self._change(interviewer="scripted" if self.choice.interviewer == "model" else "model")

    def action_judge(self) -> None:
        self._change(judge="offline" if self.choice.judge == "model" else "model")

    def action_persona(self) -> None:
        at = PERSONAS.index(self.choice.persona)
        self._change(persona=PERSONAS[(at + 1) % len(PERSONAS)])

    def _change(self, **what: str) -> None:
        if self.endpoint is None:
            say(self, "No model is configured; see coach doctor.")
            return
        self.choice = replace(self.choice, **what)  # type: ignore[arg-type]
        self.query_one("#words", Static).update(self._text())
        self.query_one(KeyBar).refresh()

    def _text(self) -> Content:
        return Content("\n\n").join(self._paragraphs())

    def _who(self) -> list[Content]:
        """Who asks and who judges, and where the words would go; nothing to say without a model."""
        endpoint, choice = self.endpoint, self.choice
        if endpoint is None:
            return []
        name = f"{one_line(endpoint.model)} at {one_line(endpoint.host)}"
        asks = f"{name}, {choice.persona}" if choice.interviewer == "model" else "scripted, on this machine"
        judges = name if choice.judge == "model" else "offline, on this machine"
        sent = f"What you say and write goes to {one_line(endpoint.host)}."
        rows = [
            f"  i  Interviewer  {asks}" + (" (p changes that)" if choice.interviewer == "model" else ""),
            f"  j  Judge        {judges}",
            sent if choice.uses_model else "Nothing leaves this machine.",
        ]
        return [Content("\n".join(rows))]

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
            *self._who(),
            Content("\n").join([Content.styled(setting, "bold"), *rows]),
            Content(f"{MODES[choice.mode]}\n{STRICT if choice.strict else FREE}"),
            Content("\n".join(keys)),
        ]
