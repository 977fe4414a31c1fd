"""The sections of a debrief, in order. One widget each; what is added later is one more line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.tui.widgets.debrief_board import BoardPage
from coach.tui.widgets.debrief_coaching import CoachingPage
from coach.tui.widgets.debrief_facts import FactsPage
from coach.tui.widgets.debrief_findings import FindingsPage
from coach.tui.widgets.debrief_fixes import FixesPage
from coach.tui.widgets.debrief_levels import LevelsPage
from coach.tui.widgets.debrief_mistakes import MistakesPage
from coach.tui.widgets.debrief_reference import ReferencePage
from coach.tui.widgets.debrief_time import TimePage
from coach.tui.widgets.debrief_transcript import TranscriptPage
from coach.tui.widgets.debrief_verdict import VerdictPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.report.review import Review
    from coach.tui.widgets.debrief_blocks import Place
    from coach.tui.widgets.debrief_page import Page


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its id, the word it is called by everywhere, and its page."""

    id: str
    label: str
    page: type[Page]


SECTIONS: tuple[Section, ...] = (
    Section("verdict", "Verdict", VerdictPage),
    Section("levels", "Levels", LevelsPage),
    Section("fixes", "Fixes", FixesPage),
    Section("time", "Time", TimePage),
    Section("facts", "Facts", FactsPage),
    Section("mistakes", "Mistakes", MistakesPage),
    Section("reference", "Reference", ReferencePage),
    Section("transcript", "Transcript", TranscriptPage),
    Section("board", "Board", BoardPage),
)
FINDINGS, COACHING = "findings", "coaching"
"""Pages below a section: the findings of a dimension below the levels, what a model says below the fixes."""
_ABOVE = {FINDINGS: "levels", COACHING: "fixes"}


def pages(review: Review) -> Iterator[Page]:
    """Every page, made for `review`."""
    for section in SECTIONS:
        yield section.page(review, id=section.id)
    yield FindingsPage(review, id=FINDINGS)
    yield CoachingPage(review, id=COACHING)


def number_of(place: Place) -> int:
    """The number of the section a place is in, from 1."""
    section = _ABOVE.get(place.section, place.section)
    return next(at for at, one in enumerate(SECTIONS, start=1) if one.id == section)
