"""The warm-up: what to try, in order, and how each event of the session shows that it was done. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

PROBLEM = "warm-up"
MINUTES = 9.0
"""The warm-up takes about two; the clock leaves room, because time warnings would teach stress, not keys."""
DONE = "That is all there is to it."


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to try; `shown_by` are the kinds of event that prove it."""

    id: str
    text: str
    shown_by: frozenset[str]


STEPS: tuple[Step, ...] = (
    Step(
        "ask",
        'Press F2 and ask: "How many guests come?" Enter sends. The interviewer tells only what you ask for.',
        frozenset({"said"}),
    ),
    Step("write", "Press F3 and write a line of notes. They are kept as you type.", frozenset({"edited"})),
    Step(
        "guidance",
        "Press F9 to see what this phase is for, Esc to close it. A mock interview hides it.",
        frozenset({"guidance_shown"}),
    ),
    Step(
        "next",
        "Press F10 to go on to the next phase. The bar above shows its time; what you save goes with you.",
        frozenset({"phase_entered"}),
    ),
    Step(
        "finish", "Press F12 to hand in. In an interview you read your debrief then.", frozenset({"finished"})
    ),
)


@dataclass(frozen=True, slots=True)
class Progress:
    """Which steps are done; people may do them in any order."""

    done: frozenset[str] = frozenset()

    def after(self, kind: str, doc: str = "") -> Progress:
        """Progress once an event of `kind` happened; edits of the talk line are not notes."""
        if kind in ("edited", "snapshotted") and not doc.startswith("notes."):
            return self
        shown = {step.id for step in STEPS if kind in step.shown_by}
        return replace(self, done=self.done | shown)

    @property
    def words(self) -> tuple[str, str]:
        """Where she is and what to try next."""
        for number, step in enumerate(STEPS, start=1):
            if step.id not in self.done:
                return f"Warm-up {number}/{len(STEPS)}", step.text
        return "Warm-up", DONE
