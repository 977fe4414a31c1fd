"""What a server's refusal means, said so that a person knows the cause and the next step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.llm.port import ModelError, Trouble
from coach.llm.refusal import Refusal, context_numbers, plain

if TYPE_CHECKING:
    from coach.address import Address
    from coach.profile import Profile

_MODEL = re.compile(r"model|deployment", re.IGNORECASE)


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
    if refusal.is_filtered:
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
    "{host} answered {status}.{words}",
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


def too_short(most: int, needed: int, *, host: str) -> ModelError:
    """The model may not write an answer as long as a single question needs."""
    return ModelError(
        "context",
        "It may not write enough",
        f"{host} allows answers of {most:,} tokens, and the shortest one needs about {needed:,}.",
        hint="Choose a model that may write more, or use the offline judge.",
    )


def page_instead(address: Address, status: int = 200) -> ModelError:
    """A web page came where an answer should be."""
    return ModelError(
        "not_an_api",
        "That is a web page, not an API",
        f"{address.url} answered {status} with a page instead of JSON.",
        hint=f"Check base_url: most servers want a path that ends in /v1, such as {_with_v1(address)}",
    )


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
