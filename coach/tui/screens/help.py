"""Help: the keys of a screen from the one table, and a few words on what has the focus."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from coach.tui.keys import Area, keys_of
from coach.tui.screens.dialogs import TextDialog

if TYPE_CHECKING:
    from textual.widget import Widget

EDGES = 5
"""Columns a window needs beside its text: edges, space inside them, and a scroll bar."""
WIDEST, NARROWEST = 72, 20
ABOUT: dict[Area, str] = {
    "everywhere": "",
    "home": "Pick a problem and how you want to practise it. Nothing starts before you say so.",
    "ready": "Read the problem. The clock starts when you press Enter, not before.",
    "interview": (
        "Ask the interviewer what you need to know: it answers what is asked and volunteers nothing. "
        "Write your design into the notes and your numbers into the sheet; they are what is judged, with what you said."
    ),
    "past": "Everything you practised. What you handed in can be read again, what you left can be resumed.",
    "debrief": (
        "What the judge found, and the lines it rests on. Every check can be followed to your own words and back."
    ),
}


def help_text(area: Area, about_focus: str, *, width: int = WIDEST) -> str:
    """Keys and explanations of `area` as plain lines."""
    rows = [(one.shown_key or "^p", one.label, one.tooltip) for one in keys_of(area)]
    wide_key = max(len(key) for key, _, _ in rows)
    wide_label = max(len(label) for _, label, _ in rows)
    table = [
        fill(
            f"{key:<{wide_key}}  {label:<{wide_label}}  {tooltip}",
            max(width, wide_key + wide_label + NARROWEST),
            subsequent_indent=" " * (wide_key + wide_label + 4),
        )
        for key, label, tooltip in rows
    ]
    paragraphs = [ABOUT[area], f"Here: {about_focus}" if about_focus else "", "\n".join(table)]
    return "\n\n".join(one for one in paragraphs if one)


class HelpScreen(TextDialog):
    """The keys of `area`; the widget in focus may add its own `HELP`."""

    def __init__(self, area: Area, focused: Widget | None, *, width: int) -> None:
        about_focus = (focused.HELP or "") if focused else ""
        super().__init__("Help", help_text(area, about_focus, width=min(WIDEST, width - EDGES)))
