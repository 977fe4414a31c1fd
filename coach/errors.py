"""What can go wrong, said so that a person knows what to do next.

Raised anywhere, caught once at the edge (`cli.main`, the app), never swallowed.
"""


class CoachError(Exception):
    """A problem to show: a short title, what happened, and what to do about it."""

    exit_code = 2

    def __init__(self, title: str, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.title}: {self.message}"
        return f"{text}\n{self.hint}" if self.hint else text


class BadInput(CoachError):
    """The caller asked for something that does not exist or cannot be read (exit code 2)."""


class JudgeFailed(CoachError):
    """The judge could not finish; no number exists (exit code 3)."""

    exit_code = 3


def nearest(word: str, known: list[str]) -> str:
    """A sentence naming what the reader may have meant, or all there is when nothing is close."""
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), known, n=3, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(close) + "?"
    return "There is: " + ", ".join(known) + "." if known else "There is none yet."
