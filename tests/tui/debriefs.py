"""Debriefs to read in tests: real ones from the bank's own samples, and a small one whose words never change."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from coach import wiring
from coach.content.problem import Problem
from coach.content.rubric import Rubric
from coach.errors import CoachError
from coach.judge.checklist import Check, Checklist, compile_checks
from coach.judge.findings import Caution, EstimateFinding, Evidence, Finding
from coach.judge.judging import judge
from coach.judge.offline import OfflineJudge
from coach.judge.port import JudgeName, MadeMistake, Verdicts
from coach.judge.writeup import read_write_up
from coach.report.review import Review
from coach.scoring import Scoring
from coach.session import commands as ask
from coach.session.events import Record
from coach.session.transcript import Transcript, freeze
from coach.terms import DIMENSIONS, PHASES
from tests.fakes.sessions import Interview
from tests.tui.doors import FakeDoors

SAMPLE = Path(__file__).parent.parent.parent / "problems" / "twitter-feed.samples" / "solid.md"
LEFT_AT_S = (0.0, 372.0, 600.0, 1510.0)
"""When each phase began: requirements overran, estimation saved time, high-level used it."""


@dataclass
class DebriefDoors(FakeDoors):
    """Doors with one session behind them: `review` is a review, or an error to raise."""

    outcome: Review | Exception | None = None
    journal: tuple[Record, ...] = ()
    gate: threading.Event | None = None
    """The judge takes until it is set."""
    judged: list[str] = field(default_factory=list)
    cannot_save: CoachError | None = None

    def records(self, session_id: str) -> tuple[Record, ...]:
        return self.journal

    def review(self, session_id: str) -> Review:
        if self.gate:
            self.gate.wait(20)
        self.judged.append(session_id)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        assert self.outcome is not None, "nobody should have asked for a review"
        return self.outcome

    def save_report(self, session_id: str) -> Path:
        if self.cannot_save:
            raise self.cannot_save
        return Path("/home/ana/coach") / session_id / "report.md"


@cache
def written() -> Review:
    """A written answer, as `coach grade` judges it."""
    return Scoring().of_text(SAMPLE.read_text(), problem="twitter-feed", seniority="senior")


@cache
def interviewed(board: str = "") -> Review:
    """A whole interview on a problem of the bank, with the notes of a sample, judged by the offline judge."""
    checklist = wiring.checklist_of("twitter-feed")
    facts = checklist.problem.facts
    one = Interview(problem="twitter-feed", title="Design the Twitter feed")
    one.do(ask.Speak("Ask me what you need to know. How you use the time is up to you.", "greeting"), 1)
    one.do(ask.Say("How many people use it per day, and how many posts do they write?"), 40)
    one.do(ask.Speak(facts[0].answer, "fact", facts=(facts[0].id, facts[1].id)), 42)
    lines = read_write_up(SAMPLE.read_text()).transcript.lines
    notes = {
        phase: [one.text for one in lines if one.phase == phase and one.text[0] != "#"] for phase in PHASES
    }
    for at, phase in enumerate(PHASES):
        if at:
            one.do(ask.NextPhase(), LEFT_AT_S[at])
        one.do(ask.Edit(ask.NOTES_OF[phase], "\n".join(notes[phase])), LEFT_AT_S[at] + 110)
    if board:
        one.do(ask.Edit(ask.BOARD, board), LEFT_AT_S[-1] + 200)
    one.do(ask.Finish(), 2640)
    one.do(ask.RateSelf("no_hire", (("requirements", 3), ("depth", 2))), 2640)
    return _judged(one, checklist, OfflineJudge())


def small(decide: Callable[[str], str] = lambda outcome: outcome) -> Review:
    """A practice interview on parcel lockers, with a judge who decides as the table below says."""
    return _judged(parcels(), compile_checks(PROBLEM, RUBRIC), _Table(decide))


def parcels(**changes: Any) -> Interview:
    """Two questions, four notes, a pause, a hint and a self-rating above what the judge finds."""
    one = Interview(**{"problem": "parcels", "title": "Design parcel lockers", "mode": "practice", **changes})
    one.do(ask.Speak("Tell me how a parcel gets into a locker.", "greeting"), 2)
    one.do(ask.Say("How many parcels arrive per day?"), 30)
    one.do(ask.Speak("About 400 thousand, most of them before noon.", "fact", facts=("volume",)), 31)
    one.do(ask.Say("Then I take the morning as the peak, ten times the average."), 130)
    texts = (
        "In: drop a parcel, pick it up with a code. Out: payments.",
        "400 k / 86,400 s = 4.6 /s, ten times that before noon = 46 /s.",
        "The locker asks the locker service for a free box, because only that one knows the sizes.",
        "Two couriers at one box: the second one gets a conflict and asks again.",
    )
    for at, (phase, text) in enumerate(zip(PHASES, texts, strict=True)):
        if at:
            one.do(ask.NextPhase(), LEFT_AT_S[at])
        one.do(ask.Edit(ask.NOTES_OF[phase], text), LEFT_AT_S[at] + 110)
        if phase == "estimation":
            one.do(ask.ShowReference("requirements", ("lost",)), 500)
    one.do(ask.Pause(), 1600)
    one.do(ask.Unpause(190), 1600)
    one.do(ask.Finish(), 2640)
    if not one.state.chosen.is_toy:
        one.do(ask.RateSelf("strong_hire", (("requirements", 4), ("depth", 2))), 2640)
    return one


def with_state(review: Review, **changes: Any) -> Review:
    """The same with another state of the interview."""
    assert review.state is not None
    return replace(review, state=replace(review.state, **changes))


def saying(review: Review, text: str) -> Review:
    """The same with `text` on the last line and in what quotes it, as a damaged or foreign journal may have it."""
    lines = review.transcript.lines
    last = len(lines)

    def quoting(finding: Finding) -> Finding:
        quotes = [Evidence(line=last, quote=text) if one.line == last else one for one in finding.evidence]
        return finding.model_copy(update={"evidence": tuple(quotes), "why": text, "tip": text})

    transcript = replace(review.transcript, lines=(*lines[:-1], replace(lines[-1], text=text)))
    findings = tuple(map(quoting, review.card.findings))
    warning = Caution(code="foreign", text=text)
    card = review.card.model_copy(update={"findings": findings, "reason": text, "warnings": (warning,)})
    return replace(review, transcript=transcript, card=card)


def _judged(one: Interview, checklist: Checklist, by: Any) -> Review:
    transcript = freeze(tuple(one.records))
    card = judge(by, checklist, transcript, seniority=one.state.chosen.seniority)
    return Review(card, checklist, transcript, one.state)


DECIDED: dict[str, tuple[str, tuple[int, ...], str | None]] = {
    "fact.volume": ("met", (2,), None),
    "fact.sizes": ("not_shown", (), None),
    "fact.codes": ("partly", (5,), "assumed without asking"),
    "fact.lost": ("not_shown", (), "given with the reference notes, not found"),
    "number.rate": ("met", (6,), None),
    "general.estimation": ("partly", (4, 6), "1 of 2 found"),
    "general.architecture": ("met", (7,), None),
    "general.tradeoffs": ("met", (7,), None),
    "general.depth": ("met", (8,), None),
    "general.reliability": ("not_assessed", (), "no signals authored for the offline judge"),
}
"""What the small review's judge finds, by check: outcome, lines, why. What is missing is not shown."""


