"""The frozen interview as numbered lines: what a judge reads and a score points at."""

from dataclasses import dataclass, field, replace
from typing import Literal

from coach.session.commands import BOARD, NOTES_OF, SHEET, DocId
from coach.session.events import Edited, Record, Snapshotted, SummaryAsked
from coach.session.evolve import evolve
from coach.session.linestamps import LineStamps
from coach.session.state import PhaseTime, State
from coach.terms import Phase

Source = Literal["talk", "notes", "board", "sheet", "file"]
"""Where a line was said or written; `file` is a written answer."""


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line. `phase` is where it belongs, `edited_in` and `minute` when it was last touched."""

    number: int
    speaker: Literal["candidate", "interviewer"]
    source: Source
    text: str
    phase: Phase | None = None
    edited_in: Phase | None = None
    minute: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything a judge may know. A written answer has lines only: it asked nobody and no clock ran."""

    medium: Literal["interview", "written"]
    lines: tuple[TranscriptLine, ...]
    facts: dict[str, Literal["asked", "shown"]] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    curveballs: tuple[str, ...] = ()
    times: tuple[PhaseTime, ...] = ()
    planned_phases: tuple[Phase, ...] = ("requirements", "estimation", "high_level", "deep_dive")
    summary_after_s: float | None = None
    """Used seconds when the closing summary was asked for; None when it was not."""

    def line(self, number: int) -> TranscriptLine | None:
        """The line with that number."""
        return next((line for line in self.lines if line.number == number), None)


def freeze(records: tuple[Record, ...]) -> Transcript:
    """The interview as `records` tell it: the turns in time order, the final notes, board and sheet, numbered once.

    Blank lines get no number. An interview still running is frozen as it stands, its open phase ending now.
    """
    state = State()
    stamps = {doc: LineStamps() for doc in (*NOTES_OF.values(), BOARD, SHEET)}
    summary_after_s: float | None = None
    for record in records:
        state = evolve(state, record)
        event = record.event
        if isinstance(event, Edited | Snapshotted) and event.doc in stamps:
            stamps[event.doc].follow(state.docs[event.doc], t=record.t, phase=state.phase)
        elif isinstance(event, SummaryAsked):
            summary_after_s = record.t
    lines = [
        *_talk(state),
        *_notes(state, stamps),
        *_whole("board", stamps[BOARD]),
        *_whole("sheet", stamps[SHEET]),
    ]
    return Transcript(
        medium="interview",
        lines=tuple(replace(line, number=number) for number, line in enumerate(lines, 1)),
        facts=state.facts,
        hints=state.hints,
        topics=state.topics,
        curveballs=state.curveballs,
        times=tuple(one if one.left_s is not None else replace(one, left_s=state.t) for one in state.phases),
        planned_phases=state.planned.phases,
        summary_after_s=summary_after_s,
    )


def _talk(state: State) -> list[TranscriptLine]:
    return [
        TranscriptLine(
            0, turn.speaker, "talk", text, phase=turn.phase, edited_in=turn.phase, minute=turn.t / 60
        )
        for turn in state.turns
        for text in turn.text.split("\n")
        if text.strip()
    ]


def _notes(state: State, stamps: dict[DocId, LineStamps]) -> list[TranscriptLine]:
    return [
        TranscriptLine(0, "candidate", "notes", text, phase=phase, edited_in=edited_in, minute=t / 60)
        for phase in state.planned.phases
        for text, (t, edited_in) in zip(
            stamps[NOTES_OF[phase]].lines, stamps[NOTES_OF[phase]].stamps, strict=True
        )
        if text.strip()
    ]


def _whole(source: Source, stamps: LineStamps) -> list[TranscriptLine]:
    """Board and sheet belong to no phase of their own: each line to the one it was last touched in."""
    return [
        TranscriptLine(0, "candidate", source, text, phase=phase, edited_in=phase, minute=t / 60)
        for text, (t, phase) in zip(stamps.lines, stamps.stamps, strict=True)
        if text.strip()
    ]
