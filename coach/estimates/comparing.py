"""Whether a stated result is what its calculation comes to, the way people write: with units left out, a day of
100 000 seconds, a KB of 1024 bytes. Called wrong only what is wrong in every such reading.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from coach.estimates.amount import Amount, AmountError, factor_of
from coach.estimates.slips import CONVERSIONS, Slip, ratio_near, slip_of
from coach.estimates.tree import (
    Node,
    Number,
    Reading,
    calculate,
    factors,
    mapped,
    numbers,
    settle,
)
from coach.estimates.units import DIMS, FIRST_TIME, NO_DIMS, TO_BASE

Verdict = Literal["right", "wrong", "unchecked"]

_CLOSE, _CLOSE_ABOUT = 0.05, 0.10
_FAR, _FAR_ABOUT = 0.12, 0.25
"""Off by more than this share is wrong; between close and far nothing is said."""
_WIDEST_ROUNDING = 0.17
_SAME_CONVERSION = 1.2
_MOST_CONSTANTS = 6
_MOST_BS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """`expected` is the right value in the unit of the stated one; None when that cannot be said."""

    verdict: Verdict
    slip: Slip | None = None
    expected: Amount | None = None


_NO_SHARE = 1000
"""No share of one thing is as much; the result is of another."""

UNCHECKED = Comparison("unchecked")


@dataclass(frozen=True, slots=True)
class _Expectation:
    """A value the stated one may have, in its unit. `is_sure`: by nothing but what was written."""

    value: Amount
    is_sure: bool


def compare(
    left: Node, right: Number, *, label: tuple[int, ...] = NO_DIMS, stated_label: tuple[int, ...] = NO_DIMS
) -> Comparison:
    """Compare the calculation `left` with the result `right`.

    `label` and `stated_label` are times that stand elsewhere in the line: `42M a day => 42M / 86400`.
    """
    sure: Amount | None = None
    seen = False
    best = _WRONG
    for reading in _readings(left, right):
        try:
            stated = _labelled(calculate(right, reading), stated_label)
            for tree in _variants(left):
                for one in _expectations(tree, stated, reading, label, right.unit_factor):
                    sure = sure or (one.value if one.is_sure else None)
                    best = min(best, _error(one.value, stated, right))
                    seen = True
        except AmountError:
            continue
    if seen and best == _RIGHT:
        return Comparison("right", expected=sure)
    if sure is None or best == _NEAR:
        return UNCHECKED
    stated = _labelled(calculate(right, next(_readings(left, right))), stated_label)
    if _is_share_of_more(sure, stated):
        return UNCHECKED
    return Comparison("wrong", slip_of(left, sure, stated), sure)


def _is_share_of_more(sure: Amount, stated: Amount) -> bool:
    """`1/3 = 33M`: a share of something that is not written here."""
    return not any(sure.dims) and sure.high < 1 and stated.low >= _NO_SHARE


def _readings(left: Node, right: Number) -> Iterator[Reading]:
    plain = replace(settle(left, is_sized=any(right.dims[:FIRST_TIME])), fills_units=True)
    yield plain
    all_of = [*numbers(left), right]
    if any(one.power_of_1000 for one in all_of):
        yield replace(plain, is_binary=True)
    tight = [one.start for one in all_of if one.b == "tight"][:_MOST_BS]
    for count in range(len(tight) + 1):
        for chosen in combinations(tight, count):
            yield replace(plain, bytes_at=frozenset(chosen))


def _variants(left: Node) -> Iterator[Node]:
    """As written; and with `86400 s` as the bare number of seconds of a day, `mb` as bits."""
    yield left
    stripped = mapped(left, _without_time)
    if stripped != left:
        yield stripped
    loose = mapped(left, _as_bits)
    if loose != left:
        yield loose


def _without_time(one: Number) -> Number:
    times = one.dims[FIRST_TIME:]
    is_span = sorted(times)[-1] == 1 and sum(map(abs, times)) == 1 and not any(one.dims[:FIRST_TIME])
    return replace(one, dims=NO_DIMS) if is_span and one.low in CONVERSIONS else one


def _as_bits(one: Number) -> Number:
    if not one.is_loose or one.dims[0] != 1:
        return one
    return replace(one, dims=(0, 1, *one.dims[FIRST_TIME:]))


def _labelled(amount: Amount, label: tuple[int, ...]) -> Amount:
    if any(amount.dims[FIRST_TIME:]) or not any(label):
        return amount
    return amount._replace(dims=(*amount.dims[:FIRST_TIME], *label[FIRST_TIME:]))


def _expectations(
    left: Node, stated: Amount, reading: Reading, label: tuple[int, ...], unit_factor: float
) -> Iterator[_Expectation]:
    """What `stated` should be, surest first."""
    amount = _labelled(calculate(left, reading), label)
    constants = [
        (one.low, power)
        for one, power in factors(left)
        if isinstance(one, Number) and one.is_bare and not one.is_scaled
    ] + [
        (one.low, power)
        for one, power in factors(left)
        if isinstance(one, Number) and one.is_bare and one.is_scaled and one.low in CONVERSIONS
    ]
    sizes = list(_sizes(amount, stated, constants))
    if not amount.size and stated.size and unit_factor != 1:
        sizes.append((unit_factor, False))
    spans = list(_times(amount, stated, constants))
    for size, size_is_sure in sizes:
        for span, span_is_sure in spans:
            value = Amount(amount.low * size * span, amount.high * size * span, stated.dims)
            yield _Expectation(value, size_is_sure and span_is_sure)


def _sizes(
    amount: Amount, stated: Amount, constants: list[tuple[float, int]]
) -> Iterator[tuple[float, bool]]:
    """Factors from the sizes of one to those of the other."""
    if amount.size != stated.size:
        if not amount.size or not stated.size:
            yield 1.0, False
        return
    mine, theirs = amount.dims[:FIRST_TIME], stated.dims[:FIRST_TIME]
    factor = 0.125 ** (mine[1] - theirs[1])
    eight = 8.0 if factor == 8.0 else 0.125
    has_eight = factor != 1 and any(value == 8.0 and (8.0**power) == eight for value, power in constants)
    if has_eight:
        yield 1.0, True
    yield factor, not has_eight


def _times(
    amount: Amount, stated: Amount, constants: list[tuple[float, int]]
) -> Iterator[tuple[float, bool]]:
    """Factors from the times of one to those of the other, with the conversions that were written out."""
    mine, theirs = amount.dims[FIRST_TIME:], stated.dims[FIRST_TIME:]
    spans = [(value, power) for value, power in constants if value in CONVERSIONS][:_MOST_CONSTANTS]
    if mine == theirs:
        yield 1.0, True
        return
    if any(mine) and any(theirs):
        if amount.time == stated.time:
            yield from _converted(mine, theirs, spans)
        return
    if any(mine) and amount.time == 0:
        yield _factor(mine), True
        yield 1.0, False
    elif any(mine):
        yield from _total(mine, spans)
    else:
        yield 1.0, True
        if not spans:
            day = DIMS.index("day") - FIRST_TIME
            for power in (amount.time, stated.time):
                yield TO_BASE[day + FIRST_TIME] ** power / _factor(theirs), False


def _converted(
    mine: tuple[int, ...], theirs: tuple[int, ...], spans: list[tuple[float, int]]
) -> Iterator[tuple[float, bool]]:
    factor = _factor(mine) / _factor(theirs)
    if _writes_out(factor, spans):
        yield 1.0, True
        yield factor, False
    elif spans and not ratio_near(factor, 1.0):
        written = math.prod(value**power for value, power in spans)
        yield factor / written, True
        yield factor, False
    else:
        yield factor, True


def _total(mine: tuple[int, ...], spans: list[tuple[float, int]]) -> Iterator[tuple[float, bool]]:
    """From a rate to an amount over a time nobody wrote."""
    per_day = mine[DIMS.index("day") - FIRST_TIME] == -1
    written = {value for value, _ in spans}
    if per_day and 12.0 in written and not written & {7.0, 30.0, 31.0, 52.0, 360.0, 365.0, 366.0}:
        yield 365 / 12, True
        return
    yield 1.0, True
    if not spans:
        power = sum(mine)
        for span in ("s", "day", "month", "year"):
            yield _factor(mine) / TO_BASE[DIMS.index(span)] ** power, False


def _factor(times: tuple[int, ...]) -> float:
    return factor_of((0, 0, *times))


def _writes_out(factor: float, spans: list[tuple[float, int]]) -> bool:
    """Whether some of the constants together are the conversion."""
    return any(
        max(product / factor, factor / product) <= _SAME_CONVERSION
        for count in range(1, len(spans) + 1)
        for chosen in combinations(spans, count)
        if (product := math.prod(value**power for value, power in chosen)) > 0
    )


_RIGHT, _NEAR, _WRONG = 0, 1, 2


def _error(expected: Amount, stated: Amount, right: Number) -> int:
    """Whether `stated` is right within its rounding, near, or wrong."""
    return max(
        _off(expected.low, stated.low, stated, right),
        _off(expected.high, stated.high, stated, right),
    )


def _off(expected: float, stated: float, whole: Amount, right: Number) -> int:
    if expected == stated:
        return _RIGHT
    if expected == 0 or stated == 0 or (expected < 0) != (stated < 0):
        return _WRONG
    off = abs(math.log(stated / expected))
    close, far = (_CLOSE_ABOUT, _FAR_ABOUT) if right.is_about else (_CLOSE, _FAR)
    step = right.step * (stated / right.low if right.low else 1.0) / abs(expected)
    is_whole = not any(whole.dims) and stated.is_integer() and stated == math.ceil(expected * (1 - 1e-9))
    if is_whole or off <= max(close, min(step / 2, _WIDEST_ROUNDING)) + 1e-9:
        return _RIGHT
    return _NEAR if off <= max(far, min(step, _WIDEST_ROUNDING)) else _WRONG
