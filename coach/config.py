"""What the environment and `config.toml` say: how to behave, which endpoint to talk to, and its key."""

from __future__ import annotations

import os
import shlex
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach import paths
from coach.address import OPENAI, Address
from coach.errors import BadInput, nearest
from coach.profile import Profile, Secret, check_table

KEYRING_SERVICE = "coach"
_TOP = ("profile", "profiles")
_OF_MODEL = ("context_window", "price_in", "price_out", "price_cached")
"""What is true of one model only."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says about the endpoint; None where it says nothing."""

    profile: str | None = None
    base_url: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """`config.toml`: which profile is used unasked, and all of them as written."""

    path: Path
    default: str | None = None
    profiles: dict[str, dict[str, object]] = field(default_factory=dict)


def editor() -> tuple[str, ...]:
    """The candidate's editor as a command line without the file: `$VISUAL`, else `$EDITOR`, else none."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return tuple(shlex.split(chosen))
    except ValueError:
        return ()


def wants_no_color() -> bool:
    """Whether the terminal asked for no colours (`NO_COLOR` set to anything but nothing)."""
    return bool(os.environ.get("NO_COLOR"))


def token_tables() -> str | None:
    """The folder in which tiktoken keeps its tables; empty when it is told to keep none, None when it is not told."""
    for name in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if name in os.environ:
            return os.environ[name]
    return None


def read_file() -> File:
    """`config.toml`; an empty one when there is none. `BadInput` names the file, the line or the key that is wrong."""
    path = paths.config_dir() / "config.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return File(path)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("config.toml cannot be read", f"{path}: {error}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadInput("config.toml is wrong", f"{path}: {error}.", hint="Mend that line.") from error
    for key in values:
        if key not in _TOP:
            raise BadInput("config.toml is wrong", f"{path}: no key '{key}'.", hint=nearest(key, list(_TOP)))
    tables = values.get("profiles", {})
    if not isinstance(tables, dict):
        raise BadInput("config.toml is wrong", f"{path}: profiles is not a table.")
    profiles = {name: check_table(name, table, where=str(path)) for name, table in tables.items()}
    default = values.get("profile")
    if default is not None and not isinstance(default, str):
        hint = "Write [profiles.NAME] for a profile." if isinstance(default, dict) else ""
        raise BadInput("config.toml is wrong", f"{path}: profile must be a name in quotes.", hint=hint)
    if default is not None and default not in profiles:
        raise _unknown(default, profiles, path)
    return File(path, default, profiles)


def endpoint(wish: Wish = Wish()) -> Profile | None:
    """The endpoint to talk to; None when nobody named one.

    What the command line says goes before `COACH_BASE_URL` and `COACH_MODEL`, those before `config.toml`. An ambient
    `OPENAI_API_KEY` alone sends nothing anywhere.
    """
    file = read_file()
    name = wish.profile or file.default
    if name is not None and name not in file.profiles:
        raise _unknown(name, file.profiles, file.path)
    table: dict[str, Any] = dict(file.profiles[name]) if name else {}
    # A profile asked for by name is meant whole; the environment goes before one that is only the default.
    from_env = None if wish.profile else os.environ.get("COACH_BASE_URL")
    base_url = wish.base_url or from_env or table.get("base_url")
    model = wish.model or (None if wish.profile else os.environ.get("COACH_MODEL")) or table.get("model")
    if not base_url and not model:
        return None
    address = Address.parse(base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI)
    is_own = name is not None and base_url == table.get("base_url")
    is_own_model = is_own and model == table.get("model")
    table = table if is_own else {}
    key, key_from = _key(table, name or "", address)
    return Profile(
        address,
        (model or "").strip(),
        name=name if name and is_own else "",
        key=key,
        key_from=key_from,
        extra_body=table.get("extra_body", {}),
        ca_file=str(Path(table["ca_file"]).expanduser()) if "ca_file" in table else None,
        timeout_s=table.get("timeout_s"),
        parallel=table.get("parallel"),
        **{one: table.get(one) if is_own_model else None for one in _OF_MODEL},
    )


def _key(table: dict[str, Any], name: str, address: Address) -> tuple[Secret | None, str]:
    """The key that belongs to `address`, and where it came from. A key never follows to another host."""
    if variable := table.get("api_key_env"):
        if not (text := os.environ.get(variable, "").strip()):
            raise BadInput(
                "The key is missing",
                f"The profile {name} takes it from {variable}, which is not set.",
                hint=f"Set it: export {variable}=...",
            )
        return Secret(text), variable
    if table.get("keyring"):
        return Secret(_from_keyring(name)), "keyring"
    own = os.environ.get("COACH_BASE_URL")
    if (text := os.environ.get("COACH_API_KEY", "").strip()) and _belongs(address, own):
        return Secret(text), "COACH_API_KEY"
    theirs = os.environ.get("OPENAI_BASE_URL") or OPENAI
    if (text := os.environ.get("OPENAI_API_KEY", "").strip()) and _belongs(address, theirs):
        return Secret(text), "OPENAI_API_KEY"
    return None, ""


def _belongs(address: Address, owner: str | None) -> bool:
    """Whether a key of `owner` may go to `address`: the same scheme, host and port, or nobody else was named."""
    if not owner:
        return True
    try:
        return Address.parse(owner).origin == address.origin
    except BadInput:
        return False


def _from_keyring(name: str) -> str:
    try:
        import keyring
    except ImportError as error:
        raise BadInput(
            "The keyring is not installed",
            f"The profile {name} keeps its key there.",
            hint="Install it (pip install 'system-design-coach[keyring]') or use api_key_env instead.",
        ) from error
    try:
        text = keyring.get_password(KEYRING_SERVICE, name)
    except Exception as error:
        raise BadInput(
            "The keyring cannot be opened",
            f"It said: {type(error).__name__}.",
            hint="Unlock it, or use api_key_env.",
        ) from error
    if not text:
        raise BadInput(
            "The key is missing",
            f"The keyring has none for the profile {name}.",
            hint=f"Put it there: keyring set {KEYRING_SERVICE} {name}",
        )
    return str(text)


def _unknown(name: str, profiles: dict[str, dict[str, object]], path: Path) -> BadInput:
    hint = nearest(name, list(profiles)) if profiles else f"Write [profiles.{name}] into {path}."
    return BadInput("Unknown profile", f"There is no profile '{name}' in {path}.", hint=hint)
