"""Interviews with a model, ended with the test."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from coach.errors import CoachError
from tests.fakes.clock import FakeClock
from tests.interviewer.problems import library
from tests.interviewer.speaker import Speaker, Steps
from tests.interviewer.talk import Talk

Begin = Callable[..., Talk]


@pytest.fixture
def talk(tmp_path: Path, clock: FakeClock) -> Iterator[Begin]:
    """Begins an interview on the lending library whose model says `turns`; `how` goes to model and session."""
    opened: list[Talk] = []

    def begin(*turns: Steps, model: Speaker | None = None, **how: Any) -> Talk:
        own = {name: how.pop(name) for name in ("size", "profile", "abilities", "usage") if name in how}
        problem = how.pop("problem", None) or library()
        one = Talk(tmp_path, clock, model or Speaker(turns, **own), problem=problem, **how)
        opened.append(one)
        return one

    yield begin
    for one in opened:
        with suppress(CoachError):
            one.close()
