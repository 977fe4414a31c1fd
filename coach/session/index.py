"""The headlines of all sessions in SQLite. Only a cache: whatever is wrong with it, it is thrown away and built again."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from coach.session.folder import PRIVATE_FILE, make_private
from coach.session.headline import Headline

Row = tuple[str, Headline]
"""The stamp of the files a headline was read from, and the headline."""


class Index:
    """One file of headlines, with the stamp of the files each was read from."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, *, limit: int = -1) -> dict[str, Row]:
        """The newest `limit` rows by session, all without a limit; none when the index is missing or damaged."""
        if not self._path.is_file():
            return {}
        query = "SELECT session, stamp, headline FROM headlines_v1 ORDER BY started DESC LIMIT ?"
        try:
            with self._open() as db:
                rows = db.execute(query, (limit,)).fetchall()
            return {session: (stamp, Headline.from_json(text)) for session, stamp, text in rows}
        except (sqlite3.Error, OSError, TypeError, ValueError) as error:
            self._discard(error)
            return {}

    def save(self, rows: dict[str, Row], *, gone: Iterable[str]) -> None:
        """Write `rows` and drop those `gone`; a cache that cannot be written is no error."""
        for _ in range(2):
            try:
                self._write(rows, gone)
            except (sqlite3.Error, OSError) as error:
                if not self._discard(error):
                    return
            else:
                return

    def _write(self, rows: dict[str, Row], gone: Iterable[str]) -> None:
        make_private(self._path.parent)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
        with self._open() as db, db:
            db.execute(
                "CREATE TABLE IF NOT EXISTS headlines_v1 "
                "(session TEXT PRIMARY KEY, started TEXT NOT NULL, stamp TEXT NOT NULL, headline TEXT NOT NULL)"
            )
            db.executemany("DELETE FROM headlines_v1 WHERE session = ?", [(session,) for session in gone])
            db.executemany(
                "INSERT OR REPLACE INTO headlines_v1 VALUES (?, ?, ?, ?)",
                [(session, line.started, stamp, line.to_json()) for session, (stamp, line) in rows.items()],
            )

    def _discard(self, error: Exception) -> bool:
        """Remove a damaged index; one that is only busy or out of reach stays. True when it is gone."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if isinstance(error, OSError) or code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return False
        with suppress(OSError):
            self._path.unlink()
            return True
        return False

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=0.25)) as db:
            # Nothing here needs to survive a power cut; waiting for the disk would delay the home screen.
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA journal_mode = MEMORY")
            yield db
