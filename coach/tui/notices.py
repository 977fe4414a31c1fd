"""Toasts. Textual parses them as markup by default, and what we show is somebody else's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.tui.foreign import shown

if TYPE_CHECKING:
    from textual.app import App
    from textual.widget import Widget

    from coach.errors import CoachError


def show_error(place: Widget | App[None], error: CoachError) -> None:
    """What went wrong, and what to do about it."""
    text = f"{error.message}\n{error.hint}" if error.hint else error.message
    place.notify(shown(text), title=shown(error.title), severity="warning", timeout=8, markup=False)


def say(place: Widget | App[None], text: str) -> None:
    """A short remark."""
    place.notify(shown(text), markup=False)
