"""Waiting for something to become true, without guessing how long it takes."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def until(
    condition: Callable[[], T], *, within_s: float = 30.0, explain: Callable[[], str] | None = None
) -> T:
    """Poll `condition` until it is truthy and return what it gave; `explain` tells a failure what was there.

    Works with Textual's Pilot: the app runs in the same loop and moves on whenever this yields.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + within_s
    while not (value := condition()):
        if loop.time() > deadline:
            raise AssertionError(f"not true within {within_s} s" + (f":\n{explain()}" if explain else ""))
        await asyncio.sleep(0.01)
    return value


def until_sync(condition: Callable[[], T], *, within_s: float = 30.0) -> T:
    """`until` where nobody awaits."""
    return asyncio.run(until(condition, within_s=within_s))
