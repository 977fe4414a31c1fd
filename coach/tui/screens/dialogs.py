"""Small windows over a screen: a text to read, a question to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from coach.tui.foreign import one_line, shown

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coach.tui.ports import Endpoint

Answer = TypeVar("Answer")
FLAT: list[tuple[int, str]] = [(0, "-flat"), (16, "-tall")]


class Dialog(ModalScreen[Answer]):
    """What small windows share: a titled box in the middle, Esc to leave."""

    CSS_PATH: ClassVar[str] = "dialogs.tcss"
    VERTICAL_BREAKPOINTS = FLAT
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]

    def box(self, title: str, keys: str) -> Vertical:
        """The box to compose into, with what the keys do on its lower edge."""
        box = Vertical(id="box")
        # As a string it would be parsed as markup, and it may be a problem's name.
        box.border_title = Content(one_line(title))
        box.border_subtitle = keys
        return box

    def action_close(self) -> None:
        self.dismiss(None)


class TextDialog(Dialog[None]):
    """Something to read. Esc, Enter and the key that opened it close it again."""

    AUTO_FOCUS: ClassVar[str] = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f4,f9,ctrl+l,ctrl+r", "close", "Close", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading = title
        self.text = text

    def compose(self) -> ComposeResult:
        with self.box(self.heading, "Esc closes"), VerticalScroll(id="text"):
            yield Static(shown(self.text), markup=False)


class ConfirmScreen(Dialog[bool]):
    """A question that is asked once. The key `y` or the first button say yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "answer(False)", "No", show=False),
        Binding("left,right", "app.focus_next", "Other", show=False),
    ]

    def __init__(self, title: str, text: str, *, yes: str, no: str, prefer_yes: bool = False) -> None:
        super().__init__()
        self.heading = title
        self.text = text
        self.yes, self.no = yes, no
        self.prefer_yes = prefer_yes

    def compose(self) -> ComposeResult:
        with self.box(self.heading, "y yes  n no  Enter the marked one"):
            with VerticalScroll(id="text", can_focus=False):
                yield Static(shown(self.text), markup=False)
            with Horizontal(id="buttons"):
                yield Button(self.yes, id="yes", compact=True)
                yield Button(self.no, id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#yes" if self.prefer_yes else "#no").focus()

    @on(Button.Pressed)
    def _press(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, is_yes: bool) -> None:  # noqa: FBT001  an action's parameter has no name
        self.dismiss(is_yes)

    def action_close(self) -> None:
        self.action_answer(is_yes=False)


def host_question(endpoint: Endpoint) -> ConfirmScreen:
    """Asked once for each host, before anything is sent there."""
    return ConfirmScreen(
        "A new host",
        f"{endpoint.question}\n\nThe model {endpoint.model} there would read your notes and what you say. "
        "You are asked once for this host.",
        yes="Agree",
        no="Send nothing",
    )
