"""What the home screen shows of each problem, remembered, so that it can paint before anything heavy loads.

No pydantic and no YAML here at import: the whole point is to be quick.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach import paths

if TYPE_CHECKING:
    from coach.content.problem import Problem


@dataclass(frozen=True, slots=True)
class Listing:
    """One problem as listed."""

    id: str
    title: str
    asked_by: tuple[str, ...]
    tests: str
    prompt: str


def of(problem: "Problem") -> Listing:
    """The listing of a loaded problem."""
    return Listing(problem.id, problem.title, problem.asked_by, problem.tests, problem.prompt)


def remembered() -> tuple[Listing, ...]:
    """The listings of last time; empty when there are none or they cannot be read."""
    try:
        rows = json.loads(_file().read_text(encoding="utf-8"))
        return tuple(Listing(**{**row, "asked_by": tuple(row["asked_by"])}) for row in rows)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def remember(listings: tuple[Listing, ...]) -> None:
    """Keep the listings for next time. A cache: when it cannot be written, next time is only slower."""
    path = _file()
    text = json.dumps([asdict(one) for one in listings], ensure_ascii=False)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)


def _file() -> Path:
    return paths.data_dir() / "problems.json"
