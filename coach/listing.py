"""The list of problems as home showed it last time, so that it can paint before anything heavy loads.

A cache: no pydantic, no YAML, no SQLite here. Delete or damage it and it returns.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from coach import __version__, paths


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem in the list, with what the candidate did on it so far. `last` is a date, `best` a verdict."""

    id: str
    title: str
    asked_by: tuple[str, ...]
    tests: str
    prompt: str
    attempts: int = 0
    best: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """The lines, and the stamp of the files they were read from; no stamp when a file had faults."""

    lines: tuple[ProblemLine, ...] = ()
    stamp: str = ""


def stamp() -> str:
    """Changes whenever a problem file is added, changed or removed, or the coach is another version."""
    parts = [__version__]
    for folder in paths.content_dirs("problems"):
        if folder.is_dir():
            for path in sorted(folder.glob("*.yaml")):
                about = path.stat()
                parts.append(f"{path}:{about.st_mtime_ns}:{about.st_size}")
    return " ".join(parts)


def remembered() -> Remembered:
    """The list of last time; empty when there is none or it cannot be read."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        return Remembered(tuple(_line(row) for row in kept["problems"]), str(kept["stamp"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Remembered()


def remember(lines: Sequence[ProblemLine], stamp_: str) -> None:
    """Keep the list for next time; when it cannot be written, next time is only slower."""
    path = _file()
    text = json.dumps({"stamp": stamp_, "problems": [asdict(one) for one in lines]}, ensure_ascii=False)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def _line(row: dict[str, object]) -> ProblemLine:
    if set(row) != {one.name for one in fields(ProblemLine)}:
        raise ValueError("another version wrote this")
    return ProblemLine(**{**row, "asked_by": tuple(row["asked_by"])})  # type: ignore[arg-type]


def _file() -> Path:
    return paths.data_dir() / "problems.json"
