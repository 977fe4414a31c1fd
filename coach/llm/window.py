"""How many tokens a model's window holds, from whatever its server tells about itself. Best effort, never fatal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.llm.abilities import FROM_CONFIG

if TYPE_CHECKING:
    from coach.llm.abilities import Abilities
    from coach.llm.port import ChatModel

Server = str
_FIELDS = ("max_model_len", "context_length", "context_window", "max_context_length", "loaded_context_length")
LOOKING_S = 4.0
LOCAL_PORTS: Mapping[int, Server] = {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}
"""Where local servers listen unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens, where that was read, and what kind of server it is, as far as it gave itself away."""

    tokens: int | None = None
    how: str = ""
    server: Server = ""
    models: tuple[str, ...] = ()


async def find_window(model: ChatModel) -> Window:
    """Ask the pages the usual servers have, the most telling first; at most a few seconds, and not where it is known.

    OpenAI tells no window. What only local servers have is not looked for over TLS.
    """
    if model.profile.address.is_openai:
        return Window()
    found = [Window()]
    with suppress(TimeoutError):
        async with asyncio.timeout(LOOKING_S):
            await _look_around(model, found)
    return found[-1]


async def _look_around(model: ChatModel, found: list[Window]) -> None:
    """Add to `found` what is seen, the most telling last."""
    models = await model.look("./models")
    names = tuple(str(one["id"]) for one in _rows(models) if "id" in one)
    mine = next((one for one in _rows(models) if one.get("id") == model.profile.model), {})
    found.append(_listed(mine, names))
    if model.profile.address.scheme == "https":
        return
    props = await model.look("/props")
    settings = props.get("default_generation_settings") if isinstance(props, Mapping) else None
    meta = mine.get("meta")
    if isinstance(settings, Mapping) and (size := _size(settings, "n_ctx")):
        found.append(Window(size, "/props of llama.cpp", "llama.cpp", names))
    elif isinstance(meta, Mapping) and (size := _size(meta, "n_ctx")):
        found.append(Window(size, "its list of models", "llama.cpp", names))
    elif (loaded := await _ollama(model)) is not None:
        found.append(replace(loaded, models=names))
    else:
        rows = _rows(await model.look("/api/v0/models"))
        row = next((one for one in rows if one.get("id") == model.profile.model), {})
        if size := _size(row, "loaded_context_length"):  # what it could hold is not what it is loaded with
            found.append(Window(size, "/api/v0/models of LM Studio", "LM Studio", names))


def _listed(mine: Mapping[str, object], names: tuple[str, ...]) -> Window:
    """What the list of models says itself."""
    for field in _FIELDS:
        if size := _size(mine, field):
            server = "vLLM" if field == "max_model_len" else ""
            return Window(size, f"{field} in its list of models", server, names)
    return Window(models=names)


def with_window(abilities: Abilities, window: Window) -> Abilities:
    """What is known, with a window that was found; what the user wrote stays."""
    if window.tokens is None or abilities.window_from == FROM_CONFIG:
        return abilities
    return replace(abilities, window=window.tokens, window_from=window.how)


async def _ollama(model: ChatModel) -> Window | None:
    """What Ollama has loaded says the window in use; before that nobody knows it."""
    running = await model.look("/api/ps")
    if not isinstance(running, Mapping) or "models" not in running:
        return None
    for one in _rows({"data": running["models"]}):
        if model.profile.model in (one.get("name"), one.get("model")) and (
            size := _size(one, "context_length")
        ):
            return Window(size, "/api/ps of Ollama", "Ollama")
    return Window(None, "", "Ollama")


def _rows(page: object) -> list[Mapping[str, object]]:
    rows = page.get("data") if isinstance(page, Mapping) else None
    return [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []


def _size(row: Mapping[str, object], field: str) -> int | None:
    value = row.get(field)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 256 else None
