"""A model in this process and the line to it: no server, no port, and it says only what the test wrote."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from coach.address import Address
from coach.llm.abilities import Abilities, fewer_demands
from coach.llm.background import Background
from coach.llm.port import ChatModel, Piece, Reply, Request, Usage
from coach.llm.tokens import ESTIMATE, estimate
from coach.profile import Profile

T = TypeVar("T")
AT_HOME = Profile(Address.parse("http://127.0.0.1:9/v1"), "scripted-model")
HOSTED = Profile(Address.parse("https://models.example/v1"), "scripted-model")
"""Nobody is ever called at either."""
UNKNOWN = Abilities()
_GLANCE_S = 0.002


@dataclass(frozen=True)
class Asked:
    """One request, numbered from 1; `visible` is all of it, as a judge of `tests.fakes.judges` wants to see it."""

    number: int
    request: Request

    @property
    def visible(self) -> str:
        return "\n\n".join(one.text for one in self.request.messages)

    @property
    def last(self) -> str:
        """The last message, which alone differs between the calls of one judging."""
        return self.request.messages[-1].text


Answer = str | Reply | BaseException
"""A text, a whole reply, or what goes wrong."""
Script = Callable[[Asked], Answer] | Sequence[Answer]


def counted(asked: Asked, text: str) -> Usage | None:
    """The usage of a server that reads everything and counts as we do."""
    return Usage(ESTIMATE.messages(asked.request.messages), estimate(text))


def uncounted(_asked: Asked, _text: str) -> Usage | None:
    """A server that does not count."""
    return None


class ScriptedModel:
    """A `ChatModel` that answers from a script: a function of the request, or one answer per call.

    It notes what it was asked, what it learned, and in `events` which call began and ended when. Between `hold` and
    `release` calls wait, `busy` of them.
    """

    def __init__(
        self,
        script: Script,
        *,
        profile: Profile = AT_HOME,
        abilities: Abilities = UNKNOWN,
        usage: Callable[[Asked, str], Usage | None] = counted,
        pages: Mapping[str, object] | None = None,
        seconds: float = 0.25,
    ) -> None:
        self.script = script
        self.profile = profile
        self.abilities = abilities
        self.usage = usage
        self.pages = dict(pages or {})
        self.seconds = seconds
        self.asked: list[Asked] = []
        self.looked: list[str] = []
        self.learned: list[Abilities] = []
        self.busy = self.most_busy = 0
        self.events: list[tuple[str, int]] = []
        self._open = threading.Event()
        self._open.set()

    def hold(self) -> None:
        """Let every call from now on wait."""
        self._open.clear()

    def release(self) -> None:
        """Let them go on."""
        self._open.set()

    def learn(self, abilities: Abilities) -> None:
        if abilities != self.abilities:
            self.abilities = abilities
            self.learned.append(abilities)

    def demand_less(self, why: str) -> str:
        step = fewer_demands(self.abilities, why)
        self.learn(step.abilities)
        return step.what

    async def complete(self, request: Request) -> Reply:
        asked = Asked(len(self.asked) + 1, request)
        self.asked.append(asked)
        with self._at_work(asked.number):
            while not self._open.is_set():
                await asyncio.sleep(_GLANCE_S)
            # Others may begin before this one ends, as with a server.
            await asyncio.sleep(0)
            answer = self.script(asked) if callable(self.script) else self.script[asked.number - 1]
        if isinstance(answer, BaseException):
            raise answer
        if isinstance(answer, Reply):
            return answer
        return Reply(answer, usage=self.usage(asked, answer), seconds=self.seconds)

    async def stream(self, request: Request) -> AsyncGenerator[Piece]:
        reply = await self.complete(request)
        for word in reply.text.split(" "):
            yield Piece(f"{word} ")
        yield Piece(finish=reply.finish, usage=reply.usage)

    async def look(self, path: str) -> object:
        self.looked.append(path)
        return self.pages.get(path)

    @contextmanager
    def _at_work(self, number: int) -> Iterator[None]:
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        self.events.append(("begin", number))
        try:
            yield
        finally:
            self.busy -= 1
            self.events.append(("end", number))


class ScriptedLine:
    """A `Line` to a scripted model, in a thread of its own like the real one."""

    def __init__(self, model: ScriptedModel) -> None:
        self.model = model
        self.runs = 0
        self._background = Background()

    @property
    def profile(self) -> Profile:
        return self.model.profile

    def run(self, doing: Callable[[ChatModel], Coroutine[Any, Any, T]]) -> Future[T]:
        self.runs += 1
        return self._background.run(doing(self.model))

    def close(self) -> None:
        self.model.release()
        self._background.close()
