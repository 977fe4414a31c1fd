"""What code decides whoever judges: facts asked for, arithmetic, times, what was never put to the candidate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.judge.checklist import Check
from coach.judge.findings import Evidence, Finding, Outcome
from coach.judge.measures import measure
from coach.judge.reading import Reading
from coach.text.match import Matcher


@dataclass(frozen=True, slots=True)
class Decision:
    """What was found of one check."""

    outcome: Outcome
    why: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def finding(self, check: Check) -> Finding:
        """As the finding of `check`."""
        return Finding(
            check=check.id,
            dimension=check.dimension,
            phase=check.phase,
            finding=self.outcome,
            why=self.why,
            evidence=self.evidence,
            tip=check.tip,
        )


SILENT = Decision("not_shown")


def decide_by_code(
    reading: Reading, *, volunteered: Callable[[Check], Decision | None]
) -> dict[str, Decision]:
    """The checks of `reading` that need no judgement. `volunteered` decides what nobody asked for, if it was said."""
    counter = _Counter(reading)
    decided: dict[str, Decision] = {}
    for check in reading.checklist.checks:
        if check.phase not in reading.transcript.planned_phases:
            decided[check.id] = Decision("not_assessed", "outside this drill")
        elif check.kind == "curveball" and check.source not in reading.transcript.curveballs:
            decided[check.id] = volunteered(check) or Decision("not_assessed", "not asked")
        elif (counted := counter.decide(check)) is not None:
            decided[check.id] = counted
    return decided


class _Counter:
    """Counts and looks up in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._numbers = {reference.id: read for reference, read in reading.estimates.reads}

    def decide(self, check: Check) -> Decision | None:
        if check.measure is not None:
            return Decision(*measure(check.measure, self._reading))
        if check.kind == "number":
            return self._number(check)
        return self._fact(check) if check.kind == "fact" else None

    def _fact(self, check: Check) -> Decision | None:
        """Asked for, given away, or assumed; a written answer asked nobody, so its facts have to be read."""
        if self._reading.transcript.medium == "written":
            return None
        how = self._reading.transcript.facts.get(check.source)
        if how == "asked":
            return Decision("met", None, self._asking(check.source))
        if how == "shown":
            return Decision("not_shown", "given with the reference notes, not found")
        hit = self._reading.matcher.any(check.signals)
        return (
            SILENT if hit is None else Decision("partly", "assumed without asking", self._reading.quote(hit))
        )

    def _asking(self, fact: str) -> tuple[Evidence, ...]:
        """The candidate's turn that asked for the fact."""
        cues: Sequence[str] = next(
            one.cues for one in self._reading.checklist.problem.facts if one.id == fact
        )
        talk = [
            one
            for one in self._reading.own
            if (line := self._reading.transcript.line(one.line)) is not None and line.source == "talk"
        ]
        hit = Matcher(talk, allow_denied=True).any(cues)
        return self._reading.quote(hit.passage) if hit else ()

    def _number(self, check: Check) -> Decision:
        read = self._numbers.get(check.source)
        if read is None:
            return SILENT
        if read.is_right:
            return Decision("met", None, read.evidence)
        why = f"you say {read.said}, {'your inputs give' if read.is_own else 'the reference is'} {read.reference}"
        return Decision("not_shown", why, read.evidence)
