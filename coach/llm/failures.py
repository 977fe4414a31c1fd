"""What a server's refusal means, said so that a person knows the cause and the next step.

Read from the body, never from an exception's text: that says only `Error code: 400` for every server that words its
errors in another way than OpenAI.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.llm.port import ModelError, Trouble
from coach.text.words import strip_invisible

if TYPE_CHECKING:
    from coach.address import Address
    from coach.profile import Profile, Secret

LONGEST = 300
"""Characters of a server's own words that are shown."""
_KEYLIKE = re.compile(r"\b(?:sk|pk|gsk|xai|key|rk)[-_][\w*.-]{6,}|\bBearer\s+\S+", re.IGNORECASE)
_CONTEXT = re.compile(
    r"context[_ ](?:length|size|window)|exceed_context|maximum context|prompt is too long|too many tokens|"
    r"exceeds? the (?:available |maximum )?context|input (?:is )?too long|requested tokens",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:maximum context length (?:is|of)|context (?:size|length|window)(?: of| is)?|limit (?:of|is)|\bn_ctx\b\D{0,4})"
    r"\D{0,4}(\d{3,})",
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
_MODEL = re.compile(r"model|deployment", re.IGNORECASE)


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
    if key is not None and key.reveal():
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


def failure_of(refusal: Refusal, profile: Profile) -> ModelError:
    """The error to show for `refusal` by the endpoint of `profile`."""
    said = plain(refusal.said, profile.key)
    words = f' It said: "{said}"' if said else ""
    host, status = profile.address.shown, refusal.status
    special = {401: _not_let_in, 404: _not_found, 405: _not_found, 429: _rate_limited}
    if refusal.is_context:
        return too_long(*context_numbers(refusal), host=host)
    if 300 <= status < 400:
        return _redirected(refusal, host)
    if status in special and not refusal.is_quota:
        return special[status](refusal, words, profile)
    return _plain_kind(refusal).error(host, words, status)


def _plain_kind(refusal: Refusal) -> _Kind:
    if _FILTER.search(refusal.text) and refusal.status in (200, 400, 403):
        return _FILTERED
    if refusal.is_quota:
        return _NO_QUOTA
    return _BY_STATUS.get(refusal.status, _SERVER if refusal.status >= 500 else _REQUEST)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of refusal in words; `{host}`, `{status}` and `{words}`, the server's own, are put in."""

    kind: Trouble
    title: str
    message: str
    hint: str

    def error(self, host: str, words: str, status: int) -> ModelError:
        # Replaced one after the other and not formatted: the server's words may hold braces.
        message = self.message.replace("{host}", host).replace("{status}", str(status))
        return ModelError(self.kind, self.title, message.replace("{words}", words), hint=self.hint)


_FILTERED = _Kind(
    "filter",
    "Stopped by a content filter",
    "{host} would not work on this text.{words}",
    "Choose another endpoint, or the offline judge and the scripted interviewer, which filter nothing.",
)
_NO_QUOTA = _Kind(
    "quota",
    "No credit left",
    "{host} says the account has no quota or credit left; waiting does not help.{words}",
    "Add credit there, or choose another profile. The session is kept and can be judged later.",
)
_FORBIDDEN = _Kind(
    "forbidden",
    "Not allowed",
    "{host} does not allow this.{words}",
    "Check that the key may use this model, and that no proxy or firewall stands in between.",
)
_OVERLOADED = _Kind(
    "overloaded",
    "The server is not ready",
    "{host} answered {status}, again after a pause.{words}",
    "A local server may still be loading its model. Try again in a minute.",
)
_SERVER = _Kind(
    "server",
    "The server failed",
    "{host} answered {status}.{words}",
    "Look at the server's own log, or try again later.",
)
_REQUEST = _Kind(
    "request",
    "The server refused the request",
    "{host} answered {status}.{words}",
    "coach doctor tries what this server and model take.",
)
_BY_STATUS = {403: _FORBIDDEN, 502: _OVERLOADED, 503: _OVERLOADED, 504: _OVERLOADED, 529: _OVERLOADED}


def too_long(needed: int | None, window: int | None, *, host: str) -> ModelError:
    """The prompt does not fit the model's window."""
    size = f"It needs about {needed:,} tokens" if needed else "It needs more tokens than there are"
    room = f" and the window holds {window:,}." if window else "."
    return ModelError(
        "context",
        "Too long for this model",
        f"{size}{room} ({host})",
        hint="Raise the server's context window, choose a model with a larger one, or use the offline judge.",
        window=window,
    )


def page_instead(address: Address, status: int = 200) -> ModelError:
    """A web page came where an answer should be."""
    return ModelError(
        "not_an_api",
        "That is a web page, not an API",
        f"{address.url} answered {status} with a page instead of JSON.",
        hint=f"Check base_url: most servers want a path that ends in /v1, such as {_with_v1(address)}",
    )


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


def _not_let_in(_: Refusal, words: str, profile: Profile) -> ModelError:
    host = profile.address.shown
    if profile.key is None:
        return ModelError(
            "auth",
            "A key is needed",
            f"{host} wants a key and none was sent.{words}",
            hint="Set COACH_API_KEY, or name its variable with api_key_env in config.toml.",
        )
    return ModelError(
        "auth",
        "The key was not accepted",
        f"{host} did not take the key.{words}",
        hint="Check that it belongs to this endpoint and is still valid.",
    )


def _not_found(refusal: Refusal, words: str, profile: Profile) -> ModelError:
    said, address = refusal.said, profile.address
    if said and _MODEL.search(said) and not refusal.is_page:
        return ModelError(
            "model",
            "There is no such model",
            f"{address.shown} does not know '{profile.model}'.{words}",
            hint="coach doctor lists the models this server offers.",
        )
    return ModelError(
        "path",
        "Nothing answers at that path",
        f"{address.url}/chat/completions does not exist.{words}",
        hint=f"Check base_url: most servers want a path that ends in /v1, such as {_with_v1(address)}",
    )


def _rate_limited(refusal: Refusal, words: str, profile: Profile) -> ModelError:
    host, wait = profile.address.shown, refusal.retry_after_s
    when = f" It asks to wait {_duration(wait)}." if wait else ""
    return ModelError(
        "rate_limit",
        "Too many requests",
        f"{host} limits how often it may be asked.{when}{words}",
        hint="Wait and try again; what was judged so far is kept.",
    )


def _redirected(refusal: Refusal, host: str) -> ModelError:
    target = plain(refusal.headers.get("location", ""))
    return ModelError(
        "redirected",
        "The server sends us elsewhere",
        f"{host} wants the request at {target or 'another address'}. Nothing was sent there.",
        hint="If that is right, make it the base_url.",
    )


def _with_v1(address: Address) -> str:
    return address.url if address.url.endswith("/v1") else f"{address.url}/v1"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"
