"""Numbers as they are written, with what is glued to them: `2.3k`, `500KB`, `3x`, `1,000`, `2 million`."""

import re

from coach.estimates.tokens import Token
from coach.estimates.units import MULTIPLIERS, unit

_SUFFIX = re.compile(r"[A-Za-zµμ]+")
_APART = re.compile(r"[ \u00a0](?P<word>[A-Za-z]+)(?!\w)")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
_BETWEEN = re.compile(r"[,_'’\u00a0\u202f ]")
_WORD_OPS = {
    "times": "*",
    "plus": "+",
    "minus": "-",
    "over": "/",
    "x": "*",
    "X": "*",
    "percent": "%",
    "pct": "%",
}
_NO_NUMBER = frozenset({"st", "nd", "rd", "th", "am", "pm", "AM", "PM"})
_SHORT_SPANS = frozenset({"d", "w", "y"})
_FURTHEST = 300


def word_token(text: str, start: int, end: int) -> Token:
    """A word as a sign (`times`), a unit, or a word."""
    if text in _WORD_OPS:
        return Token("op", _WORD_OPS[text], start, end)
    known = unit(text)
    return Token("word" if known is None else "unit", text, start, end, unit=known)


def read_numeral(text: str, match: re.Match[str]) -> list[Token]:
    """The number `match` found in `text`, and what is written right behind it."""
    token = _value(match.group(), match.start(), match.end())
    suffix = _SUFFIX.match(text, match.end())
    if suffix is not None:
        return _with_suffix(token, suffix.group(), suffix.start(), suffix.end())
    apart = _APART.match(text, match.end())
    return [token if apart is None else _scaled_apart(token, apart)]


def _with_suffix(token: Token, word: str, start: int, end: int) -> list[Token]:
    if word in _NO_NUMBER:
        return [Token("word", token.text + word, token.start, end)]
    if word == "B":
        return [token._replace(b="tight", end=end)]
    known = None if word in ("x", "X") else unit(word, after_per=word in _SHORT_SPANS)
    if known is not None:
        return [token, Token("unit", word, start, end, unit=known)]
    if word in MULTIPLIERS:
        return [_scaled(token, word, end)]
    if word[0] in "kKMBGT" and len(word) > 3 and word[1:].islower():
        scaled = _scaled(token, "bn" if word[0] == "B" else word[0], start + 1)
        return [scaled, word_token(word[1:], start + 1, end)]
    return [token, word_token(word, start, end)]


def _scaled_apart(token: Token, match: re.Match[str]) -> Token:
    """`3 million`, `500 K`, `16 B`; a small m or b apart is no million."""
    word, low = match["word"], match["word"].lower()
    if word == "B":
        return token._replace(b="apart", end=match.end())
    if word in MULTIPLIERS and (len(word) > 1 or word in "kKMGT"):
        return _scaled(token, word, match.end())
    return _scaled(token, low, match.end()) if low in ("million", "billion", "thousand") else token


def _scaled(token: Token, word: str, end: int) -> Token:
    factor = MULTIPLIERS[word]
    return token._replace(
        low=token.low * factor, high=token.high * factor, step=token.step * factor, scale=factor, end=end
    )


def _value(raw: str, start: int, end: int) -> Token:
    plain = raw.replace(",", ".") if _DECIMAL_COMMA.fullmatch(raw) else _BETWEEN.sub("", raw)
    value = float(plain)
    mantissa, _, exponent = plain.lower().partition("e")
    zeros = len(mantissa) - len(mantissa.rstrip("0"))
    digits = -len(mantissa.partition(".")[2]) if "." in mantissa else zeros if mantissa.strip("0") else 0
    power = digits + int(exponent or 0)
    return Token("number", raw, start, end, value, value, 10.0 ** max(-_FURTHEST, min(_FURTHEST, power)))
