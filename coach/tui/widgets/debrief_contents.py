"""Where one is in a debrief: a list beside the page where there is room, one line above it where there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach.report.mistakes import classic_mistakes
from coach.report.words import VERDICTS
from coach.tui.widgets.debrief_blocks import Place, cell
from coach.tui.widgets.debrief_sections import COACHING, FINDINGS, SECTIONS
from coach.tui.widgets.debrief_time import LEAST_OVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import Review

ROOM = 39
"""Columns of a row; the list is as wide as the longest name of a dimension asks for."""


class Contents(OptionList):
    """The sections with what each comes to; under the levels stand the dimensions."""

    HELP = "Up and down choose what stands on the right, Enter or Tab goes there."
    DEFAULT_CSS = """
    Contents { border: round $border-blurred; padding: 0; background: $background; }
    Contents:focus { border: heavy $border; background-tint: transparent; }
    Contents:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """

    def __init__(self, review: Review) -> None:
        rows = list(_rows(review))
        self.places = [place for place, _, _ in rows]
        super().__init__(*(Option(Content(_row(label, word))) for _, label, word in rows), markup=False)
        self.border_title = "Debrief"

    def follow(self, place: Place) -> None:
        """Highlight where the reader is now, without taking her anywhere."""
        at = next((at for at, one in enumerate(self.places) if _is_same(one, place)), None)
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = at


class SectionStrip(Widget):
    """`1 Verdict [2 Levels] 3 Fixes`; the brackets say it without colour. Names give way before numbers."""

    DEFAULT_CSS = """
    SectionStrip {
        height: 1; padding: 0; background: $panel; color: $text-muted;
        & > .section-strip--here { color: $foreground; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"section-strip--here"}

    here: reactive[int] = reactive(1)
    """The number of the section shown."""

    def render(self) -> Content:
        names = [f"{number} {one.label}" for number, one in enumerate(SECTIONS, start=1)]
        here = names[self.here - 1]
        # The names furthest from here give way first, each to its number.
        for at in sorted(range(len(names)), key=lambda at: -abs(at - self.here + 1)):
            if _room(names) > self.size.width and names[at] != here:
                names[at] = names[at][0]
        if _room(names) > self.size.width:
            names = [here]
        # Neighbours share the column between them: a blank, or a bracket of the one that is shown.
        edges = [" ", *(" " for _ in names)]
        at = names.index(here)
        edges[at], edges[at + 1] = "[", "]"
        style = self.get_visual_style("section-strip--here")
        parts: list[Content | str] = []
        for edge, name in zip(edges, names, strict=False):
            parts += [edge, Content.styled(name, style) if name == here else name]
        return Content.assemble(*parts, edges[-1])


def _room(names: list[str]) -> int:
    return sum(map(len, names)) + len(names) + 1


def _is_same(one: Place, place: Place) -> bool:
    return (one.section, one.dimension) == (place.section, place.dimension)


def _rows(review: Review) -> Iterator[tuple[Place, str, str]]:
    """Where each row leads, its name, and what it comes to."""
    words = _words(review)
    for number, section in enumerate(SECTIONS, start=1):
        yield Place(section.id), f"{number} {section.label}", words.get(section.id, "")
        if section.id == "levels":
            for view in review.dimensions():
                level = "-" if view.level is None else str(view.level)
                yield Place(FINDINGS, view.dimension), f"  {view.name}", level
        if section.id == "fixes":
            yield Place(COACHING), "  Coaching by a model", ""


def _words(review: Review) -> dict[str, str]:
    card, facts = review.card, review.facts()
    found = sum(how == "found" for _, how in facts)
    made = sum(view.mistake.made for view in classic_mistakes(review))
    over = sum(one.over_min for one in review.phases())
    fixes, lines = review.top_fixes(), len(review.transcript.lines)
    return {
        "verdict": VERDICTS[card.verdict] if card.verdict else "not scored",
        "levels": f"{card.score:.2f} of 4" if card.score is not None else "-",
        "fixes": f"+{fixes[0].gain:.2f}" if fixes else "-",
        "time": f"{over:.1f} over" if over >= LEAST_OVER else "",
        "facts": f"{found} of {len(facts)}",
        "mistakes": f"{made} made",
        "board": _drawn(review),
        "transcript": "1 line" if lines == 1 else f"{lines} lines",
    }


def _drawn(review: Review) -> str:
    found = sum(one.excused is None for one in review.card.board)
    return f"{found} found" if found else ""


def _row(label: str, word: str) -> str:
    return f"{cell(label, ROOM - len(word) - 1)} {word}"
