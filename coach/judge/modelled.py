"""A judge behind an endpoint. It decides what code cannot and points at lines; code verifies, and computes every number.

A model that did not read everything, credits what nobody said, or mostly invents its quotes, ends as an error: no score.
"""

from __future__ import annotations

import threading
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from coach.errors import JudgeFailed
from coach.judge.brief import Brief, plan_of
from coach.judge.caveats import account, cautions
from coach.judge.counted import Decision
from coach.judge.mistakes import name_machinery
from coach.judge.port import JudgeName, MadeMistake, Progress, Verdicts
from coach.judge.questions import questions
from coach.judge.reading import Reading
from coach.judge.rounds import Rounds
from coach.judge.settling import Settled, Settling
from coach.judge.tape import Withheld
from coach.judge.unasked import decided_by_code
from coach.judge.withheld import Discredited, left_out, misquotes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from coach.judge.checklist import Check, Checklist
    from coach.judge.questions import Question
    from coach.judge.tape import Tape
    from coach.llm.port import Line
    from coach.session.transcript import Transcript

FEWEST_CREDITED, REJECTED_SHARE = 6, 0.5
"""From so many credited checks on, a model most of whose evidence does not hold cannot judge."""
MISSING_SHARE = 0.2
"""More left out than this, after asking again, is no judging."""


def _ignore(_: Progress) -> None:
    """Nobody watches."""


class ModelledJudge:
    """Judges one transcript through `line`, kept on the tape that `open_tape` gives for its plan.

    `tell` hears of the progress from another thread; `cancel` may be called from any.
    """

    def __init__(
        self,
        line: Line,
        open_tape: Callable[[str], Tape],
        *,
        tell: Callable[[Progress], None] = _ignore,
        audit: bool = True,
    ) -> None:
        self._line = line
        self._open_tape = open_tape
        self._tell = tell
        self._audit = audit
        self._going_on: Future[None] | None = None
        self._stopped = threading.Event()
        self.tape: Tape | None = None

    @property
    def name(self) -> JudgeName:
        return JudgeName("model", self._line.profile.model)

    def cancel(self) -> None:
        """Stop asking; what was answered so far is kept."""
        self._stopped.set()
        if self._going_on is not None:
            self._going_on.cancel()

    def decide(self, checklist: Checklist, transcript: Transcript) -> Verdicts:
        """One finding per check, in order; `ModelError` or `JudgeFailed` when there can be none."""
        reading = Reading(transcript, checklist)
        counted = decided_by_code(reading)
        tape, asked, brief = self._prepare(checklist, transcript, counted)
        settling = Settling(reading)
        rounds = Rounds(brief, asked, settling, tape, self._tell, self._audit)
        try:
            self._wait(rounds)
            settled = self._settled(rounds, settling)
        except Discredited as error:
            tape.write(Withheld(trouble=error.kind, why=error.message))
            raise
        decided = settling.within_room(settled)
        findings = tuple(
            (counted.get(check.id) or decided[_key(decided, check)]).finding(check)
            for check in checklist.checks
        )
        return Verdicts(
            findings,
            cautions=tuple(cautions(reading, rounds, settled)),
            made=_made(decided, "mistake"),
            machinery=name_machinery(reading),
            excess=_made(decided, "excess"),
            account=account(self._line.profile, rounds, settled),
            estimates=reading.estimates.findings(),
            slips=reading.estimates.slips,
            board=reading.drawn.findings(),
            unexplained=reading.drawn.unexplained,
            drawn=len(reading.drawn.board.boxes),
        )

    def _prepare(
        self, checklist: Checklist, transcript: Transcript, counted: Mapping[str, Decision]
    ) -> tuple[Tape, Sequence[Question], Brief]:
        """The tape to keep calls on, and what is asked under its nonce."""
        profile = self._line.profile
        draft = Brief.of(checklist, transcript, nonce=_ANY)
        asked = questions(checklist, transcript, decided=counted, seed=_ANY)
        plan = plan_of(draft, asked, nonce=_ANY, model=profile.model, url=profile.address.url)
        self.tape = tape = self._open_tape(plan)
        nonce = tape.begun.nonce
        asked = questions(checklist, transcript, decided=counted, seed=nonce)
        return tape, asked, Brief.of(checklist, transcript, nonce=nonce)

    def _wait(self, rounds: Rounds) -> None:
        if self._stopped.is_set():
            raise _stopped()
        self._going_on = self._line.run(rounds.run)
        if self._stopped.is_set():  # just now, before there was anything to cancel
            self._going_on.cancel()
        try:
            self._going_on.result()
        except CancelledError:
            raise _stopped() from None
        except KeyboardInterrupt:
            self._going_on.cancel()
            raise

    def _settled(self, rounds: Rounds, settling: Settling) -> list[tuple[Question, Settled]]:
        """Every question but the controls, settled; raises when too much is missing or invented."""
        skipped = Settled(Decision("not_assessed", "the model left it out"))
        settled = [
            (one, settling.settle(one, rounds.items[one.number]) if one.number in rounds.items else skipped)
            for one in rounds.asked
            if not one.is_control
        ]
        missing = sum(one is skipped for _, one in settled)
        if settled and missing > MISSING_SHARE * len(settled):
            raise left_out(self._line.profile, missing, len(settled))
        credited = [one for _, one in settled if one.trouble or one.decision.outcome in ("met", "partly")]
        lost = sum(bool(one.trouble) for one in credited)
        if len(credited) >= FEWEST_CREDITED and lost > REJECTED_SHARE * len(credited):
            raise misquotes(self._line.profile, lost, len(credited))
        return settled


_ANY = "0000"


def _stopped() -> JudgeFailed:
    return JudgeFailed(
        "Judging was stopped",
        "What was answered so far is kept.",
        hint="Judge again to go on where it stopped; no call is made twice.",
    )


def _key(decided: Mapping[str, Decision], check: Check) -> str:
    return f"{'component' if check.kind == 'component' else 'check'}:{check.id}"


def _made(decided: Mapping[str, Decision], kind: str) -> tuple[MadeMistake, ...]:
    return tuple(
        MadeMistake(name.removeprefix(f"{kind}:"), one.evidence[0].line, one.evidence[0].quote)
        for name, one in decided.items()
        if name.startswith(f"{kind}:") and one.outcome == "met"
    )
