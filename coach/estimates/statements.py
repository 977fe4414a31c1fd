"""Every estimate a text states, checked: what was written, what it comes to, and what went wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coach.estimates.amount import Amount
from coach.estimates.calculations import Calculation, Reader
from coach.estimates.comparing import Verdict
from coach.estimates.quantity import Quantity
from coach.estimates.saying import say_amount
from coach.estimates.slips import Slip
from coach.estimates.stated import stated
from coach.estimates.tree import Number
from coach.estimates.units import DIMS, FIRST_TIME, TO_BASE
from coach.estimates.wording import plain

_SCALES = {1e3: "k", 1e6: "M", 1e9: "G", 1e12: "T"}
_PREFIXES = {1.0: "", 1e3: "K", 1e6: "M", 1e9: "G", 1e12: "T", 1e15: "P", 1e18: "E"}
_BINARY = {1024.0: "Ki", 1024.0**2: "Mi", 1024.0**3: "Gi", 1024.0**4: "Ti", 1024.0**5: "Pi"}
_SHORT = {"ms": "ms", "s": "s", "minute": "min", "hour": "hour", "day": "day", "week": "week"}
_LONGEST_TEXT = 200
_SAYS: dict[Slip, str] = {
    "bits_bytes": "bits and bytes were mixed up: a byte has 8 bits",
    "thousand": "off by a factor of a thousand or more: count the k, M, G and T",
    "day_second": "the time was converted wrongly: a day has 86 400 s, a month 30 days, a year 365",
    "power": "off by a power of ten: count the zeros",
    "plain": "the arithmetic does not come out",
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate on a line. `recomputed` is None where nothing could be recomputed.

    `quantity` is the stated result in base units, `off_by` how many times too large (or, below 1, too small) it is.
    """

    line: int
    text: str
    stated: str
    recomputed: str | None
    finding: Verdict
    why: str | None
    slip: Slip | None = None
    quantity: Quantity | None = None
    off_by: float = 1.0
    operands: tuple[int, int] = (0, 0)
    """Where on its line stands what goes into it."""
    result: tuple[int, int] = (0, 0)
    """Where on its line stands what comes out of it."""


def estimates(lines: Iterable[tuple[int, str]]) -> Iterator[Estimate]:
    """The estimates of numbered lines, in order; names of earlier lines are known in later ones."""
    reader = Reader()
    for number, written in lines:
        text = plain(written)
        found = reader.read(text)
        checked = [_checked(number, text, one) for one in found]
        spans = [(one.start, one.end) for one in found]
        yield from checked
        yield from _alone(number, text, spans)


def _checked(line: int, text: str, one: Calculation) -> Estimate:
    found, right = one.found, one.right
    stated_amount = Amount(right.low, right.high, right.dims)
    off_by = 1.0
    if found.verdict == "wrong" and found.expected is not None and found.expected.middle:
        off_by = stated_amount.middle / found.expected.middle
    return Estimate(
        line=line,
        text=_stretch(text, one.start, one.end),
        stated=say_like(stated_amount, right),
        recomputed=None if found.expected is None else say_like(found.expected, right),
        finding=found.verdict,
        why=None if found.slip is None else _SAYS[found.slip],
        slip=found.slip,
        quantity=stated_amount.quantity(),
        off_by=off_by,
        operands=one.operands,
        result=(one.right.start, one.right.end),
    )


def _alone(line: int, text: str, spans: list[tuple[int, int]]) -> Iterator[Estimate]:
    """Rates and sizes nobody shows the calculation of."""
    for one in stated(text):
        is_shown = any(start < one.end and one.start < end for start, end in spans)
        if not is_shown and (one.quantity.size or one.quantity.time == -1):
            yield Estimate(
                line=line,
                text=_stretch(text, one.start, one.end),
                stated=str(one.quantity),
                recomputed=None,
                finding="unchecked",
                why=None,
                quantity=one.quantity,
            )


def _stretch(text: str, start: int, end: int) -> str:
    return text[start:end].strip()[:_LONGEST_TEXT]


def say_like(amount: Amount, model: Number) -> str:
    """`amount` with four digits in the unit `model` was written in; in another one where that would be unreadable."""
    scale = model.scale if model.scale in _SCALES else 1.0
    shown = Amount(amount.low / (scale * model.unit_factor), amount.high / (scale * model.unit_factor))
    top = max(abs(shown.low), abs(shown.high))
    if not (0.1 <= top < 1e5) and not (model.low == amount.low and top < 1e7):
        return say_amount(Amount(amount.low, amount.high, model.dims))
    unit = f"{_SCALES.get(scale, '')}{_unit(model)}"
    value = _four(shown.low) if shown.low == shown.high else f"{_four(shown.low)}-{_four(shown.high)}"
    if model.is_percent:
        return f"{_four(shown.low * 100)} %"
    return f"{value} {unit}".strip()


def _four(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _unit(model: Number) -> str:
    dims = model.dims
    text = ""
    if dims[0] == 1 or dims[1] == 1:
        base = "B" if dims[0] else "bit"
        prefix = _PREFIXES.get(model.unit_factor, _BINARY.get(model.unit_factor, ""))
        text = f"{prefix}{base}"
    for number in range(FIRST_TIME, len(DIMS)):
        name = _SHORT.get(DIMS[number], DIMS[number])
        if dims[number] == -1:
            text += f"/{name}"
        elif dims[number] == 1:
            text += name if TO_BASE[number] <= 1 else f"{name}s"
    return text
