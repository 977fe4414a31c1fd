"""The debrief: the one place where a finished session is read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import OptionList

from coach.errors import CoachError
from coach.report.review import Review
from coach.tui.keys import Area, bindings
from coach.tui.notices import say, show_error
from coach.tui.screens.debrief_view import DebriefView
from coach.tui.screens.dialogs import host_question
from coach.tui.widgets.debrief_blocks import Place
from coach.tui.widgets.debrief_coaching import CoachingPage
from coach.tui.widgets.debrief_contents import Contents
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_sections import COACHING, SECTIONS, number_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType

    from coach.tui.ports import Doors

READERS = frozenset({"open", "save", "before", "after", "coach", *(one.id for one in SECTIONS)})


class DebriefScreen(DebriefView):
    """Sections on the right, a list of them on the left where there is room. Enter leads deeper, Esc back."""

    AREA: ClassVar[Area] = "debrief"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("debrief")]

    def __init__(self, session: str, doors: Doors) -> None:
        super().__init__(session, doors)
        self.trail: list[Place] = []
        """Where Enter was pressed, to come back to."""

    @property
    def hidden_keys(self) -> frozenset[str]:
        """Sections once there are some, trying again once something failed, stopping while a model is at work."""
        hidden = set[str]() if isinstance(self.outcome, Review) else set(READERS)
        if not isinstance(self.outcome, CoachError):
            hidden.add("again")
        if not isinstance(self.outcome, CoachError | Review):
            hidden |= {"by_offline", "by_model"}
        if not self.is_model_at_work:
            hidden.add("stop")
        return frozenset(hidden)

    def action_show(self, section: str) -> None:
        """A section by its key; where one came from is forgotten."""
        self.trail.clear()
        self.show(Place(section))

    def action_beside(self, by: int) -> None:
        """The section before or after this one."""
        if self.page:
            at = number_of(self.page.place) - 1 + by
            self.action_show(SECTIONS[at % len(SECTIONS)].id)

    def action_open(self) -> None:
        """Enter on the page opens what is marked; the list has its own Enter."""
        if self.page is None:
            say(self, "There is nothing to open yet.")
        elif not self.page.has_focus:
            self.page.focus()
        elif not self.page.open():
            say(self, "Nothing to open here.")

    def action_back(self) -> None:
        """Back to where Enter was pressed, from the page to the list beside it, and from there out."""
        if self.trail:
            self.show(self.trail.pop())
        elif self.page is not None and self.page.has_focus and self.query_one(Contents).display:
            self.set_focus(self.query_one(Contents))
        else:
            self.dismiss(None)

    def action_again(self) -> None:
        if isinstance(self.outcome, CoachError):
            self.begin(self.reading.by if self.reading else None)

    def action_by_offline(self) -> None:
        """Judge it again, offline; earlier scorecards are kept."""
        if self.outcome is not None:
            self.begin("offline")

    def action_by_model(self) -> None:
        """Judge it again, by the model; earlier scorecards are kept."""
        if self.outcome is not None:
            self._with_model(lambda: self.begin("model"))

    def action_stop(self) -> None:
        """Stop the model; what it judged or wrote so far is kept."""
        if self.coaching is not None and not self.coaching.is_done:
            self.coaching.stop()
        elif self.reading is not None and self.outcome is None:
            self.reading.stop()

    def action_coach(self) -> None:
        """To what a model says; it is asked when there is nothing yet, and again when one is there already."""
        if not isinstance(self.outcome, Review):
            return
        is_there = self.page is not None and self.page.place.section == COACHING
        if not is_there:
            self.action_show(COACHING)
        is_empty = all(page.is_empty for page in self.query(CoachingPage))
        if (is_there or is_empty) and self.coaching is None:
            self._with_model(self.coach)

    def _with_model(self, then: Callable[[], None]) -> None:
        """Go on once the model's host is agreed to; say so where there is no model."""
        try:
            endpoint = self.doors.endpoint()
        except CoachError as error:
            show_error(self, error)
            return
        if endpoint is None:
            say(self, "No model is configured; coach doctor finds one.")
        elif endpoint.is_agreed:
            then()
        else:

            def answered(yes: bool | None) -> None:  # noqa: FBT001  a screen's result has no name
                if yes:
                    self.doors.agree()
                    then()

            self.app.push_screen(host_question(endpoint), answered)

    def action_save(self) -> None:
        if self.page is None:
            say(self, "There is nothing to write yet.")
        else:
            self.run_worker(self._save(), group="save", exclusive=True)

    @on(Page.Opened)
    def _go_deeper(self, message: Page.Opened) -> None:
        if self.page:
            self.trail.append(self.page.place)
            self.show(message.place)

    @on(OptionList.OptionHighlighted)
    def _follow_list(self, event: OptionList.OptionHighlighted) -> None:
        """Only while the reader moves in the list, and not to where she was a moment ago."""
        contents = self.query_one(Contents)
        if contents.has_focus and event.option_index == contents.highlighted:
            self.trail.clear()
            self.show(contents.places[event.option_index], focus=False)

    @on(OptionList.OptionSelected)
    def _enter_page(self) -> None:
        self.action_open()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """The list goes away when there is no room for it; the keys must not go with it."""
        if isinstance(event.widget, Contents):
            self.call_after_refresh(self.keep_focus)

    async def _save(self) -> None:
        try:
            path = await asyncio.to_thread(self.doors.save_report, self.session)
        except CoachError as error:
            show_error(self, error)
        else:
            say(self, f"Written: {path}")
