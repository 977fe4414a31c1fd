"""How verdicts and findings are called on screen and paper: a word and a glyph, never a colour alone."""

from coach.text.words import strip_invisible

VERDICTS: dict[str, str] = {
    "strong_hire": "Strong hire",
    "hire": "Hire",
    "no_hire": "No hire",
    "strong_no_hire": "Strong no hire",
}
OUTCOMES: dict[str, str] = {
    "met": "met",
    "partly": "partly",
    "not_shown": "not shown",
    "not_assessed": "not assessed",
}
GLYPHS: dict[str, str] = {"met": "✓", "partly": "~", "not_shown": "✗", "not_assessed": "·"}


def printable(text: str) -> str:
    """One line of foreign text without escapes and whatever else cannot be seen."""
    return strip_invisible(text).rstrip()
