"""How many tokens a text is: counted where tiktoken's table is at hand, else estimated, and the result says which.

tiktoken would download its table on first use, without a timeout; here it never does. Loading a table takes seconds:
call `counter` in a thread.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from coach import config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from coach.llm.port import Message

MARGIN = 1.15
"""What a prompt may have more tokens than we think: another tokenizer, a chat template."""
_PER_MESSAGE = 4
_USUAL = "o200k_base"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as tiktoken keeps it: its file's name and what must be in it."""

    file: str
    sha256: str


TABLES = {
    "o200k_base": Table(
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": Table(
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts tokens one way. `how` is `counted with o200k_base` or `estimated`."""

    how: str
    _count: Callable[[str], int]

    @property
    def is_estimate(self) -> bool:
        return self.how == "estimated"

    def text(self, text: str) -> int:
        """Tokens of `text`."""
        return self._count(text)

    def messages(self, messages: Iterable[Message]) -> int:
        """Tokens of a prompt, with the few that stand around each message."""
        return sum(self._count(one.text) + _PER_MESSAGE for one in messages)


def estimate(text: str) -> int:
    """About how many tokens `text` is: four ASCII characters each, any other character one, or by its words."""
    ascii_ = sum(1 for char in text if char < "\x80")
    return ceil(max(ascii_ / 4 + (len(text) - ascii_), len(text.split()) * 1.35))


ESTIMATE = Counter("estimated", estimate)


def counter(model: str) -> Counter:
    """The best way to count for `model` without asking anybody. Slow the first time."""
    name = _encoding_for(model)
    if name is None or not _is_at_hand(name):
        return ESTIMATE
    try:
        import tiktoken

        encoding = tiktoken.get_encoding(name)
        return Counter(f"counted with {name}", lambda text: len(encoding.encode(text, disallowed_special=())))
    except Exception:
        # Whatever is wrong with an optional table, an estimate is better than no interview.
        return ESTIMATE


def _encoding_for(model: str) -> str | None:
    """The encoding's name; models tiktoken does not know are counted with the commonest one."""
    if not any(_is_at_hand(name) for name in TABLES):
        return None
    try:
        from tiktoken.model import encoding_name_for_model

        return encoding_name_for_model(model)
    except (ImportError, KeyError):
        return _USUAL


def _is_at_hand(name: str) -> bool:
    """Whether the whole, right table lies where tiktoken looks, so that it has nothing to fetch."""
    table = TABLES.get(name)
    if table is None:
        return False
    folder = config.token_tables()
    if folder == "":
        return False  # told to keep no table, tiktoken would fetch one each time
    path = (Path(tempfile.gettempdir()) / "data-gym-cache" if folder is None else Path(folder)) / table.file
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == table.sha256
    except OSError:
        return False
