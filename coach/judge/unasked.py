"""What a model is not asked, because code decides it."""

from coach.judge.checklist import Check
from coach.judge.counted import Decision, decide_by_code
from coach.judge.offline import Signals
from coach.judge.reading import Reading


def decided_by_code(reading: Reading) -> dict[str, Decision]:
    """What code decides; what it reads by English words is left open in other languages."""
    decided = decide_by_code(reading, volunteered=Signals(reading).volunteered)
    if reading.is_readable:
        return decided
    unread = Decision("not_assessed", "read in English only")
    known = {one.id for one in reading.checklist.checks if _needs_no_words(reading, one)}
    return {
        name: unread if one.outcome == "not_shown" and name not in known else one
        for name, one in decided.items()
    }


def _needs_no_words(reading: Reading, check: Check) -> bool:
    """Whether the clock or the journal tells, in whatever language she wrote."""
    return check.measure == "phases_on_time" or (
        check.kind == "fact" and check.source in reading.transcript.facts
    )
