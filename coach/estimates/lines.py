"""One line of a sheet, taken apart: `name = expression in unit`. What it comes to is the sheet's business."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.estimates.lexer import tokenize
from coach.estimates.saying import Target
from coach.estimates.tokens import Token
from coach.estimates.units import EVERY, MULTIPLIERS, NO_DIMS, is_timed, unit

_LEAD = re.compile(r"\s*(?:[-*•‣–]\s+|\d{1,2}[.)]\s+)?")
_REMARK = re.compile(r"(?:^|\s)(?:#|//).*$")
_LONGEST_NAME = 5
_IN_NAMES = ("word", "unit", "number")
_CONVERTS = ("in", "to", "as")
_SCIENTIFIC = frozenset({"sci", "scientific"})


@dataclass(frozen=True, slots=True)
class Line:
    """`name` in lower-case words, empty without one; the tokens of the expression; what it is asked in.

    `stated` are the tokens behind a second `=`: a result the candidate wrote down.
    """

    text: str
    name: tuple[str, ...]
    tokens: tuple[Token, ...]
    target: Target | None
    stated: tuple[Token, ...] = ()
    words: tuple[str, ...] = ()
    """The expression's tokens in lower case, empty where a token can be in no name."""
    has_sign: bool = False
    """Whether anything in it looks like arithmetic."""


def take_apart(text: str) -> Line:
    """`text` as a line of a sheet. Never raises."""
    bare = _REMARK.sub("", text)
    lead = _LEAD.match(bare)
    start = lead.end() if lead else 0
    tokens = tokenize(bare[start:])
    name, rest = _name(tokens)
    stop = next((at for at, one in enumerate(rest) if one.kind == "same"), len(rest))
    expression, stated = rest[:stop], rest[stop + 1 :]
    target, expression = _target(expression)
    words = tuple(one.text.lower() if one.kind in _IN_NAMES else "" for one in expression)
    has_sign = any(one.kind in ("op", "number") for one in expression)
    return Line(text, name, tuple(expression), target, tuple(stated), words, has_sign)


def _name(tokens: Sequence[Token]) -> tuple[tuple[str, ...], list[Token]]:
    """The name before the first `=` or `:`, and what follows it."""
    for at, token in enumerate(tokens[: _LONGEST_NAME + 1]):
        if token.kind in ("same", "colon") and at:
            if token.kind == "colon" and (token.is_glued and _is_glued(tokens, at + 1)):
                break  # `100:1`, `host:80`
            if token.text in ("=", "~", ":") and _can_be_name(tokens[:at]):
                return tuple(one.text.lower() for one in tokens[:at]), list(tokens[at + 1 :])
            break
        if token.kind not in ("word", "unit", "number"):
            break
    return (), list(tokens)


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_glued


def _can_be_name(tokens: Sequence[Token]) -> bool:
    """Words of which the first is no number; a unit alone, as `day`, keeps its meaning."""
    if tokens[0].kind == "number" or any(one.kind == "number" and one.scale != 1.0 for one in tokens):
        return False
    is_unit = len(tokens) == 1 and tokens[0].kind == "unit"
    return not is_unit or tokens[0].text.lower().endswith("ps")


def _target(tokens: Sequence[Token]) -> tuple[Target | None, list[Token]]:
    """The unit behind the last `in`, and the tokens before it."""
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at].kind == "word" and tokens[at].text.lower() in _CONVERTS:
            target = read_target(tokens[at + 1 :])
            return (target, list(tokens[:at])) if target else (None, list(tokens))
    return None, list(tokens)


def read_target(tokens: Sequence[Token]) -> Target | None:
    """`/s`, `GB/day`, `M per day`, `Gbps`, `%`, `sci`; None when it is none."""
    if not tokens or len(tokens) > 4:
        return None
    if tokens[0].text.lower() in _SCIENTIFIC and len(tokens) == 1:
        return Target("", 1.0, NO_DIMS, is_scientific=True)
    if tokens[0].text == "%" and len(tokens) == 1:
        return Target("%", 0.01, NO_DIMS)
    factor, dims, sign, text = 1.0, NO_DIMS, 1, ""
    for token in tokens:
        low = token.text.lower()
        known = token.unit or (unit(token.text, after_per=True) if sign < 0 else None)
        if token.text == "/" or low in ("per", "a", "each"):
            sign, text = -1, text + "/"
        elif low in EVERY and is_timed(dims) is False:
            return None
        elif known is not None:
            factor *= known.factor**sign
            dims = tuple(a + sign * b for a, b in zip(dims, known.dims, strict=True))
            text += token.text
        elif token.text in MULTIPLIERS and not text:
            factor, text = MULTIPLIERS[token.text], token.text
        elif token.text == "B" and not text:
            factor, text = 1e9, "B"
        else:
            return None
    return Target(text, factor, dims) if text not in ("", "/") else None
