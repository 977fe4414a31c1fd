"""The embedded judge: decides checks from the candidate's own lines by authored signals. An estimate, and says so.

What may count as a claim is settled in `reading`; here each check looks for its claim. One passage proves only as
many checks as its length can carry, so that a sentence stuffed with terms does not win everything at once.
"""

from collections.abc import Iterable, Sequence

from coach.judge.checklist import Check, Checklist
from coach.judge.counted import SILENT, Decision, decide_by_code
from coach.judge.findings import Caution, Outcome
from coach.judge.mistakes import find_excess, find_mistakes, name_machinery
from coach.judge.noticed import noticed
from coach.judge.parts import PartReader
from coach.judge.port import JudgeName, Verdicts
from coach.judge.reading import Reading
from coach.judge.standing import Room
from coach.session.transcript import Transcript
from coach.text.match import Hit

NAME = JudgeName("offline", "offline estimate 1")


class OfflineJudge:
    """Reads English by authored signals; no model, no network, the same answer every time."""

    @property
    def name(self) -> JudgeName:
        return NAME

    def decide(self, checklist: Checklist, transcript: Transcript) -> Verdicts:
        """One finding per check, in order."""
        reading = Reading(transcript, checklist)
        if not reading.is_readable:
            unread = Decision("not_assessed", "not written in English")
            findings = tuple(unread.finding(check) for check in checklist.checks)
            return Verdicts(findings, tuple(noticed(reading)))
        decided = Signals(reading).decide_all()
        return Verdicts(
            tuple(decided[check.id].finding(check) for check in checklist.checks),
            (*noticed(reading), *_estimate_caution()),
            find_mistakes(reading),
            name_machinery(reading),
            find_excess(reading),
            estimates=reading.estimates.findings(),
            slips=reading.estimates.slips,
            board=reading.drawn.findings(),
            unexplained=reading.drawn.unexplained,
            drawn=len(reading.drawn.board.boxes),
        )


def _estimate_caution() -> Iterable[Caution]:
    yield Caution(
        code="offline_estimate",
        text="An offline estimate: it matches wording against authored signals and can miss what is said unusually.",
    )


class Signals:
    """Decides the checks of one reading by authored signals."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parts = PartReader(reading)
        self._room = Room()

    def decide_all(self) -> dict[str, Decision]:
        checks = self._reading.checklist.checks
        decided = decide_by_code(self._reading, volunteered=self.volunteered)
        for check in checks:
            if check.id not in decided and (early := self._looked_up(check)) is not None:
                decided[check.id] = early
        return decided | self._by_signals([check for check in checks if check.id not in decided])

    def volunteered(self, check: Check) -> Decision | None:
        """Nobody asked: it counts when it was said anyway, and is left out otherwise."""
        said = self._reading.matcher.any(check.signals) is not None
        return self._by_signals([check])[check.id] if said else None

    def _looked_up(self, check: Check) -> Decision | None:
        """The decision of a check that is about one thing of the problem; None when signals decide it."""
        match check.kind:
            case "fact":
                hit = self._reading.matcher.any(check.signals)
                return SILENT if hit is None else Decision("met", None, self._reading.quote(hit))
            case "component":
                return Decision(*self._parts.component(check.source))
            case "request":
                return Decision(*self._parts.request(check.source))
            case _ if check.signals:
                return None
            case _:
                return Decision("not_assessed", "no signals authored for the offline judge")

    def _by_signals(self, checks: Sequence[Check]) -> dict[str, Decision]:
        """Checks with the fewest passages to stand on choose theirs first."""
        hits = {check.id: self._hits(check.signals) for check in checks}
        decided: dict[str, Decision] = {}
        for check in sorted(checks, key=lambda one: (len(hits[one.id]), one.id)):
            free = [hit for hit in hits[check.id] if self._has_room(hit)][: check.at_least]
            if len(free) >= check.at_least:
                decided[check.id] = self._proves(free, "met")
            elif free:
                decided[check.id] = self._proves(free, "partly", f"{len(free)} of {check.at_least} found")
            else:
                half = [hit for hit in self._hits(check.partly) if self._has_room(hit)][:1]
                crowded = "one passage cannot prove this many points" if hits[check.id] else None
                decided[check.id] = self._proves(half, "partly") if half else Decision("not_shown", crowded)
        return decided

    def _hits(self, signals: Iterable[str]) -> list[Hit]:
        """The first hit of each passage."""
        found: dict[int, Hit] = {}
        for signal in signals:
            for hit in self._reading.matcher.find(signal):
                found.setdefault(id(hit.passage), hit)
        return list(found.values())

    def _has_room(self, hit: Hit) -> bool:
        return self._room.has(hit.passage)

    def _proves(self, hits: Sequence[Hit], outcome: Outcome, why: str | None = None) -> Decision:
        for hit in hits:
            self._room.take(hit.passage)
        return Decision(outcome, why, tuple(one for hit in hits for one in self._reading.quote(hit)))
