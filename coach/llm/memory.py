"""What was learned of each endpoint, kept between runs so that nothing is refused twice. A cache: delete it freely."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from coach.llm.abilities import Abilities

if TYPE_CHECKING:
    from pathlib import Path

    from coach.profile import Profile

VERSION = 1
KEPT_S = 30 * 86_400.0
"""Servers learn new tricks: after a month they are asked again."""


class Memory:
    """One JSON file, by address and model. `wall` is now, in seconds since the epoch."""

    def __init__(self, path: Path, *, wall: float) -> None:
        self._path = path
        self._wall = wall

    def recall(self, profile: Profile) -> Abilities:
        """What is known of `profile`; what to begin with when nothing is."""
        entry = self._load().get(_name(profile))
        known = _read(entry, self._wall) if entry else None
        first = Abilities(limit="max_completion_tokens" if profile.address.is_openai else "max_tokens")
        abilities = known or first
        if profile.context_window:
            abilities = replace(abilities, window=profile.context_window, window_from="config.toml")
        return abilities

    def keep(self, profile: Profile, abilities: Abilities) -> None:
        """Remember; when it cannot be written, the next run only asks again."""
        entries = self._load()
        if abilities.window_from == "config.toml":
            abilities = replace(abilities, window=None, window_from="")
        entries[_name(profile)] = {"at": self._wall, **asdict(abilities)}
        text = json.dumps({"v": VERSION, "endpoints": entries}, indent=1, sort_keys=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._path)
        except OSError:
            draft.unlink(missing_ok=True)

    def _load(self) -> dict[str, dict[str, object]]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return dict(kept["endpoints"]) if kept["v"] == VERSION else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def _name(profile: Profile) -> str:
    return f"{profile.address.url} {profile.model}"


def _read(entry: dict[str, object], wall: float) -> Abilities | None:
    """Abilities as kept; None when they are old or another version wrote them."""
    at = entry.get("at")
    if not isinstance(at, int | float) or not 0 <= wall - at <= KEPT_S:
        return None
    values = {key: value for key, value in entry.items() if key != "at"}
    if set(values) != {one.name for one in fields(Abilities)} or not isinstance(values["refused"], list):
        return None
    return Abilities(**{**values, "refused": tuple(map(str, values["refused"]))})  # type: ignore[arg-type]
