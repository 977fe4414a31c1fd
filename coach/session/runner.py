"""Owns one interview: its state, its journal and its clock. The only writer; front ends send commands and listen."""

import shutil
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from coach.clock import Clock, utc_stamp, utc_text, wall_of
from coach.errors import CoachError
from coach.session.commands import Command, DocId, Edit, NextPhase, Pause, Reopen, Setup, Start, Tick, Unpause
from coach.session.decide import Refused, check_editable, decide
from coach.session.events import Abandoned, Event, Finished, Paused, PhaseEntered, Record, Unpaused
from coach.session.evolve import evolve, replay
from coach.session.folder import write_whole
from coach.session.headline import JOURNAL
from coach.session.journal import Journal, read
from coach.session.keeper import Keeper
from coach.session.lock import Lock
from coach.session.notes import BOARD_FILE, NOTES, board_text, notes_text
from coach.session.shelf import LOCK, Shelf, cannot_keep
from coach.session.state import State
from coach.session.stopwatch import Stopwatch
from coach.session.transcript import Transcript, freeze

Listener = Callable[[Record], None]
Events = tuple[Event, ...]

COALESCE_S = 0.25
"""Typing is kept in deltas this far apart; with a tick four times a second, half a second of it is at risk."""
PULSE_S = 1.0
"""How often the lock file notes that the interview is alive."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stands in the journal when a runner takes it over. `t` is where the used time goes on."""

    state: State = field(default_factory=State)
    seq: int = 0
    t: float = 0.0
    pause_s: float = 0.0


