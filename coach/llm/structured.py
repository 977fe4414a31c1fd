"""Finds the JSON object in whatever a model wrote: behind thinking, in a fence, wrapped, with a comma too many, cut off."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

_FENCE = re.compile(r"```(?:json|json5)?\s*\n?|```", re.IGNORECASE)
_OPEN, _CLOSE = "<think", "</think"
_SLOP = re.compile(
    r'"(?:[^"\\]|\\.)*"|(?P<comment>//[^\n]*|/\*[^*]{0,500}\*/)|(?P<comma>,(?=\s*[}\]]))', re.DOTALL
)
_BLANKS = re.compile(r"\s{200,}")
_MOST_FAILED, _MOST_ENDS, _LONGEST_CUT = 2000, 50, 200_000
"""Bounds on what is tried, so that no answer keeps us busy."""
LONGEST = 1_000_000
"""Characters of an answer that are looked at."""

Fault = Literal["empty", "thinking", "blank", "unreadable"]


@dataclass(frozen=True, slots=True)
class Found:
    """An object, and whether its end was missing: then the last item of a list may be gone."""

    value: dict[str, object]
    is_cut: bool = False


def find_object(text: str, key: str) -> Found | Fault:
    """The last object in `text` that has `key`, or why there is none.

    `thinking`: it thought until the end. `blank`: it wrote white space without end. `unreadable`: anything else.
    """
    text = text[:LONGEST].removeprefix("﻿")
    if not text.strip():
        return "blank" if len(text) > 200 else "empty"
    rest, is_open = without_thinking(text)
    if is_open:
        return "thinking"
    rest = _FENCE.sub("", rest)
    if found := _last_with(rest, key):
        return Found(found)
    if cut := _closed(rest, key):
        return Found(cut, is_cut=True)
    if not rest.strip():
        return "empty"
    return "blank" if _BLANKS.search(rest) else "unreadable"


def without_thinking(text: str) -> tuple[str, bool]:
    """`text` behind its last closing tag, also where the opening one is missing; True when one was never closed."""
    lower = text.lower()
    close = lower.rfind(_CLOSE)
    if close >= 0:
        end = lower.find(">", close)
        rest = text[end + 1 :] if end >= 0 else ""
        return (rest, False) if _OPEN not in rest.lower() else (rest, True)
    if lower.lstrip().startswith(_OPEN):
        return "", True
    return text, False


def _last_with(text: str, key: str) -> dict[str, object] | None:
    """The last object that has `key`, itself or one level down; as it stands, else mended."""
    return _scan(text, key) or _scan(mend(text), key)


def _scan(text: str, key: str) -> dict[str, object] | None:
    decoder, found, at, failed = json.JSONDecoder(strict=False), None, text.find("{"), 0
    while at >= 0 and failed < _MOST_FAILED:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            value, end, failed = None, at + 1, failed + 1
        if isinstance(value, dict):
            found = value if key in value else (_unwrapped(value, key) or found)
        at = text.find("{", end)
    return found


def mend(text: str) -> str:
    """`text` without comments and without commas before a closing bracket; strings stay as they are."""
    return _SLOP.sub(lambda one: one.group() if one.lastgroup is None else "", text)


def _unwrapped(value: dict[str, object], key: str) -> dict[str, object] | None:
    """`{"result": {...}}`, or the object as text inside."""
    for inner in map(_decoded, value.values()):
        if isinstance(inner, dict) and key in inner:
            return inner
    return None


def _decoded(value: object) -> object:
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return json.loads(value, strict=False)
        except (ValueError, RecursionError):
            return None
    return value


def _closed(text: str, key: str) -> dict[str, object] | None:
    """An object whose end is missing, closed after its last complete item."""
    start = text.find("{")
    body = mend(text[start : start + _LONGEST_CUT]) if start >= 0 else ""
    for end, closing in reversed(_ends(body)[-_MOST_ENDS:]):
        try:
            value = json.loads(body[:end] + closing, strict=False)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) and key in value else None
    return None


def _ends(text: str) -> list[tuple[int, str]]:
    """Places behind a complete item, with the brackets that are open there, to be closed."""
    ends: list[tuple[int, str]] = []
    open_: list[str] = []
    in_string = escaped = False
    for at, char in enumerate(text):
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "{[":
            open_.append("}" if char == "{" else "]")
        elif char in "}]" and open_:
            open_.pop()
            ends.append((at + 1, "".join(reversed(open_))))
    return ends
