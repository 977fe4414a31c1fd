"""What is sent with one call: exactly what was asked for, in the form this server and model take."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.llm.abilities import Abilities
    from coach.llm.port import Request, Shape
    from coach.profile import Profile


def arguments(request: Request, abilities: Abilities, profile: Profile, *, stream: bool) -> dict[str, Any]:
    """The keyword arguments of one chat completion. Nothing is sent that was not asked for."""
    found: dict[str, Any] = {"model": profile.model, "messages": _messages(request, abilities)}
    if abilities.limit != "none":
        found[abilities.limit] = min(request.most, abilities.most or request.most)
    if stream:
        found["stream"] = True
        if "stream_options" not in abilities.refused:
            found["stream_options"] = {"include_usage": True}
    if request.shape is not None and abilities.output != "prompt":
        found["response_format"] = _format(request.shape, abilities)
    extra = {key: value for key, value in profile.extra_body.items() if key not in abilities.refused}
    return {**found, "extra_body": extra} if extra else found


def optional(abilities: Abilities, profile: Profile, *, stream: bool) -> tuple[str, ...]:
    """The parameters of a call that can be left out when the server refuses them."""
    names = tuple(key for key in profile.extra_body if key not in abilities.refused)
    return (*names, "stream_options") if stream and "stream_options" not in abilities.refused else names


def _format(shape: Shape, abilities: Abilities) -> dict[str, Any]:
    if abilities.output == "object":
        return {"type": "json_object"}
    schema: dict[str, Any] = {"name": shape.name, "schema": dict(shape.schema)}
    if abilities.output == "strict":
        schema["strict"] = True
    return {"type": "json_schema", "json_schema": schema}


def _messages(request: Request, abilities: Abilities) -> list[dict[str, str]]:
    messages: list[tuple[str, str]] = [(one.role, one.text) for one in request.messages]
    if request.shape is not None and abilities.output in ("object", "prompt"):
        messages[0] = (messages[0][0], f"{messages[0][1]}\n\n{_in_words(request.shape)}")
    if abilities.no_system:
        messages = [("user", text) for _, text in messages]
    if abilities.merges or abilities.no_system:
        messages = _joined(messages)
    return [{"role": role, "content": text} for role, text in messages]


def _in_words(shape: Shape) -> str:
    """The schema in the prompt, where the server does not enforce one. Some want the word JSON to be there."""
    schema = json.dumps(shape.schema, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else. It must follow this JSON schema:\n{schema}"


def _joined(messages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one role as one message."""
    joined: list[tuple[str, str]] = []
    for role, text in messages:
        if joined and joined[-1][0] == role:
            joined[-1] = (role, f"{joined[-1][1]}\n\n{text}")
        else:
            joined.append((role, text))
    return joined
