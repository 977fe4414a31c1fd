"""What an interview looks like: clocks above, notes and conversation between, keys below. It only shows what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from textual import on
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from coach.errors import CoachError
from coach.session.commands import BOARD, SHEET, Say
from coach.session.state import Turn
from coach.tui.clock_view import clock_view
from coach.tui.messages import Sent, Typed, Unread
from coach.tui.notices import say, show_error
from coach.tui.warm_up import Progress
from coach.tui.widgets.board import BoardPane
from coach.tui.widgets.board_picture import BoardPicture
from coach.tui.widgets.conversation import Conversation
from coach.tui.widgets.key_bar import KeyBar
from coach.tui.widgets.notes import Notes
from coach.tui.widgets.phase_bar import PhaseBar
from coach.tui.widgets.sheet import SheetPane
from coach.tui.widgets.strips import CoachStrip, LastWords
from coach.tui.widgets.talk_line import TalkLine
from coach.tui.widgets.top_bar import TopBar
from coach.tui.widgets.writing_area import WritingArea

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

    from coach.board.graph import Board
    from coach.board.lint import Expected
    from coach.session.commands import Command, Setup
    from coach.session.events import Record
    from coach.tui.ports import Doors, Host

SHEET_HINTS = ("F4 again: figures", "F3: notes")
BOARD_HINT = "F5 again: whole screen"
Tab = Literal["notes", "sheet", "board"]
TABS: tuple[Tab, ...] = get_args(Tab)
POLL_S = 0.25
LISTEN_S = 0.1
"""How often words of a reply that arrives are shown; more often would only cost the keys their time."""
WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (80, "-one-pane"), (100, "-two-panes")]
HEIGHTS: list[tuple[int, str]] = [(0, "-flat"), (12, "-low"), (18, "-tall")]


class InterviewView(Screen[None]):
    """The screen without its keys. Everything on it comes from the host: its state, its records, its clock."""

    AUTO_FOCUS: ClassVar[str] = "TalkLine"
    CSS_PATH: ClassVar[str] = "interview.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(self, host: Host, doors: Doors) -> None:
        super().__init__(classes="-talking -notes")
        self.host = host
        self.doors = doors
        self.progress = Progress()
        self.is_let_go = False

    @property
    def setup(self) -> Setup:
        return self.host.state.chosen

    @property
    def asks(self) -> str:
        """Who asks and answers now, for the first line."""
        if self.host.state.interviewer == "model":
            return self.setup.model or "model"
        return "scripted, model lost" if self.host.can_call_back else "scripted"

    def compose(self) -> ComposeResult:
        state, setup = self.host.state, self.setup
        yield TopBar(
            setup.title,
            setting=f"{setup.mode} · {setup.seniority}",
            interviewer=self.asks,
            judge=setup.judge,
        )
        yield PhaseBar()
        with Horizontal(id="panes"):
            yield Notes(state.planned.phases, state.docs)
            yield SheetPane(state.docs.get(SHEET, ""), hint=SHEET_HINTS[setup.mode == "mock"])
            yield BoardPane(state.docs.get(BOARD, ""), hint=BOARD_HINT, expected=self.expected())
            with Vertical(id="talk") as talk:
                talk.border_title = "Interviewer"
                yield Conversation(state.turns)
                yield TalkLine(state.docs.get("draft", ""))
        yield LastWords()
        if setup.is_toy:
            yield CoachStrip()
        yield KeyBar()

    def on_mount(self) -> None:
        state = self.host.state
        self.talk_line.sent = [turn.text for turn in state.turns if turn.speaker == "candidate"]
        spoken = [turn.text for turn in state.turns if turn.speaker == "interviewer"]
        self.last_words.text = spoken[-1] if spoken else ""
        for entered in state.phases:
            self.notes.begin(entered.phase)
        self.host.subscribe(self.hear)
        self._coach()
        self.show_time()
        if state.interviewer != self.setup.interviewer:
            self._switched(state.why_switched)
        self.set_interval(POLL_S, self.tick)
        self.set_interval(LISTEN_S, self.listen)
        self.opened()

    def opened(self) -> None:
        """Everything is in place; for what a resumed interview needs next."""

    def let_go(self) -> None:
        """Save and close; `CoachError` when not everything could be saved. Twice does no harm."""
        if not self.is_let_go:
            self.save()
            self.is_let_go = True
            self.host.close()

    @property
    def notes(self) -> Notes:
        return self.query_one(Notes)

    @property
    def sheet(self) -> SheetPane:
        return self.query_one(SheetPane)

    @property
    def board(self) -> BoardPane:
        return self.query_one(BoardPane)

    def expected(self) -> Callable[[Board], Expected] | None:
        """What the problem expects of a board, where that may be told while one draws."""
        return None if self.setup.mode == "mock" else self.doors.expected(self.host)

    @property
    def areas(self) -> dict[Tab, WritingArea]:
        """What is written in, by tab; of the notes those of the shown phase."""
        return {"notes": self.notes.area, "sheet": self.sheet.area, "board": self.board.area}

    @property
    def writing(self) -> WritingArea:
        """What the workspace shows."""
        return self.areas[next(tab for tab in TABS if self.has_class(f"-{tab}"))]

    def show_tab(self, shown: Tab) -> None:
        """One tab at a time."""
        for tab in TABS:
            self.set_class(tab == shown, f"-{tab}")
        if shown != "board":
            self.remove_class("-whole")

    @property
    def conversation(self) -> Conversation:
        return self.query_one(Conversation)

    @property
    def talk_line(self) -> TalkLine:
        return self.query_one(TalkLine)

    @property
    def last_words(self) -> LastWords:
        return self.query_one(LastWords)

    def ask(self, command: Command) -> bool:
        """Ask the host; whether it happened. A refusal is shown, nothing else changes."""
        try:
            self.host.do(command)
        except CoachError as error:
            show_error(self, error)
            return False
        return True

    def tick(self) -> None:
        """Let what is due happen, then show the time. Polled: nothing counts these calls."""
        if not self.is_let_go:
            self.host.tick()
            self.show_time()

    def listen(self) -> None:
        """Show what arrived of a reply, and for how long it has been awaited."""
        if self.is_let_go or self.host.replying_s is None:
            return
        self.host.listen()
        self._show_reply()

    def _show_reply(self) -> None:
        """On the lower edge of the talk: that the interviewer is on its reply, and how to stop it."""
        seconds, talk = self.host.replying_s, self.query_one("#talk")
        doing = "speaking" if self.host.state.speech else "thinking"
        words = "" if seconds is None else f"{doing} {seconds:.0f} s, Esc stops"
        if talk.border_subtitle != words:
            talk.border_subtitle = words

    def show_time(self) -> None:
        """The clocks as they stand now; repaints only what reads differently than before."""
        view = clock_view(self.host.state, self.host.now_s())
        top = self.query_one(TopBar)
        top.total_words = view.total_words
        top.trouble = self.host.trouble
        bar = self.query_one(PhaseBar)
        bar.trouble = self.host.trouble
        bar.view = view

    def hear(self, record: Record) -> None:
        """Show what the journal just took. Never moves the focus or the cursor."""
        if not self.is_attached:
            return
        event = record.event
        if event.kind == "said":
            self.conversation.add(Turn("candidate", event.text, record.t, self.host.state.phase))
        elif event.kind == "speech_grew":
            self.conversation.grow(self.host.state.speech, record.t)
            self.last_words.text = self.host.state.speech
        elif event.kind == "spoke":
            self.conversation.add(self.host.state.turns[-1])
            self.last_words.text = event.text
            self._show_reply()
        elif event.kind == "interviewer_switched":
            self._switched(event.why)
        elif event.kind == "phase_entered":
            self.notes.begin(event.phase)
            self.show_time()
        doc = event.doc if event.kind in ("edited", "snapshotted") else ""
        self.progress = self.progress.after(event.kind, doc)
        self._coach()

    def _switched(self, why: str) -> None:
        """Somebody else asks and answers now: said where the answers stand, and on the first line."""
        self.query_one(TopBar).interviewer = self.asks
        self._show_reply()
        if self.host.state.interviewer == "model":
            words = f"{self.setup.model or 'The model'} answers again."
        else:
            back = " ^f calls the model back." if self.host.can_call_back else ""
            words = f"{why.rstrip('.')}. The scripted interviewer answers now.{back}"
        self.conversation.note(words)
        if not self.conversation.region:
            say(self, words)  # the notes are in front of it

    def _coach(self) -> None:
        for strip in self.query(CoachStrip):
            strip.step = self.progress.words

    def save(self) -> None:
        """Give the host every text as it is on the screen, also what the last key only just changed."""
        if self.is_let_go or self.host.state.is_over:
            return
        for area in self.query(WritingArea):
            self.host.type(area.doc, area.text)
        self.host.type("draft", self.talk_line.text)

    @on(Sent)
    def _send(self, message: Sent) -> None:
        if not self.ask(Say(message.text)):
            self.talk_line.give_back(message.text)

    @on(Typed)
    def _type(self, message: Typed) -> None:
        if not self.is_let_go and not self.host.state.is_over:
            self.host.type(message.doc, message.text)

    @on(TalkLine.Scrolled)
    def _scroll(self, message: TalkLine.Scrolled) -> None:
        if message.by < 0:
            self.conversation.scroll_page_up(animate=False)
        else:
            self.conversation.scroll_page_down(animate=False)

    @on(Unread)
    def _mark_unread(self, message: Unread) -> None:
        self.talk_line.border_title = "↓ new, End shows it" if message.has_new else ""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Where there is room for one pane, the one with the focus has it."""
        is_writing = isinstance(event.widget, WritingArea | BoardPicture)
        if isinstance(event.widget, WritingArea):
            self.show_tab(next((tab for tab in TABS if tab == event.widget.doc), "notes"))
        self.set_class(is_writing, "-writing")
        self.set_class(not is_writing, "-talking")
