"""Commands over a text of the candidate's own: `coach sheet` and `coach board`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coach import wiring
from coach.errors import BadInput, CoachError

if TYPE_CHECKING:
    import argparse

    from coach.board.graph import Board
    from coach.judge.findings import BoardFinding

SCHEMA = 1
BOARD_FORMATS = ("text", "svg", "mermaid", "excalidraw", "json")


def sheet(arguments: argparse.Namespace) -> int:
    """Check the calculations of a text."""
    from coach.report.numbers import checked_text

    sys.stdout.write(checked_text(_given(arguments.file), arguments.format))
    return 0


def board(arguments: argparse.Namespace) -> int:
    """Draw a board, or say what breaks in it."""
    text = _given(arguments.file)
    if arguments.lint or arguments.problem:
        _write(_critique(text, arguments), arguments.output)
    else:
        _write(_drawn(_read(text), arguments.format), arguments.output)
    return 0


def _given(name: str) -> str:
    """The text of a file or of standard input; nothing in it is no mistake to be told how answers are written."""
    try:
        return wiring.read_answer(name)
    except BadInput as error:
        if "blank" not in error.title:
            raise
        raise BadInput("This text is blank", error.message) from error


def _read(text: str) -> Board:
    """The board of a text: its own lines, or the diagrams of a Markdown document."""
    from coach.board.found import board_of, diagram_in
    from coach.board.parse import read_board

    if any(line.startswith(("# ", "## ", "```")) for line in text.split("\n")):
        return board_of(diagram_in(enumerate(text.split("\n"), 1)))[0]
    return read_board(text)


def _drawn(read: Board, how: str) -> str:
    from coach.board.export import json_of, text_of

    if how == "json":
        return json_of(read)
    if not read.boxes:
        raise CoachError(
            "Nothing to draw",
            "No line of this text names a box.",
            hint="A line such as: client -> api -> db.",
        )
    if how == "svg":
        from coach.board.svg import svg_of

        return svg_of(read)
    if how == "mermaid":
        from coach.board.mermaid import mermaid_of

        return mermaid_of(read)
    if how == "excalidraw":
        from coach.board.excalidraw import excalidraw_of

        return excalidraw_of(read)
    return text_of(read)


def _critique(text: str, arguments: argparse.Namespace) -> str:
    """What breaks, waits or hangs loose; with a problem also what that expects."""
    found = _findings(text, arguments.problem)
    if arguments.format == "json":
        findings = [one.model_dump() for one in found]
        return json.dumps({"schema": SCHEMA, "findings": findings}, ensure_ascii=False, indent=2) + "\n"
    if arguments.format != "text":
        raise CoachError("No such report", "What --lint finds is written as text or json.")
    if not found:
        return "Nothing was found to break, wait or hang loose.\n"
    from coach.report.drawing import said_of

    return "".join(f"line {one.line}: [{one.rule}] {said_of(one)}\n" for one in found)


def _findings(text: str, problem: str | None) -> tuple[BoardFinding, ...]:
    from coach.judge.drawn import critique

    if problem is None:
        return critique(_read(text))
    from coach.content.library import find_problem

    return critique(_read(text), find_problem(problem))


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise CoachError(
            "The file cannot be written",
            f"{output}: {error.strerror or error}.",
            hint="Give -o another path.",
        ) from error
