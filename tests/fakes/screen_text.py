"""What a screen shows, as plain text: small, reviewable golden files.

The one place that reads Textual's compositor, which is not public. A change there makes every golden test fail loudly.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from textual.app import App

from tests.fakes.until import until

GOLDEN = Path(__file__).parent.parent / "golden" / "screens"
IS_UPDATING = bool(os.environ.get("COACH_UPDATE_GOLDEN"))
"""Read once: during a test there are no COACH_ variables."""


def screen_text(app: App[object]) -> str:
    """Every row of the screen that is in front, trailing blanks removed."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


def check_golden(name: str, text: str) -> None:
    """`text` is what `tests/golden/screens/NAME.txt` holds; COACH_UPDATE_GOLDEN=1 writes it anew."""
    path = GOLDEN / f"{name}.txt"
    if IS_UPDATING:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path} is missing; COACH_UPDATE_GOLDEN=1 writes it"
    assert text == path.read_text(encoding="utf-8"), f"{name} changed; COACH_UPDATE_GOLDEN=1 takes it over"


async def settled(name: str, text: Callable[[], str]) -> None:
    """`check_golden` for a screen that may still be moving: what counts is where it comes to rest."""
    path = GOLDEN / f"{name}.txt"
    if not IS_UPDATING and path.is_file():
        wanted = path.read_text(encoding="utf-8")
        with suppress(AssertionError):
            await until(lambda: text() == wanted, within_s=5)
    check_golden(name, text())
