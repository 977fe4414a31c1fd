"""Prompts as golden files: what a model is sent is read by people before it is changed."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "golden" / "prompts"
IS_UPDATING = bool(os.environ.get("COACH_UPDATE_GOLDEN"))
"""Read once: during a test there are no COACH_ variables."""


def check_prompt(name: str, text: str) -> None:
    """`text` is what `tests/golden/prompts/NAME.txt` holds; COACH_UPDATE_GOLDEN=1 writes it anew."""
    path = GOLDEN / f"{name}.txt"
    if IS_UPDATING:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    assert path.is_file(), f"{path} is missing; COACH_UPDATE_GOLDEN=1 writes it"
    assert f"{text}\n" == path.read_text(encoding="utf-8"), (
        f"{name} changed; COACH_UPDATE_GOLDEN=1 takes it over"
    )
