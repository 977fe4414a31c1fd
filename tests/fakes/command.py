"""`coach` as other programs call it, in this process: exit code, standard output, standard error."""

from dataclasses import dataclass

import pytest

from coach.cli import main


@dataclass(frozen=True)
class Ran:
    """What came of one command."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run one command."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    shown = capsys.readouterr()
    return Ran(code, shown.out, shown.err)
