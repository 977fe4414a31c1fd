"""What was learned of each endpoint, kept between runs so that nothing is refused twice. A cache: delete it freely."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, get_args

from coach.llm.abilities import FROM_CONFIG, FROM_REFUSAL, OUTPUTS, Abilities, Limit

if TYPE_CHECKING:
    from collections.abc import Callable
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
        known = _read(entry, self._wall)
        first = Abilities(limit="max_completion_tokens" if profile.address.is_openai else "max_tokens")
        abilities = known or first
        if profile.context_window:
            abilities = replace(abilities, window=profile.context_window, window_from=FROM_CONFIG)
        return abilities

    def keep(self, profile: Profile, abilities: Abilities) -> None:
        """Remember; when it cannot be written, the next run only asks again."""
        entries = self._load()
        if abilities.window_from in (FROM_CONFIG, FROM_REFUSAL):
            # What was written may be taken out again, and every advice after a refusal is to raise it.
            abilities = replace(abilities, window=None, window_from="")
        entries[_name(profile)] = {"at": self._wall, **asdict(abilities)}
        text = json.dumps({"v": VERSION, "endpoints": entries}, indent=1, sort_keys=True)
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._path)
        except OSError:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _load(self) -> dict[str, object]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return dict(kept["endpoints"]) if kept["v"] == VERSION else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}


def _name(profile: Profile) -> str:
    return f"{profile.address.url} {profile.model}"


def _read(entry: object, wall: float) -> Abilities | None:
    """Abilities as kept; None when they are old, damaged, or another version wrote them."""
    if not isinstance(entry, dict):
        return None
    at = entry.get("at")
    values = {key: value for key, value in entry.items() if key != "at"}
    if not isinstance(at, int | float) or not 0 <= wall - at <= KEPT_S or values.keys() != _FITS.keys():
        return None
    if not all(_FITS[key](value) for key, value in values.items()):
        return None
    return Abilities(**{**values, "refused": tuple(values["refused"])})


def _is_whole(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


_FITS: dict[str, Callable[[object], bool]] = {
    "output": lambda value: value in OUTPUTS,
    "limit": lambda value: value in get_args(Limit),
    "refused": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "merges": lambda value: isinstance(value, bool),
    "no_system": lambda value: isinstance(value, bool),
    "window": _is_whole,
    "window_from": lambda value: isinstance(value, str),
    "most": _is_whole,
    "thinks": lambda value: isinstance(value, bool),
    "factor": lambda value: isinstance(value, int | float) and 0 < value < 100,
    "judging": lambda value: value in ("untried", "able", "unable"),
}
"""What each field of `Abilities` must be to be believed."""
