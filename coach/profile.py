"""An endpoint as a user names it: where it is, which model, what it costs, how to be let in."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.errors import BadInput, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.address import Address

HOSTED_S, LOOPBACK_S = 180.0, 1200.0
"""Seconds one call may take in all: a local model on a processor needs minutes for what a hosted one does in seconds."""


class Secret:
    """A key. Neither printed nor compared nor pickled by accident; `reveal` is called where the header is written."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = "".join(text.split())

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret does not leave the process")


@dataclass(frozen=True, slots=True)
class Profile:
    """One endpoint with one model. Prices are per million tokens, in whatever currency the user thinks in."""

    address: Address
    model: str
    name: str = ""
    key: Secret | None = None
    key_from: str = ""
    """Where the key came from, to say so: a variable's name or `keyring`. Empty without a key."""
    context_window: int | None = None
    """Tokens, prompt and answer together."""
    price_in: float | None = None
    price_out: float | None = None
    price_cached: float | None = None
    extra_body: Mapping[str, object] = field(default_factory=dict)
    """Sent with every call as it stands."""
    ca_file: str | None = None
    timeout_s: float | None = None
    parallel: int | None = None

    @property
    def deadline_s(self) -> float:
        """Seconds one call may take in all."""
        return self.timeout_s or (LOOPBACK_S if self.address.is_loopback else HOSTED_S)

    @property
    def lanes(self) -> int:
        """Calls at the same time. One for a local server: each slot would compute the same prompt again."""
        return self.parallel or (1 if self.address.is_loopback else 4)


_KINDS: dict[str, tuple[type, ...]] = {
    "base_url": (str,),
    "model": (str,),
    "api_key_env": (str,),
    "keyring": (bool,),
    "context_window": (int,),
    "price_in": (int, float),
    "price_out": (int, float),
    "price_cached": (int, float),
    "extra_body": (dict,),
    "ca_file": (str,),
    "timeout_s": (int, float),
    "parallel": (int,),
}
_WORDS = {str: "text in quotes", bool: "true or false", int: "a whole number", dict: "a table"}
_OWN = frozenset(
    (
        "messages",
        "model",
        "stream",
        "stream_options",
        "response_format",
        "max_tokens",
        "max_completion_tokens",
    )
)


def check_table(name: str, table: object, *, where: str) -> dict[str, object]:
    """The keys of one profile's table, each of its kind; raises `BadInput` naming the key and what was perhaps meant."""
    if not isinstance(table, dict):
        raise BadInput(
            "config.toml is wrong",
            f"{where}: profiles.{name} is not a table.",
            hint=f"Begin it with [profiles.{name}].",
        )
    for key, value in table.items():
        if key not in _KINDS:
            hint = nearest(key, sorted(_KINDS))
            if key in ("api_key", "key", "token"):
                hint = "A key does not stand in this file: name its variable with api_key_env, or set keyring = true."
            raise BadInput("config.toml is wrong", f"{where}: profiles.{name} has no key '{key}'.", hint=hint)
        _check_value(f"profiles.{name}.{key}", key, value, where=where)
    return table


def _check_value(path: str, key: str, value: object, *, where: str) -> None:
    kinds = _KINDS[key]
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        wanted = "a number" if float in kinds else _WORDS[kinds[0]]
        raise BadInput("config.toml is wrong", f"{where}: {path} must be {wanted}.")
    least = 0.0 if key.startswith("price") else 1.0
    if isinstance(value, int | float) and kinds != (bool,) and not (math.isfinite(value) and value >= least):
        raise BadInput("config.toml is wrong", f"{where}: {path} must be {least:g} or more.")
    if isinstance(value, dict) and (taken := sorted(_OWN & set(value))):
        raise BadInput(
            "config.toml is wrong", f"{where}: {path} may not hold '{taken[0]}', which the coach sets itself."
        )
