"""A one-line choice between a few words, and a number of minutes picked the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach.session.phases import LONGEST_MINUTES, SHORTEST_MINUTES
from coach.tui.messages import Picked
from coach.tui.widgets.styling import part_style

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size

STEP_MINUTES = 5


class Picker(Widget, can_focus=True):
    """`Mode [mock] practice  drill`: left and right change it. The brackets say it without colour.

    Where the options do not fit, only the picked one shows: `Mode ‹ mock ›`.
    """

    DEFAULT_CSS = """
    Picker {
        width: auto; height: 1;
        & > .picker--label { color: $text-muted; }
        & > .picker--picked { color: $text-accent; text-style: bold; }
        &:focus { background: $block-cursor-blurred-background; }
        &:focus > .picker--label { text-style: underline; }
        &:focus > .picker--picked { text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"picker--label", "picker--picked"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Before", show=False),
        Binding("right,space", "step(1)", "Next", show=False),
    ]
    HELP = "Left and right change the choice."

    picked: reactive[int | None] = reactive(0)

    def __init__(
        self,
        label: str,
        options: tuple[tuple[str, str], ...],
        *,
        id: str,  # noqa: A002
        classes: str = "",
        picked: int | None = 0,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.label = label
        self.options = options
        self.set_reactive(Picker.picked, picked)

    @property
    def value(self) -> str:
        """The picked value; empty when nothing is picked yet."""
        return "" if self.picked is None else self.options[self.picked][0]

    def pick(self, value: str) -> None:
        """Pick `value` without telling the screen."""
        self.set_reactive(Picker.picked, next(at for at, one in enumerate(self.options) if one[0] == value))
        self.refresh()

    def action_step(self, by: int) -> None:
        first = 0 if by > 0 else len(self.options) - 1
        self.picked = first if self.picked is None else (self.picked + by) % len(self.options)

    def watch_picked(self) -> None:
        if self.is_mounted:
            self.post_message(Picked(self.id or "", self.value))

    def on_click(self, event: events.Click) -> None:
        at = len(self.label) + 1
        for number, (_, name) in enumerate(self.options):
            if at <= event.x < at + len(name) + 2:
                self.picked = number
                return
            at += len(name) + 2
        self.action_step(1)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(self.label) + 1 + sum(len(name) + 2 for _, name in self.options)

    def render(self) -> Content:
        label = (f"{self.label} ", part_style(self, "picker--label"))
        style = part_style(self, "picker--picked")
        if self.size.width < self.get_content_width(self.size, self.size):
            name = "-" if self.picked is None else self.options[self.picked][1]
            return Content.assemble(label, (f"‹ {name} ›", style))
        parts = [
            (f"[{name}]", style) if at == self.picked else f" {name} "
            for at, (_, name) in enumerate(self.options)
        ]
        return Content.assemble(label, *parts)


class Minutes(Widget, can_focus=True):
    """`Length ‹ 45 › min`: left and right in steps of five, or type the digits."""

    DEFAULT_CSS = """
    Minutes {
        width: 19; height: 1;
        & > .minutes--label { color: $text-muted; }
        & > .minutes--picked { color: $text-accent; text-style: bold; }
        &:focus { background: $block-cursor-blurred-background; }
        &:focus > .minutes--label { text-style: underline; }
        &:focus > .minutes--picked { text-style: bold reverse; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"minutes--label", "minutes--picked"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Less", show=False),
        Binding("right", "step(1)", "More", show=False),
        Binding("backspace", "rub_out", "Rub out", show=False),
    ]
    HELP = "Left and right change the length by five minutes; digits set it, from 1 to 120."

    minutes: reactive[int] = reactive(0)
    """0 while digits are being typed."""

    def __init__(self, minutes: float, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(Minutes.minutes, int(minutes))

    @property
    def value(self) -> float:
        """The length in minutes, within what an interview may take."""
        return float(min(max(self.minutes, int(SHORTEST_MINUTES)), int(LONGEST_MINUTES)))

    def action_step(self, by: int) -> None:
        """To the next multiple of five, or to the shortest and longest length."""
        steps = int(self.value) // STEP_MINUTES if by > 0 else -(-int(self.value) // STEP_MINUTES)
        self.minutes = (steps + by) * STEP_MINUTES
        self.minutes = int(self.value)

    def action_rub_out(self) -> None:
        self.minutes //= 10

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "0123456789":
            event.stop()
            longer = self.minutes * 10 + int(event.character)
            self.minutes = longer if longer <= LONGEST_MINUTES else int(event.character)

    def on_blur(self) -> None:
        self.minutes = int(self.value)

    def watch_minutes(self) -> None:
        if self.is_mounted:
            self.post_message(Picked(self.id or "", f"{self.value:g}"))

    def render(self) -> Content:
        shown = str(self.minutes) if self.minutes else "_"
        return Content.assemble(
            ("Length ", part_style(self, "minutes--label")),
            (f"‹ {shown} ›", part_style(self, "minutes--picked")),
            " min",
        )
