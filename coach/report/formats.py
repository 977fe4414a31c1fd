"""A review in the form that was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coach.text.words import strip_invisible

if TYPE_CHECKING:
    from coach.report.review import Review


def render(review: Review, form: str) -> str:
    """A review as `text`, `md` or `json`."""
    match form:
        case "json":
            return as_json(json.loads(review.card.to_json()))
        case "md":
            from coach.report.markdown import as_markdown

            return strip_invisible(as_markdown(review))
        case _:
            from coach.report.text import as_text

            return strip_invisible(as_text(review))


def as_json(value: object) -> str:
    """Indented JSON; what cannot be seen is escaped, not lost."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "".join(one if one.isprintable() or one == "\n" else json.dumps(one)[1:-1] for one in text) + "\n"
