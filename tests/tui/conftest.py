"""A debrief that says which session it was opened for: the real one is tested for itself."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from tests.fakes.clock import FakeClock
from tests.tui.doors import FakeDoors


class StubDebrief(Screen[None]):
    def __init__(self, session: str, _doors: FakeDoors) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        yield Static(f"debrief of {self.session}")


@pytest.fixture
def stub_debrief(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[StubDebrief]]:
    """Puts the stub where the app looks for the debrief."""
    module = ModuleType("coach.tui.screens.debrief")
    module.DebriefScreen = StubDebrief  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return StubDebrief


@pytest.fixture
def doors(clock: FakeClock) -> FakeDoors:
    return FakeDoors(clock=clock)
