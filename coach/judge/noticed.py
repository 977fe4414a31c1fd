"""What the reader of a scorecard must know of a text: what was not counted, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.judge.findings import Caution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.judge.reading import Reading
    from coach.text.passages import Passage

_NAMED_LINES, _NAMED_WORDS = 4, 6
"""Lines a warning names, and words it quotes of each."""


def noticed(reading: Reading, *, language: bool = True) -> list[Caution]:
    """What the reader must know about this text; with `language` also that it is not English."""
    found = []
    if reading.tampering:
        numbers = ", ".join(str(n) for n in sorted({one.line for one in reading.tampering})[:12])
        found.append(
            Caution(code="tampering", text=f"Text that talks to the judge was not counted: line {numbers}.")
        )
    if reading.echoes:
        found.append(
            Caution(
                code="read_back",
                text="Text that repeats the prompt, the rubric, the reference or the interviewer was not counted: "
                f"{_lines_of(reading.echoes)}.",
            )
        )
    if language and not reading.is_readable:
        found.append(
            Caution(
                code="unsupported_language",
                text="The offline judge reads English only, so nothing was scored.",
            )
        )
    return found


def _lines_of(some: Sequence[Passage]) -> str:
    """`line 22 ("People paste a long ..."), line 30 ("...")`, the first few."""
    first = {one.line: one for one in reversed(some)}
    named = [
        f'line {number} ("{" ".join(token.word for token in first[number].tokens[:_NAMED_WORDS])} ...")'
        for number in sorted(first)
    ]
    more = f" and {len(named) - _NAMED_LINES} more" if len(named) > _NAMED_LINES else ""
    return ", ".join(named[:_NAMED_LINES]) + more
