"""What a debrief looks like, and how what it shows comes about."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Static
from textual.worker import WorkerFailed

from coach.errors import CoachError
from coach.report.review import Review
from coach.tui.foreign import one_line
from coach.tui.judging import WarmedUp, read_session
from coach.tui.notices import say, show_error
from coach.tui.widgets.debrief_blocks import Place
from coach.tui.widgets.debrief_coaching import CoachingPage
from coach.tui.widgets.debrief_contents import Contents, SectionStrip
from coach.tui.widgets.debrief_notes import judging_note, reading, trouble, warmed_up
from coach.tui.widgets.debrief_page import Page
from coach.tui.widgets.debrief_sections import SECTIONS, number_of, pages
from coach.tui.widgets.debrief_verdict import subject
from coach.tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from asyncio import Future

    from textual.app import ComposeResult

    from coach.terms import JudgeKind
    from coach.tui.app import CoachApp
    from coach.tui.judging import Reading
    from coach.tui.ports import Coaching, Doors

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (72, "-normal"), (100, "-wide")]
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (10, "-low"), (18, "-tall")]
OUR_FAULT = "This is a fault of the coach, not of your answer. The session is kept; please report it."
POLL_S = 0.1
"""How often progress and coaching are looked at."""


class DebriefView(Screen[None]):
    """The debrief without its keys: the reading of a session, its judging watched, its coaching coming in."""

    AUTO_FOCUS: ClassVar[str] = ""
    CSS_PATH: ClassVar[str] = "debrief.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, session: str, doors: Doors) -> None:
        super().__init__()
        self.session = session
        self.doors = doors
        self.outcome: Review | WarmedUp | CoachError | None = None
        self.reading: Reading | None = None
        self.coaching: Coaching | None = None
        self._noted = ""

    def compose(self) -> ComposeResult:
        yield Static("Debrief", id="title", markup=False)
        with Container(id="main"), VerticalScroll(id="note"):
            yield Static(markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.begin()
        self.set_interval(POLL_S, self._look)

    @property
    def is_model_at_work(self) -> bool:
        """Whether a model judges or coaches now."""
        judges = self.outcome is None and self.reading is not None and self.reading.is_by_model
        return judges or (self.coaching is not None and not self.coaching.is_done)

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

    def keep_focus(self) -> None:
        """A focus that was lost goes to the list where there is one: it shows how to get about."""
        if self.page and (self.focused is None or not self.focused.display):
            contents = self.query_one(Contents)
            (contents if contents.display else self.page).focus()

    def begin(self, by: JudgeKind | None = None) -> None:
        """Read the session, and have it judged by `by`, or by whom it was meant for if nobody did."""
        self.outcome = None
        self.run_worker(self._read(by), group="read", exclusive=True)

    async def _read(self, by: JudgeKind | None) -> None:
        await self._clear()
        app = cast("CoachApp", self.app)
        now_s = asyncio.get_running_loop().time()
        self.reading = read_session(app, app.readings, self.doors, session=self.session, by=by, now_s=now_s)
        assert self.reading.worker is not None  # noqa: S101  it has just begun
        try:
            # Shielded: when this screen goes away, the judge goes on.
            waiting = asyncio.ensure_future(self.reading.worker.wait())
            waiting.add_done_callback(_let_be)
            outcome = await asyncio.shield(waiting)
        except WorkerFailed as failed:
            outcome = CoachError(
                "The judge stopped", f"{type(failed.error).__name__}: {failed.error}", hint=OUR_FAULT
            )
        if not self.is_running:
            return  # left in this very moment
        self.outcome = outcome
        if isinstance(outcome, Review):
            await self._open(outcome)
            self.coaching = app.coachings.get(self.session)
            if self.coaching is None and self.reading.has_judged and self.reading.is_by_model:
                self.coach()
        elif isinstance(outcome, WarmedUp):
            self._note(warmed_up(outcome.progress))
        else:
            self._note(trouble(outcome))
        self.query_one(KeyBar).refresh()

    async def _clear(self) -> None:
        """Back to a note, while it is read."""
        main = self.query_one("#main")
        if not self.query("#note"):
            await self.query(SectionStrip).remove()
            await main.remove_children()
            await main.mount(VerticalScroll(Static(markup=False), id="note"))
        self._note(reading())

    async def _open(self, review: Review) -> None:
        self.query_one("#title", Static).update(one_line(f"Debrief: {subject(review)}"))
        main = self.query_one("#main")
        await main.remove_children()
        await self.mount(SectionStrip(), before=main)
        await main.mount(Contents(review), ContentSwitcher(*pages(review), initial=SECTIONS[0].id))
        self.show(Place(SECTIONS[0].id), focus=False)
        self.call_after_refresh(self.keep_focus)

    def coach(self) -> None:
        """Let the model write; its words come in on the page for them."""
        if not isinstance(self.outcome, Review):
            return
        try:
            # It belongs to the app: whoever leaves and comes back finds it going on.
            self.coaching = cast("CoachApp", self.app).coachings[self.session] = self.doors.coaching(
                self.outcome
            )
        except CoachError as error:
            show_error(self, error)
        self.query_one(KeyBar).refresh()

    def _look(self) -> None:
        """Show how far a model has come, with its judging or with its words."""
        reading, coaching = self.reading, self.coaching
        if self.outcome is None and reading is not None and reading.progress is not None:
            seconds = asyncio.get_running_loop().time() - reading.began_s
            words = judging_note(reading.progress, seconds)
            if words.plain != self._noted:
                self._note(words, focus=False)
                self.query_one(KeyBar).refresh()
        if coaching is not None:
            for page in self.query(CoachingPage):
                page.show(coaching)
            if coaching.is_done:
                self.coaching = None
                cast("CoachApp", self.app).coachings.pop(self.session, None)
                self.query_one(KeyBar).refresh()

    def _note(self, words: Content, *, focus: bool = True) -> None:
        self._noted = words.plain
        for note in self.query("#note > Static").results(Static):
            note.update(words)
        if focus:
            self.query_one("#note").focus()


def _let_be(waiting: Future[Any]) -> None:
    """Hear what became of it: when nobody else is left to, asyncio would print it on the terminal."""
    if not waiting.cancelled():
        waiting.exception()
