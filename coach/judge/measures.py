"""What code counts instead of reading: questions, phases, times."""

from collections.abc import Callable

from coach.content.rubric import Measure
from coach.judge.findings import Evidence, Outcome
from coach.judge.reading import Reading
from coach.session.phases import NAMES
from coach.text.match import Matcher
from coach.text.passages import Passage

Measured = tuple[Outcome, str | None, tuple[Evidence, ...]]
ON_TIME = 1.3
"""A phase within 30 % of its budget is on time."""
_SUMMARY = (
    "in summary|to summarise|to summarize|to sum up|to recap|recap|in short|wrap up|summary",
    "if i had more time|next steps|open points|remaining risks|given more time",
    "key|main & decision|choice|trade off|tradeoff & are|were|is",
)
_ASSUMES = ("assume|assuming|assumption|would ask|confirmed|clarified", "say|suppose|taking & #")


def measure(kind: Measure, reading: Reading) -> Measured:
    """The outcome of one measured check, why, and where a line shows it."""
    return _MEASURES[kind](reading)


def _questions_asked(reading: Reading) -> Measured:
    """Two questions that reached a fact, or as many stated assumptions in a written answer."""
    if reading.transcript.medium == "written":
        hits = [hit for pattern in _ASSUMES for hit in reading.matcher.find(pattern)]
        lines = {hit.passage.line: hit for hit in hits}
        return _by_count(len(lines), "assumptions stated", [reading.quote(hit) for hit in lines.values()])
    asked = [one for one in reading.own if one.is_question]
    useful = sum(1 for how in reading.transcript.facts.values() if how == "asked")
    outcome, why, evidence = _by_count(
        min(len(asked), useful), "questions asked", [reading.quote(one) for one in asked]
    )
    return (
        outcome,
        f"{len(asked)} questions asked, {useful} facts found" if outcome != "met" else why,
        evidence,
    )


def _by_count(count: int, what: str, quotes: list[tuple[Evidence, ...]]) -> Measured:
    evidence = tuple(one for quote in quotes[:2] for one in quote[:1])
    if count >= 2:
        return "met", None, evidence
    return ("partly", f"1 of 2 {what}", evidence) if count == 1 else ("not_shown", f"0 of 2 {what}", ())


def _phases_reached(reading: Reading) -> Measured:
    """Something stated in every planned phase."""
    planned = reading.transcript.planned_phases
    if len(planned) < 2:
        return "not_assessed", "a drill has one phase", ()
    claims = [(reading.phase_of(one), one) for one in reading.claims]
    if claims and all(phase is None for phase, _ in claims):
        return "not_assessed", "the text has no phase headings", ()
    first = {phase: one for phase, one in reversed(claims) if phase is not None}
    evidence = tuple(one for phase in planned if phase in first for one in reading.quote(first[phase])[:1])
    missing = [NAMES[phase] for phase in planned if phase not in first]
    if not missing:
        return "met", None, evidence
    why = f"nothing stated in: {', '.join(missing)}"
    return ("partly", why, evidence) if len(missing) == 1 else ("not_shown", why, ())


def _phases_on_time(reading: Reading) -> Measured:
    """Every finished phase within 30 % of its plan, and every planned phase reached."""
    transcript = reading.transcript
    if not transcript.times:
        return "not_assessed", "no clock ran", ()
    late = [
        f"{NAMES[one.phase]} took {_minutes(one.used_s(one.left_s or 0))} of {_minutes(one.budget_s)} minutes"
        for one in transcript.times
        if one.left_s is not None and one.used_s(one.left_s) > one.budget_s * ON_TIME
    ]
    unreached = len(transcript.planned_phases) - len(transcript.times)
    if unreached:
        late.append(f"{unreached} of {len(transcript.planned_phases)} phases not reached")
    if not late:
        return "met", "measured by the clock", ()
    return ("partly" if len(late) == 1 and not unreached else "not_shown"), "; ".join(late), ()


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f}".removesuffix(".0")


def _closing_summary(reading: Reading) -> Measured:
    """A summary in the last quarter of the text, or said after it was asked for."""
    claims = [one for one in reading.claims if _source(reading, one) not in ("board", "sheet")]
    last = claims[-max(3, len(claims) // 4) :]
    hit = Matcher(last, allow_denied=True).any(_SUMMARY)
    if hit is not None:
        return "met", None, reading.quote(hit.passage)
    asked = reading.transcript.summary_after_s
    if asked is None:
        return "not_shown", None, ()
    said = [
        one
        for one in claims
        if (line := reading.transcript.line(one.line))
        and line.source == "talk"
        and (line.minute or 0) * 60 >= asked
    ]
    return ("met", None, reading.quote(said[0])) if len(said) >= 2 else ("not_shown", None, ())


def _source(reading: Reading, passage: Passage) -> str:
    line = reading.transcript.line(passage.line)
    return line.source if line is not None else ""


def _facts_before_design(reading: Reading) -> Measured:
    """A third of the facts found before the high-level design begins; only an interview can tell."""
    transcript = reading.transcript
    if transcript.medium == "written":
        return "not_assessed", "a written answer asked nobody", ()
    share = sum(1 for how in transcript.facts.values() if how == "asked") / len(
        reading.checklist.problem.facts
    )
    asked = [
        one
        for one in reading.own
        if one.is_question and reading.phase_of(one) in ("requirements", "estimation")
    ]
    evidence = tuple(one for each in asked[:2] for one in reading.quote(each)[:1])
    if share >= 1 / 3 and asked:
        return "met", None, evidence
    return ("partly", None, evidence) if asked and share > 0 else ("not_shown", None, ())


def _numbers_carried(reading: Reading) -> Measured:
    """Two results of the estimation that come back where the design is made."""
    planned = reading.transcript.planned_phases
    if "estimation" not in planned or not {"high_level", "deep_dive"} & set(planned):
        return "not_assessed", "a drill has one phase", ()
    if all(line.phase is None for line in reading.transcript.lines):
        return "not_assessed", "the text has no phase headings", ()
    carried = reading.estimates.carried()
    evidence = tuple(quote for _, line in carried[:2] for quote in _whole(reading, line))
    if len(carried) >= 2:
        return "met", None, evidence
    if carried:
        return "partly", f"of your results only {carried[0][0].stated} comes back in the design", evidence
    return "not_shown", "no result of the estimation comes back in the design", ()


def _whole(reading: Reading, number: int) -> tuple[Evidence, ...]:
    passage = next((one for one in reading.own if one.line == number), None)
    return () if passage is None else reading.quote(passage)[:1]


_MEASURES: dict[Measure, Callable[[Reading], Measured]] = {
    "questions_asked": _questions_asked,
    "phases_reached": _phases_reached,
    "phases_on_time": _phases_on_time,
    "closing_summary": _closing_summary,
    "facts_before_design": _facts_before_design,
    "numbers_carried": _numbers_carried,
}
