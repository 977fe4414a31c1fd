"""The embedded judge: decides checks from the candidate's own lines by authored signals. An estimate, and says so.

What may count as a claim is settled in `reading`; here each check looks for its claim. One passage proves only as
many checks as its length can carry, so that a sentence stuffed with terms does not win everything at once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.judge.checklist import Check, Checklist
from coach.judge.findings import Caution, Evidence, Finding, Outcome
from coach.judge.measures import measure
from coach.judge.mistakes import find_excess, find_mistakes, name_machinery
from coach.judge.numbers import NumberReader
from coach.judge.parts import PartReader
from coach.judge.port import JudgeName, Verdicts
from coach.judge.reading import Reading
from coach.session.transcript import Transcript
from coach.text.match import Hit, Matcher

NAME = JudgeName("offline", "offline estimate 1")
_WORDS_PER_CHECK = 5


@dataclass(frozen=True, slots=True)
class _Decision:
    outcome: Outcome
    why: str | None = None
    evidence: tuple[Evidence, ...] = ()


_SILENT = _Decision("not_shown")


class OfflineJudge:
    """Reads English by authored signals; no model, no network, the same answer every time."""

    @property
    def name(self) -> JudgeName:
        return NAME

    def decide(self, checklist: Checklist, transcript: Transcript) -> Verdicts:
        """One finding per check, in order."""
        reading = Reading(transcript, checklist)
        if not reading.is_readable:
            silent = _Decision("not_assessed", "not written in English")
            findings = tuple(_finding(check, silent) for check in checklist.checks)
            return Verdicts(findings, tuple(reading.cautions()))
        decided = _Decider(reading).decide_all()
        return Verdicts(
            tuple(_finding(check, decided[check.id]) for check in checklist.checks),
            (*reading.cautions(), *_estimate_caution()),
            find_mistakes(reading),
            name_machinery(reading),
            find_excess(reading),
        )


def _estimate_caution() -> Iterable[Caution]:
    yield Caution(
        code="offline_estimate",
        text="An offline estimate: it matches wording against authored signals and can miss what is said unusually.",
    )


def _finding(check: Check, decision: _Decision) -> Finding:
    return Finding(
        check=check.id,
        dimension=check.dimension,
        phase=check.phase,
        finding=decision.outcome,
        why=decision.why,
        evidence=decision.evidence,
        tip=check.tip,
    )


class _Decider:
    """Decides the checks of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._numbers = NumberReader(reading)
        self._parts = PartReader(reading)
        self._proved: Counter[int] = Counter()

    def decide_all(self) -> dict[str, _Decision]:
        checks = self._reading.checklist.checks
        planned = self._reading.transcript.planned_phases
        decided: dict[str, _Decision] = {}
        for check in checks:
            if check.phase not in planned:
                decided[check.id] = _Decision("not_assessed", "outside this drill")
            elif check.kind == "curveball" and not self._was_thrown(check):
                decided[check.id] = self._volunteered(check)
            elif (early := self._measured(check)) is not None:
                decided[check.id] = early
        decided |= self._by_signals([check for check in checks if check.id not in decided])
        return decided

    def _measured(self, check: Check) -> _Decision | None:
        """The decision of a check that code counts or looks up; None when signals decide it."""
        if check.measure is not None:
            return _Decision(*measure(check.measure, self._reading))
        match check.kind:
            case "fact":
                return self._fact(check)
            case "number":
                return self._number(check)
            case "component":
                return _Decision(*self._parts.component(check.source))
            case "request":
                return _Decision(*self._parts.request(check.source))
            case _:
                return (
                    None
                    if check.signals
                    else _Decision("not_assessed", "no signals authored for the offline judge")
                )

    def _fact(self, check: Check) -> _Decision:
        how = self._reading.transcript.facts.get(check.source)
        if how == "asked":
            return _Decision("met", None, self._asking(check.source))
        if how == "shown":
            return _Decision("not_shown", "given with the reference notes, not found")
        hit = self._reading.matcher.any(check.signals)
        if hit is None:
            return _SILENT
        if self._reading.transcript.medium == "written":
            return _Decision("met", None, self._reading.quote(hit))
        return _Decision("partly", "assumed without asking", self._reading.quote(hit))

    def _asking(self, fact: str) -> tuple[Evidence, ...]:
        """The candidate's turn that asked for the fact."""
        cues = next(one.cues for one in self._reading.checklist.problem.facts if one.id == fact)
        talk = [
            one
            for one in self._reading.own
            if (line := self._reading.transcript.line(one.line)) is not None and line.source == "talk"
        ]
        hit = Matcher(talk, allow_denied=True).any(cues)
        return self._reading.quote(hit.passage) if hit else ()

    def _number(self, check: Check) -> _Decision:
        reference = next(
            one for one in self._reading.checklist.problem.numbers.references if one.id == check.source
        )
        read = self._numbers.read(reference)
        if read is None:
            return _SILENT
        if read.is_right:
            return _Decision("met", None, read.evidence)
        return _Decision(
            "not_shown", f"you say {read.said}, the reference is {reference.value}", read.evidence
        )

    def _was_thrown(self, check: Check) -> bool:
        return check.source in self._reading.transcript.curveballs

    def _volunteered(self, check: Check) -> _Decision:
        """Nobody asked: it counts when it was said anyway, and is left out otherwise."""
        hit = self._reading.matcher.any(check.signals)
        if hit is None:
            return _Decision("not_assessed", "not asked")
        return self._by_signals([check])[check.id]

    def _by_signals(self, checks: Sequence[Check]) -> dict[str, _Decision]:
        """Checks with the fewest passages to stand on choose theirs first."""
        hits = {check.id: self._hits(check.signals) for check in checks}
        decided: dict[str, _Decision] = {}
        for check in sorted(checks, key=lambda one: (len(hits[one.id]), one.id)):
            free = [hit for hit in hits[check.id] if self._has_room(hit)][: check.at_least]
            if len(free) >= check.at_least:
                decided[check.id] = self._proves(free, "met")
            elif free:
                decided[check.id] = self._proves(free, "partly", f"{len(free)} of {check.at_least} found")
            else:
                half = [hit for hit in self._hits(check.partly) if self._has_room(hit)][:1]
                crowded = "one passage cannot prove this many points" if hits[check.id] else None
                decided[check.id] = self._proves(half, "partly") if half else _Decision("not_shown", crowded)
        return decided

    def _hits(self, signals: Iterable[str]) -> list[Hit]:
        """The first hit of each passage."""
        found: dict[int, Hit] = {}
        for signal in signals:
            for hit in self._reading.matcher.find(signal):
                found.setdefault(id(hit.passage), hit)
        return list(found.values())

    def _has_room(self, hit: Hit) -> bool:
        return self._proved[id(hit.passage)] < 1 + hit.passage.words // _WORDS_PER_CHECK

    def _proves(self, hits: Sequence[Hit], outcome: Outcome, why: str | None = None) -> _Decision:
        for hit in hits:
            self._proved[id(hit.passage)] += 1
        return _Decision(outcome, why, tuple(one for hit in hits for one in self._reading.quote(hit)))
