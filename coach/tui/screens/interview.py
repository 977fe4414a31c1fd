"""What the keys of an interview do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported

from coach.errors import CoachError
from coach.session.commands import NOTES_OF, SHEET, Abandon, Finish, NextPhase, Pause, ShowGuidance, Unpause
from coach.session.phases import HEADINGS, NAMES
from coach.tui.clock_view import clock_view
from coach.tui.keys import Area, bindings
from coach.tui.messages import InterviewEnded
from coach.tui.notices import say, show_error
from coach.tui.screens.dialogs import ConfirmScreen, TextDialog
from coach.tui.screens.interview_view import InterviewView

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

SMALL_TALK = frozenset({"greeting", "acknowledgement", "nudge", "time_up", "summary_request"})
NO_HINT = ("There is no further hint on this.", "A mock interview gives no hints.")


class InterviewScreen(InterviewView):
    """The interview with its keys. Each action is in `coach.tui.keys` and so in help and palette."""

    AREA: ClassVar[Area] = "interview"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("interview")]

    def opened(self) -> None:
        state = self.host.state
        if state.status == "paused":
            self.cover()
        elif any(state.docs.get(doc) for doc in NOTES_OF.values()):
            self.set_focus(self.notes.area)
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

    def action_talk(self) -> None:
        self.set_focus(self.talk_line)

    def action_notes(self) -> None:
        """To the notes; from there to those of the phase before, and from the first to the current one."""
        if self.notes.area.has_focus:
            self.notes.show(self.notes.before)
        self._write_notes()

    def _write_notes(self) -> None:
        self.show_tab(sheet=False)
        self.set_focus(self.notes.area)

    def action_sheet(self) -> None:
        """To the number sheet; from there to the figures."""
        if self.sheet.area.has_focus:
            self.action_figures()
            return
        self.show_tab(sheet=True)
        self.set_focus(self.sheet.area)

    def action_figures(self) -> None:
        """Figures people carry in their heads; a mock interview leaves them there."""
        from coach.estimates.figures import figures_text

        if self.setup.mode == "mock":
            say(self, "A mock interview shows no figures; practice does.")
        else:
            self._read("Figures", figures_text)

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

    def action_hint(self) -> None:
        try:
            if not self.host.hint():
                say(self, NO_HINT[self.setup.mode == "mock"])
        except CoachError as error:
            show_error(self, error)

    def action_guidance(self) -> None:
        phase = self.host.state.phase
        if self.ask(ShowGuidance()):
            self._read(f"Guidance: {HEADINGS[phase]}", lambda: self._problem().guidance.of(phase))

    def action_problem(self) -> None:
        self._read(self.setup.title, lambda: self._problem().prompt)

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

    def _last_answer(self) -> str:
        """What the interviewer said last that is worth keeping."""
        spoken = [turn for turn in self.host.state.turns if turn.speaker == "interviewer"]
        answers = [turn for turn in spoken if turn.intent not in SMALL_TALK] or spoken
        if not answers:
            say(self, "The interviewer has not said anything yet.")
        return answers[-1].text if answers else ""

    def _problem(self) -> Problem:
        return self.doors.problem(self.setup.problem)

    def _show_reference(self, phase: Phase) -> None:
        self._read(f"Reference notes: {HEADINGS[phase]}", lambda: self.doors.reference(self.host, phase))

    def _read(self, title: str, text: Callable[[], str]) -> None:
        try:
            self.app.push_screen(TextDialog(title, text()))
        except CoachError as error:
            show_error(self, error)
