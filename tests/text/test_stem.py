"""Stems, also when the bank is read and a session is judged at the same moment."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.text.words import stem

ENDINGS = ("", "s", "ing", "ed", "ly", "ation", "ations", "ness", "ful", "ization")
WORDS = [f"{start}{end}" for start in ("replicat", "generat", "follow", "organ", "hopp") for end in ENDINGS]


@pytest.fixture
def impatient_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient_threads")
def test_threads_do_not_spoil_each_others_stems() -> None:
    alone = {word: stem.__wrapped__(word) for word in WORDS}

    def stems(_: int) -> dict[str, str]:
        return {word: stem.__wrapped__(word) for _ in range(20) for word in WORDS}

    with ThreadPoolExecutor(4) as pool:
        assert all(found == alone for found in pool.map(stems, range(4)))
