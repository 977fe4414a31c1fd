"""A review in the form that was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.report.review import Review


def render(review: Review, form: str) -> str:
    """A review as `text`, `md` or `json`."""
    match form:
        case "json":
            return json.dumps(json.loads(review.card.to_json()), indent=2, ensure_ascii=False) + "\n"
        case "md":
            from coach.report.markdown import as_markdown

            return as_markdown(review)
        case _:
            from coach.report.text import as_text

            return as_text(review)
