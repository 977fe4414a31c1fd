"""The way to one model: opened when first used, in a thread of its own, so that nobody waits for the library."""

from __future__ import annotations

import asyncio
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from coach.llm.abilities import FROM_CONFIG
from coach.llm.background import Background
from coach.llm.window import find_window, with_window

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from concurrent.futures import Future

    from coach.clock import Clock
    from coach.llm.memory import Memory
    from coach.llm.openai_chat import OpenAIChat
    from coach.llm.port import ChatModel
    from coach.profile import Profile

T = TypeVar("T")


class OpenAILine:
    """A `Line` to an OpenAI-compatible endpoint."""

    def __init__(self, profile: Profile, memory: Memory, *, clock: Clock) -> None:
        self.profile = profile
        self._memory = memory
        self._clock = clock
        self._background = Background()
        self._model: OpenAIChat | None = None
        self._has_looked = False

    def run(self, doing: Callable[[ChatModel], Coroutine[Any, Any, T]]) -> Future[T]:
        """Start `doing` with the model; see `Line`."""
        return self._background.run(self._with_model(doing))

    def close(self) -> None:
        """Hang up; what is still being said there is broken off, and its connections are closed."""
        model, self._model = self._model, None
        self._background.close(None if model is None else model.close)

    async def _with_model(self, doing: Callable[[ChatModel], Coroutine[Any, Any, T]]) -> T:
        model = self._model
        if model is None:
            # No await up to here: two calls at once still open one line.
            with _loading():
                from coach.llm.openai_chat import OpenAIChat

                model = self._model = OpenAIChat(self.profile, self._memory, clock=self._clock)
        if not self._has_looked:
            self._has_looked = True
            if model.abilities.window_from != FROM_CONFIG:
                try:
                    model.learn(with_window(model.abilities, await find_window(model)))
                except asyncio.CancelledError:
                    self._has_looked = False
                    raise
        return await doing(model)


@contextmanager
def _loading() -> Iterator[None]:
    """Load the library without a collection, and let none look at it afterwards.

    It is hundreds of thousands of objects that stay to the end; a collection that walks them all stops every thread
    for longer than a key may wait. See benchmarks/stalls.py.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
