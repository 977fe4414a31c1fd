"""Local servers on their usual ports: who answers there, and with which models. No library: the standard one will do."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

from coach.clock import SystemClock
from coach.llm.window import LOCAL_PORTS

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOCK_S = 1.0
MOST_BYTES = 500_000
_SIGNS = {"/api/version": "Ollama", "/api/v0/models": "LM Studio", "/props": "llama.cpp", "/version": "vLLM"}
"""Pages only one kind of server has."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A server on this machine. `kind` is what it gave itself away as, else what usually listens there."""

    kind: str
    url: str
    models: tuple[str, ...]


def find_neighbours(ports: Mapping[int, str] = LOCAL_PORTS) -> tuple[Neighbour, ...]:
    """Knock at every port at once; a second at most for each page."""
    with ThreadPoolExecutor(len(ports) or 1) as pool:
        found = pool.map(lambda port: _knock(port, ports[port]), ports)
        return tuple(one for one in found if one is not None)


def _knock(port: int, usual: str) -> Neighbour | None:
    root = f"http://127.0.0.1:{port}"
    page = _get(f"{root}/v1/models")
    if not isinstance(page, dict):
        return None
    rows = page.get("data")
    models = (
        tuple(str(one["id"]) for one in rows if isinstance(one, dict) and "id" in one)
        if isinstance(rows, list)
        else ()
    )
    kind = next((name for path, name in _SIGNS.items() if isinstance(_get(root + path), dict)), usual)
    return Neighbour(kind, f"{root}/v1", models)


def _get(url: str) -> object:
    """The decoded page, or None; through no proxy, and given up when its time is over however much still drips."""
    clock = SystemClock()
    end = clock.steady() + KNOCK_S
    data = b""
    try:
        with build_opener(ProxyHandler({})).open(url, timeout=KNOCK_S) as answer:
            while len(data) < MOST_BYTES and (more := answer.read1(65_536)):
                data += more
                if clock.steady() > end:
                    return None
        return json.loads(data)
    except (OSError, ValueError, HTTPException):
        return None
