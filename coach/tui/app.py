"""The coach on a whole screen: which screen follows which, and a clean end whatever comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App

from coach.errors import CoachError
from coach.tui.commands import area_of, palette
from coach.tui.ending import Ending, driver
from coach.tui.foreign import shown
from coach.tui.keys import bindings
from coach.tui.messages import DebriefAsked, InterviewEnded, ReadyAsked, ResumeAsked, StartAsked
from coach.tui.notices import show_error
from coach.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import SystemCommand
    from textual.binding import BindingType
    from textual.screen import Screen

    from coach.choice import Choice
    from coach.tui.judging import Reading
    from coach.tui.ports import Coaching, Doors, Host
    from coach.tui.screens.interview import InterviewScreen

DARK, LIGHT = "textual-dark", "textual-light"


class CoachApp(App[None]):
    """Opens at home, or at once at a chosen problem or an unfinished session."""

    TITLE = "coach"
    CSS_PATH = Path(__file__).parent / "screens" / "home.tcss"
    """The first screen's. Textual reads the styles of a default screen from nowhere else."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]

    def __init__(self, doors: Doors, *, choice: Choice | None = None, session: str | None = None) -> None:
        # Without colours Textual draws in greys, unless it leaves the palette to the terminal.
        super().__init__(driver_class=driver(), ansi_color=True if doors.no_color else None)
        self.doors = doors
        self.readings: dict[str, Reading] = {}
        """Sessions that are read and judged, by id; they outlive the screen that asked."""
        self.coachings: dict[str, Coaching] = {}
        """Coachings being written, by session; so do they."""
        self._ending = Ending(self._hang_up)
        self._choice = choice
        self._session = session

    def get_default_screen(self) -> Screen[None]:
        return HomeScreen(self.doors)

    def on_mount(self) -> None:
        self._ending.listen()
        if self._choice:
            self.open_ready(self._choice)
        elif self._session:
            self.open_session(self._session)

    def on_unmount(self) -> None:
        self._ending.stop()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return palette(screen)

    def open_ready(self, choice: Choice) -> None:
        """The ready screen of a problem named by its id."""
        try:
            problem = self.doors.problem(choice.problem)
        except CoachError as error:
            show_error(self, error)
        else:
            self.post_message(ReadyAsked(choice, problem.title, problem.prompt))

    def open_session(self, session: str) -> None:
        """Go on with an unfinished session; asks first where its model is at a host nobody agreed to."""
        try:
            endpoint = self.doors.endpoint() if self.doors.uses_model(session) else None
        except CoachError as error:
            show_error(self, error)
            endpoint = None
        if endpoint is None or endpoint.is_agreed:
            self._reopen(session)
            return
        from coach.tui.screens.dialogs import host_question

        self.push_screen(host_question(endpoint), lambda yes: self._reopen(session, agrees=bool(yes)))

    def _reopen(self, session: str, *, agrees: bool = False) -> None:
        try:
            if agrees:
                self.doors.agree()
            host = self.doors.reopen(session)
        except CoachError as error:
            show_error(self, error)
        else:
            self._enter(host)

    def open_debrief(self, session: str) -> None:
        """Read a finished session."""
        from coach.tui.screens.debrief import DebriefScreen

        self.push_screen(DebriefScreen(session, self.doors))

    @on(ReadyAsked)
    def _get_ready(self, message: ReadyAsked) -> None:
        from coach.tui.screens.ready import ReadyScreen

        endpoint = None
        try:
            endpoint = self.doors.endpoint()
        except CoachError as error:
            show_error(self, error)
        self.push_screen(ReadyScreen(message.choice, message.title, message.prompt, endpoint=endpoint))

    @on(StartAsked)
    def _start(self, message: StartAsked) -> None:
        try:
            if message.agrees:
                self.doors.agree()
            host = self.doors.begin(message.choice)
        except CoachError as error:
            show_error(self, error)
        else:
            self._enter(host)

    @on(ResumeAsked)
    def _resume(self, message: ResumeAsked) -> None:
        self.open_session(message.session)

    @on(DebriefAsked)
    def _debrief(self, message: DebriefAsked) -> None:
        self.open_debrief(message.session)

    @on(InterviewEnded)
    async def _end(self, message: InterviewEnded) -> None:
        """Back home; what was handed in is read from there."""
        trouble = self._let_go()
        await self._go_home()
        if trouble:
            show_error(self, trouble)
        if message.to_read:
            self.open_debrief(message.session)

    def action_help(self) -> None:
        """Help for the screen in front; the key closes what it opened."""
        from coach.tui.screens.dialogs import TextDialog
        from coach.tui.screens.help import HelpScreen

        if isinstance(self.screen, TextDialog):
            self.screen.action_close()
        elif not self.screen.is_modal:
            self.push_screen(HelpScreen(area_of(self.screen), self.screen.focused, width=self.size.width))

    def action_theme(self) -> None:
        self.theme = LIGHT if self.theme == DARK else DARK

    async def action_quit(self) -> None:
        """Leave; asks once while an interview runs."""
        running = [one for one in self._interviews() if not one.host.state.is_over]
        if running:
            running[0].ask_to_leave(self._leave)
        else:
            self._leave()

    def _enter(self, host: Host) -> None:
        from coach.tui.screens.interview import InterviewScreen

        screen = InterviewScreen(host, self.doors)
        if isinstance(self.screen, HomeScreen):
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    async def _go_home(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def _interviews(self) -> list[InterviewScreen]:
        return [screen for screen in self.screen_stack if area_of(screen) == "interview"]  # type: ignore[misc]

    def _leave(self, return_code: int = 0) -> None:
        trouble = self._let_go()
        self.doors.hang_up()
        self.exit(return_code=return_code, message=shown(str(trouble)) if trouble else None)

    def _let_go(self) -> CoachError | None:
        """Close the interview that is going on; what could not be saved, if anything."""
        for interview in self._interviews():
            try:
                interview.let_go()
            except CoachError as error:
                return error
        return None

    def _hang_up(self, number: int) -> None:
        """The terminal went away or somebody ends us. The journal has all but the last moment; now that too."""
        self._leave(128 + number)

    def _fatal_error(self) -> None:
        """Textual's own shows the values of local variables, which may be notes or keys."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        traceback = Traceback(show_locals=False, width=None)
        self._exit_renderables.append(Segments(self.console.render(traceback, self.console.options)))
        self._close_messages_no_wait()
