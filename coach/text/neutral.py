"""Foreign text made harmless for a prompt: same words, but nothing that a model or its template could take for marks."""

import re

from coach.text.words import strip_invisible

_MARKS = re.compile(
    r"<\|+|\|+>|</?s>|\[/?INST\]|<</?SYS>>|</?(?:system|transcript|notes|user|assistant|think)\b|<(?:start|end)_of_turn>|```+|~~~+",
    re.IGNORECASE,
)


def neutral(text: str) -> str:
    """`text` without invisible characters, its marks taken apart; every word and number stays."""
    return _MARKS.sub(lambda mark: _apart(mark.group()), strip_invisible(text))


def neutral_line(text: str) -> str:
    """`neutral` text on one line."""
    return " ".join(neutral(text).split())


def _apart(mark: str) -> str:
    if mark[0] in "`~":
        return "'''"
    return f"{mark[0]} {mark[1:]}"
