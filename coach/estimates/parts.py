"""A line of notes taken apart at what states a result: `=`, `->`, `is`, `so`; commas and cells of a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.estimates.tokens import Token

_WORDS = {
    **dict.fromkeys(
        "get gets is are gives give makes equals equal comes thats that's its it's".split(), "is"
    ),
    **dict.fromkeys("means meaning".split(), "->"),
    **dict.fromkeys("so then therefore hence".split(), "so"),
}
_SIGNS = {"about": "~", "comma": ",", "colon": ","}
RESULTS = ("=", "~", "->", "is", "so", "|")
"""Boundaries behind which a result may stand; `,` and `;` part what has nothing to do with each other."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two boundaries, and the boundary before it."""

    before: str
    tokens: tuple[Token, ...]


def parts(tokens: Sequence[Token], *, is_table: bool) -> Iterator[Part]:
    """The parts of a line in order."""
    before, held = "", list[Token]()
    depth = 0
    for at, token in enumerate(tokens):
        sign = _boundary(tokens, at, is_table=is_table)
        depth += (token.kind == "open") - (token.kind == "close")
        if sign and not (token.kind == "comma" and depth > 0):
            yield Part(before, tuple(held))
            before, held = sign, []
        else:
            held.append(token)
    yield Part(before, tuple(held))


def _boundary(tokens: Sequence[Token], at: int, *, is_table: bool) -> str:
    """The boundary that token `at` is; empty where it is none."""
    token = tokens[at]
    is_none = (token.kind == "about" and not _is_infix(tokens, at)) or (
        token.kind == "colon" and _is_ratio(tokens, at)
    )
    if is_none:
        return ""
    if token.kind == "same":
        return token.text
    if token.kind == "word":
        return _WORDS.get(token.text.lower(), "") if token.text != "GET" else ""
    if token.kind == "break":
        return "|" if token.text == "|" and is_table else ";"
    return _SIGNS.get(token.kind, "")


def _is_infix(tokens: Sequence[Token], at: int) -> bool:
    """`2^31 ~ 2.1 bn`, not the sign before `~500 KB`."""
    if tokens[at].text not in "~∼" or not at:
        return False
    before, following = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else None
    if before.kind in ("number", "close", "unit") or before.text == "%":
        return True
    return before.kind == "word" and following is not None and not following.is_glued


def _is_ratio(tokens: Sequence[Token], at: int) -> bool:
    """`100:1`."""
    if not at or at + 1 >= len(tokens):
        return False
    is_glued = tokens[at].is_glued and tokens[at + 1].is_glued
    return is_glued and tokens[at - 1].kind == "number" and tokens[at + 1].kind == "number"


def inside(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands behind the last parenthesis that is still open: `60x (60 x 45 GB` states `60 x 45 GB`."""
    opened = list[int]()
    for at, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(at)
        elif token.kind == "close" and opened:
            opened.pop()
    return tokens[opened[-1] + 1 :] if opened else tokens


def is_quiet(tokens: Sequence[Token]) -> bool:
    """Whether nothing stands there that could change a value."""
    quiet = ("word", "open", "close", "unit", "about", "break")
    return len(tokens) <= 6 and all(token.kind in quiet for token in tokens)
