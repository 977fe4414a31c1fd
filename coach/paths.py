"""Every folder the coach reads or writes, in one place."""

import os
from pathlib import Path


def data_dir() -> Path:
    """Where sessions live: `COACH_DATA_DIR`, else the platform's data folder for `coach`."""
    if chosen := os.environ.get("COACH_DATA_DIR"):
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("coach", appauthor=False)


def config_dir() -> Path:
    """Where a user's own problems and rubrics live: `COACH_CONFIG_DIR`, else the platform's folder."""
    if chosen := os.environ.get("COACH_CONFIG_DIR"):
        return Path(chosen)
    from platformdirs import user_config_path

    return user_config_path("coach", appauthor=False)


def cache_dir() -> Path:
    """What can be found out again: `COACH_CACHE_DIR`, else the platform's cache folder for `coach`."""
    if chosen := os.environ.get("COACH_CACHE_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("coach", appauthor=False)


def sessions_dir() -> Path:
    """One folder per session; created by the first session, mode 0700."""
    return data_dir() / "sessions"


def shipped_dir(kind: str) -> Path:
    """The shipped `problems`, `rubrics` or `prompts`: from the checkout when there is one, else from the wheel."""
    package = Path(__file__).parent
    checkout = package.parent / kind
    if (package.parent / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return package / "_data" / kind


def content_dirs(kind: str) -> list[Path]:
    """Folders searched for `problems`, `rubrics` or `prompts`, a user's own first."""
    return [config_dir() / kind, shipped_dir(kind)]
