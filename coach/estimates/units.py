"""What the words behind a number mean: thousands and millions, bytes and bits, seconds and years.

Decimal sizes (MB = 10^6 B, MiB = 2^20 B); a minute is 60 s, a day 86 400 s, a week 7, a month 30, a year 365 days.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

DIMS: Final = ("byte", "bit", "ms", "s", "minute", "hour", "day", "week", "month", "year")
"""Units are kept as written until a result is said, so that `GB/day` stays `GB/day`."""
TO_BASE: Final = (1.0, 0.125, 1e-3, 1.0, 60.0, 3600.0, 86_400.0, 604_800.0, 2_592_000.0, 31_536_000.0)
"""What one of each is in bytes or seconds."""
FIRST_TIME: Final = 2
"""The units from here on are times, those before are sizes."""
NO_DIMS: Final = (0,) * len(DIMS)

MULTIPLIERS: Final = {
    "k": 1e3,
    "K": 1e3,
    "thousand": 1e3,
    "lakh": 1e5,
    "M": 1e6,
    "m": 1e6,
    "mil": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "milion": 1e6,
    "milions": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "crore": 1e7,
    "G": 1e9,
    "b": 1e9,
    "bn": 1e9,
    "bil": 1e9,
    "Bn": 1e9,
    "billion": 1e9,
    "billions": 1e9,
    "T": 1e12,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
    "trillions": 1e12,
}
"""`B` is left out: a billion or a byte, which only its surroundings tell."""
_PREFIX = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5, "e": 6}
_TIME_WORDS = {
    "ns": ("s", 1e-9),
    "us": ("s", 1e-6),
    "µs": ("s", 1e-6),
    "μs": ("s", 1e-6),
    "ms": ("ms", 1.0),
    "msec": ("ms", 1.0),
    "s": ("s", 1.0),
    "sec": ("s", 1.0),
    "second": ("s", 1.0),
    "min": ("minute", 1.0),
    "minute": ("minute", 1.0),
    "h": ("hour", 1.0),
    "hr": ("hour", 1.0),
    "hour": ("hour", 1.0),
    "day": ("day", 1.0),
    "wk": ("week", 1.0),
    "week": ("week", 1.0),
    "mo": ("month", 1.0),
    "mth": ("month", 1.0),
    "month": ("month", 1.0),
    "yr": ("year", 1.0),
    "year": ("year", 1.0),
    "nanosecond": ("s", 1e-9),
    "microsecond": ("s", 1e-6),
    "millisecond": ("ms", 1.0),
}
_SHORT_AFTER_PER = {"d": "day", "w": "week", "m": "minute", "y": "year", "a": "year"}
EVERY: Final = {
    "secondly": "s",
    "minutely": "minute",
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_RATES = frozenset({"qps", "rps", "tps", "wps", "iops", "ops/s", "eps"})
_LONG_SIZES = {"kilo": "k", "mega": "m", "giga": "g", "tera": "t", "peta": "p", "exa": "e"}
_GIGS = {"gig": "GB", "gigs": "GB", "meg": "MB", "megs": "MB"}
_SIZE = re.compile(
    r"(?:(?P<prefix>[kmgtpe])(?P<binary>i)?)?(?P<base>bytes?|bits?|b)(?P<rate>ps)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` of the units to the powers `dims`.

    `is_loose`: in lower case, `mb`, where people mean bytes or bits; `is_binary`: KiB. `power_of_1000`: what KB says,
    which some read as 1024.
    """

    factor: float
    dims: tuple[int, ...]
    is_loose: bool = False
    power_of_1000: int = 0


def one(dim: str, *, power: int = 1) -> tuple[int, ...]:
    """The dimensions of one unit."""
    at = DIMS.index(dim)
    return tuple(power if number == at else 0 for number in range(len(DIMS)))


def is_sized(dims: tuple[int, ...]) -> bool:
    """Whether bytes or bits are left."""
    return any(dims[:FIRST_TIME])


def is_timed(dims: tuple[int, ...]) -> bool:
    """Whether any time unit is left."""
    return any(dims[FIRST_TIME:])


@lru_cache(maxsize=2048)
def unit(word: str, *, after_per: bool = False) -> Unit | None:
    """The unit a word names, or None. `after_per`: behind `/` or `per`, where `d` is a day and `m` a minute."""
    low = word.lower()
    if after_per and low in _SHORT_AFTER_PER:
        return Unit(1.0, one(_SHORT_AFTER_PER[low]))
    name = low if low in _TIME_WORDS else low[:-1] if low.endswith("s") else ""
    if name in _TIME_WORDS and word not in ("H", "S", "MS", "MIN"):
        dim, factor = _TIME_WORDS[name]
        return Unit(factor, one(dim))
    if low in _RATES:
        return Unit(1.0, one("s", power=-1))
    if len(low) == 4 and low[0] in "km" and low[1:] in _RATES:
        return Unit(1e3 if low[0] == "k" else 1e6, one("s", power=-1))
    match = _SIZE.fullmatch(_short(word, low))
    return _size(match) if match else None


def _short(word: str, low: str) -> str:
    """`terabytes` as `tbytes`, `gigs` as `GB`."""
    if low in _GIGS:
        return _GIGS[low]
    long = next((one for one in _LONG_SIZES if low.startswith(one)), "")
    return f"{_LONG_SIZES[long]}{low[len(long) :]}" if long and low[len(long) :].startswith("b") else word


def _size(match: re.Match[str]) -> Unit | None:
    prefix, base = match["prefix"] or "", match["base"]
    low = base.lower()
    is_bare = low == "b"
    if is_bare and not prefix and base == "b" and not match["rate"]:
        return None
    is_bit = low.startswith("bit") or (is_bare and base == "b" and bool(match["rate"] or prefix.isupper()))
    power = _PREFIX[prefix.lower()]
    is_loose = is_bare and base == "b" and not match["rate"] and prefix.islower()
    factor = 1024.0**power if match["binary"] else 1000.0**power
    dims = one("bit" if is_bit else "byte")
    if match["rate"]:
        dims = tuple(a + b for a, b in zip(dims, one("s", power=-1), strict=True))
    return Unit(factor, dims, is_loose, 0 if match["binary"] else power)
