"""When each line of a document was last touched, followed through its edits."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from coach.terms import Phase

Stamp = tuple[float, Phase]


@dataclass(slots=True)
class LineStamps:
    """One stamp per line: used seconds and phase of its last change. Lines that only move keep theirs."""

    lines: list[str] = field(default_factory=lambda: [""])
    stamps: list[Stamp] = field(default_factory=lambda: [(0.0, "requirements")])

    def follow(self, text: str, *, t: float, phase: Phase) -> None:
        """The document reads `text` now."""
        fresh = text.split("\n")
        start, end = _shared_ends(self.lines, fresh)
        old = self.lines[start : len(self.lines) - end]
        new = fresh[start : len(fresh) - end]
        stamps: list[Stamp] = [(t, phase)] * len(new)
        if old and len(new) > 1:
            # An editor may hand over many changes at once: what stands between them was not touched.
            bare_old, bare_new = [one.strip() for one in old], [one.strip() for one in new]
            for block in SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_matching_blocks():
                kept = self.stamps[start + block.a : start + block.a + block.size]
                stamps[block.b : block.b + block.size] = kept
        self.stamps[start : len(self.lines) - end] = stamps
        self.lines = fresh


def _shared_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many lines are the same at the beginning, and of the rest at the end."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    most -= start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return start, end
