"""What went wrong in a calculation: bits for bytes, thousands, times, powers of ten, or anything else."""

import math
from typing import Literal

from coach.estimates.amount import Amount, AmountError
from coach.estimates.tree import Binary, Node, calculate, has_operator, numbers
from coach.estimates.units import FIRST_TIME

Slip = Literal["bits_bytes", "thousand", "day_second", "power", "plain"]
"""What went wrong: bits for bytes; a thousand or more; the conversion of a time; a power of ten; anything else."""

CONVERSIONS = (
    7.0,
    12.0,
    24.0,
    28.0,
    30.0,
    31.0,
    52.0,
    60.0,
    360.0,
    365.0,
    366.0,
    1440.0,
    3600.0,
    86_400.0,
    86_000.0,
    90_000.0,
    100_000.0,
    2.5e6,
    2.6e6,
    2.592e6,
    3e7,
    3.15e7,
    31.5e6,
    31.536e6,
)
"""Numbers that turn one time into another when they are written out."""
_TIME_RATIOS = (7, 12, 24, 30, 30.4, 60, 365, 720, 1440, 3600, 8760, 86_400, 2_592_000, 31_536_000)
_THOUSANDS = tuple(base**power for base in (1000.0, 1024.0) for power in (-4, -3, -2, -1, 1, 2, 3, 4))
_TENS = tuple(10.0**power for power in range(-11, 12))
_SAME_RATIO = 0.08


def slip_of(left: Node, expected: Amount, stated: Amount) -> Slip:
    """The kind of slip that turns `expected`, what `left` comes to, into `stated`."""
    ratio = stated.middle / expected.middle if expected.middle else math.inf
    if ratio <= 0 or not math.isfinite(ratio):
        return "plain"
    kinds: tuple[tuple[Slip, bool], ...] = (
        ("bits_bytes", _is_sized(left, stated) and _is_any(ratio, (8.0, 0.125))),
        ("power", _is_other_power(left, stated)),
        ("thousand", _is_any(ratio, _THOUSANDS)),
        (
            "day_second",
            _is_timed(left, stated) and (_is_any(ratio, _TIME_RATIOS) or _is_any(1 / ratio, _TIME_RATIOS)),
        ),
        ("power", _is_any(ratio, _TENS)),
    )
    return next((kind for kind, holds in kinds if holds), "plain")


def _is_any(ratio: float, wanted: tuple[float, ...]) -> bool:
    return any(ratio_near(ratio, one) for one in wanted)


def _is_sized(left: Node, stated: Amount) -> bool:
    return any(stated.dims[:FIRST_TIME]) or any(any(one.dims[:FIRST_TIME]) for one in numbers(left))


def _is_timed(left: Node, stated: Amount) -> bool:
    if any(stated.dims[FIRST_TIME:]):
        return True
    return any(any(one.dims[FIRST_TIME:]) or one.low in CONVERSIONS for one in numbers(left))


def _is_other_power(left: Node, stated: Amount) -> bool:
    """`62^6` worked out where `62^7` was written."""
    if not (isinstance(left, Binary) and left.op == "^" and not has_operator(left.left)):
        return False
    try:
        base, exponent = calculate(left.left).low, calculate(left.right).low
        return base > 1 and any(
            ratio_near(stated.low / base ** (exponent + more), 1.0) for more in (-3, -2, -1, 1, 2, 3)
        )
    except (AmountError, OverflowError):
        return False


def ratio_near(ratio: float, wanted: float) -> bool:
    """Whether a ratio is `wanted` but for rounding."""
    return abs(math.log(ratio / wanted)) <= _SAME_RATIO if ratio > 0 else False
