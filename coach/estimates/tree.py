"""What was written, as a tree that can be calculated in more than one reading."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce

from coach.estimates.amount import Amount, AmountError, alike, checked, over, plus, power, times
from coach.estimates.units import NO_DIMS


@dataclass(frozen=True, slots=True)
class Reading:
    """How the ambiguous is read: KB as 1024 B, a `B` right behind a number as bytes."""

    is_binary: bool = False
    bytes_at: frozenset[int] = frozenset()
    """Where the numbers begin whose glued `B` means bytes."""
    fills_units: bool = False
    """Whether a bare number takes the unit of what it is added to: `7 + 2048 + 4 bytes`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its units. `step` is one unit of its last written digit."""

    low: float
    high: float
    step: float
    dims: tuple[int, ...] = NO_DIMS
    power_of_1000: int = 0
    b: str = ""
    scale: float = 1.0
    """What its k or million multiplies by."""
    is_loose: bool = False
    is_percent: bool = False
    is_about: bool = False
    is_money: bool = False
    unit_factor: float = 1.0
    """What its size unit multiplies by: 1e9 of GB."""
    noun: str = ""
    """What is counted: `users`."""
    has_x: bool = False
    start: int = 0
    end: int = 0

    @property
    def is_scaled(self) -> bool:
        return self.scale != 1.0

    @property
    def is_unit(self) -> bool:
        """Whether it is a unit alone, as in `20 / day`."""
        return self.step == 0.0

    @property
    def is_bare(self) -> bool:
        """Whether nothing was written behind it."""
        return not any(self.dims) and not self.b and not self.is_percent


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that stands for an amount."""

    name: str
    amount: Amount
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Binary:
    """`left` `op` `right` with op one of + - * / ^."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    inner: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple["Node", ...] = field(default=())


Node = Number | Ref | Binary | Negative | Call

FUNCTIONS = ("ceil", "floor", "round", "sqrt", "log2", "log10", "min", "max")
PLAIN = Reading()
_FEWEST_BYTES = 16
_SIZED_THINGS = frozenset(
    """id ids key keys record row entry header hash timestamp field value text url message string pointer int payload
    tweet metadata link bytes""".split()
)


def calculate(node: Node, reading: Reading = PLAIN) -> Amount:
    """The amount a tree comes to; `AmountError` says why it comes to none."""
    match node:
        case Number():
            return _number(node, reading)
        case Ref(amount=amount):
            return amount
        case Negative(inner=inner):
            one = calculate(inner, reading)
            return Amount(-one.high, -one.low, one.dims)
        case Binary(left=left, right=right):
            return _binary(node, calculate(left, reading), calculate(right, reading), reading)
        case Call(name=name, args=args):
            return _call(name, [calculate(one, reading) for one in args])


def _number(node: Number, reading: Reading) -> Amount:
    factor, dims = 1.0, node.dims
    if node.b:
        if reads_as_bytes(node, reading):
            dims = (dims[0] + 1, *dims[1:])
        else:
            factor = 1e9
    if reading.is_binary and node.power_of_1000:
        factor *= 1.024**node.power_of_1000
    return checked(node.low * factor, node.high * factor, dims)


def reads_as_bytes(node: Number, reading: Reading) -> bool:
    """`500 B`, `16 B entry` and `500B` in a reading that says so; `2 B users` and `1B/day` are billions."""
    if node.b == "tight":
        return node.start in reading.bytes_at
    return not node.noun or node.noun in _SIZED_THINGS or node.low >= _FEWEST_BYTES


def settle(node: Node, *, is_sized: bool = False) -> Reading:
    """The reading of a `B` right behind a number: bytes where a size is wanted (`is_sized`) or a rate stands beside it.

    No size stands there otherwise, and the number is one that records have.
    """
    all_of = list(numbers(node))
    tight = [one for one in all_of if one.b == "tight"]
    others = [one for one in all_of if one.b != "tight"]
    amounts = [one.dims for one in others] + [one.dims for one in _refs(node)]
    if not tight or any(dims[0] or dims[1] for dims in amounts) or any(one.b for one in others):
        return PLAIN
    has_rate = any(sum(dims[2:]) < 0 for dims in amounts)
    could_be = [
        one
        for one in tight
        if one.low >= _FEWEST_BYTES and one.low.is_integer() and not (any(one.dims) or one.noun)
    ]
    # A billion of a billion is nothing anybody counts: the last of two is what each one takes.
    if could_be and (is_sized or has_rate or len(tight) > 1):
        return Reading(bytes_at=frozenset({could_be[-1].start}))
    return PLAIN


def _refs(node: Node) -> Iterator[Amount]:
    match node:
        case Ref(amount=amount):
            yield amount
        case Binary(left=left, right=right):
            yield from _refs(left)
            yield from _refs(right)
        case Negative(inner=inner):
            yield from _refs(inner)
        case Call(args=args):
            for one in args:
                yield from _refs(one)
        case Number():
            return


def _binary(node: Binary, left: Amount, right: Amount, reading: Reading) -> Amount:
    op = node.op
    match op:
        case "*":
            return times(left, right)
        case "/":
            return over(left, right)
        case "^":
            return power(left, right)
    if isinstance(node.right, Number) and node.right.is_percent:
        # People who add 25 % mean a quarter more.
        one = Amount(1.0, 1.0)
        return times(left, plus(one, right, sign=1 if op == "+" else -1))
    if reading.fills_units and any(left.dims) != any(right.dims):
        dims = left.dims if any(left.dims) else right.dims
        left, right = Amount(left.low, left.high, dims), Amount(right.low, right.high, dims)
    return plus(left, right, sign=1 if op == "+" else -1)


def _call(name: str, args: list[Amount]) -> Amount:
    if name in ("min", "max"):
        if not args:
            raise AmountError(f"{name} needs something to choose from")
        first = args[0]
        same = [first, *(alike(first, one, "compared")[1] for one in args[1:])]
        choose = min if name == "min" else max
        return Amount(choose(one.low for one in same), choose(one.high for one in same), first.dims)
    if len(args) != 1:
        raise AmountError(f"{name} takes one number")
    only = args[0].base()
    if any(only.dims) and name in ("log2", "log10", "sqrt"):
        raise AmountError(f"{name} takes a number without a unit")
    whole: Mapping[str, Callable[[float], float]] = {"ceil": _ceil, "floor": math.floor, "round": round}
    of: Mapping[str, Callable[[float], float]] = {"log2": math.log2, "log10": math.log10, "sqrt": math.sqrt}
    try:
        if name in whole:
            return (
                Amount(float(whole[name](args[0].low)), float(whole[name](args[0].high)), args[0].dims)
                if any(only.dims)
                else Amount(float(whole[name](only.low)), float(whole[name](only.high)))
            )
        return Amount(of[name](only.low), of[name](only.high))
    except ValueError as error:
        raise AmountError(f"{name} needs a number above zero") from error


def _ceil(value: float) -> float:
    # 684.0000000001 is 684 that met floating point.
    return float(math.ceil(value * (1 - 1e-12)))


def numbers(node: Node) -> Iterator[Number]:
    """The numbers of a tree, left to right."""
    match node:
        case Number():
            yield node
        case Binary(left=left, right=right):
            yield from numbers(left)
            yield from numbers(right)
        case Negative(inner=inner):
            yield from numbers(inner)
        case Call(args=args):
            for one in args:
                yield from numbers(one)
        case Ref():
            return


def mapped(node: Node, of: Callable[[Number], Number]) -> Node:
    """`node` with `of` done to each of its numbers."""
    match node:
        case Number():
            return of(node)
        case Binary(op=op, left=left, right=right):
            return Binary(op, mapped(left, of), mapped(right, of))
        case _:
            return node


def factors(node: Node, exponent: int = 1) -> Iterator[tuple[Node, int]]:
    """The factors of a product and whether they multiply (1) or divide (-1)."""
    match node:
        case Binary(op="*", left=left, right=right):
            yield from factors(left, exponent)
            yield from factors(right, exponent)
        case Binary(op="/", left=left, right=right):
            yield from factors(left, exponent)
            yield from factors(right, -exponent)
        case _:
            yield node, exponent


def has_operator(node: Node) -> bool:
    """Whether anything is calculated: not a number alone, nor one to a power as in 10^9."""
    return isinstance(node, Binary | Call)


def product(nodes: list[Node]) -> Node:
    """All of them multiplied."""
    return reduce(lambda a, b: Binary("*", a, b), nodes)
