"""Judging a session or a written answer: by which judge, kept where, gone on with after a stop."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import paths, wiring
from coach.clock import utc_text
from coach.errors import BadInput
from coach.judge.card import Card
from coach.judge.judging import judge
from coach.judge.offline import OfflineJudge
from coach.judge.tape import Begun, Tape, coaching_in
from coach.judge.writeup import read_write_up
from coach.report.review import Review
from coach.session.evolve import replay
from coach.session.folder import append_line
from coach.session.shelf import next_judging
from coach.session.transcript import freeze

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coach.judge.checklist import Checklist
    from coach.judge.findings import Caution
    from coach.judge.modelled import ModelledJudge
    from coach.judge.port import Progress
    from coach.llm.port import Line
    from coach.session.shelf import Shelf
    from coach.session.state import State
    from coach.session.transcript import Transcript
    from coach.terms import JudgeKind, Seniority


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in, ready to be judged. A written answer has no state."""

    checklist: Checklist
    transcript: Transcript
    seniority: Seniority
    state: State | None = None
    cautions: tuple[Caution, ...] = ()

    def review(self, card: Card, path: Path | None) -> Review:
        """It with its scorecard, which is kept in `path`."""
        coaching = None if path is None else coaching_in(path)
        return Review(card, self.checklist, self.transcript, self.state, path, coaching)


def handed_in(own: Shelf, session: str) -> Handed:
    """A session that is over; `BadInput` while it is unfinished: the answer would not be the one handed in."""
    records = own.read(session).records
    state = replay(records)
    if not state.is_over:
        raise BadInput(
            "This session is not finished",
            "It can be judged once it is handed in.",
            hint=f"Go on with: coach resume {session}",
        )
    if state.chosen.is_toy:
        raise BadInput(
            "The warm-up is not judged",
            "It teaches the keys and asks for nothing that could be scored.",
            hint="Start an interview with: coach practice",
        )
    return Handed(wiring.checklist_of(state.chosen.problem), freeze(records), state.chosen.seniority, state)


def written(text: str, *, problem: str, seniority: Seniority) -> Handed:
    """A written answer."""
    answer = read_write_up(text)
    return Handed(wiring.checklist_of(problem), answer.transcript, seniority, cautions=answer.cautions)


def newest(own: Shelf, session: str, handed: Handed, *, by: JudgeKind | None = None) -> Review | None:
    """The newest judging of a session that rubric and problem as they are now would give again, by that judge."""
    for path in reversed(own.judgings(session)):
        for line in reversed(path.read_bytes().split(b"\n")):
            card = Card.read(line)
            if card is None or by not in (None, card.judge.kind):
                continue
            if card.is_current(handed.checklist.rubric, handed.checklist.problem):
                return handed.review(card, path)
    return None


def review(own: Shelf, session: str) -> Review:
    """A session that is over, with its newest judging; judged offline when it never was, or by other versions."""
    return newest(own, session, handed_in(own, session)) or Scoring().of_session(own, session)


class Scoring:
    """Judges once: by the model behind `line`, or offline without one. `tell` hears of it from another thread.

    `wall` is now, in seconds since the epoch, for the record.
    """

    def __init__(
        self,
        line: Line | None = None,
        *,
        tell: Callable[[Progress], None] = lambda _: None,
        audit: bool = True,
        wall: float = 0.0,
    ) -> None:
        self._line = line
        self._tell = tell
        self._audit = audit
        self._wall = wall
        self._judge: ModelledJudge | None = None
        self._is_cancelled = False

    def cancel(self) -> None:
        """Stop; what a model answered so far is kept and gone on with next time. May be called from any thread."""
        self._is_cancelled = True
        if self._judge is not None:
            self._judge.cancel()

    def of_session(self, own: Shelf, session: str) -> Review:
        """A session that is over, judged now and kept with it; raises as `handed_in` does, and `ModelError`."""
        handed = handed_in(own, session)
        card = self._judged(handed, own.scores_folder(session))
        path = own.add_score(session, card.to_json(), judging=self._kept_in)
        return handed.review(card, path)

    def of_text(self, text: str, *, problem: str, seniority: Seniority) -> Review:
        """A written answer, judged now; a model's calls are kept beside the sessions."""
        handed = written(text, problem=problem, seniority=seniority)
        digest = hashlib.sha256(f"{problem}\0{text}".encode()).hexdigest()[:16]
        folder = paths.data_dir() / "written" / digest
        card = self._judged(handed, folder)
        path = None if self._kept_in is None else folder / f"{self._kept_in}.jsonl"
        if path is not None:
            append_line(path, card.to_json().encode())
        return handed.review(card, path)

    @property
    def _kept_in(self) -> str | None:
        """The name of the judging whose calls were kept; None for the offline judge, which makes none."""
        tape = None if self._judge is None else self._judge.tape
        return None if tape is None else tape.path.stem

    def _judged(self, handed: Handed, folder: Path) -> Card:
        checklist, transcript = handed.checklist, handed.transcript
        estimate = judge(
            OfflineJudge(), checklist, transcript, seniority=handed.seniority, cautions=handed.cautions
        )
        if self._line is None:
            return estimate
        from coach.judge.modelled import ModelledJudge

        self._judge = ModelledJudge(
            self._line, lambda plan: self._tape(folder, plan), tell=self._tell, audit=self._audit
        )
        if self._is_cancelled:
            self._judge.cancel()
        return judge(
            self._judge,
            checklist,
            transcript,
            seniority=handed.seniority,
            cautions=handed.cautions,
            estimate=estimate.score,
        )

    def _tape(self, folder: Path, plan: str) -> Tape:
        """The unfinished judging of this plan, or a new one."""
        for path in sorted(folder.glob("*.jsonl"), reverse=True):
            tape = Tape.unfinished(path)
            if tape is not None and tape.begun.plan == plan:
                return tape
        assert self._line is not None  # noqa: S101  only a model's judge keeps a tape
        profile = self._line.profile
        begun = Begun(
            plan=plan,
            nonce=wiring.token(),
            host=profile.address.shown,
            model=profile.model,
            at=utc_text(self._wall),
        )
        return Tape.begin(next_judging(folder), begun)


@dataclass(frozen=True, slots=True)
class Judging:
    """One judging of a session, ready to run. `cancel` may be called from any thread, also before."""

    scoring: Scoring
    shelf: Shelf
    session: str

    def run(self) -> Review:
        """Judge. Slow; `CoachError` when there is no score."""
        return self.scoring.of_session(self.shelf, self.session)

    def cancel(self) -> None:
        """Stop; what was answered is kept."""
        self.scoring.cancel()
