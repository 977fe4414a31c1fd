"""Writes records to the journal, and holds on to those that cannot be written until they can."""

from coach.clock import Clock
from coach.session.events import Edited, Record, Snapshotted, SpeechGrew
from coach.session.journal import Journal

SYNC_EVERY_S = 5.0
"""Typing is forced to disk this often; a killed process loses nothing either way, only a power cut would."""


class Keeper:
    """Keeps records in order. `trouble` says what is wrong while something is not saved."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._synced = clock.steady()
        self._is_urgent = False
        self._is_dirty = False
        self.pending: list[Record] = []
        self.trouble: str | None = None
        self.was_removed = False
        """Whether the session's folder was removed while it was open, and written again."""

    def keep(self, record: Record) -> None:
        """Write `record`, now or, when the disk refuses, at a later `retry`."""
        self.pending.append(record)
        self._is_urgent |= not isinstance(record.event, Edited | Snapshotted | SpeechGrew)
        self.retry()

    def retry(self) -> None:
        """Write what is pending, and have it on disk when that matters or is due."""
        try:
            self.was_removed |= self._journal.restore()
            while self.pending:
                self._journal.append(self.pending[0])
                del self.pending[0]
                self._is_dirty = True
            if self._is_dirty and (self._is_urgent or self._clock.steady() - self._synced >= SYNC_EVERY_S):
                self._journal.sync()
                self._is_dirty = self._is_urgent = False
                self._synced = self._clock.steady()
        except OSError as error:
            self.trouble = f"Not saved: {error.strerror or error} ({self._journal.path})."
        else:
            self.trouble = None

    def close(self) -> None:
        """A last try, then the file is closed."""
        self._is_urgent = True
        self.retry()
        self._journal.close()
