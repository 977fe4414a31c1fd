"""A calculated amount: from `low` to `high`, in the units it was written in."""

import math
from collections.abc import Callable
from typing import NamedTuple

from coach.estimates.quantity import Quantity
from coach.estimates.units import FIRST_TIME, NO_DIMS, TO_BASE

_LARGEST = 1e300
_KINDS = {(0, 0): "a count", (1, 0): "a size", (0, 1): "a time", (0, -1): "a rate", (1, -1): "a data rate"}


class AmountError(ValueError):
    """What cannot be calculated; the message is for the person who typed it."""


class Amount(NamedTuple):
    """A range of values, most often of one; `dims` are the powers of `units.DIMS`."""

    low: float
    high: float
    dims: tuple[int, ...] = NO_DIMS

    @property
    def size(self) -> int:
        """The power of bytes or bits."""
        return sum(self.dims[:FIRST_TIME])

    @property
    def time(self) -> int:
        """The power of seconds, minutes, days, ... together."""
        return sum(self.dims[FIRST_TIME:])

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    @property
    def kind(self) -> str:
        """What it measures, in words: `a size`, `a rate`."""
        return _KINDS.get((self.size, self.time), "another kind of thing")

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def base(self) -> "Amount":
        """The same in bytes and seconds."""
        if not any(self.dims):
            return self
        factor = factor_of(self.dims)
        size, time = self.size, self.time
        dims = (size, 0, 0, time, *NO_DIMS[FIRST_TIME + 2 :])
        return Amount(self.low * factor, self.high * factor, dims)

    def quantity(self, *, at: float | None = None) -> Quantity:
        """In base units; of a range its middle, or `at`."""
        factor = factor_of(self.dims)
        return Quantity((self.middle if at is None else at) * factor, self.size, self.time)


def factor_of(dims: tuple[int, ...]) -> float:
    """What units to these powers are in bytes and seconds."""
    factor = 1.0
    for number, power in enumerate(dims):
        if power:
            factor *= TO_BASE[number] ** power
    return factor


def times(left: Amount, right: Amount) -> Amount:
    """The product."""
    return _span(left, right, lambda a, b: a * b, _plus(left.dims, right.dims))


def over(left: Amount, right: Amount) -> Amount:
    """The quotient; `AmountError` when it may be by zero."""
    if right.low <= 0 <= right.high:
        raise AmountError("this divides by zero")
    return _span(left, right, lambda a, b: a / b, _minus(left.dims, right.dims))


def plus(left: Amount, right: Amount, *, sign: int = 1) -> Amount:
    """The sum, or with `sign` -1 the difference; `AmountError` when the two measure different things."""
    left, right = alike(left, right, "added" if sign > 0 else "subtracted")
    ends = (right.low, right.high) if sign > 0 else (-right.high, -right.low)
    return checked(left.low + ends[0], left.high + ends[1], left.dims)


def alike(left: Amount, right: Amount, done: str) -> tuple[Amount, Amount]:
    """Both in units they share; `AmountError` says what clashes."""
    if left.dims == right.dims:
        return left, right
    if (left.size, left.time) != (right.size, right.time):
        raise AmountError(f"{left.kind} and {right.kind} cannot be {done}")
    factor = factor_of(right.dims) / factor_of(left.dims)
    return left, Amount(right.low * factor, right.high * factor, left.dims)


def power(left: Amount, right: Amount) -> Amount:
    """`left` to the power `right`, which has no unit; bounded, so that no line costs time."""
    if any(right.dims):
        raise AmountError("a power has no unit")
    if any(left.dims):
        if right.is_range or not right.low.is_integer() or abs(right.low) > 4:
            raise AmountError("a unit takes whole powers up to 4")
        dims = tuple(int(right.low) * one for one in left.dims)
    else:
        dims = left.dims
    ends = [_power(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return checked(min(ends), max(ends), dims)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise AmountError("this divides by zero")
    if base < 0 and not exponent.is_integer():
        raise AmountError("this has no real result")
    if base and abs(exponent) * abs(math.log10(abs(base))) > 299:
        raise AmountError("this is too large to calculate")
    return float(base**exponent)


def _span(left: Amount, right: Amount, of: Callable[[float, float], float], dims: tuple[int, ...]) -> Amount:
    if left.low == left.high and right.low == right.high:
        value = of(left.low, right.low)
        return checked(value, value, dims)
    ends = [of(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    return checked(min(ends), max(ends), dims)


def checked(low: float, high: float, dims: tuple[int, ...]) -> Amount:
    """An amount that is a number within bounds; `AmountError` otherwise."""
    if not (-_LARGEST < low < _LARGEST and -_LARGEST < high < _LARGEST):
        raise AmountError("this is too large to calculate")
    return Amount(low, high, dims)


def _plus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    if other is NO_DIMS:
        return one
    if one is NO_DIMS:
        return other
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _minus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    if other is NO_DIMS:
        return one
    return tuple(a - b for a, b in zip(one, other, strict=True))
