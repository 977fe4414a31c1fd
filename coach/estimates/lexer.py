"""A line of an estimate as tokens: numbers with their thousands and millions, units, words and signs. Never raises."""

import re

from coach.estimates.numerals import read_numeral, word_token
from coach.estimates.tokens import Token

LONGEST = 2000
"""Characters of a line that are read; nobody calculates in more."""
_NUMBER = r"\d+,\d{1,2}(?![\d,])(?=\s*[*x×/÷+kMGTBmb%·])|(?:\d{1,3}(?:[,_'’\u00a0\u202f ]\d{3})+(?![\d.,]*\d[A-Za-z]*\d)(?!\d)|\d+)(?:\.\d+)?|\.\d+"
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>(?:{_NUMBER})(?:[eE][+-]?\d{{1,3}}(?![\w.]))?)
    |(?P<super>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    |(?P<times>[x×](?=\s*[$€£~]?\s*[\d.(])(?<![A-Za-z]x))
    |(?P<word>w/(?=[\s\d])|[A-Za-zµμ_][\wµμ]*(?:['’-][A-Za-z]\w*)*)
    |(?P<back>←|<-{{1,2}}(?=\s))
    |(?P<arrow>-{{1,3}}>|=>|⇒|→|⟶|~>)
    |(?P<same>~=|=~|==?|≈|≃|≅|≡)
    |(?P<pow>\*\*|\^)
    |(?P<op>[*×·∗⋅/÷+%−–—-])
    |(?P<about>[~∼$€£])
    |(?P<open>[(\[])|(?P<close>[)\]])
    |(?P<comma>,)|(?P<colon>:)
    |(?P<break>(?<!\.)\.(?=\s|$)|[;|<>?!{{}}])
    |(?P<other>.)""",
    re.VERBOSE | re.ASCII,
)
_LONGEST_POWER = 9
_OPS = {
    "x": "*",
    "**": "^",
    "×": "*",
    "·": "*",
    "∗": "*",
    "⋅": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
}
_TWO_WORDS = {("divided", "by"): "/", ("multiplied", "by"): "*", ("per", "cent"): "%"}


def tokenize(text: str) -> list[Token]:
    """The tokens of one line; what is past `LONGEST` characters is not read."""
    text = text[:LONGEST]
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            break
        kind = str(match.lastgroup)
        fresh = read_numeral(text, match) if kind == "number" else _plain(kind, match)
        glued = at == 0 or not text[at - 1].isspace()
        if fresh and fresh[0].text == "us" and not (tokens and tokens[-1].text[-1:].isdigit()):
            fresh = [Token("word", "us", fresh[0].start, fresh[0].end)]  # "that gives us"
        for number, token in enumerate(fresh):
            is_glued = bool(tokens) and (glued or number > 0)
            tokens.append(token._replace(is_glued=True) if is_glued else token)
        at = fresh[-1].end if fresh else match.end()
    return _ranges(_two_words(tokens))


def _plain(kind: str, match: re.Match[str]) -> list[Token]:
    """The tokens of everything but a number."""
    text, start, end = match.group(), match.start(), match.end()
    if kind in ("open", "close", "comma", "colon", "about", "break"):
        return [Token(kind, text, start, end)]  # type: ignore[arg-type]
    match kind:
        case "times" | "pow" | "op":
            return [Token("op", _OPS.get(text, text), start, end)]
        case "arrow" | "back" | "same":
            sign = "->" if kind == "arrow" else "~" if set(text) & set("~≈≃≅") else "="
            return [Token("same", sign, start, end)]
        case "word":
            return [word_token(text, start, end)]
        case "super" if (digits := text.translate(_SUPER)).lstrip("-").isdigit() and len(
            digits
        ) < _LONGEST_POWER:
            value = float(digits)
            return [Token("op", "^", start, start), Token("number", text, start, end, value, value, 1.0)]
    return []


def _two_words(tokens: list[Token]) -> list[Token]:
    """`divided by` and the like as one sign."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        op = _TWO_WORDS.get((before.text, token.text)) if before else None
        if before and op:
            found[-1] = Token("op", op, before.start, token.end)
        else:
            found.append(token)
    return found


def _ranges(tokens: list[Token]) -> list[Token]:
    """`2-3x`, `100–200 bytes` and `2 to 3` as one number from low to high."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "number" and len(found) >= 2 and found[-2].kind == "number":
            first, between = found[-2], found[-1]
            is_dash = between.text == "-" and between.is_glued and token.is_glued
            before = found[-3] if len(found) > 2 else None
            is_chained = before is not None and before.kind == "op" and before.text in ("+", "-", "^")
            if (is_dash or between.text == "to") and not is_chained and not first.b:
                ranged = _range(first, token)
                if ranged is not None:
                    found[-2:] = [ranged]
                    continue
        found.append(token)
    return found


def _range(first: Token, last: Token) -> Token | None:
    """From `first` to `last`; a `k` behind the last goes for both. None where it is a subtraction."""
    low = first.low * (last.scale if first.scale == 1.0 else 1.0)
    if low >= last.low:
        return None
    return last._replace(
        text=f"{first.text}-{last.text}", start=first.start, low=low, is_glued=first.is_glued
    )
