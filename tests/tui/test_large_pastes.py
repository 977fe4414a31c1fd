"""A hundred thousand characters at once: taken in, kept, and the next key is not waited for long."""

import time

import pytest
from textual import events

from coach.session.commands import BOARD, SHEET
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import begin, opened

SOON_S = 5.0
TEXTS = {
    "one line": "x " * 50_000,
    "many boxes": "\n".join(f"box {n} -> box {n + 1}: label {n}" for n in range(3_000)),
}


@pytest.mark.parametrize("key", ["f3", "f4", "f5"])
@pytest.mark.parametrize("name", TEXTS)
async def test_a_large_paste_is_taken_in_and_kept(doors: FakeDoors, key: str, name: str) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot, mode="practice")
        await pilot.press(key)
        await pilot.pause()
        began = time.perf_counter()
        area = screen.writing
        area.post_message(events.Paste(TEXTS[name]))
        await until(lambda: len(area.text) >= len(TEXTS[name]) - 1)
        await pilot.press("a")
        await until(lambda: area.text.endswith("a"))
        assert time.perf_counter() - began < SOON_S
        screen.host.tick()
        doc = {"f3": "notes.requirements", "f4": SHEET, "f5": BOARD}[key]
        assert len(doors.host.state.docs[doc]) >= len(TEXTS[name])
