"""Results as they stand: a number, `10^12`, `1.2 x 10^6`, `230 GB / day`."""

from dataclasses import replace

from coach.estimates.amount import AmountError
from coach.estimates.tree import Binary, Node, Number, calculate, numbers, settle


def literal_of(tree: Node | None) -> Number | None:
    """The number a tree writes down without calculating; None where it calculates."""
    if tree is None or isinstance(tree, Number):
        return tree
    if not isinstance(tree, Binary):
        return None
    left, right = tree.left, tree.right
    if isinstance(right, Number) and right.is_unit and tree.op in "*/":
        return _with_unit(literal_of(left), right, sign=1 if tree.op == "*" else -1)
    if tree.op == "^":
        is_plain = isinstance(left, Number) and left.low in (2.0, 10.0)
    else:
        is_plain = tree.op == "*" and isinstance(left, Number) and isinstance(right, Binary)
        is_plain = is_plain and literal_of(right) is not None
    return _worked_out(tree) if is_plain else None


def _worked_out(tree: Binary) -> Number | None:
    try:
        amount = calculate(tree)
    except AmountError:
        return None
    whole = list(numbers(tree))
    return Number(
        amount.low,
        amount.high,
        amount.low / 10,
        amount.dims,
        scale=amount.low,
        is_about=whole[0].is_about,
        start=whole[0].start,
        end=whole[-1].end,
    )


def _with_unit(number: Number | None, unit: Number, *, sign: int) -> Number | None:
    if number is None:
        return None
    factor = unit.low**sign
    return replace(
        number,
        low=number.low * factor,
        high=number.high * factor,
        step=number.step * factor,
        dims=tuple(a + sign * b for a, b in zip(number.dims, unit.dims, strict=True)),
        unit_factor=number.unit_factor * factor,
        end=unit.end,
    )


def settled(number: Number, left: Node) -> Number:
    """A `B` behind a result as what it was read as: bytes beside a size, else a billion."""
    if not number.b:
        return number
    try:
        is_byte = calculate(left, settle(left)).size == 1
    except AmountError:
        is_byte = False
    if is_byte:
        return replace(number, b="", dims=(number.dims[0] + 1, *number.dims[1:]))
    return replace(
        number, b="", low=number.low * 1e9, high=number.high * 1e9, step=number.step * 1e9, scale=1e9
    )
