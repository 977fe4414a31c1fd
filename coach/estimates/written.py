"""A number as it was written: its percent sign, its units, what it counts, its `/s` and `per day`."""

from dataclasses import replace

from coach.estimates.cursor import ABOUT, CENTS, FRACTIONS, MONEY, MOST_NOUNS, PER, Cursor
from coach.estimates.tokens import Token
from coach.estimates.tree import Number
from coach.estimates.units import EVERY, NO_DIMS, Unit, is_sized, is_timed, one, unit

_SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
_ENDS = frozenset({"same", "close", "comma", "break", "op"})


def read_number(cursor: Cursor) -> Number:
    """The number at the cursor with all that belongs to it; the cursor moves behind it."""
    number = bare_number(cursor)
    return _ratio(cursor, number) or behind(cursor, number)


def bare_number(cursor: Cursor) -> Number:
    """The number at the cursor alone."""
    token, before = cursor.tokens[cursor.at], cursor.before()
    cursor.at += 1
    return Number(
        token.low,
        token.high,
        token.step,
        b=token.b,
        scale=token.scale,
        is_about=before is not None and (before.kind == "about" or before.text.lower() in ABOUT),
        is_money=before is not None and before.text.lower() in MONEY,
        start=token.start,
        end=token.end,
    )


def read_fraction(cursor: Cursor) -> tuple[Number, bool]:
    """`half a million` as a number; `half`, `a third of` as a share, and whether it is one that multiplies."""
    token = cursor.tokens[cursor.at]
    cursor.at += 1
    share = FRACTIONS[token.text.lower()]
    following = cursor.token()
    if following is not None and following.text.lower() in ("a", "an", "of", "the"):
        cursor.at += 1
        following = cursor.token()
    scale = _SCALES.get(following.text.lower(), 0.0) if following is not None else 0.0
    if scale:
        cursor.at += 1
        number = Number(share * scale, share * scale, share * scale / 5, scale=scale, start=token.start)
        return behind(cursor, number), False
    return Number(share, share, share / 5, has_x=True, start=token.start, end=token.end), True


def _ratio(cursor: Cursor, number: Number) -> Number | None:
    """`100:1`, where both are glued to the colon."""
    colon, last = cursor.token(), cursor.token(1)
    if colon is None or last is None or colon.kind != "colon" or last.kind != "number":
        return None
    if not (colon.is_glued and last.is_glued) or last.low == 0:
        return None
    cursor.at += 2
    return replace(number, low=number.low / last.low, high=number.high / last.low, end=last.end)


def behind(cursor: Cursor, number: Number) -> Number:
    """`number` with what stands behind it and belongs to it."""
    nouns = 0
    while (token := cursor.token()) is not None:
        if token.text == "%":
            number = _percent(number, token)
            cursor.at += 1
        elif token.text.lower() in CENTS and not nouns and not number.is_money:
            number = _cents(number, token)
            cursor.at += 1
        elif token.unit is not None and not nouns and _fits(number, token.unit):
            number = with_unit(number, token.unit, token, sign=1)
            cursor.at += 1
        elif token.text == "*" and _is_factor(cursor, token):
            cursor.at += 1
            return replace(number, has_x=True)
        elif (per := _per(cursor, token)) is not None:
            number = with_unit(number, per[0], per[1], sign=-1)
        elif cursor.is_noun(token) and nouns < MOST_NOUNS:
            nouns += 1
            number = replace(number, noun=number.noun or token.text.lower())
            cursor.at += 1
        else:
            break
    return number


def _percent(number: Number, sign: Token) -> Number:
    return replace(
        number,
        low=number.low / 100,
        high=number.high / 100,
        step=number.step / 100,
        is_percent=True,
        end=sign.end,
    )


def _cents(number: Number, word: Token) -> Number:
    return replace(
        number,
        low=number.low / 100,
        high=number.high / 100,
        step=number.step / 100,
        unit_factor=number.unit_factor / 100,
        is_money=True,
        end=word.end,
    )


def _is_factor(cursor: Cursor, sign: Token) -> bool:
    """Whether it is the x of `3x` with nothing to multiply behind it, or `3x of`."""
    following = cursor.token(1)
    if not (sign.is_glued and sign.end - sign.start == 1):
        return False
    if following is None or following.kind in _ENDS:
        return True
    return following.text.lower() in ("of", "the", "that") or cursor.is_noun(following)


def _per(cursor: Cursor, token: Token) -> tuple[Unit, Token] | None:
    """`/s`, `per day`, `a month`, `daily`, `/user`, consumed; None when it is none of these."""
    low = token.text.lower()
    if low in EVERY:
        cursor.at += 1
        return Unit(1.0, one(EVERY[low])), token
    following = cursor.token(1)
    if low not in PER or following is None or (low == "/" and not following.is_glued):
        return None
    known = unit(following.text, after_per=True) if following.kind in ("unit", "word") else None
    if known is not None and (is_timed(known.dims) or low in ("per", "pr", "/")):
        cursor.at += 2
        return known, following
    if following.kind == "word" and low in ("per", "/") and not cursor.is_name_at(cursor.at + 1):
        cursor.at += 2
        return Unit(1.0, NO_DIMS), following
    return None


def _fits(number: Number, fresh: Unit) -> bool:
    """Whether a further unit can belong to the number: one size, one time."""
    if (number.b or is_sized(number.dims)) and is_sized(fresh.dims):
        return False
    return not is_timed(number.dims)


def with_unit(number: Number, fresh: Unit, token: Token, *, sign: int) -> Number:
    """`number` times (`sign` 1) or by (-1) a unit."""
    factor = fresh.factor if sign > 0 else 1 / fresh.factor
    return replace(
        number,
        low=number.low * factor,
        high=number.high * factor,
        step=number.step * factor,
        dims=tuple(a + sign * b for a, b in zip(number.dims, fresh.dims, strict=True)),
        power_of_1000=number.power_of_1000 + sign * fresh.power_of_1000,
        unit_factor=number.unit_factor * factor,
        is_loose=number.is_loose or fresh.is_loose,
        end=token.end,
    )


def unit_alone(fresh: Unit, token: Token) -> Number:
    """A unit where a value stands: the `day` of `20 / day`."""
    return Number(
        fresh.factor,
        fresh.factor,
        0.0,
        dims=fresh.dims,
        power_of_1000=fresh.power_of_1000,
        is_loose=fresh.is_loose,
        noun=token.text,
        start=token.start,
        end=token.end,
    )
