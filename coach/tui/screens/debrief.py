"""The debrief: the one place where a finished session is read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, OptionList, Static
from textual.worker import WorkerFailed

from coach.errors import CoachError
from coach.report.review import Review
from coach.tui.foreign import one_line
from coach.tui.judging import WarmedUp, judging
from coach.tui.keys import Area, bindings
from coach.tui.notices import say, show_error
from coach.tui.widgets.debrief_blocks import Place
from coach.tui.widgets.debrief_contents import Contents, SectionStrip
from coach.tui.widgets.debrief_notes import reading, trouble, warmed_up
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_sections import SECTIONS, number_of, pages
from coach.tui.widgets.debrief_verdict import subject
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coach.tui.ports import Doors

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (72, "-normal"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (10, "-low"), (18, "-tall")]
OUR_FAULT = "This is a fault of the coach, not of your answer. The session is kept; please report it."
READERS = frozenset({"open", "save", "before", "after", *(one.id for one in SECTIONS)})


class DebriefScreen(Screen[None]):
    """Sections on the right, a list of them on the left where there is room. Enter leads deeper, Esc back."""

    AREA: ClassVar[Area] = "debrief"
    AUTO_FOCUS: ClassVar[str] = ""
    CSS_PATH: ClassVar[str] = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("debrief")]
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, session: str, doors: Doors) -> None:
        super().__init__()
        self.session = session
        self.doors = doors
        self.outcome: Review | WarmedUp | CoachError | None = None
        self.trail: list[Place] = []
        """Where Enter was pressed, to come back to."""

    def compose(self) -> ComposeResult:
        yield Static("Debrief", id="title", markup=False)
        with Container(id="main"), VerticalScroll(id="note"):
            yield Static(markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._begin()

    @property
    def hidden_keys(self) -> frozenset[str]:
        """Sections once there are some, trying again once something failed."""
        hidden = set() if isinstance(self.outcome, Review) else READERS
        return frozenset(hidden if isinstance(self.outcome, CoachError) else {*hidden, "again"})

    @property
    def page(self) -> Page | None:
        """The page that is read now."""
        for switcher in self.query(ContentSwitcher):
            if isinstance(switcher.visible_content, Page):
                return switcher.visible_content
        return None

    def show(self, place: Place, *, focus: bool = True) -> None:
        """Read `place`; with `focus`, the keys go there too."""
        if self.page is None:
            say(self, "There is nothing to read yet.")
            return
        self.query_one(ContentSwitcher).current = place.section
        page = self.query_one(f"#{place.section}", Page)
        page.go(place)
        page.border_title = Content(one_line(page.heading)).markup
        self.query_one(Contents).follow(page.place)
        self.query_one(SectionStrip).here = number_of(place)
        if focus:
            page.focus(scroll_visible=False)

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
            self._begin()

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
            self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        """A focus that was lost goes to the list where there is one: it shows how to get about."""
        if self.page and (self.focused is None or not self.focused.display):
            contents = self.query_one(Contents)
            (contents if contents.display else self.page).focus()

    def _begin(self) -> None:
        self.outcome = None
        self._note(reading())
        self.run_worker(self._read(), group="read", exclusive=True)

    async def _read(self) -> None:
        worker = judging(self.app, self.doors, self.session)
        try:
            # Shielded: when this screen goes away, the judge goes on.
            outcome = await asyncio.shield(worker.wait())
        except WorkerFailed as failed:
            outcome = CoachError(
                "The judge stopped", f"{type(failed.error).__name__}: {failed.error}", hint=OUR_FAULT
            )
        self.outcome = outcome
        if isinstance(outcome, Review):
            await self._open(outcome)
        elif isinstance(outcome, WarmedUp):
            self._note(warmed_up(outcome.progress))
        else:
            self._note(trouble(outcome))
        self.query_one(KeyBar).refresh()

    async def _open(self, review: Review) -> None:
        self.query_one("#title", Static).update(one_line(f"Debrief: {subject(review)}"))
        main = self.query_one("#main")
        await main.remove_children()
        await self.mount(SectionStrip(), before=main)
        await main.mount(Contents(review), ContentSwitcher(*pages(review), initial=SECTIONS[0].id))
        self.show(Place(SECTIONS[0].id), focus=False)
        self.call_after_refresh(self._keep_focus)

    async def _save(self) -> None:
        try:
            path = await asyncio.to_thread(self.doors.save_report, self.session)
        except CoachError as error:
            show_error(self, error)
        else:
            say(self, f"Written: {path}")

    def _note(self, words: Content) -> None:
        self.query_one("#note > Static", Static).update(words)
        self.query_one("#note").focus()
