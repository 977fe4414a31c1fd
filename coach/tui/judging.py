"""Reading a session for its debrief, away from the screen: leaving the debrief does not stop the judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.session.evolve import replay
from coach.tui.warm_up import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.worker import Worker

    from coach.report.review import Review
    from coach.session.events import Record
    from coach.tui.ports import Doors


@dataclass(frozen=True, slots=True)
class WarmedUp:
    """A warm-up that is over. Nobody judges one."""

    progress: Progress


def judging(app: App[None], doors: Doors, session: str) -> Worker[Review | WarmedUp | CoachError]:
    """The worker that reads `session`: the one already at it, or a new one. It belongs to the app."""
    name = f"debrief of {session}"
    for worker in app.workers:
        if worker.name == name and not worker.is_finished:
            return worker
    return app.run_worker(
        partial(_read, doors, session),
        name=name,
        group="judging",
        description=name,
        thread=True,
        exit_on_error=False,
    )


def _read(doors: Doors, session: str) -> Review | WarmedUp | CoachError:
    """Trouble is a result here: it is shown when somebody still looks, and is no accident when nobody does."""
    try:
        records = doors.records(session)
        setup = replay(tuple(records)).setup
        if setup is not None and setup.is_toy:
            return WarmedUp(_progress(records))
        return doors.review(session)
    except CoachError as error:
        return error


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
