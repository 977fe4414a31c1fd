"""Text in character cells: how wide it is, and how to break it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What the picture itself is drawn with must not come from a name: a reader could not tell it from a line.
_DRAWN = re.compile("[\u2500-\u257f▲▼◀▶↻┆]")
_SPACES = re.compile(r"\s+")
_JOINER = "\u200d"


def clean(text: str) -> str:
    """`text` without control and direction characters, on one line, with single blanks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp", "Zs") else one
        for one in unicodedata.normalize("NFC", text)
        if one == _JOINER or unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn")
    )
    return _SPACES.sub(" ", _DRAWN.sub("·", kept)).strip()


@lru_cache(8192)
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """What stands in one place each, with its width in cells: a letter with its marks, a whole emoji."""
    parts: list[tuple[str, int]] = []
    for one in text:
        width = _width(one)
        if parts and (width == 0 or parts[-1][0].endswith(_JOINER)):
            before, wide = parts[-1]
            # An emoji variation selector makes what stands before it two cells wide.
            parts[-1] = (before + one, 2 if one == "\ufe0f" else wide)
        else:
            parts.append((one, max(1, width)))
    return tuple(parts)


def _width(one: str) -> int:
    if " " <= one <= "~":
        return 1
    if unicodedata.category(one) in ("Mn", "Me", "Cf") or 0x1F3FB <= ord(one) <= 0x1F3FF:
        return 0
    return 2 if unicodedata.east_asian_width(one) in ("W", "F") else 1


@lru_cache(8192)
def width(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if text.isascii() else sum(wide for _, wide in clusters(text))


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` cells, with `…` where something was left out."""
    if width(text) <= limit:
        return text
    kept, used = [], 1
    for part, wide in clusters(text):
        if used + wide > limit:
            break
        kept.append(part)
        used += wide
    return "".join(kept).rstrip() + "…"


def wrap(text: str, limit: int) -> Iterator[str]:
    """`text` in lines of at most `limit` cells, broken between words where that is possible."""
    line = ""
    for word in _broken(text, limit):
        joined = f"{line} {word}" if line else word
        if width(joined) <= limit:
            line = joined
        else:
            yield line
            line = word
    if line:
        yield line


def _broken(text: str, limit: int) -> Iterator[str]:
    for word in text.split(" "):
        piece, used = "", 0
        if width(word) <= limit:
            yield word
            continue
        for part, wide in clusters(word):
            if used + wide > limit:
                yield piece
                piece, used = "", 0
            piece, used = piece + part, used + wide
        yield piece
