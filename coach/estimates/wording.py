"""Words around a calculation: what a line is about, and LaTeX as the signs it stands for."""

import re

from coach.estimates.units import NO_DIMS, one

_NAME = re.compile(r"[^\d=:|]{2,30}(?=[=:])")
_LATEX = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"\\(?:cdot|times)\b", "*"),
        (r"\\approx\b", "≈"),
        (r"\\[,;: ]", " "),
        (r"\\(?:text|mathrm)\{([^{}]*)\}", r"\1"),
        (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)"),
        (r"\^\{([^{}]*)\}", r"^(\1)"),
        (r"\$", " "),
    )
)
_LABELS = tuple(
    (re.compile(rf"(?:/|\bper |\ba |\beach )\s*(?:{words})\b|\b{every}\b", re.IGNORECASE), one(dim, power=-1))
    for words, every, dim in (
        ("s|sec|second", "qps|rps|tps", "s"),
        ("min|minute", "minutely", "minute"),
        ("h|hr|hour", "hourly", "hour"),
        ("day|d", "daily", "day"),
        ("week|wk", "weekly", "week"),
        ("month|mo", "monthly", "month"),
        ("year|yr|y", "yearly", "year"),
    )
)


def label_of(words: str) -> tuple[int, ...]:
    """The rate that words such as `writes per day` or `QPS` speak of."""
    return next((dims for pattern, dims in _LABELS if pattern.search(words)), NO_DIMS)


def name_of(text: str) -> str:
    """The words before the first `=` or `:`: `QPS`, `writes per day`."""
    match = _NAME.match(text)
    return match.group() if match else ""


def plain(text: str) -> str:
    """LaTeX signs as the signs they stand for; everything else as it is."""
    if "\\" not in text:
        return text
    for pattern, sign in _LATEX:
        text = pattern.sub(sign, text)
    return text
