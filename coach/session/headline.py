"""One line about a session, for lists. No pydantic here: the home screen paints from headlines first."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from coach.clock import utc_text
from coach.errors import CoachError
from coach.session.state import Status
from coach.terms import Mode, Phase, Seniority

JOURNAL = "session.jsonl"
SCORES = "scores"


@dataclass(frozen=True, slots=True)
class Headline:
    """A session in a list. `started` is UTC text; `verdict` and `score` are those of the newest judging.

    `trouble` says why a session cannot be opened; then only `session` and `started` are certain.
    """

    session: str
    started: str
    status: Status | Literal["unreadable"] = "unreadable"
    problem: str = ""
    title: str = ""
    mode: Mode = "mock"
    seniority: Seniority = "senior"
    minutes: float = 0.0
    used_s: float = 0.0
    only: Phase | None = None
    phase: Phase | None = None
    verdict: str | None = None
    score: float | None = None
    is_toy: bool = False
    trouble: str = ""

    @property
    def is_unfinished(self) -> bool:
        """It can be resumed."""
        return self.status in ("running", "paused", "time_up")

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Headline":
        """Raises `TypeError` or `ValueError` for what another version wrote."""
        return cls(**json.loads(text))


def headline(folder: Path) -> Headline | None:
    """The headline of the session in `folder`; None when nothing ever started there."""
    from coach.session.evolve import replay
    from coach.session.journal import damaged, read

    path = folder / JOURNAL
    try:
        reading = read(path, typing=False)
    except CoachError as error:
        return Headline(folder.name, utc_text(folder.stat().st_mtime), trouble=str(error))
    if not reading.records and not reading.damage:
        return None
    trouble = ""
    if not reading.records or reading.records[0].event.kind != "started":
        trouble = (
            str(damaged(path, reading))
            if reading.damage
            else "The journal does not begin with the start of an interview."
        )
        return Headline(folder.name, utc_text(folder.stat().st_mtime), trouble=trouble)
    state = replay(reading.records)
    try:
        verdict, score = newest_score(folder)
    except PermissionError as error:
        verdict, score, trouble = None, None, trouble or str(error)
    setup = state.chosen
    return Headline(
        session=folder.name,
        started=reading.records[0].at,
        status=state.status,
        problem=setup.problem,
        title=setup.title,
        mode=setup.mode,
        seniority=setup.seniority,
        minutes=setup.minutes,
        used_s=round(sum(one.used_s(state.t) for one in state.phases), 3),
        only=setup.only,
        phase=state.phases[-1].phase if state.phases else None,
        verdict=verdict,
        score=score,
        is_toy=setup.is_toy,
        trouble=trouble,
    )


def score_files(folder: Path) -> list[Path]:
    """The judgings of the session in `folder`, oldest first."""
    files = (folder / SCORES).glob("*.jsonl")
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))


def newest_score(folder: Path) -> tuple[str | None, float | None]:
    """Verdict and score of the newest judging that reached one; a torn line counts as none."""
    for path in reversed(score_files(folder)):
        for line in reversed(path.read_bytes().split(b"\n")):
            found = _score(line)
            if found is not None:
                return found
    return None, None


def _score(line: bytes) -> tuple[str | None, float | None] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    if not isinstance(value, dict) or "verdict" not in value:
        return None
    verdict, score = value["verdict"], value.get("score")
    return (
        verdict if isinstance(verdict, str) else None,
        float(score) if isinstance(score, int | float) else None,
    )
