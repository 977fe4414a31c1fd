"""The command palette: everything a key does, under the same name, from the same table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from coach.tui.keys import Area, KeyAction, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.screen import Screen


def area_of(screen: Screen[object]) -> Area:
    """Which keys work on `screen`; small windows have none of their own in the table."""
    area: Area = getattr(screen, "AREA", "everywhere")
    return area


def offered(screen: Screen[object]) -> list[KeyAction]:
    """What can be done on `screen` now; the rest is still bound and says why not."""
    hidden: frozenset[str] = getattr(screen, "hidden_keys", frozenset())
    return [one for one in keys_of(area_of(screen)) if one.id not in hidden]


def palette(screen: Screen[object]) -> Iterator[SystemCommand]:
    """The commands for `screen`; the palette does not offer to open itself."""
    for one in offered(screen):
        if one.id == "commands":
            continue
        help_text = f"{one.tooltip} ({one.shown_key})" if one.key else one.tooltip
        yield SystemCommand(one.label, help_text, partial(_run, screen, one))


async def _run(screen: Screen[object], one: KeyAction) -> None:
    place = screen.app if one.area == "everywhere" else screen
    await place.run_action(one.action)
