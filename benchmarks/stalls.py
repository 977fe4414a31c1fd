"""Measures how long the interview keeps its keys waiting while a model streams. Run: `python benchmarks/stalls.py`.

A coroutine on the app's own loop wants to run every 5 ms; the longest time it had to wait is the longest time a key
could have waited. The endpoint is on loopback in the same process, so its work is in the figures too; no terminal is
painted. Beside each stall stands the longest garbage collection of its run, which stops every thread.
"""

import asyncio
import gc
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from textual import events  # noqa: E402

from coach.address import Address  # noqa: E402
from coach.clock import SystemClock  # noqa: E402
from coach.content.library import find_problem  # noqa: E402
from coach.content.problem import Problem  # noqa: E402
from coach.interviewer.host import Host  # noqa: E402
from coach.interviewer.modelled import ModelledInterviewer  # noqa: E402
from coach.interviewer.scripted import ScriptedInterviewer  # noqa: E402
from coach.llm.line import OpenAILine  # noqa: E402
from coach.llm.memory import Memory  # noqa: E402
from coach.llm.port import Message, Request  # noqa: E402
from coach.profile import Profile  # noqa: E402
from coach.session.commands import Say, Setup  # noqa: E402
from coach.session.runner import Runner  # noqa: E402
from coach.session.shelf import Shelf  # noqa: E402
from coach.tui.app import CoachApp  # noqa: E402
from coach.tui.screens.interview import InterviewScreen  # noqa: E402
from tests.fakes.endpoint import FakeEndpoint  # noqa: E402
from tests.fakes.exchange import PIECE  # noqa: E402
from tests.fakes.interviewers import reply  # noqa: E402
from tests.fakes.until import until  # noqa: E402

TOKENS_PER_S = 100
BEAT_S, KEY_S = 0.005, 0.06
SETTLE_S = 0.5
LONGEST_S = 60.0
"""One run takes a tenth of it; without an end somebody would wait for ever for a reply that is lost."""
SIZE = (120, 40)
RUNS = 5
LINE = "Assume a queue in front of the store and tell me what it costs. "


@dataclass(frozen=True)
class Measured:
    """One run: the longest stall and the longest garbage collection in seconds, and what went on meanwhile."""

    longest_s: float
    collecting_s: float
    typed: int
    spoken: int
    """Characters of the reply."""


class _Doors:
    """Doors to an empty house: the screen that is measured needs none of them."""

    editor: Sequence[str] = ()
    no_color = False

    def __getattr__(self, name: str) -> Any:
        return lambda *_args, **_more: ()

    def bank(self) -> Any:
        from coach.doors import BankView

        return BankView((), ())


async def longest_stall(*, streams: bool, seconds: float = 3.0, is_warm: bool = True) -> Measured:
    """The longest wait of a heartbeat while keys are typed, with or without a reply streaming in for `seconds`.

    `is_warm`: the library behind the endpoint was loaded and used before.
    """
    words = (LINE * 100)[: round(TOKENS_PER_S * PIECE * seconds)]
    with tempfile.TemporaryDirectory() as folder, FakeEndpoint("ok") as endpoint:
        async with (
            asyncio.timeout(LONGEST_S),
            _interview(Path(folder), endpoint, is_warm=is_warm) as (app, screen),
        ):
            endpoint.answer, endpoint.pace_s = reply(words), 1 / TOKENS_PER_S
            if streams:
                screen.host.do(Say("What stands in front of the store?"))
            with _collections() as collecting:
                beating = asyncio.create_task(_beat(seconds, screen if streams else None))
                typed = await _type(app, beating)
                longest = await beating
            await until(lambda: len(screen.notes.area.text) == typed)
            spoken = len(screen.host.state.turns[-1].text) if streams else 0
            return Measured(longest, max(collecting, default=0.0), typed, spoken)


