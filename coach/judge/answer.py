"""The JSON a judging model answers in, and how what came is read: item by item, so that one bad item spoils no other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.judge.findings import Evidence, Outcome
from coach.llm.port import Shape
from coach.text.neutral import neutral_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_TEXT, _WHOLE = {"type": "string"}, {"type": "integer"}


def _object(**keys: object) -> dict[str, object]:
    """Every key required, no others, in alphabetical order: some servers write them in that order whatever is asked.

    So evidence comes before the finding it is for. No limits, defaults or references: strict servers refuse those.
    """
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


ANSWER = Shape(
    "findings",
    _object(
        checks={
            "type": "array",
            "items": _object(
                check=_WHOLE,
                evidence={"type": "array", "items": _object(line=_WHOLE, quote=_TEXT)},
                finding={"type": "string", "enum": ["met", "partly", "not_shown"]},
                why=_TEXT,
            ),
        },
        echo=_TEXT,
    ),
    "checks",
)

_FINDINGS: dict[str, Outcome] = {
    "met": "met", "yes": "met", "true": "met", "shown": "met",
    "partly": "partly", "partial": "partly", "partially": "partly", "partly_met": "partly",
    "not_shown": "not_shown", "not_met": "not_shown", "no": "not_shown", "false": "not_shown", "none": "not_shown",
}  # fmt: skip
_NUMBER = re.compile(r"\s*[A-Za-z]{0,5}\s*0*(\d{1,6})\s*")
_PREFIX = re.compile(r"^\s*\d{1,6} [CI]: ")
"""How a line begins in the prompt; some models copy it with the words."""
_MOST_QUOTES, _LONGEST_QUOTE, _LONGEST_WHY = 4, 600, 160


@dataclass(frozen=True, slots=True)
class Item:
    """What the model says of one question; the evidence is not verified yet."""

    number: int
    finding: Outcome
    evidence: tuple[Evidence, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Items:
    """What could be read of one answer, by number; the numbers that were asked and are missing; the echo."""

    by_number: Mapping[int, Item]
    missing: tuple[int, ...]
    echo: str


def read_items(value: Mapping[str, object], asked: Collection[int]) -> Items:
    """The items of an answer. What was not asked is dropped, of two about one thing the first stays."""
    rows = value.get("checks")
    found: dict[int, Item] = {}
    for row in rows if isinstance(rows, list) else ():
        item = _item(row)
        if item is not None and item.number in asked:
            found.setdefault(item.number, item)
    missing = tuple(number for number in asked if number not in found)
    return Items(found, missing, str(value.get("echo", ""))[:200])


def _item(row: object) -> Item | None:
    if not isinstance(row, dict):
        return None
    number = _whole(row.get("check"))
    finding = _FINDINGS.get(str(row.get("finding", "")).strip().lower().replace(" ", "_"))
    if number is None or finding is None:
        return None
    why = neutral_line(str(row.get("why") or ""))[:_LONGEST_WHY]
    return Item(number, finding, _evidence(row.get("evidence")), why)


def _evidence(rows: object) -> tuple[Evidence, ...]:
    found = []
    some: Sequence[object] = rows if isinstance(rows, list) else [rows]
    for row in some[:_MOST_QUOTES]:
        if isinstance(row, dict):
            line, quote = _whole(row.get("line")), row.get("quote")
            if line and isinstance(quote, str) and quote.strip():
                found.append(Evidence(line=line, quote=_PREFIX.sub("", quote, count=1)[:_LONGEST_QUOTE]))
    return tuple(found)


def _whole(value: object) -> int | None:
    """A whole number, also as `"12"`, `"L017"` or `12.0`."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return int(value) if 0 < value < 1_000_000 else None
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) or None if match else None
