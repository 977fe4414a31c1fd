"""All sessions: create, find, list, delete. The folders are the truth; the SQLite index is a cache of headlines."""

import json
import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from coach.clock import local_text
from coach.errors import BadInput, CoachError, nearest
from coach.session.folder import append_line, make_private
from coach.session.headline import JOURNAL, SCORES, Headline, headline, score_files
from coach.session.index import Index
from coach.session.lock import Lock

if TYPE_CHECKING:
    from coach.session.journal import Reading

LOCK = "session.lock"

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def session_id(problem: str, *, wall: float, token: str) -> str:
    """A name people can read and type: local date and time, problem, and a few random characters."""
    date, minute = local_text(wall).replace(":", "").split(" ")
    name = re.sub(r"[^a-z0-9]+", "-", problem.lower()).strip("-") or "problem"
    return f"{date}-{minute}-{name}-{token}"


class Shelf:
    """The sessions under one folder. The index lives beside it."""

    def __init__(self, sessions: Path) -> None:
        self.sessions = sessions
        self._index = Index(sessions.parent / "index.sqlite")

    def folder(self, session: str) -> Path:
        """Where the session with exactly this id lives, or would."""
        if not _ID.fullmatch(session):
            raise BadInput("No such session", f"{session!r} is not a session's name.")
        return self.sessions / session

    def create(self, session: str) -> Path:
        """The new, empty folder of a session; raises `CoachError` when it cannot be kept."""
        folder = self.folder(session)
        try:
            make_private(self.sessions)
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise cannot_keep(folder, error) from error
        return folder

    def find(self, text: str) -> str:
        """The id that is `text` or alone begins with it; raises `BadInput` with what was perhaps meant."""
        names = self._names()
        if text in names:
            return text
        found = [name for name in names if text and name.startswith(text)]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadInput(
                "Which session?",
                f"{len(found)} sessions begin with {text!r}.",
                hint="Say more of it: " + ", ".join(found[-5:]),
            )
        close = get_close_matches(text.lower(), names, n=3, cutoff=0.5)
        raise BadInput(
            "No such session", f"There is no session {text!r}.", hint=nearest(text, close or [*names[-12:]])
        )

    def list(self) -> tuple[Headline, ...]:
        """Every session, the newest first. Reads only what changed since the index was written."""
        known = self._index.load()
        fresh: dict[str, tuple[str, Headline]] = {}
        for name in self._names():
            with suppress(FileNotFoundError):  # deleted by another coach just now
                stamp = _stamp(self.sessions / name)
                if name in known and known[name][0] == stamp:
                    fresh[name] = known[name]
                elif (line := headline(self.sessions / name)) is not None:
                    fresh[name] = (stamp, line)
        if fresh != known:
            self._index.save(fresh, gone=known.keys() - fresh.keys())
        return _newest_first(line for _, line in fresh.values())

    def recent(self, limit: int) -> tuple[Headline, ...]:
        """The newest sessions as the index remembers them: quick, perhaps behind. `list` brings it up to date."""
        rows = self._index.load(limit=limit)
        return _newest_first(line for name, (_, line) in rows.items() if (self.sessions / name).is_dir())

    def unfinished(self) -> tuple[Headline, ...]:
        """Sessions that can be resumed, the newest first."""
        return tuple(line for line in self.list() if line.is_unfinished and not line.trouble)

    def note(self, session: str) -> None:
        """Bring one session's headline in the index up to date."""
        folder = self.folder(session)
        if (line := headline(folder)) is not None:
            self._index.save({session: (_stamp(folder), line)}, gone=())

    def delete(self, session: str) -> None:
        """Delete a session and all its files; raises `CoachError` while a coach has it open."""
        folder = self.folder(self.find(session))
        doomed = folder.with_name(f".{folder.name}.deleted")
        try:
            lock = Lock.take(folder / LOCK, since="")
            try:
                # Renamed first: a delete that is interrupted leaves no half session in the list.
                folder.rename(doomed)
                for left in self.sessions.glob(".*.deleted"):  # also what an earlier one left
                    shutil.rmtree(left)
            finally:
                lock.release()
        except OSError as error:
            raise CoachError("Cannot delete", f"{folder}: {error.strerror}") from error
        self._index.save({}, gone=(folder.name,))

    def read(self, session: str) -> "Reading":
        """What the journal of `session` holds, damage and all."""
        from coach.session.journal import read

        return read(self.folder(session) / JOURNAL)

    def scores_folder(self, session: str) -> Path:
        """The folder of a session's judgings, one file each."""
        return self.folder(session) / SCORES

    def judgings(self, session: str) -> tuple[Path, ...]:
        """The judgings of a session, the newest last."""
        return tuple(score_files(self.folder(session)))

    def add_score(self, session: str, text: str, *, judging: str | None = None) -> Path:
        """Append the JSON document `text` to a judging of `session`; by default it is a new judging."""
        scores = self.scores_folder(session)
        line = json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode()
        try:
            make_private(scores)
            path = scores / f"{judging}.jsonl" if judging else next_judging(scores)
            append_line(path, line)
        except OSError as error:
            raise cannot_keep(scores, error) from error
        self.note(session)
        return path

    def scores(self, session: str) -> tuple[str, ...]:
        """Every line of every judging of `session`, the newest last; a torn line is left out."""
        lines: list[str] = []
        for path in score_files(self.folder(session)):
            for line in path.read_bytes().split(b"\n"):
                with suppress(ValueError):
                    json.loads(line)
                    lines.append(line.decode())
        return tuple(lines)

    def _names(self) -> tuple[str, ...]:
        try:
            with os.scandir(self.sessions) as entries:
                folders = [one for one in entries if _ID.fullmatch(one.name)]
        except FileNotFoundError:
            return ()
        return tuple(sorted(one.name for one in folders if Path(one.path, JOURNAL).is_file()))


def next_judging(folder: Path) -> Path:
    """The file of the next judging in `folder`: `0001.jsonl` first."""
    taken = [int(path.stem) for path in folder.glob("*.jsonl") if path.stem.isdecimal()]
    return folder / f"{max(taken, default=0) + 1:04d}.jsonl"


def cannot_keep(path: Path, error: OSError) -> CoachError:
    """The error for a folder or file that cannot be written."""
    return CoachError(
        "Cannot keep the session",
        f"{path}: {error.strerror}",
        hint="Make room or allow writing there, or choose another place with COACH_DATA_DIR.",
    )


def _newest_first(lines: Iterable[Headline]) -> tuple[Headline, ...]:
    return tuple(sorted(lines, key=lambda line: (line.started, line.session), reverse=True))


def _stamp(folder: Path) -> str:
    """Changes whenever the journal or a judging does."""
    parts = []
    for path in (folder / JOURNAL, *score_files(folder)):
        about = path.stat()
        parts.append(f"{path.name}:{about.st_mtime_ns}:{about.st_size}")
    return " ".join(parts)
