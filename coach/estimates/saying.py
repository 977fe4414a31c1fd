"""An amount in words a person expects: two or three digits, the unit they think in."""

from dataclasses import dataclass

from coach.estimates.amount import Amount, factor_of
from coach.estimates.units import DIMS, FIRST_TIME, TO_BASE

_COUNTS = (("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("", 1.0))
_BYTES = (
    ("EB", 1e18),
    ("PB", 1e15),
    ("TB", 1e12),
    ("GB", 1e9),
    ("MB", 1e6),
    ("KB", 1e3),
    ("B", 1.0),
)
_BITS = (("Pbit", 1e15), ("Tbit", 1e12), ("Gbit", 1e9), ("Mbit", 1e6), ("kbit", 1e3), ("bit", 1.0))
_TIMES = (
    ("years", 31_536_000.0),
    ("days", 86_400.0),
    ("hours", 3600.0),
    ("minutes", 60.0),
    ("s", 1.0),
    ("ms", 1e-3),
    ("µs", 1e-6),
    ("ns", 1e-9),
)
_SLOW = 1e7
"""Bytes a second below which growth is said by the day, as people do."""


@dataclass(frozen=True, slots=True)
class Target:
    """The unit a result is asked for in: `factor` of `dims`, said as `text`."""

    text: str
    factor: float
    dims: tuple[int, ...]
    is_scientific: bool = False


def say_amount(amount: Amount, target: Target | None = None) -> str:
    """`2.3 k/s`, `250 GB/day`, `8-12 k/s`; in the unit of `target` where one is given."""
    if target is not None and not target.is_scientific:
        factor = factor_of(amount.dims) / (target.factor * factor_of(target.dims))
        unit = target.text if target.text.startswith("/") else f" {target.text}"
        return _numbers(amount.low * factor, amount.high * factor, longest=6) + unit
    if target is not None:
        base = amount.base()
        return f"{_scientific(base.low, base.high)}{_base_unit(base)}"
    return _in_expected_unit(amount)


def _in_expected_unit(amount: Amount) -> str:
    base = amount.base()
    size, time = base.size, base.time
    if size == 0 and time == 0:
        return _scaled(base, _COUNTS, "", glue=" ")
    if size == 0 and time == -1:
        return _scaled(base, _COUNTS, "/s", glue=" ")
    if size == 0 and time == 1:
        return _time(base)
    if size == 1 and time in (0, -1):
        return _sized(amount, base)
    return f"{_scientific(base.low, base.high)}{_base_unit(base)}"


def _sized(amount: Amount, base: Amount) -> str:
    dims = amount.dims
    if dims[DIMS.index("bit")] and not dims[DIMS.index("byte")]:
        bits = Amount(base.low * 8, base.high * 8, base.dims)
        return _scaled(bits, _BITS, "/s" if base.time else "", glue=" ")
    if not base.time:
        return _scaled(base, _BYTES, "", glue=" ")
    written = [number for number in range(FIRST_TIME, len(DIMS)) if dims[number]]
    if len(written) == 1 and dims[written[0]] == -1:
        per = written[0]
    else:
        per = DIMS.index("day" if 0 < base.high < _SLOW else "s")
    factor = TO_BASE[per]
    return _scaled(Amount(base.low * factor, base.high * factor), _BYTES, f"/{DIMS[per]}", glue=" ")


def _time(base: Amount) -> str:
    top = max(abs(base.low), abs(base.high))
    for name, factor in _TIMES:
        if top >= (2 if factor > 1 else 0.9995) * factor or factor == 1e-9:
            return f"{_numbers(base.low / factor, base.high / factor)} {name}"
    return f"{_numbers(base.low, base.high)} s"


def _scaled(base: Amount, scales: tuple[tuple[str, float], ...], per: str, *, glue: str) -> str:
    top = float(f"{max(abs(base.low), abs(base.high)):.3g}")
    name, factor = next((one for one in scales if top >= one[1]), scales[-1])
    unit = f"{name}{per}"
    return f"{_numbers(base.low / factor, base.high / factor)}{glue if unit else ''}{unit}"


def _numbers(low: float, high: float, *, longest: int = 4) -> str:
    if low == high:
        return digits(low, longest=longest)
    return f"{digits(low, longest=longest)}-{digits(high, longest=longest)}"


def digits(value: float, *, longest: int = 4) -> str:
    """Two or three significant digits; whole numbers of up to `longest` digits in full."""
    size = abs(value)
    if size and (size >= 10.0**longest or size < 1e-3):
        return _power_of_ten(value)
    if size >= 100 or (value == int(value) and size < 10.0**longest):
        return f"{value:.0f}"
    return f"{value:.3g}" if size >= 10 else f"{float(f'{value:.2g}'):g}"


def _scientific(low: float, high: float) -> str:
    if low == high:
        return _power_of_ten(low)
    return f"{_power_of_ten(low)} to {_power_of_ten(high)}"


def _power_of_ten(value: float) -> str:
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    return f"{float(mantissa):g}e{int(exponent)}"


def _base_unit(base: Amount) -> str:
    parts = [f" {name}" + (f"^{power}" if power != 1 else "") for name, power in (("B", base.size),) if power]
    if base.time:
        parts.append("/s" if base.time == -1 else f" s^{base.time}" if base.time != 1 else " s")
    return "".join(parts)
