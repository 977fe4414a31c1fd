"""A thread with an event loop for everything that talks to a model, so that no screen waits for it.

The library's import, the client's certificates and the parsing of pieces all happen there, with one client per line.
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")
ENDING_S = 2.0
"""Seconds that calls may take to let go of their connections at the end."""


class Background:
    """Runs coroutines elsewhere. The thread begins with the first one and never keeps the program alive."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def run(self, doing: Coroutine[Any, Any, T]) -> Future[T]:
        """Start `doing` there. Cancelling the result cancels it there, which closes its connection."""
        return asyncio.run_coroutine_threadsafe(doing, self._running_loop())

    def close(self, last: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """End what is going on there, then do `last`; returns when that is done, or after two seconds."""
        with self._starting:
            loop, self._loop = self._loop, None
        if loop is None:
            return
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(_end(last), loop).result(ENDING_S)
        loop.call_soon_threadsafe(loop.stop)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        with self._starting:
            if self._loop is None:
                loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(loop,), name="model", daemon=True).start()
                self._loop = loop
            return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _end(last: Callable[[], Coroutine[Any, Any, None]] | None) -> None:
    others = [one for one in asyncio.all_tasks() if one is not asyncio.current_task()]
    for one in others:
        one.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    if last is not None:
        await last()
