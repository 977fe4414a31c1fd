"""Reads a chat completion, whatever its server left out or put elsewhere. Knows shapes, not the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coach.llm.failures import failure_of, page_instead
from coach.llm.port import ModelError, Reply, Usage
from coach.llm.refusal import Refusal, plain
from coach.text.words import joined_halves

if TYPE_CHECKING:
    from coach.llm.port import Shape
    from coach.profile import Profile


def reply_in(answer: Any, shape: Shape | None, profile: Profile) -> Reply:
    """The reply in a decoded completion; raises `ModelError` for an error in a success's clothes.

    `shape` is the object that was asked for; without one, thinking is no answer.
    """
    if not hasattr(answer, "choices"):
        raise page_instead(profile.address)
    if not answer.choices:
        check_error(extra(answer, "error"), profile)
        raise ModelError(
            "empty",
            "The answer was empty",
            f"{profile.address.shown} answered without any choice.",
            hint="Try again; if it stays so, coach doctor tells what this server can do.",
        )
    choice = answer.choices[0]
    check_error(extra(choice, "error"), profile)
    check_finish(choice.finish_reason, profile)
    message = choice.message
    check_refusal(message, profile)
    words = joined_halves(_words(message))
    if not words.strip() and (aside := _aside(message)):
        if shape is None:
            raise thought_only(profile)
        words = joined_halves(aside)
    return Reply(words, finish=str(choice.finish_reason or ""), usage=usage_in(answer.usage))


def usage_in(usage: Any) -> Usage | None:
    """Tokens as counted by the server; None when it did not count, or says that a prompt had none."""
    if usage is None or not isinstance(getattr(usage, "prompt_tokens", None), int) or usage.prompt_tokens < 1:
        return None
    details = getattr(usage, "prompt_tokens_details", None)
    cached = getattr(details, "cached_tokens", None)
    cost = extra(usage, "cost")
    return Usage(
        usage.prompt_tokens,
        usage.completion_tokens if isinstance(usage.completion_tokens, int) else 0,
        cached=cached if isinstance(cached, int) else 0,
        cost=float(cost) if isinstance(cost, int | float) else None,
    )


def error_in(error: object, profile: Profile) -> ModelError:
    """The error to show for an error object inside an answer that calls itself a success."""
    code = str(error.get("code")) if isinstance(error, dict) else ""
    status = int(code) if code.isdecimal() and 400 <= int(code) < 600 else 500
    return failure_of(Refusal(status, error), profile)


def check_error(error: object, profile: Profile) -> None:
    """Raises for an error object inside an answer that calls itself a success."""
    if error:
        raise error_in(error, profile)


def check_refusal(message: Any, profile: Profile) -> None:
    """Raises when the model would not answer."""
    if refused := getattr(message, "refusal", None):
        raise ModelError(
            "refusal",
            "The model refused",
            f'{profile.model} said: "{plain(str(refused), profile.key)}"',
            hint="Another model may do it; the offline judge and the scripted interviewer always do.",
        )


def check_finish(finish: object, profile: Profile) -> None:
    """Raises when a filter ended the answer."""
    if finish == "content_filter":
        raise failure_of(Refusal(400, {"code": "content_filter"}), profile)


def _words(message: Any) -> str:
    """The content; where it is empty, the arguments of a tool call."""
    if message is None:
        return ""
    if isinstance(message.content, str) and message.content.strip():
        return message.content
    for call in getattr(message, "tool_calls", None) or ():
        text = getattr(getattr(call, "function", None), "arguments", None)
        if isinstance(text, str) and text.strip():
            return text
    return message.content or ""


def _aside(message: Any) -> str:
    """What was filed under reasoning."""
    for name in ("reasoning_content", "reasoning"):
        text = extra(message, name)
        if isinstance(text, str) and text.strip():
            return text
    return ""


def thought_only(profile: Profile) -> ModelError:
    """It thought and said nothing."""
    return ModelError(
        "thinking",
        "It thought until the end",
        f"{profile.model} at {profile.address.shown} thought and did not answer.",
        hint="Turn its thinking down with extra_body in config.toml, or choose another model.",
    )


def extra(thing: Any, name: str) -> object:
    """A field the library does not know."""
    return (getattr(thing, "model_extra", None) or {}).get(name)
