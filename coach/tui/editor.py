"""The notes in the candidate's own editor, through a file only she can read."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import CoachError

if TYPE_CHECKING:
    from collections.abc import Sequence

NEWLINE = "\n"


def edit_outside(text: str, editor: Sequence[str], *, name: str) -> str:
    """`text` as it is after `editor` was closed; the terminal belongs to the editor meanwhile.

    `CoachError` when there is no editor or it fails; then the text stays as it was.
    """
    if not editor:
        raise CoachError("No editor", "EDITOR is not set.", hint="Set it, for example: export EDITOR=vim")
    with tempfile.TemporaryDirectory(prefix="coach-") as folder:
        path = Path(folder) / f"{name}.md"
        path.touch(mode=0o600)
        # A last line without its newline is one some editors append to.
        path.write_text(f"{text.removesuffix(NEWLINE)}{NEWLINE}", encoding="utf-8")
        try:
            done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603  the user's own choice
        except OSError as error:
            raise CoachError(
                "The editor did not start",
                f"{editor[0]}: {error.strerror}",
                hint="EDITOR names the program to use.",
            ) from error
        if done.returncode != 0:
            raise CoachError("Nothing was taken over", f"{editor[0]} ended with exit code {done.returncode}.")
        try:
            edited = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CoachError(
                "Nothing was taken over", f"The file could not be read back: {error}."
            ) from error
    return edited if text.endswith(NEWLINE) else edited.removesuffix(NEWLINE)
