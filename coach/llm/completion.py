"""Reads a chat completion, whatever its server left out or put elsewhere. Knows shapes, not the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.llm.failures import Refusal, failure_of, page_instead, plain
from coach.llm.port import ModelError, Reply, Usage

if TYPE_CHECKING:
    from coach.profile import Profile


def reply_in(answer: Any, profile: Profile) -> Reply:
    """The reply in a decoded completion; raises `ModelError` for an error in a success's clothes."""
    if not hasattr(answer, "choices"):
        raise page_instead(profile.address)
    if not answer.choices:
        check_error(_extra(answer, "error"), profile)
        raise ModelError(
            "empty",
            "The answer was empty",
            f"{profile.address.shown} answered without any choice.",
            hint="Try again; if it stays so, coach doctor tells what this server can do.",
        )
    choice = answer.choices[0]
    check_error(_extra(choice, "error"), profile)
    check_finish(choice.finish_reason, profile)
    message = choice.message
    if refused := getattr(message, "refusal", None):
        raise ModelError(
            "refusal",
            "The model refused",
            f'{profile.model} said: "{plain(str(refused), profile.key)}"',
            hint="Another model may do it; the offline judge and the scripted interviewer always do.",
        )
    return Reply(_words(message), finish=str(choice.finish_reason or ""), usage=usage_in(answer.usage))


def usage_in(usage: Any) -> Usage | None:
    """Tokens as counted by the server; None when it did not count."""
    if usage is None or not isinstance(getattr(usage, "prompt_tokens", None), int):
        return None
    details = getattr(usage, "prompt_tokens_details", None)
    cached = getattr(details, "cached_tokens", None)
    cost = _extra(usage, "cost")
    return Usage(
        usage.prompt_tokens,
        usage.completion_tokens if isinstance(usage.completion_tokens, int) else 0,
        cached=cached if isinstance(cached, int) else 0,
        cost=float(cost) if isinstance(cost, int | float) else None,
    )


def check_error(error: object, profile: Profile) -> None:
    """Raises for an error object inside an answer that calls itself a success."""
    if not error:
        return
    code = str(error.get("code")) if isinstance(error, dict) else ""
    status = int(code) if code.isdecimal() and 400 <= int(code) < 600 else 500
    raise failure_of(Refusal(status, error), profile)


def check_finish(finish: object, profile: Profile) -> None:
    """Raises when a filter ended the answer."""
    if finish == "content_filter":
        raise failure_of(Refusal(400, {"code": "content_filter"}), profile)


def _words(message: Any) -> str:
    """The content; where it is empty, the arguments of a tool call or what was filed under reasoning."""
    if message is None:
        return ""
    if isinstance(message.content, str) and message.content.strip():
        return message.content
    for call in getattr(message, "tool_calls", None) or ():
        text = getattr(getattr(call, "function", None), "arguments", None)
        if isinstance(text, str) and text.strip():
            return text
    for name in ("reasoning_content", "reasoning"):
        text = _extra(message, name)
        if isinstance(text, str) and text.strip():
            return text
    return message.content or ""


def _extra(thing: Any, name: str) -> object:
    """A field the library does not know."""
    return (getattr(thing, "model_extra", None) or {}).get(name)