@asynccontextmanager
async def _interview(
    folder: Path, endpoint: FakeEndpoint, *, is_warm: bool
) -> AsyncIterator[tuple[CoachApp, InterviewScreen]]:
    """An interview with the endpoint's model on the screen, the cursor in the notes, and everything settled."""
    clock = SystemClock()
    profile = Profile(Address.parse(endpoint.url), "fake-model")
    line = OpenAILine(profile, Memory(folder / "endpoints.json", wall=clock.wall()), clock=clock)
    problem = find_problem("tinyurl")
    host = _host(folder, line, problem, clock)
    app = CoachApp(_Doors())  # type: ignore[arg-type]
    try:
        async with app.run_test(size=SIZE):
            screen = InterviewScreen(host, _Doors())  # type: ignore[arg-type]
            await app.push_screen(screen)
            await until(lambda: screen.is_mounted and screen.focused is not None)
            screen.set_focus(screen.notes.area)
            if is_warm:
                question = Request((Message("user", "Are you there?"),), 8)
                await asyncio.wrap_future(line.run(lambda model: model.complete(question)))
            await asyncio.sleep(SETTLE_S)
            yield app, screen
            screen.let_go()
    finally:
        line.close()


def _host(folder: Path, line: OpenAILine, problem: Problem, clock: SystemClock) -> Host:
    setup = Setup(
        "s1",
        problem.id,
        problem.version,
        problem.title,
        "mock",
        "senior",
        45.0,
        interviewer="model",
        model="fake-model",
    )
    script = ScriptedInterviewer(problem)
    runner = Runner.begin(Shelf(folder / "sessions"), setup, clock=clock)
    return Host(runner, script, modelled=ModelledInterviewer(problem, script, line))


@contextmanager
def _collections() -> Iterator[list[float]]:
    """How long each garbage collection took meanwhile, in seconds."""
    took: list[float] = []
    began = 0.0

    def note(phase: str, _: dict[str, int]) -> None:
        nonlocal began
        if phase == "start":
            began = time.perf_counter()
        else:
            took.append(time.perf_counter() - began)

    gc.callbacks.append(note)
    try:
        yield took
    finally:
        gc.callbacks.remove(note)


async def _beat(seconds: float, screen: InterviewScreen | None) -> float:
    """The longest lateness, for `seconds`, or until the reply on `screen` is over."""
    loop = asyncio.get_running_loop()
    began = last = loop.time()
    longest = 0.0

    def is_over() -> bool:
        return last - began >= seconds if screen is None else screen.host.replying_s is None

    while not is_over():
        await asyncio.sleep(BEAT_S)
        now = loop.time()
        longest, last = max(longest, now - last - BEAT_S), now
    return longest


async def _type(app: CoachApp, meanwhile: "asyncio.Task[float]") -> int:
    """Type letters at a fast typist's pace until `meanwhile` is done; how many."""
    typed = 0
    while not meanwhile.done():
        app.post_message(events.Key("a", "a"))
        typed += 1
        await asyncio.sleep(KEY_S)
    return typed


async def median_stall(*, streams: bool) -> Measured:
    """The run in the middle of several."""
    runs = [await longest_stall(streams=streams) for _ in range(RUNS)]
    return sorted(runs, key=lambda one: one.longest_s)[RUNS // 2]


def main() -> None:
    """Print the longest stalls in milliseconds."""
    first = asyncio.run(longest_stall(streams=True, is_warm=False))
    print(f"first reply of a process, loading its library: {_shown(first)}")
    print(f"streaming {TOKENS_PER_S} tokens a second: {_shown(asyncio.run(median_stall(streams=True)))}")
    print(f"without a reply: {_shown(asyncio.run(median_stall(streams=False)))}")


def _shown(one: Measured) -> str:
    return f"{one.longest_s * 1000:.0f} ms, longest garbage collection {one.collecting_s * 1000:.0f} ms"


if __name__ == "__main__":
    main()
