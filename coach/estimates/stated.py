"""Quantities people write in prose: `~4.6k/s`, `4,600 QPS`, `20 TB per day`, `3 million rows`, `50ms`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.estimates.quantity import Quantity

_NUMBER = r"(?<![\w.])[~≈]?\s?(?P<number>\d{1,3}(?:[,_' ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?[x*×·]\s?10\s?\^\s?(?P<exponent>-?\d{1,2})|[eE](?P<e>[+-]?\d{1,2}))?"
_MULTIPLIER = r"\s?(?P<multiplier>thousand|million|billion|trillion|mio|mn|bn|[kKmMbBgGtT](?![a-zA-Z]))?"
_UNIT = r"\s?(?P<unit>[kKMGTPE]i?[bB](?:ps|it/s|its)?|[kMGT]bit|bytes?|B\b|bits?\b|kB|qps\b|rps\b|tps\b|wps\b|iops\b|ms\b|seconds?\b|secs?\b|s\b|minutes?\b|mins?\b|hours?\b|hrs?\b|h\b|days?\b|months?\b|years?\b|yrs?\b)?"
_PER = r"(?:\s*(?:[A-Za-z-]{1,14}\s+){0,3}?(?:[A-Za-z-]{1,14})?\s*(?:/|\b(?:per|a|an|each|every)\b)\s*(?P<per>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|months?|mo|years?|yrs?|y)\b)?"
_STATED = re.compile(_NUMBER + _MULTIPLIER + _UNIT + _PER, re.IGNORECASE)
_CASED = {
    "k": 1e3,
    "M": 1e6,
    "m": 1e6,
    "b": 1e9,
    "B": 1e9,
    "G": 1e9,
    "g": 1e9,
    "T": 1e12,
    "t": 1e12,
    "K": 1e3,
}
_WORDS = {"thousand": 1e3, "million": 1e6, "mio": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_PREFIX = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15, "e": 1e18}
_SPANS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "mo": 2_592_000.0, "y": 31_536_000.0}
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Stated:
    """A quantity somebody wrote, and where in the text. `per_s`: the seconds of its `per day` or `/s`, else 0."""

    quantity: Quantity
    start: int
    end: int
    per_s: float = 0.0


def stated(text: str) -> Iterator[Stated]:
    """The quantities of one line or sentence, in order; bare counts included."""
    for match in _STATED.finditer(text[:_LONGEST]):
        quantity = _quantity(match)
        if quantity is not None:
            per_s = _span(match["per"]) if match["per"] else float(quantity.time == -1)
            yield Stated(quantity, match.start(), match.end(), per_s)


def _quantity(match: re.Match[str]) -> Quantity | None:
    value = float(re.sub(r"[,_' ]", "", match["number"]))
    exponent = match["exponent"] or match["e"]
    if exponent:
        value *= 10.0 ** int(exponent)
    multiplier, unit = match["multiplier"] or "", match["unit"] or ""
    if (
        len(multiplier) == 1
        and multiplier in "bB"
        and not unit
        and value == int(value)
        and _reads_as_bytes(match)
    ):
        multiplier, unit = "", "B"
    value *= _WORDS.get(multiplier.lower()) or _CASED.get(multiplier, 1.0)
    size, time = 0, 0
    if unit:
        scale, size, time = _unit(unit)
        value *= scale
    if match["per"]:
        value /= _span(match["per"])
        time -= 1
    return Quantity(value, size, time) if value > 0 else None


def _reads_as_bytes(match: re.Match[str]) -> bool:
    """`500 B` with a space or without a rate is a size; `2B users` is a count, so is `1B per day`."""
    return " " in match.group().strip() and not match["per"]


def _unit(unit: str) -> tuple[float, int, int]:
    """Scale to base units, power of bytes and power of seconds."""
    low = unit.lower()
    if low in ("qps", "rps", "tps", "wps", "iops"):
        return 1.0, 0, -1
    if low == "ms":
        return 1e-3, 0, 1
    if low.startswith(("byte",)) or unit == "B":
        return 1.0, 1, 0
    if low.startswith("bit"):
        return 0.125, 1, 0
    if low[:1] in "kmgtpe" and "b" in low[:3]:
        return _sized(unit)
    return _span(low), 0, 1


def _sized(unit: str) -> tuple[float, int, int]:
    low = unit.lower()
    scale = _PREFIX[low[0]]
    is_bits = (
        "bit" in low
        or (low.endswith("bps") and unit[1:2] == "b")
        or (len(unit) == 2 and unit[1] == "b" and unit[0] in "MGT")
    )
    is_rate = low.endswith(("ps", "it/s", "its/s"))
    return scale * (0.125 if is_bits else 1.0), 1, -1 if is_rate else 0


def _span(word: str) -> float:
    low = word.lower()
    if low.startswith("mo"):
        return _SPANS["mo"]
    return _SPANS[low[0]]
