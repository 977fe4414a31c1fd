"""What the keys of an interview do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from coach.errors import CoachError
from coach.session.commands import (
    BOARD,
    NOTES_OF,
    SHEET,
    Abandon,
    Finish,
    NextPhase,
    Pause,
    ShowGuidance,
    Unpause,
)
from coach.session.phases import HEADINGS, NAMES
from coach.tui.clock_view import clock_view
from coach.tui.keys import Area, bindings
from coach.tui.messages import InterviewEnded
from coach.tui.notices import say, show_error
from coach.tui.screens.dialogs import ConfirmScreen
from coach.tui.screens.interview_tabs import InterviewTabs

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from coach.content.problem import Problem
    from coach.session.commands import RateSelf
    from coach.terms import Phase

KEPT = "The session is kept and can be resumed."
AWAY = {
    "mock": f"{KEPT} This is a mock: its clock keeps running while you are away.",
    "practice": f"{KEPT} The clock stops while you are away, and that is on record.",
    "drill": f"{KEPT} The clock stops while you are away, and that is on record.",
}

NO_HINT = ("There is no further hint on this.", "A mock interview gives no hints.")


class InterviewScreen(InterviewTabs):
    """The interview with its keys. Each action is in `coach.tui.keys` and so in help and palette."""

    AREA: ClassVar[Area] = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("interview")]

    def opened(self) -> None:
        state = self.host.state
        if state.status == "paused":
            self.cover()
        elif any(state.docs.get(doc) for doc in NOTES_OF.values()):
            self.set_focus(self.notes.area)
        elif state.docs.get(BOARD):
            self.action_board()
        elif state.docs.get(SHEET):
            self.action_sheet()
        if state.status == "time_up" and self.setup.mode == "mock":
            # Resumed after the end: there is nothing to add, only to read.
            self.call_after_refresh(self.hand_in)

    @property
    def hidden_keys(self) -> frozenset[str]:
        """A mock interview does not offer what it would refuse."""
        return frozenset(
            {"hint", "guidance", "pause", "reference", "figures"} if self.setup.mode == "mock" else ()
        )

    def action_stop_reply(self) -> None:
        """What was said stays, marked as interrupted."""
        if self.host.replying_s is not None:
            self.host.stop_reply()
            self._show_reply()

    def action_call_back(self) -> None:
        """The model answers again from the next turn on."""
        if self.host.can_call_back:
            self.host.call_back()
        elif self.setup.interviewer == "model" and self.host.state.interviewer == "model":
            say(self, "The model is answering already.")
        else:
            say(self, "This interview has no model to call back.")

    def action_hint(self) -> None:
        try:
            if not self.host.hint():
                say(self, NO_HINT[self.setup.mode == "mock"])
        except CoachError as error:
            show_error(self, error)

    def action_guidance(self) -> None:
        phase = self.host.state.phase
        if self.ask(ShowGuidance()):
            self.read_aside(f"Guidance: {HEADINGS[phase]}", lambda: self._problem().guidance.of(phase))

    def action_problem(self) -> None:
        self.read_aside(self.setup.title, lambda: self._problem().prompt)

    def action_reference(self) -> None:
        """The reference notes of the shown phase, or of the one before while it is still going on."""
        state = self.host.state
        if self.setup.mode == "mock":
            say(self, "A mock interview shows the reference notes at the end.")
            return
        over = [one.phase for one in state.phases[:-1]]
        phase = self.notes.shown if self.notes.shown in over else (over or [state.phase])[-1]
        if not over or phase in state.references_shown:
            self._show_reference(phase)
            return
        question = ConfirmScreen(
            f"Reference notes: {NAMES[phase]}",
            "What they tell you counts as given from now on, not as found.",
            yes="Show them",
            no="Not now",
        )
        self.app.push_screen(question, lambda yes: self._show_reference(phase) if yes else None)

    def action_next_phase(self) -> None:
        """On to the next phase; after the last one, hand in."""
        state = self.host.state
        if state.status == "time_up" or state.planned.after(state.phase) is None:
            self.action_finish()
        else:
            self.ask(NextPhase())

    def action_pause(self) -> None:
        self.save()
        if self.ask(Pause()):
            self.cover()

    def action_finish(self) -> None:
        is_time_up = self.host.state.status == "time_up"
        left = "" if is_time_up else f"There is time left: {self._total_left()}.\n"
        unsent = (
            "What stands in the talk line is not sent; Enter there sends it.\n" if self.talk_line.text else ""
        )
        question = ConfirmScreen(
            "Hand in?",
            f"{left}{unsent}Nothing can be added afterwards.",
            yes="Hand in",
            no="Go on working",
            prefer_yes=is_time_up and not unsent,
        )
        self._once(question, self.hand_in)

    def action_abandon(self) -> None:
        question = ConfirmScreen(
            "Give up this interview?",
            "It is kept under past sessions and can still be judged, but not gone on with.",
            yes="Give up",
            no="Go on working",
        )
        self._once(question, self._give_up)

    def ask_to_leave(self, leave: Callable[[], None]) -> None:
        """Ask once, then `leave`: nothing is handed in, everything is kept."""
        text = "The warm-up is not kept." if self.setup.is_toy else AWAY[self.setup.mode]
        question = ConfirmScreen("Leave?", text, yes="Leave", no="Stay", prefer_yes=True)
        self._once(question, leave)

    def hand_in(self) -> None:
        """Finish; then the candidate's own verdict, before anybody else's."""
        self.save()
        if not self.ask(Finish()):
            return
        if self.setup.is_toy:
            self._end(to_read=True)
            return
        from coach.tui.screens.self_rating import SelfRatingScreen

        self.app.push_screen(SelfRatingScreen(self.doors.dimensions()), self._rate)

    def _rate(self, rating: RateSelf | None) -> None:
        if rating:
            self.ask(rating)
        self._end(to_read=True)

    def _give_up(self) -> None:
        self.save()
        if self.ask(Abandon()):
            self._end(to_read=False)

    def _end(self, *, to_read: bool) -> None:
        self.post_message(InterviewEnded(self.setup.session, to_read))

    def _once(self, question: ConfirmScreen, then: Callable[[], None]) -> None:
        if not isinstance(self.app.screen, ConfirmScreen):
            self.app.push_screen(question, lambda yes: then() if yes else None)

    def cover(self) -> None:
        """Nothing is to be read or written while the clock stands still."""
        from coach.tui.screens.paused import PausedScreen

        self.app.push_screen(PausedScreen(), self._go_on)

    def _go_on(self, _: None) -> None:
        self.ask(Unpause())

    def _total_left(self) -> str:
        return clock_view(self.host.state, self.host.now_s()).total_left

    def _problem(self) -> Problem:
        return self.doors.problem(self.setup.problem)

    def _show_reference(self, phase: Phase) -> None:
        self.read_aside(f"Reference notes: {HEADINGS[phase]}", lambda: self.doors.reference(self.host, phase))