ESTIMATES = (
    EstimateFinding(
        line=6,
        text="400 k / 86,400 s = 4.6 /s",
        stated="4.6 /s",
        recomputed="4.63 /s",
        reference="4.6 /s",
        finding="right",
        why=None,
    ),
    EstimateFinding(
        line=6,
        text="ten times that = 46k /s [/x]",
        stated="46 k/s",
        recomputed="46.3 /s",
        reference=None,
        finding="wrong",
        why="off by a factor of a thousand or more: count the k, M, G and T",
    ),
)


class _Table:
    name = JudgeName("offline", "offline estimate 1")

    def __init__(self, decide: Callable[[str], str]) -> None:
        self._decide = decide

    def decide(self, checklist: Checklist, transcript: Transcript) -> Verdicts:
        lines = {line.number: line.text for line in transcript.lines}
        findings = tuple(self._finding(check, lines) for check in checklist.checks)
        caution = Caution(
            code="offline_estimate", text="An offline estimate: it can miss what is said unusually."
        )
        return Verdicts(
            findings, (caution,), (MadeMistake("one-box-size", 7, lines[7]),), estimates=ESTIMATES
        )

    def _finding(self, check: Check, lines: dict[int, str]) -> Finding:
        outcome, at, why = DECIDED.get(check.id, ("not_shown", (), None))
        return Finding(
            check=check.id,
            dimension=check.dimension,
            phase=check.phase,
            finding=self._decide(outcome),
            why=why,
            evidence=tuple(Evidence(line=number, quote=lines[number]) for number in at),
            tip=check.tip,
        )


def _fact(name: str, topic: str, answer: str, **more: Any) -> dict[str, Any]:
    tip = f"Ask about the {topic}; it decides how many boxes there are."
    return {"id": name, "topic": topic, "answer": answer, "cues": ["x"], "stated": ["x"], "tip": tip, **more}


