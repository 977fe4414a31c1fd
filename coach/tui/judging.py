"""Reading a session for its debrief, away from the screen: leaving the debrief does not stop the judge."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.judge.port import Progress as Judged
from coach.session.evolve import replay
from coach.tui.warm_up import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.worker import Worker

    from coach.report.review import Review
    from coach.session.events import Record
    from coach.terms import JudgeKind
    from coach.tui.ports import Doors, Judging


@dataclass(frozen=True, slots=True)
class WarmedUp:
    """A warm-up that is over. Nobody judges one."""

    progress: Progress


@dataclass
class Reading:
    """One session being read and judged. `progress` is how far a model has come; it is written in another thread."""

    doors: Doors
    session: str
    by: JudgeKind | None
    """Who is to judge now, whatever was judged before; None: whoever was chosen, and only if nobody has."""
    began_s: float
    """Monotonic seconds of the screen's own clock."""
    progress: Judged | None = None
    _judging: Judging | None = None
    _is_stopped: bool = False
    worker: Worker[Review | WarmedUp | CoachError] | None = field(default=None, repr=False)

    def read(self) -> Review | WarmedUp | CoachError:
        """Trouble is a result here: it is shown when somebody still looks, and is no accident when nobody does."""
        try:
            records = self.doors.records(self.session)
            setup = replay(tuple(records)).setup
            if setup is not None and setup.is_toy:
                return WarmedUp(_progress(records))
            known = self.doors.review(self.session) if self.by is None else None
            by = self.by or (setup.judge if setup else "offline")
            return known or self._judge(by)
        except CoachError as error:
            return error

    @property
    def has_judged(self) -> bool:
        """Whether it was judged for this, and not read as it was judged before."""
        return self._judging is not None

    @property
    def is_by_model(self) -> bool:
        """Whether a model is at work on it."""
        return self.progress is not None

    def stop(self) -> None:
        """Stop a judging by a model; what was answered is kept."""
        self._is_stopped = True
        if self._judging is not None:
            self._judging.cancel()

    def _judge(self, by: JudgeKind) -> Review:
        self._judging = self.doors.judging(self.session, by=by, tell=self._note)
        if self._is_stopped:
            self._judging.cancel()
        return self._judging.run()

    def _note(self, progress: Judged) -> None:
        self.progress = progress


def read_session(
    app: App[None],
    readings: dict[str, Reading],
    doors: Doors,
    *,
    session: str,
    by: JudgeKind | None,
    now_s: float,
) -> Reading:
    """The reading of `session` that is going on already, or a new one. It belongs to the app."""
    known = readings.get(session)
    if known is not None and known.worker is not None and not known.worker.is_finished:
        return known
    name = f"debrief of {session}"
    reading = readings[session] = Reading(doors, session, by, now_s)
    reading.worker = app.run_worker(
        reading.read, name=name, group="judging", description=name, thread=True, exit_on_error=False
    )
    return reading


def _progress(records: Sequence[Record]) -> Progress:
    """What a warm-up tried. It begins in its first phase, so only entering a later one is a step."""
    progress, is_begun = Progress(), False
    for record in records:
        event = record.event
        if event.kind == "phase_entered" and not is_begun:
            is_begun = True
            continue
        doc = event.doc if event.kind in ("edited", "snapshotted") else ""
        progress = progress.after(event.kind, doc)
    return progress
