"""Short ways to a setup, a shelf and a running interview."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.paths import sessions_dir
from coach.session.commands import Command, Setup, Start
from coach.session.decide import decide
from coach.session.events import Event, Record
from coach.session.evolve import evolve
from coach.session.runner import Runner
from coach.session.shelf import Shelf
from coach.session.state import State
from tests.fakes.clock import FakeClock

SETUP = Setup(
    session="2026-11-23-1930-tinyurl-k3f9",
    problem="tinyurl",
    problem_version="1",
    title="Design TinyURL",
    mode="mock",
    seniority="senior",
    minutes=45,
)


def setup(**changes: Any) -> Setup:
    """A 45-minute mock interview on TinyURL, but for `changes`."""
    return replace(SETUP, **changes)


def begin(clock: FakeClock, **changes: Any) -> Runner:
    """A running interview on the shelf of this test."""
    return Runner.begin(Shelf(sessions_dir()), setup(**changes), clock=clock)


def reopen(clock: FakeClock, session: str = SETUP.session) -> Runner:
    return Runner.reopen(Shelf(sessions_dir()), session, clock=clock)


def journal_path(session: str = SETUP.session) -> Path:
    return sessions_dir() / session / "session.jsonl"


def kill(runner: Runner) -> None:
    """What a SIGKILL leaves: nothing flushed, nothing written, the kernel drops lock and file."""
    runner._keeper._journal.close()
    runner._lock.release()
    runner._is_closed = True


class Interview:
    """An interview without disk or clock: commands in, events out, state kept."""

    def __init__(self, **changes: Any) -> None:
        self.state = State()
        self.records: list[Record] = []
        self.do(Start(setup(**changes)), 0.0)

    def do(self, command: Command, t: float) -> tuple[Event, ...]:
        events = decide(self.state, command, t)
        for event in events:
            record = Record(seq=len(self.records) + 1, t=t, at="2026-11-23T19:30:00.000Z", event=event)
            self.records.append(record)
            self.state = evolve(self.state, record)
        return events


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [event.kind for event in events]
