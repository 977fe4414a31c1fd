"""The frozen interview as numbered lines; those a finding rests on are marked and lead back to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from coach.report.words import GLYPHS
from coach.session.phases import HEADINGS, NAMES
from coach.session.timing import clock_text
from coach.tui.widgets.debrief_blocks import GAP, Block, Part, Place, heading, text
from coach.tui.widgets.debrief_page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import Review
    from coach.session.transcript import TranscriptLine

SOURCES = {"talk": "Talk", "notes": "Notes", "board": "Board", "sheet": "Sheet", "file": "Written"}
MISTAKE = "!"
MARKS_SHOWN = 2
NAMED = 70
"""Columns from which a marked line also says what rests on it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Something that rests on a line."""

    glyph: str
    name: str
    place: Place


class TranscriptPage(Page):
    """Enter on a marked line opens what rests on it."""

    TITLE: ClassVar[str] = "Transcript"

    def blocks(self, width: int) -> Iterator[Block]:
        cited, lines = citations(self.review), self.review.transcript.lines
        yield text(
            (f"✓ ~ ✗ a finding rests on this line, {MISTAKE} a mistake does. Enter opens it.", "quiet")
        )
        digits = len(str(lines[-1].number)) if lines else 1
        part = None
        for line in lines:
            if (line.source, line.phase) != part:
                part = (line.source, line.phase)
                yield GAP
                yield heading(f"{SOURCES[line.source]}{f' · {HEADINGS[line.phase]}' if line.phase else ''}")
            yield _line(line, cited.get(line.number, ()), digits, has_names=width >= NAMED)


def citations(review: Review) -> dict[int, tuple[Citation, ...]]:
    """What rests on each line, by number: findings first, then mistakes and what the board shows."""
    found: dict[int, tuple[Citation, ...]] = {}
    for finding in review.card.findings:
        name = review.rubric.dimensions[finding.dimension].name
        place = Place("findings", finding.dimension, finding.check)
        for number in dict.fromkeys(quote.line for quote in finding.evidence):
            found[number] = (*found.get(number, ()), Citation(GLYPHS[finding.finding], name, place))
    for mistake in review.card.mistakes:
        place = Place("mistakes", key=mistake.mistake)
        for quote in mistake.evidence if mistake.made else ():
            found[quote.line] = (*found.get(quote.line, ()), Citation(MISTAKE, mistake.name, place))
    for at, one in enumerate(review.card.board):
        mark = MISTAKE if one.excused is None else "="
        found[one.line] = (
            *found.get(one.line, ()),
            Citation(mark, "Board", Place("board", key=f"board {at}")),
        )
    return found


def _line(line: TranscriptLine, cited: tuple[Citation, ...], digits: int, *, has_names: bool) -> Block:
    marks = "".join(dict.fromkeys(one.glyph for one in cited))[:MARKS_SHOWN]
    parts: list[Part] = [(f"{line.number:>{digits}} ", "quiet"), (f"{marks:<{MARKS_SHOWN}} ", "strong")]
    if line.minute is not None:
        parts.append((f"{clock_text(int(line.minute * 60))} ", "quiet"))
    hanging = sum(len(part[0]) for part in parts)
    if line.source == "talk":
        parts.append(("You: ", "strong") if line.speaker == "candidate" else ("Interviewer: ", "quiet"))
    parts.append(line.text.rstrip())
    if line.edited_in != line.phase and line.edited_in is not None:
        parts.append((f"  (edited in {NAMES[line.edited_in]})", "quiet"))
    if cited and has_names:
        more = f", {len(cited) - 1} more" if len(cited) > 1 else ""
        parts.append((f"  [{cited[0].name}{more}]", "quiet"))
    return Block(
        tuple(parts),
        hanging=hanging,
        key=f"line {line.number}" if cited else "",
        opens=cited[0].place if cited else None,
    )
