"""Finds the JSON object in whatever a model wrote: behind thinking, in a fence, wrapped, with a comma too many, cut off."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from coach.text.words import joined_halves

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS, _CLOSES = (
    re.compile(r"<think\w*", re.IGNORECASE | re.ASCII),
    re.compile(r"</think\w*\s*>", re.IGNORECASE | re.ASCII),
)
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
"""A string, closed or not: it takes all there is, so that nothing is tried twice."""
_COMMENT = r"//[^\n]*|/\*[^*]{0,2000}\*/"
_PARTS = re.compile(rf"{_STRING}|{_COMMENT}|,", re.DOTALL)
_CLOSES_NEXT = re.compile(rf"(?:\s|{_COMMENT})*+[\]}}]")
_STRINGS_AND_BRACKETS = re.compile(rf"{_STRING}|[{{}}\[\]]", re.DOTALL)
_BLANKS = re.compile(r"(?<!\s)\s{200}")
_MOST_FAILED, _MOST_ENDS, _LONGEST_CUT, _LONGEST_MENDED = 2000, 50, 200_000, 400_000
"""Bounds on what is tried, so that no answer keeps us busy."""
LONGEST = 1_000_000
"""Characters of an answer that are looked at, its last ones: the object is what was written last."""

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
    text = text[-LONGEST:].removeprefix("\ufeff")
    if not text.strip():
        return "blank" if len(text) > 200 else "empty"
    rest, is_open = without_thinking(text)
    if is_open:
        return "thinking"
    found = _find(rest, key)
    if found is None and rest != text and text.lstrip().startswith(("{", "`")):
        # No thought begins with the object itself: the closing tag stands within it or behind it.
        found = _find(text, key)
    if isinstance(found, Found):
        return _in_whole_letters(found)
    if not rest.strip():
        return "empty"
    return "blank" if _BLANKS.search(rest) else "unreadable"


def _in_whole_letters(found: Found) -> Found:
    r"""An escape such as `\ud83d` alone is half a letter, and nothing that holds one can be written to a file."""
    text = json.dumps(found.value, ensure_ascii=False)
    whole = joined_halves(text)
    return found if whole is text else replace(found, value=json.loads(whole))


def without_thinking(text: str) -> tuple[str, bool]:
    """`text` behind its last closing tag, also where the opening one is missing; True when one was never closed."""
    closed = list(_CLOSES.finditer(text))
    if closed:
        rest = text[closed[-1].end() :]
        return (rest, False) if _OPENS.search(rest) is None else (rest, True)
    if _OPENS.match(text.lstrip()):
        return "", True
    return text, False


def _find(text: str, key: str) -> Found | None:
    """The last whole object, or a later one whose end is missing."""
    whole, end = _scan(text, key)
    if whole is None and len(text) <= _LONGEST_MENDED:
        mended = mend(text)
        whole, end = _scan(mended, key)
        text = mended if whole is not None else text
    cut = _closed(text, key, begin=end)
    if cut is not None and (whole is None or cut.get(key)):
        return Found(cut, is_cut=True)
    return None if whole is None else Found(whole)


def _scan(text: str, key: str) -> tuple[dict[str, object] | None, int]:
    """The last object that has `key`, itself or one level down, and where it ends."""
    decoder = json.JSONDecoder(strict=False)
    found, found_end, at, failed, budget = None, 0, text.find("{"), 0, len(text) + 10_000
    while at >= 0 and failed < _MOST_FAILED and budget > 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            value, end, failed = None, at + 1, failed + 1
            # Where it failed tells what that took; nested without end, or a number without end, does not say.
            budget -= getattr(error, "pos", len(text)) - at
        if isinstance(value, dict):
            inner = value if key in value else _unwrapped(value, key)
            found, found_end = (inner, end) if inner is not None else (found, found_end)
        at = text.find("{", end)
    return found, found_end


def mend(text: str) -> str:
    """`text` without comments and without commas before a closing bracket; strings stay as they are."""

    def mended(part: re.Match[str]) -> str:
        first = part[0][0]
        if first == ",":
            return "" if _CLOSES_NEXT.match(text, part.end()) else ","
        return "" if first == "/" else part[0]

    return _PARTS.sub(mended, text)


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


def _closed(text: str, key: str, *, begin: int) -> dict[str, object] | None:
    """The last object after `begin` that has `key` and no end, closed after its last complete item."""
    named = text.rfind(f'"{key}"', begin)
    start = text.rfind("{", begin, named) if named >= 0 else -1
    if start < 0:
        return None
    body = mend(text[start : start + _LONGEST_CUT])
    ends = _ends(body)[-_MOST_ENDS:]
    for end, closing in zip(reversed(ends), reversed(_closings(body, ends)), strict=True):
        try:
            value = json.loads(body[:end] + closing, strict=False)
        except (ValueError, RecursionError):
            continue
        return value if isinstance(value, dict) and key in value else None
    return None


def _ends(text: str) -> list[int]:
    """Places behind a complete item."""
    return [at + 1 for at, char in _brackets(text) if char in "}]"]


def _closings(text: str, ends: list[int]) -> list[str]:
    """What closes the brackets that are open at each of `ends`."""
    wanted, open_, found = set(ends), list[str](), list[str]()
    for at, char in _brackets(text):
        if char in "{[":
            open_.append("}" if char == "{" else "]")
            continue
        if open_:
            open_.pop()
        if at + 1 in wanted:
            found.append("".join(reversed(open_)))
    return found


def _brackets(text: str) -> Iterator[tuple[int, str]]:
    """The brackets outside of strings, in order."""
    for part in _STRINGS_AND_BRACKETS.finditer(text):
        if part[0][0] != '"':
            yield part.start(), part[0]
