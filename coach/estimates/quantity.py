"""Numbers with units: read from prose, computed from formulas, said as a person would.

Decimal units throughout (KB = 1000 B), a day is 86 400 s, a month 30 days, a year 365 days.
Two base dimensions carry everything a capacity estimate needs: bytes and seconds; counts have none.
"""

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

_MULTIPLIERS = {
    "": 1.0,
    "k": 1e3,
    "m": 1e6,
    "g": 1e9,
    "b": 1e9,
    "t": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
}
_SIZES = {"B": 1.0, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "EB": 1e18}
_TIMES = {
    "s": 1.0,
    "minute": 60.0,
    "hour": 3600.0,
    "day": 86_400.0,
    "week": 604_800.0,
    "month": 2_592_000.0,
    "year": 31_536_000.0,
}
_LONGEST_FORMULA = 400


class QuantityError(ValueError):
    """A quantity or formula that cannot be read; the message says which part."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in base units: bytes to the power `size`, seconds to the power `time`."""

    value: float
    size: int = 0
    time: int = 0

    def has_unit_of(self, other: "Quantity") -> bool:
        """Whether both measure the same kind of thing."""
        return (self.size, self.time) == (other.size, other.time)

    def is_near(self, other: "Quantity", *, factor: float) -> bool:
        """Whether the two agree within `factor` either way (2.0: from half to double)."""
        if not self.has_unit_of(other) or self.value <= 0 or other.value <= 0:
            return False
        ratio = self.value / other.value
        return 1 / factor <= ratio <= factor

    def __str__(self) -> str:
        return say(self)


UNITS: dict[str, Quantity] = (
    {name: Quantity(value, size=1) for name, value in _SIZES.items()}
    | {"bit": Quantity(0.125, size=1)}
    | {name: Quantity(value, time=1) for name, value in _TIMES.items()}
)
"""Unit names a formula may use."""


def parse(text: str) -> Quantity:
    """One authored quantity such as `100 M/month`, `500 B`, `39 /s`, `3.5 T`; `QuantityError` when it is none."""
    match = re.fullmatch(
        r"\s*(?P<number>\d[\d ,_]*(?:\.\d+)?)\s*(?P<multiplier>[kKMGT]?)\s*(?P<unit>[A-Za-z]*)\s*(?:/\s*(?P<per>[A-Za-z]+))?\s*",
        text,
    )
    if match is None:
        raise QuantityError(
            f"'{text}' is no quantity; write a number, k M G or T, a unit and /time: 4.6 k/s, 500 B"
        )
    value = float(re.sub(r"[ ,_]", "", match["number"]))
    multiplier, unit = match["multiplier"], match["unit"]
    if multiplier and unit and multiplier + unit in UNITS:
        multiplier, unit = "", multiplier + unit
    result = Quantity(value * _MULTIPLIERS[multiplier.lower()])
    if unit:
        result = _times(result, _unit(unit, text))
    if match["per"]:
        result = _over(result, _unit(match["per"], text))
    return result


def _unit(name: str, text: str) -> Quantity:
    if name not in UNITS:
        raise QuantityError(f"'{name}' in '{text}' is no unit; there is {', '.join(UNITS)}")
    return UNITS[name]


def evaluate(formula: str, names: Mapping[str, Quantity]) -> Quantity:
    """The result of arithmetic over `names` and `UNITS`; `QuantityError` says what is unknown or clashes."""
    if len(formula) > _LONGEST_FORMULA:
        raise QuantityError(f"a formula of {len(formula)} characters is too long")
    try:
        tree = ast.parse(formula, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise QuantityError(f"'{formula}' is no arithmetic") from error
    try:
        return _compute(tree, {**UNITS, **names})
    except (OverflowError, ZeroDivisionError) as error:
        raise QuantityError(f"'{formula}' divides by zero or grows without bound") from error


def _compute(node: ast.expr, names: Mapping[str, Quantity]) -> Quantity:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Quantity(float(number))
        case ast.Name(id=name):
            if name not in names:
                raise QuantityError(f"'{name}' is neither an input, an earlier reference nor a unit")
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            one = _compute(inner, names)
            return Quantity(-one.value, one.size, one.time)
        case ast.BinOp(left=left, op=operator, right=right):
            return _combine(operator, _compute(left, names), _compute(right, names))
        case ast.Call(func=ast.Name(id="ceil"), args=[only], keywords=[]):
            one = _compute(only, names)
            return Quantity(math.ceil(one.value), one.size, one.time)
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_, _, *_] as args, keywords=[]):
            values = [_compute(one, names) for one in args]
            for one in values[1:]:
                _must_agree(values[0], one, name)
            return (min if name == "min" else max)(values, key=lambda one: one.value)
        case _:
            raise QuantityError(
                f"'{ast.unparse(node)}' is not allowed; use names, numbers, + - * / ** ( ) min max ceil"
            )


def _combine(operator: ast.operator, left: Quantity, right: Quantity) -> Quantity:
    match operator:
        case ast.Mult():
            return _times(left, right)
        case ast.Div():
            return _over(left, right)
        case ast.Add():
            _must_agree(left, right, "+")
            return Quantity(left.value + right.value, left.size, left.time)
        case ast.Sub():
            _must_agree(left, right, "-")
            return Quantity(left.value - right.value, left.size, left.time)
        case ast.Pow():
            power = right.value
            if right.size or right.time or not power.is_integer() or abs(power) > 64:
                raise QuantityError("a power must be a whole number up to 64")
            return Quantity(left.value**power, left.size * int(power), left.time * int(power))
        case _:
            raise QuantityError("use + - * / ** only")


def _times(left: Quantity, right: Quantity) -> Quantity:
    return Quantity(left.value * right.value, left.size + right.size, left.time + right.time)


def _over(left: Quantity, right: Quantity) -> Quantity:
    return Quantity(left.value / right.value, left.size - right.size, left.time - right.time)


def _must_agree(left: Quantity, right: Quantity, what: str) -> None:
    if not left.has_unit_of(right):
        raise QuantityError(f"{what} needs two quantities of one kind, not {say(left)} and {say(right)}")


def say(quantity: Quantity) -> str:
    """Two or three significant digits in the unit a person expects: `2.3 k/s`, `250 GB/day`, `3.5 T`."""
    value, size, time = quantity.value, quantity.size, quantity.time
    per = ""
    if time == -1 and size == 1 and 0 < value < 1e7:
        value, per = value * 86_400, "/day"
    elif time == -1:
        per = "/s"
    elif time == 1 and size == 0:
        return _say_time(value)
    elif time:
        per = f" s^{time}"
    if size == 1:
        name = next((unit for unit in reversed(_SIZES) if abs(value) >= _SIZES[unit]), "B")
        return f"{_digits(value / _SIZES[name])} {name}{per}"
    for name, factor in (("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if abs(value) >= factor:
            return f"{_digits(value / factor)} {name}{per}"
    return f"{_digits(value)} {per}".strip() if per else _digits(value)


def _say_time(value: float) -> str:
    if value < 1:
        return f"{_digits(value * 1000)} ms"
    for name in ("year", "day", "hour", "minute"):
        if value >= 2 * _TIMES[name]:
            return f"{_digits(value / _TIMES[name])} {name}s"
    return f"{_digits(value)} s"


def _digits(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}" if abs(value) >= 10 else f"{value:.2g}"
