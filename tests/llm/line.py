"""A line to the fake endpoint: what a test asks, with pauses that are noted and not taken."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from coach import paths
from coach.address import Address
from coach.llm.asking import Answered, ask
from coach.llm.memory import Memory
from coach.llm.port import Message, ModelError, Piece, Reply, Request, Shape
from coach.profile import Profile, Secret
from tests.fakes.clock import START, FakeClock
from tests.fakes.endpoint import Answer, FakeEndpoint
from tests.fakes.exchange import Call, Response
from tests.fakes.oddities import Change
from tests.fakes.scenarios import Act, Scenario

if TYPE_CHECKING:
    from coach.llm.openai_chat import OpenAIChat

KEY = "sk-live-4f9c0d2e71ab"
SCHEMA = {
    "type": "object",
    "properties": {"checks": {"type": "array", "items": {"type": "object"}}, "echo": {"type": "string"}},
    "required": ["checks", "echo"],
    "additionalProperties": False,
}
SHAPE = Shape("findings", SCHEMA, "checks")
SYSTEM, USER = "You judge interviews.", "The candidate said: one small database is plenty."
WORDS = Request((Message("system", SYSTEM), Message("user", USER)), 400)
OBJECT = Request(WORDS.messages, 400, SHAPE)
ANSWER = '{"checks":[{"id":"one","score":3},{"id":"two","score":2},{"id":"three","score":4}],"echo":"n1"}'


class Waits(list[float]):
    """Stands in for `asyncio.sleep`: notes the pause and goes on at once."""

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)


class Odd(FakeEndpoint):
    """An endpoint with a way to misbehave that no scenario has."""

    def __init__(
        self,
        answer: Answer = "ok",
        *,
        refuse: Callable[[Call], Response | None] | None = None,
        change: Change | None = None,
    ) -> None:
        super().__init__(answer)
        self._acts = [Act(Scenario(refuse=refuse, change=change))]


def profile_of(endpoint: FakeEndpoint | str, **fields: Any) -> Profile:
    """Where `endpoint` is, with the model `m` unless another is named; `key` may be plain text."""
    url = endpoint if isinstance(endpoint, str) else endpoint.url
    if isinstance(fields.get("key"), str):
        fields["key"] = Secret(fields["key"])
    return Profile(Address.parse(fields.pop("url", url)), fields.pop("model", "m"), **fields)


def memory_at(wall: float = START) -> Memory:
    """What is kept in this test's home, read and written at `wall`."""
    return Memory(paths.cache_dir() / "endpoints.json", wall=wall)


@asynccontextmanager
async def opened(
    endpoint: FakeEndpoint | str,
    *,
    waits: Callable[[float], Any] | None = None,
    memory: Memory | None = None,
    clock: FakeClock | None = None,
    **fields: Any,
) -> AsyncIterator[OpenAIChat]:
    """A model at `endpoint`, closed at the end. `fields` are the profile's."""
    from coach.llm.openai_chat import OpenAIChat

    model = OpenAIChat(
        profile_of(endpoint, **fields),
        memory or memory_at(),
        clock=clock or FakeClock(),
        pause=Waits() if waits is None else waits,
    )
    try:
        yield model
    finally:
        await model.close()


async def asked(endpoint: FakeEndpoint | str, request: Request = WORDS, **options: Any) -> Reply:
    """The reply to one request on a line of its own; `options` as for `opened`."""
    async with opened(endpoint, **options) as model:
        return await model.complete(request)


async def asked_for_object(
    endpoint: FakeEndpoint | str, request: Request = OBJECT, **options: Any
) -> Answered:
    """The object `request` asks for, on a line of its own."""
    async with opened(endpoint, **options) as model:
        return await ask(model, request)


async def streamed(
    endpoint: FakeEndpoint | str,
    request: Request = WORDS,
    *,
    into: list[Piece] | None = None,
    **options: Any,
) -> list[Piece]:
    """All pieces of one streamed answer; those that came before an error stay in `into`."""
    pieces = [] if into is None else into
    async with opened(endpoint, **options) as model:
        async for piece in model.stream(request):
            pieces.append(piece)
    return pieces


async def failure(asking: Awaitable[object]) -> ModelError:
    """The error that awaiting `asking` ends in, after a look that it tells no key to anybody."""
    with pytest.raises(ModelError) as caught:
        await asking
    error = caught.value
    told = [str(error), repr(error), repr(vars(error)), *traceback.format_exception(error)]
    assert KEY not in "\n".join(told)
    assert error.exit_code == 3
    return error
