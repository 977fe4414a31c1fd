"""Parts of README and docs that are made by the program itself, between `<!-- name -->` and `<!-- /name -->`."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(\n?<!-- /{name} -->)", re.DOTALL)


def section(name: str, *, of: Path = README) -> str:
    """What stands between the marks of `name`."""
    found = _pattern(name).search(of.read_text(encoding="utf-8"))
    assert found, f"{of.name} has no part named {name}"
    return found[2]


def update(name: str, text: str, *, when: bool, of: Path = README) -> None:
    """Write the part anew, with COACH_UPDATE_GOLDEN=1."""
    if when:
        old = of.read_text(encoding="utf-8")
        of.write_text(
            _pattern(name).sub(lambda found: f"{found[1]}{text}\n<!-- /{name} -->", old), encoding="utf-8"
        )
