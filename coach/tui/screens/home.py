"""The home screen: what to practise, and how. It paints from cached headlines and reads the rest afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import Worker, WorkerState

from coach.errors import CoachError
from coach.session.phases import MINUTES, NAMES, STANDARD_MINUTES
from coach.terms import MODES, PHASES, Phase
from coach.tui.foreign import one_line, shown
from coach.tui.keys import Area, bindings
from coach.tui.messages import BankRead, Picked, ReadyAsked, ResumeAsked, StartAsked
from coach.tui.notices import show_error
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.picker import Minutes, Picker
from coach.tui.widgets.problem_list import OWN_ROWS, SURPRISE, WARM_UP, ProblemList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key
    from textual.widgets import Button

    from coach.choice import Choice
    from coach.content.library import Fault
    from coach.session.headline import Headline
from coach.tui.ports import Doors

ABOUT_OWN_ROWS = {
    SURPRISE: "The coach picks a problem, sooner one you have practised less.",
    WARM_UP: "A toy problem and two minutes to try every key once. It is not judged and not kept.",
}
SENIORITIES = ("mid", "senior", "staff")
FAULTS_SHOWN = 3
WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (72, "-normal"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (10, "-low"), (16, "-short"), (23, "-tall")]


class HomeScreen(Screen[None]):
    """A list, a preview and a few choices; Enter gets ready from anywhere on it."""

    AREA: ClassVar[Area] = "home"
    AUTO_FOCUS: ClassVar[str] = "ProblemList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("home")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self.doors = doors
        self.sessions: Sequence[Headline] = ()
        self.put_off: set[str] = set()
        """Unfinished sessions the candidate wants to see later."""
        self.unfinished: Headline | None = None
        self._has_typed = False
        self._is_read = False
        self._wants_past = False
        self._told = ("", "")

    def compose(self) -> ComposeResult:
        yield Static("coach   a timed system design interview", id="title", markup=False)
        with Container(id="main"):
            yield ProblemList(self.doors.headlines())
            yield Static(id="preview", markup=False)
        with Container(id="settings"):
            yield Picker("Mode     ", tuple((mode, mode) for mode in MODES), id="mode")
            yield Picker("Phase", tuple((phase, NAMES[phase]) for phase in PHASES), id="only", classes="-off")
            yield Picker("Strict", (("", "no"), ("yes", "yes")), id="strict")
            yield Picker("Seniority", tuple((one, one) for one in SENIORITIES), id="seniority", picked=1)
            yield Minutes(STANDARD_MINUTES, id="minutes")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Read everything anew, also after a session; never before the first paint."""
        self.call_after_refresh(
            self.run_worker,
            self._read,
            thread=True,
            exclusive=True,
            exit_on_error=False,
            description="read the bank",
        )

    def on_key(self, event: Key) -> None:
        self._has_typed = True

    @property
    def hidden_keys(self) -> frozenset[str]:
        """There may be nothing to resume."""
        return frozenset() if self.unfinished else frozenset({"resume"})

    @property
    def only(self) -> Phase | None:
        """The phase to drill, in the mode for that."""
        at = self.query_one("#only", Picker).picked
        return PHASES[at or 0] if self.query_one("#mode", Picker).value == "drill" else None

    def choice(self, problem: str) -> Choice:
        """What is picked on the screen, for `problem`."""
        from coach.choice import Choice

        seniority = self.query_one("#seniority", Picker).picked or 0
        return Choice(
            problem,
            mode=MODES[self.query_one("#mode", Picker).picked or 0],
            seniority=("mid", "senior", "staff")[seniority],
            minutes=self.query_one(Minutes).value,
            only=self.only,
            strict=bool(self.query_one("#strict", Picker).value),
        )

    def action_choose(self) -> None:
        """Get ready for what is highlighted."""
        chosen = self.query_one(ProblemList).chosen
        if chosen == WARM_UP:
            self.action_warm_up()
        elif chosen == SURPRISE:
            self.action_surprise()
        else:
            self._get_ready(chosen)

    def action_surprise(self) -> None:
        try:
            self._get_ready(self.doors.surprise())
        except CoachError as error:
            show_error(self, error)

    def action_warm_up(self) -> None:
        from coach.choice import Choice
        from coach.tui import warm_up

        self.post_message(StartAsked(Choice(warm_up.PROBLEM, mode="practice", minutes=warm_up.MINUTES)))

    def action_past(self) -> None:
        """Past sessions; asked for before they were read, they open as soon as they are."""
        self._wants_past = not self._is_read
        if self._is_read:
            from coach.tui.screens.past import PastScreen

            self.app.push_screen(PastScreen(self.sessions))

    def action_resume(self) -> None:
        if self.unfinished:
            self.post_message(ResumeAsked(self.unfinished.session))

    @on(OptionList.OptionSelected)
    def _select(self) -> None:
        self.action_choose()

    @on(OptionList.OptionHighlighted)
    def _preview(self) -> None:
        """What is highlighted; what it tests is told in mock only to those who tried it."""
        problems = self.query_one(ProblemList)
        one = problems.headlines.get(problems.chosen)
        text = ABOUT_OWN_ROWS.get(problems.chosen, "")
        if one is not None:
            is_told = bool(one.attempts) or self.query_one("#mode", Picker).value != "mock"
            tests = one.tests if is_told else "shown after your first attempt, or in practice."
            text = f"{one.prompt.rstrip()}\n\nTests: {tests}"
        told = (problems.chosen, shown(text))
        if told == self._told:
            return
        self._told = told
        preview = self.query_one("#preview", Static)
        preview.update(told[1])
        preview.border_title = Content(one_line(one.title if one else OWN_ROWS[problems.chosen]))
        preview.border_subtitle = Content(one_line(f"asked by {', '.join(one.asked_by)}" if one else ""))

    @on(Picked)
    def _pick(self, message: Picked) -> None:
        if message.choice == "mode":
            self.query_one("#only").set_class(message.value != "drill", "-off")
            self._preview()
        if message.choice in ("mode", "only"):
            standard = {STANDARD_MINUTES, *MINUTES.values()}
            minutes = self.query_one(Minutes)
            if minutes.value in standard:
                minutes.minutes = int(MINUTES[self.only] if self.only else STANDARD_MINUTES)

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """One of the two on the strip; by its name, for buttons are loaded only with the strip."""
        if event.button.id == "resume":
            self.action_resume()
        elif self.unfinished:
            self.put_off.add(self.unfinished.session)
            await self._offer()
            self.query_one(ProblemList).focus()

    @on(BankRead)
    async def _take_up(self, message: BankRead) -> None:
        self.sessions = message.sessions
        self._is_read = True
        self.query_one(ProblemList).show(message.bank.headlines)
        self._preview()
        await self._list_faults(message.bank.faults)
        await self._offer()
        if self._wants_past:
            self.action_past()
        elif self.unfinished and not self._has_typed:
            self.query_one("#resume").focus()

    def _read(self) -> None:
        try:
            self.post_message(BankRead(self.doors.bank(), self.doors.sessions()))
        except CoachError as error:
            self.app.call_from_thread(show_error, self, error)

    @on(Worker.StateChanged)
    def _explain(self, event: Worker.StateChanged) -> None:
        """An error nobody foresaw: its kind only, for its words may quote anything."""
        if event.state is WorkerState.ERROR:
            kind = type(event.worker.error).__name__
            show_error(
                self, CoachError("The problems could not be read", f"Something went wrong inside ({kind}).")
            )

    async def _offer(self) -> None:
        """The newest unfinished session on a strip under the title, unless it was put off."""
        waiting = [one for one in self.sessions if one.is_unfinished and not one.trouble]
        self.unfinished = next((one for one in waiting if one.session not in self.put_off), None)
        await self.query("ResumeStrip").remove()
        if self.unfinished:
            from coach.tui.widgets.resume_strip import ResumeStrip

            await self.mount(ResumeStrip(self.unfinished), after="#title")
        self.query_one(KeyBar).refresh()

    async def _list_faults(self, faults: Sequence[Fault]) -> None:
        lines = [f"! {one.path.name}, line {one.line}, column {one.column}: {one.message}" for one in faults]
        if len(lines) > FAULTS_SHOWN:
            more = f"! and {len(lines) - FAULTS_SHOWN} more; see: coach problems lint"
            lines = [*lines[:FAULTS_SHOWN], more]
        await self.query("#faults").remove()
        if lines:
            text = "\n".join(map(one_line, lines))
            await self.mount(Static(text, id="faults", markup=False), before="#settings")

    def _get_ready(self, problem: str) -> None:
        one = self.query_one(ProblemList).headlines.get(problem) or self.doors.problem(problem)
        self.post_message(ReadyAsked(self.choice(problem), one.title, one.prompt))