PROBLEM = Problem.model_validate(
    {
        "schema": 1,
        "id": "parcels",
        "version": "1",
        "title": "Design parcel lockers",
        "toy": True,
        "tests": "Sharing a scarce thing.",
        "prompt": "Design the service behind parcel lockers.",
        "facts": [
            _fact("volume", "volume", "About 400 thousand parcels a day, most before noon.", crux=True),
            _fact("sizes", "sizes", "Three box sizes; a small parcel may take a large box."),
            _fact("codes", "codes", "A code opens one box once, within three days."),
            _fact("lost", "lost power", "A locker works for a day without the network."),
        ],
        "numbers": {
            "inputs": {"parcels": {"value": "400 k/day", "fact": "volume"}},
            "references": [
                {
                    "id": "rate",
                    "label": "Parcels per second",
                    "formula": "parcels",
                    "value": "4.6 /s",
                    "synonyms": ["x"],
                    "tip": "Divide by the seconds of a day.",
                }
            ],
        },
        "allowance": {"components": 12},
        "deep_dives": [
            {
                "id": "double",
                "title": "Two couriers, one box",
                "opening": "Two couriers ask for the last box at the same moment.",
                "probes": ["Who wins?"],
                "hints": ["a", "b", "c"],
                "points": [
                    {"id": "once", "text": "Gives a box away once.", "level": 3, "tip": "Say who decides."}
                ],
            }
        ],
        "mistakes": [
            {
                "id": "one-box-size",
                "text": "All boxes are of one size.",
                "dimension": "architecture",
                "signals": ["x"],
                "tip": "Ask how large parcels are.",
            }
        ],
        "hints": {phase: ["a", "b", "c"] for phase in PHASES[:3]},
        "guidance": dict.fromkeys(PHASES, "What to do."),
        "seniority": {"senior": "Finds the race for the last box alone."},
        "reference": {
            "requirements": "In: drop and pick up.\nOut: payments.\n\n- one box per parcel\n- a code opens it",
            "estimation": "400 k a day is 4.6 /s on average, and 46 /s before noon.",
            "high_level": "Locker -> locker service -> box store. The service alone gives boxes away.",
            "deep_dive": "One row per box with a version; the second courier's write fails and asks again.",
        },
    }
)
_WHEN: dict[str, dict[str, Any]] = {
    "no_clarifying": {"none_met": ["fact.*"]},
    "over_engineering": {"over_building": True},
    "no_tradeoffs": {"none_met": ["general.tradeoffs"]},
    "no_failure_modes": {"none_met": ["general.communication"]},
    "drawing_without_explaining": {"only_named": True},
    "single_point_of_failure": {"none_fully_met": ["general.estimation"]},
}
_NAMED = (
    ("Requirements and scope", 15),
    ("Capacity estimation", 10),
    ("Architecture and data flow", 20),
    ("Data model and API", 10),
    ("Deep-dive depth", 20),
    ("Trade-offs and decisions", 10),
    ("Reliability, failure and operations", 10),
    ("Communication and time", 5),
)
RUBRIC = Rubric.model_validate(
    {
        "schema": 1,
        "id": "small",
        "version": "1",
        "title": "A small rubric",
        "dimensions": {
            name: {
                "name": title,
                "weight": {"mid": weight, "senior": weight, "staff": weight},
                "anchors": {
                    f"level_{level}": f"What level {level} of it looks like." for level in range(1, 5)
                },
                "expected": {one: f"What hire means here for {one}." for one in ("mid", "senior", "staff")},
            }
            for name, (title, weight) in zip(DIMENSIONS, _NAMED, strict=True)
        },
        "needs": {
            one: {"level_2": 0.6, "level_3": 0.7, "level_4": 0.5} for one in ("mid", "senior", "staff")
        },
        "checks": [
            {
                "id": name.replace("_", "-"),
                "dimension": name,
                "phase": "high_level",
                "level": 3,
                "text": f"You showed what {name.replace('_', ' ')} asks for.",
                "tip": f"Say more about {name.replace('_', ' ')}.",
            }
            for name in DIMENSIONS
        ],
        "machinery": {"store": ["store"]},
        "mistakes": [
            {
                "id": name,
                "name": name.replace("_", " ").capitalize(),
                "text": "You did that.",
                "when": when,
                "tip": "Do it another way.",
            }
            for name, when in _WHEN.items()
        ],
        "caps": [
            {
                "id": "unmeasured",
                "dimension": "estimation",
                "score": 1.5,
                "when": {"none_fully_met": ["general.estimation"]},
                "text": "No decision follows from a number.",
            }
        ],
        "hint_cost": {"one": 3.4, "two": 2.4},
        "verdict": {
            "strong_no_hire_below": 1.5,
            "no_hire_below": 2.6,
            "strong_hire_from": 3.4,
            "strong_hire_lowest_level": 3,
            "gates_at_1_for_strong_no_hire": 3,
            "gates_at_1_for_no_hire": 2,
            "any_at_1_for_no_hire": 9,
            "gates_at_2_for_no_hire": 3,
        },
    }
)
