"""What a debrief shows when there is no review to read: it is being made, could not be made, or nobody makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach.tui.foreign import shown
from coach.tui.warm_up import STEPS
from coach.watching import in_words

if TYPE_CHECKING:
    from coach.errors import CoachError
    from coach.judge.port import Progress as Judged
    from coach.tui.warm_up import Progress

READING = (
    "Reading the session and judging it.",
    "Esc leaves; the judging goes on and the result is kept for when you come back.",
)
MODEL_AT_WORK = (
    "Every answer is kept as it comes. x stops it, and it can go on there later. Esc leaves and lets it go on; the result "
    "is kept for when you come back."
)
PRACTISED = {
    "ask": "Asking the interviewer (F2)",
    "write": "Writing notes (F3)",
    "guidance": "Opening the guidance of a phase (F9)",
    "next": "Going on to the next phase (F10)",
    "finish": "Handing in (F12)",
}
FIRST_REAL = (
    "A real interview ends here with a verdict, eight levels and the lines they rest on. "
    "Start one: Esc, pick a problem, Enter. Practice mode is a gentle first one: it gives hints and can be paused."
)


def reading() -> Content:
    """While the judge is at work."""
    return _paragraphs(Content.styled(READING[0], "bold"), Content(READING[1]))


def judging_note(progress: Judged, seconds: float) -> Content:
    """While a model is at work: what it does, for how long, and what it took so far."""
    return _paragraphs(
        Content.styled("A model judges", "bold"),
        Content(shown(in_words(progress, seconds))),
        Content(MODEL_AT_WORK),
    )


def trouble(error: CoachError) -> Content:
    """What went wrong and what to do about it."""
    return _paragraphs(
        Content.styled(shown(error.title), "bold"),
        Content(shown(error.message)),
        Content(shown(error.hint)),
        Content("r tries again, o judges offline. Esc goes back; the session is kept."),
    )


def warmed_up(progress: Progress) -> Content:
    """A warm-up is not judged: what was tried, and what to do next."""
    rows = [
        f"{'✓' if step.id in progress.done else '·'} {PRACTISED[step.id]}"
        + ("" if step.id in progress.done else ": not tried")
        for step in STEPS
    ]
    return _paragraphs(
        Content.styled("Warm-up done", "bold"),
        Content("It is not judged. What you tried:\n" + "\n".join(rows)),
        Content(FIRST_REAL),
    )


def _paragraphs(*parts: Content) -> Content:
    return Content("\n\n").join([part for part in parts if part])