class Runner:
    """One open session; see `begin` and `reopen`. Not for several threads: a front end calls it from its own loop."""

    def __init__(
        self, shelf: Shelf, setup: Setup, *, clock: Clock, lock: Lock, journal: Journal, kept: _Kept
    ) -> None:
        self.shelf = shelf
        self.session = setup.session
        self.state = kept.state
        self._clock = clock
        self._lock = lock
        self._journal_path = journal.path
        self._keeper = Keeper(journal, clock)
        self._seq = kept.seq
        self._watch = Stopwatch(clock, setup.mode, t=kept.t)
        self._paused_since = clock.steady() - kept.pause_s
        self._pulse_due = 0.0
        self._typed: dict[DocId, str] = {}
        self._typed_since = 0.0
        self._listeners: list[Listener] = []
        self._untold: deque[Record] = deque()
        self._is_telling = False
        self._notes_trouble: str | None = None
        self._is_closed = False

    @classmethod
    def begin(cls, shelf: Shelf, setup: Setup, *, clock: Clock) -> "Runner":
        """Start the clock on a new session; raises `CoachError` when it is not possible or cannot be kept."""
        events = decide(State(), Start(setup), 0.0)
        folder = shelf.create(setup.session)
        try:
            lock = Lock.take(folder / LOCK, since=utc_text(clock.wall()))
            with lock.released_on_error():
                journal = Journal.create(folder / JOURNAL)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise cannot_keep(folder, error) from error
        runner = cls(shelf, setup, clock=clock, lock=lock, journal=journal, kept=_Kept())
        runner._happen(events, 0.0)
        runner._tell()
        if runner.trouble is not None:
            message = runner.trouble
            runner._release()
            shutil.rmtree(folder, ignore_errors=True)
            raise CoachError("Cannot keep the session", message, hint="Make room for it and start again.")
        shelf.note(setup.session)
        return runner

    @classmethod
    def reopen(cls, shelf: Shelf, session: str, *, clock: Clock) -> "Runner":
        """Go on with a session, or open one that is over to add a self-rating; raises `CoachError`."""
        folder = shelf.folder(shelf.find(session))
        try:
            lock = Lock.take(folder / LOCK, since=utc_text(clock.wall()))
            with lock.released_on_error():
                journal, records = Journal.open(folder / JOURNAL)
                with journal.closed_on_error():
                    kept, away_s = _taken_over(records, clock, pulse=lock.t)
        except OSError as error:
            raise cannot_keep(folder, error) from error
        runner = cls(shelf, kept.state.chosen, clock=clock, lock=lock, journal=journal, kept=kept)
        if kept.state.is_unfinished:
            t = runner._t()
            runner._happen(decide(kept.state, Reopen(away_s), t), t)
            runner._tell()
            shelf.note(runner.session)
        return runner

    @property
    def trouble(self) -> str | None:
        """Why something is not saved yet; None when all is. Nothing is lost while the process lives."""
        return self._keeper.trouble or self._notes_trouble

    def now_s(self) -> float:
        """Used seconds now: never decreasing, standing still while paused and after the end."""
        if self.state.status == "paused" or self.state.is_over:
            return self.state.t
        return max(self.state.t, self._watch.t())

    def do(self, command: Command) -> Events:
        """Everything that happened: what fell due by now, then what `command` led to.

        Raises `Refused` when the command is not possible; what fell due has happened nevertheless.
        """
        self._check_open()
        try:
            happened = self._catch_up()
            if isinstance(command, Tick):
                return happened
            if isinstance(command, NextPhase) and any(isinstance(event, PhaseEntered) for event in happened):
                return happened  # a strict cut came first: moving on twice would skip a phase
            if isinstance(command, Unpause):
                command = Unpause(self._clock.steady() - self._paused_since)
            t = self._t()
            return happened + self._happen(decide(self.state, command, t), t)
        finally:
            self._tell()

    def type(self, doc: DocId, text: str) -> None:
        """`doc` reads `text` now. Cheap enough for every key; written with the next tick or command."""
        self._check_open()
        check_editable(self.state, doc)
        now = self._clock.steady()
        if not self._typed:
            self._typed_since = now
        self._typed[doc] = text
        if now - self._typed_since >= COALESCE_S:
            self._flush()
            self._tell()

    def tick(self) -> Events:
        """To be called four times a second: writes what was typed, lets things fall due, retries what failed."""
        if self._is_closed:
            return ()
        self._keeper.retry()
        if self._keeper.was_removed:
            self._move_in_again()
        if self._notes_trouble is not None:
            self._write_notes()
        if self._clock.steady() >= self._pulse_due:
            self._lock.beat(self.now_s())
            self._pulse_due = self._clock.steady() + PULSE_S
        return self.do(Tick())

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every record after it is written; the result ends that.

        A listener may send commands: their records come after the ones it is being told of.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def transcript(self) -> Transcript:
        """The interview so far, frozen for a judge."""
        self.tick()
        return freeze((*read(self._journal_path).records, *self._keeper.pending))

    def close(self) -> None:
        """Write what is left and let the session go; raises `CoachError` when something could not be saved."""
        if self._is_closed:
            return
        try:
            self._flush()
            self._lock.beat(self.now_s())
            self._write_notes()
            self._tell()
        finally:
            self._release()
        self.shelf.note(self.session)
        if self._keeper.pending:
            raise CoachError(
                "Not everything was saved",
                f"{len(self._keeper.pending)} entries are lost. {self._keeper.trouble}",
                hint="What was saved before can be resumed.",
            )

    def _move_in_again(self) -> None:
        """Somebody removed the folder: what it held is written again, and so is the lock that keeps others out."""
        self._keeper.was_removed = False
        with suppress(OSError, CoachError):
            lock = Lock.take(self._journal_path.with_name(LOCK), since=utc_text(self._clock.wall()))
            self._lock.release()
            self._lock = lock
        self._write_notes()

    def _check_open(self) -> None:
        if self._is_closed:
            raise Refused("This session was closed.", hint="Open it again.")

    def _release(self) -> None:
        self._is_closed = True
        self._keeper.close()
        self._lock.release()

    def _t(self) -> float:
        return round(self.now_s(), 3)

    def _catch_up(self) -> Events:
        happened = self._flush()
        if (slept_s := self._watch.slept_s()) and self.state.status == "running":
            for command in (Pause(), Unpause(slept_s)):
                happened += self._happen(decide(self.state, command, self._t()), self._t())
        t = self._t()
        return happened + self._happen(decide(self.state, Tick(), t), t)

    def _flush(self) -> Events:
        happened: Events = ()
        typed, self._typed = self._typed, {}
        for doc, text in typed.items():
            t = self._t()
            happened += self._happen(decide(self.state, Edit(doc, text), t), t)
        return happened

    def _happen(self, events: Events, t: float) -> Events:
        for event in events:
            self._seq += 1
            record = Record(seq=self._seq, t=t, at=utc_stamp(self._clock.wall()), event=event)
            self._keeper.keep(record)
            self.state = evolve(self.state, record)
            if isinstance(event, Paused):
                self._paused_since = self._clock.steady()
            elif isinstance(event, Unpaused):
                self._watch.restart(t)
            elif isinstance(event, Finished | Abandoned):
                self._write_notes()
            self._untold.append(record)
        return events

    def _tell(self) -> None:
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._untold:
                record = self._untold.popleft()
                for listener in tuple(self._listeners):
                    listener(record)
        finally:
            self._is_telling = False

    def _write_notes(self) -> None:
        path = self._journal_path.with_name(NOTES)
        try:
            write_whole(path, notes_text(self.state))
            if drawn := board_text(self.state):
                write_whole(path.with_name(BOARD_FILE), drawn)
        except OSError as error:
            self._notes_trouble = f"Not saved: {error.strerror or error} ({path})."
        else:
            self._notes_trouble = None


def _taken_over(records: tuple[Record, ...], clock: Clock, *, pulse: float) -> tuple[_Kept, float]:
    """Where an interview goes on, and the seconds of wall time since it was last alive.

    Measured from the last record, not from the start: a clock set meanwhile then spoils one absence, not the whole.
    """
    if not records or records[0].event.kind != "started":
        raise CoachError(
            "Nothing to resume", "This session never started.", hint="Delete it: coach delete SESSION"
        )
    state, last, wall = replay(records), records[-1], clock.wall()
    t = state.t if state.is_over else max(state.t, pulse)
    away_s = max(0.0, wall - wall_of(last.at) - (t - last.t))
    if state.chosen.mode == "mock" and not state.is_over:
        t += away_s
    paused_at = next((one.at for one in reversed(records) if isinstance(one.event, Paused)), last.at)
    return _Kept(state=state, seq=last.seq, t=t, pause_s=max(0.0, wall - wall_of(paused_at))), away_s
