"""Doors with a model behind them, and ways through: judgings that take until they may end, coachings a test writes."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from coach.errors import CoachError, JudgeFailed
from coach.judge.port import Progress
from coach.judge.tape import Coached
from coach.llm.port import Spent
from coach.report.review import Review
from coach.session.events import Record
from coach.terms import JudgeKind
from coach.tui.commands import offered
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.home import HomeScreen
from tests.fakes.interviewers import COACHING
from tests.fakes.until import until
from tests.tui.debriefs import DebriefDoors, parcels, small
from tests.tui.doors import endpoint
from tests.tui.stage import USUAL, opened

STOPPED = JudgeFailed(
    "Judging was stopped",
    "What was answered so far is kept.",
    hint="Judge again to go on where it stopped; no call is made twice.",
)
AT_WORK = Progress(
    "Reading the answer, part 2 of 3",
    call=2,
    planned=3,
    sent=6120,
    spent=Spent(calls=1, prompt=6034, answer=812, seconds=9.5, cost=0.0123),
)


LONGEST_WAITS = 10_000
"""After a minute a judging ends by itself: a thread that waits for ever keeps the test run from its end."""


@dataclass
class FakeJudging:
    """One judging. A model's waits at the gate of its doors; the offline one does not."""

    doors: "ModelDoors"
    by: JudgeKind
    tell: Callable[[Progress], None]
    is_cancelled: bool = False

    def run(self) -> Review:
        doors = self.doors
        if self.by == "model":
            for progress in doors.progress:
                self.tell(progress)
            for _ in range(LONGEST_WAITS):
                if self.is_cancelled or doors.judge_may_end.wait(0.005):
                    break
        if self.is_cancelled:
            raise STOPPED
        if isinstance(doors.outcome, Exception):
            raise doors.outcome
        return doors.outcome or judged_by(self.by)

    def cancel(self) -> None:
        self.is_cancelled = True


@dataclass
class FakeCoaching:
    """What a model writes, as far as the test let it."""

    text: str = ""
    is_done: bool = False
    is_whole: bool = False
    error: CoachError | None = None
    by: str = "qwen3:14b at llm.example:8080"
    stopped: int = 0

    def end(self, text: str) -> None:
        self.text, self.is_done, self.is_whole = text, True, True

    def fail(self, error: CoachError) -> None:
        self.error, self.is_done = error, True

    def stop(self) -> None:
        self.stopped += 1
        self.is_done = True


@dataclass
class ModelDoors(DebriefDoors):
    """An interview on parcel lockers, to be judged by a model that is configured and agreed to."""

    model: Any = field(default_factory=endpoint)
    known: Review | None = None
    """The judging it has already."""
    progress: tuple[Progress, ...] = (AT_WORK,)
    judge_may_end: threading.Event = field(default_factory=threading.Event)
    judgings: list[FakeJudging] = field(default_factory=list)
    coachings: list[FakeCoaching] = field(default_factory=list)
    cannot_coach: CoachError | None = None

    def records(self, session_id: str) -> tuple[Record, ...]:
        return self.journal or tuple(parcels(judge="model", interviewer="model", model="qwen3:14b").records)

    def review(self, session_id: str) -> Review | None:  # type: ignore[override]
        return self.known

    def judging(self, session_id: str, *, by: JudgeKind, tell: Callable[[Progress], None]) -> FakeJudging:
        self.judgings.append(FakeJudging(self, by, tell))
        return self.judgings[-1]

    def coaching(self, review: Review) -> FakeCoaching:
        if self.cannot_coach:
            raise self.cannot_coach
        self.coachings.append(FakeCoaching())
        return self.coachings[-1]


def judged_by(kind: JudgeKind) -> Review:
    """The small review, from that judge."""
    one = small()
    if kind == "offline":
        return one
    info = one.card.judge.model_copy(update={"kind": "model", "name": "qwen3:14b"})
    return replace(one, card=one.card.model_copy(update={"judge": info}))


@asynccontextmanager
async def reading(doors: ModelDoors, size: tuple[int, int] = USUAL) -> AsyncIterator[Any]:
    try:
        async with opened(doors, size) as pilot:
            await come_in(pilot)
            yield pilot
    finally:
        doors.judge_may_end.set()  # a thread that waits would keep the test from its end


async def come_in(pilot: Any) -> DebriefScreen:
    pilot.app.open_debrief("s1")
    await until(lambda: isinstance(pilot.app.screen, DebriefScreen) and pilot.app.screen.focused)
    return pilot.app.screen  # type: ignore[no-any-return]


async def leave(pilot: Any) -> None:
    await pilot.press("escape")
    await until(lambda: isinstance(pilot.app.screen, HomeScreen))


def known(text: str = COACHING, **how: Any) -> Review:
    """A session judged and coached before."""
    coached = Coached(
        text=text, is_whole=how.pop("is_whole", True), host="llm.example:8080", model="qwen3:14b"
    )
    return replace(judged_by("offline"), coaching=coached)


def keys(pilot: Any) -> set[str]:
    return {one.id for one in offered(pilot.app.screen)}
