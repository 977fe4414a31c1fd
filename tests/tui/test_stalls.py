"""Whoever types while a model speaks is not kept waiting: measured on the app's own loop, over a real connection."""

import gc
from collections.abc import Iterator

import pytest

from benchmarks.stalls import PIECE, TOKENS_PER_S, Measured, longest_stall

SECONDS = 3.0
BOUND_S = 0.25
"""Five times what is promised: a machine that does other things meanwhile must not fail this. See benchmarks/stalls.py."""


@pytest.fixture
def tests_own_heap_is_passed_over() -> Iterator[None]:
    """A collection looks at all there is, and most of that is the test run's. The benchmark has no such heap."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("tests_own_heap_is_passed_over")
async def test_keys_do_not_wait_for_a_reply_that_streams_in() -> None:
    runs: list[Measured] = []
    while not runs or (len(runs) < 3 and min(one.longest_s for one in runs) >= BOUND_S):
        runs.append(await longest_stall(streams=True, seconds=SECONDS))
    assert all(one.spoken == TOKENS_PER_S * PIECE * SECONDS for one in runs), "every word came"
    assert all(one.typed > 20 for one in runs), "and keys were typed meanwhile"
    assert min(one.longest_s for one in runs) < BOUND_S, runs
