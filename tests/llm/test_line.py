"""A line opens when it is first used, elsewhere, over one connection, and lets go of it at once. C.9: 47."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from coach.clock import SystemClock
from coach.llm.background import Background
from coach.llm.line import OpenAILine
from coach.llm.memory import Memory
from coach.llm.port import ChatModel, ModelError, Reply
from tests.fakes.clock import FakeClock
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call, Line
from tests.fakes.judges import attentive
from tests.fakes.until import until
from tests.llm.line import ANSWER, KEY, OBJECT, WORDS, memory_at, profile_of

ROOT = Path(__file__).parents[2]
WITHIN_S = 10


@contextmanager
def line_to(endpoint: FakeEndpoint, **fields: object) -> Iterator[OpenAILine]:
    """A line that is hung up at the end."""
    line = OpenAILine(profile_of(endpoint, **fields), memory_at(), clock=FakeClock())
    try:
        yield line
    finally:
        line.close()


async def first_piece(model: ChatModel, heard: list[str]) -> None:
    """The beginning of an answer that takes long."""
    async for piece in model.stream(WORDS):
        heard += [piece.text]


def test_the_library_is_not_loaded_before_the_first_question(tmp_path: Path) -> None:
    """And then in the line's own thread: nobody who opens a line waits for it, nor for a collection that walks it."""
    script = """
import gc, sys, threading
from dataclasses import replace
from pathlib import Path
from coach.address import Address
from coach.clock import SystemClock
from coach.llm.line import OpenAILine
from coach.llm.memory import Memory
from coach.llm.port import Message, Request
from coach.profile import Profile
from tests.fakes.endpoint import FakeEndpoint

def is_loaded():
    return any(name in sys.modules for name in ("openai", "httpx2", "tiktoken"))

with FakeEndpoint("hello") as endpoint:
    profile = Profile(Address.parse(endpoint.url), "m")
    line = OpenAILine(profile, Memory(Path(sys.argv[1]), wall=1.0), clock=SystemClock())
    line.profile.address
    print(is_loaded(), threading.active_count())
    reply = line.run(lambda model: model.complete(Request((Message("user", "x"),), 9))).result(60)
    print(is_loaded(), reply.text, "tiktoken" in sys.modules)
    print(gc.isenabled(), gc.get_freeze_count() > 10 * len(gc.get_objects()))
    line.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "memory.json")],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.splitlines() == ["False 2", "True hello False", "True True"]


def test_47_all_questions_share_one_connection_and_one_client() -> None:
    models = set()

    async def asking(model: ChatModel) -> Reply:
        models.add(id(model))
        return await model.complete(WORDS)

    with FakeEndpoint(ANSWER) as endpoint:
        with line_to(endpoint) as line:
            for _ in range(4):
                assert line.run(asking).result(WITHIN_S).text == ANSWER
        assert (len(endpoint.calls), endpoint.connections, len(models)) == (4, 1, 1)


def test_two_questions_at_once_open_one_line() -> None:
    models = set()

    async def asking(model: ChatModel) -> str:
        models.add(id(model))
        return (await model.complete(WORDS)).text

    with FakeEndpoint(ANSWER) as endpoint, line_to(endpoint) as line:
        both = [line.run(asking) for _ in range(2)]
        assert [one.result(WITHIN_S) for one in both] == [ANSWER, ANSWER]
    assert len(models) == 1


def test_the_work_is_done_in_a_thread_that_keeps_no_program_alive() -> None:
    async def asking(_: ChatModel) -> threading.Thread:
        return threading.current_thread()

    with FakeEndpoint(ANSWER) as endpoint, line_to(endpoint) as line:
        threads = {line.run(asking).result(WITHIN_S) for _ in range(2)}
    (thread,) = threads
    assert thread is not threading.main_thread()
    assert thread.daemon


def test_the_window_is_looked_for_once_and_known_before_the_first_question() -> None:
    async def known(model: ChatModel) -> int | None:
        return model.abilities.window

    with FakeEndpoint(ANSWER, model={"id": "m", "max_model_len": 8192}) as endpoint:
        with line_to(endpoint) as line:
            assert line.run(known).result(WITHIN_S) == 8192
            endpoint.model["max_model_len"] = 4096
            assert line.run(known).result(WITHIN_S) == 8192
        with line_to(endpoint) as again:
            assert again.run(known).result(WITHIN_S) == 4096, "a window that was changed is noticed"
        with line_to(endpoint, context_window=5000) as written:
            assert written.run(known).result(WITHIN_S) == 5000


def test_a_window_nobody_tells_is_looked_for_only_once() -> None:
    looked: list[str] = []

    class Noting(FakeEndpoint):
        def page(self, call: Call, line: Line) -> None:
            looked.append(call.path)
            super().page(call, line)

    with Noting(ANSWER) as endpoint, line_to(endpoint) as line:
        for _ in range(3):
            line.run(lambda model: model.complete(WORDS)).result(WITHIN_S)
    assert looked.count("/v1/models") == 1


def test_an_error_arrives_where_the_answer_was_awaited() -> None:
    with (
        FakeEndpoint(ANSWER, scenario="auth_401") as endpoint,
        line_to(endpoint, key=KEY) as line,
        pytest.raises(ModelError, match="not accepted"),
    ):
        line.run(lambda model: model.complete(OBJECT)).result(WITHIN_S)


async def test_cancelling_a_question_closes_its_connection_and_not_the_line() -> None:
    heard: list[str] = []
    with FakeEndpoint(ANSWER, pace_s=60.0) as endpoint, line_to(endpoint) as line:
        future = line.run(lambda model: first_piece(model, heard))
        await until(lambda: heard, within_s=WITHIN_S)
        assert future.cancel()
        await until(lambda: endpoint.disconnects == 1, within_s=WITHIN_S)
        endpoint.pace_s = 0.0
        reply = await asyncio.wrap_future(line.run(lambda model: model.complete(WORDS)))
    assert reply.text == ANSWER


async def test_cancelling_before_the_answer_begins_closes_the_connection_too() -> None:
    heard: list[str] = []
    with FakeEndpoint(ANSWER, scenario="slow_headers", delay_s=60.0) as endpoint, line_to(endpoint) as line:
        future = line.run(lambda model: first_piece(model, heard))
        await until(lambda: endpoint.calls, within_s=WITHIN_S)
        future.cancel()
        await until(lambda: endpoint.disconnects == 1, within_s=WITHIN_S)
    assert heard == []


async def test_hanging_up_ends_what_is_being_said_at_once() -> None:
    heard: list[str] = []
    with FakeEndpoint(ANSWER, pace_s=60.0) as endpoint:
        with line_to(endpoint) as line:
            future = line.run(lambda model: first_piece(model, heard))
            await until(lambda: heard, within_s=WITHIN_S)
            began = time.monotonic()
            line.close()
            assert time.monotonic() - began < 1.5
        with pytest.raises(CancelledError):
            future.result(WITHIN_S)
        await until(lambda: endpoint.disconnects == 1, within_s=WITHIN_S)


async def test_hanging_up_closes_the_connection_and_a_new_question_opens_another() -> None:
    with FakeEndpoint(ANSWER) as endpoint, line_to(endpoint) as line:
        server = endpoint._server
        assert server is not None
        for calls in (1, 2):
            assert line.run(lambda model: model.complete(WORDS)).result(WITHIN_S).text == ANSWER
            assert len(server._open) == 1
            line.close()
            await until(lambda: not server._open, within_s=WITHIN_S)
            assert (len(endpoint.calls), endpoint.connections) == (calls, calls)


def _threads() -> int:
    return sum(thread.name == "model" for thread in threading.enumerate())


async def test_a_background_begins_with_its_first_work_and_ends_with_its_thread() -> None:
    async def work() -> int:
        return 7

    before = _threads()
    background = Background()
    background.close()
    assert _threads() == before
    assert background.run(work()).result(WITHIN_S) == 7
    assert background.run(work()).result(WITHIN_S) == 7
    assert _threads() == before + 1
    background.close()
    background.close()
    await until(lambda: _threads() == before, within_s=WITHIN_S)


async def test_work_that_will_not_end_is_left_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.llm.background.ENDING_S", 0.2)
    started, let_go = threading.Event(), threading.Event()

    async def stubborn() -> None:
        started.set()
        while not let_go.is_set():
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)

    background = Background()
    future = background.run(stubborn())
    assert started.wait(WITHIN_S)
    closing = threading.Thread(target=background.close, daemon=True)
    closing.start()
    closing.join(2)
    assert not closing.is_alive()
    assert not future.done()
    let_go.set()


async def _window(behind: ChatModel) -> int | None:
    return behind.abilities.window


async def _learns(behind: ChatModel) -> None:
    behind.learn(replace(behind.abilities, factor=1.1))


def test_a_window_is_remembered_where_the_server_tells_it_at_times_only(tmp_path: Path) -> None:
    """Ollama tells it while the model is loaded. Forgotten, the next judging sends all at once and is cut off."""
    clock, sizes = SystemClock(), []
    loaded: list[dict[str, object]] = [{"name": "fake-model", "context_length": 8_192}]
    with FakeEndpoint(attentive) as endpoint:
        profile = profile_of(endpoint, model="fake-model")
        for models in (loaded, []):
            endpoint.pages = {"/api/ps": {"models": models}}
            line = OpenAILine(profile, Memory(tmp_path / "memory.json", wall=clock.wall()), clock=clock)
            line.run(_learns).result(30)
            sizes.append(line.run(_window).result(30))
            line.close()
    assert sizes == [8_192, 8_192]
