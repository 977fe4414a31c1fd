"""A server's refusal as it came, and what its body says: read from there, never from an exception's text.

That text is only `Error code: 400` for every server that words its errors in another way than OpenAI.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.text.words import strip_invisible

if TYPE_CHECKING:
    from coach.profile import Secret

SHORTEST_KEY = 8
"""Characters. What is shorter is a placeholder such as `none`, and a word people use."""
LONGEST = 300
"""Characters of a server's own words that are shown."""
_KEYLIKE = re.compile(r"\b(?:sk|pk|gsk|xai|key|rk)[-_][\w*.-]{6,}|\bBearer\s+\S+", re.IGNORECASE)
_CONTEXT = re.compile(
    r"context[_ ](?:length|size|window)|exceed_context|maximum context|prompt is too long|too many tokens|"
    r"exceeds? the (?:available |maximum )?context|exceed context limit|input (?:is )?too long|requested tokens|"
    r"input token count|maximum prompt length|`?inputs`? tokens",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:maximum context length (?:is|of)|context (?:size|length|window)(?: of| is)?|limit (?:of|is)|\bn_ctx\b\D{0,4}|"
    r"maximum prompt length is|number of tokens allowed|context limit: \d+ \+ \d+ >|must be <=)\D{0,4}(\d{3,})",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"(?:requested|request \(|resulted in|prompt (?:has|contains|of)|n_prompt_tokens\D{0,4})\D{0,4}(\d{3,})",
    re.IGNORECASE,
)
_QUOTA = re.compile(
    r"insufficient[_ ](?:quota|credits?|balance)|exceeded your current quota|billing|out of credits",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content[_ ](?:filter|policy|management)|responsible ?ai", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as it came: the HTTP status, the decoded body or its text, and the headers in lower case."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Everything the body says, for looking words up in."""
        return (
            self.body
            if isinstance(self.body, str)
            else json.dumps(self.body, ensure_ascii=False, default=str)
        )

    @property
    def said(self) -> str:
        """The body's own message, for people; empty for a page or for nothing."""
        return _said(self.body)

    @property
    def is_page(self) -> bool:
        """Whether it is a web page rather than an answer of an API."""
        return isinstance(self.body, str) and bool(
            re.search(r"<!doctype|<html|<head|<body", self.body[:2000], re.IGNORECASE)
        )

    def names(self, word: str) -> bool:
        """Whether the body is about the parameter `word`."""
        return re.search(rf"(?<![a-z_]){re.escape(word)}(?![a-z_])", self.text, re.IGNORECASE) is not None

    @property
    def is_context(self) -> bool:
        """Whether the prompt was longer than the model's window, also where an old server calls that its own fault."""
        return self.status in (400, 413, 422, 500) and _CONTEXT.search(self.text) is not None

    @property
    def is_filtered(self) -> bool:
        """Whether a content filter stopped the words."""
        return self.status in (200, 400, 403) and _FILTER.search(self.text) is not None

    @property
    def is_quota(self) -> bool:
        """Whether credit is gone, which waiting does not bring back."""
        return self.status == 402 or (self.status in (403, 429) and _QUOTA.search(self.text) is not None)

    @property
    def retry_after_s(self) -> float | None:
        """Seconds the server asks to wait, if it does."""
        for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
            try:
                return float(self.headers[name]) * scale
            except (KeyError, ValueError):
                continue
        return None


def plain(text: str, key: Secret | None = None) -> str:
    """A server's words as they may be shown: one line, no escapes, no key, not endless."""
    if key is not None and len(key.reveal()) >= SHORTEST_KEY:
        text = text.replace(key.reveal(), "(key)")
    text = " ".join(_KEYLIKE.sub("(key)", strip_invisible(text)).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def context_numbers(refusal: Refusal) -> tuple[int | None, int | None]:
    """Tokens needed and tokens there are, as far as the server says so."""
    body = refusal.body if isinstance(refusal.body, Mapping) else {}
    needed, window = body.get("n_prompt_tokens"), body.get("n_ctx")
    if isinstance(needed, int) and isinstance(window, int):
        return needed, window
    text = refusal.text.replace(",", "")
    found = [pattern.search(text) for pattern in (_NEEDED, _WINDOW)]
    return tuple(int(one[1]) if one else None for one in found)  # type: ignore[return-value]


def _said(body: object) -> str:
    if isinstance(body, str):
        return "" if re.match(r"\s*<", body) else body
    if isinstance(body, Mapping):
        for key in ("message", "error", "detail", "msg"):
            if key in body and (said := _said(body[key])):
                return said
        return ""
    if isinstance(body, list | tuple):
        return "; ".join(filter(None, map(_said, body)))
    return ""
