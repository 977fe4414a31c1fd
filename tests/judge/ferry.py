"""A small problem, a short interview and a short written answer that exist only here, so that all of it can be read."""

from functools import cache
from typing import Any

from coach.content.library import find_rubric
from coach.content.problem import Problem
from coach.content.rubric import GeneralCheck
from coach.judge.checklist import Checklist, compile_checks
from coach.judge.questions import Question, questions
from coach.judge.reading import Reading
from coach.judge.unasked import decided_by_code
from coach.judge.writeup import read_write_up
from coach.session.state import PhaseTime
from coach.session.transcript import Transcript, TranscriptLine
from coach.terms import PHASES, Dimension, Phase


def _fact(name: str, topic: str, answer: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "topic": topic, "answer": answer, "tip": "Ask.", **more}


def _point(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "level": 3, "tip": "Say it.", **more}


def _dive(name: str, title: str, *points: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "opening": f"Let us talk about this: {title}.",
        "probes": ["And then?"],
        "hints": ["a", "b", "c"],
        "points": list(points),
    }


PROBLEM = Problem.model_validate(
    {
        "schema": 1,
        "id": "ferry",
        "version": "7",
        "title": "Design ferry bookings",
        "asked_by": ["Somebody"],
        "tests": "Sharing a scarce thing.",
        "prompt": "Drivers book a place for a car on a small island ferry.\nDesign the service behind it.",
        "concerns": {"consistency": "A place has one car."},
        "facts": [
            _fact("capacity", "room", "Forty cars fit on one crossing.", crux=True, cues=["how many & car"], stated=["forty|40 & car"]),
            _fact("peak", "the rush", "In summer fifty drivers press the button at once.", cues=["at once"], stated=["fifty|50 & driver"]),
            _fact("refund", "giving back", "A driver may give a place back until midnight.", cues=["give back"], stated=["midnight"]),
        ],
        "numbers": {
            "inputs": {"bookings": {"value": "400 k/day", "fact": "peak"}},
            "references": [
                {
                    "id": "rate",
                    "label": "bookings per second",
                    "formula": "bookings",
                    "value": "4.6 /s",
                    "synonyms": ["# & booking"],
                    "tip": "Divide by the seconds of a day.",
                }
            ],
        },
        "components": [
            {"id": "store", "name": "place store", "synonyms": ["store"], "does": ["keep*|remember*"], "must": True, "tip": "Say what it keeps."},
            {"id": "desk", "name": "booking desk", "synonyms": ["desk"], "does": ["take*|check*"], "must": True, "tip": "Say what it does."},
        ],
        "requests": [
            {"id": "book", "name": "a driver books a place", "cues": ["book*"], "path": ["desk", "store"], "tip": "Trace it."}
        ],
        "allowance": {
            "components": 6,
            "excess": [{"id": "ledger", "text": "A distributed ledger keeps the places.", "signals": ["ledger"], "tip": "Leave it out."}],
        },
        "deep_dives": [
            _dive("race", "the last place", _point("once", "Says who gets the last place when two press at once."), _point("hold", "Says how long a place is held unpaid.")),
            _dive("night", "the night run", _point("sweep", "Says how unpaid places come free again.")),
        ],
        "curveballs": [
            {"id": "bikes", "kind": "change", "text": "Bicycles may come too.", "points": [_point("size", "Says how a bicycle shares the deck with cars.")]},
            {"id": "outage", "kind": "failure", "text": "The store is gone for a minute.", "points": [_point("wait", "Says what a driver sees meanwhile.")]},
        ],
        "mistakes": [
            {"id": "one-lock", "text": "One lock holds up every crossing.", "dimension": "depth", "signals": ["one lock"], "cap": 2, "tip": "Lock one place."}
        ],
        "points": [_point("until", "Says from when on a booking is certain.")],
        "hints": {phase: ["a", "b", "c"] for phase in PHASES[:3]},
        "guidance": dict.fromkeys(PHASES, "g"),
        "seniority": {"mid": "m", "senior": "s", "staff": "t"},
        "reference": dict.fromkeys(PHASES, "r"),
    }
)  # fmt: skip


def _general(name: str, dimension: Dimension, text: str, **more: Any) -> GeneralCheck:
    phases: dict[Dimension, Phase] = {"requirements": "requirements", "estimation": "estimation"}
    return GeneralCheck.model_validate(
        {
            "id": name,
            "dimension": dimension,
            "phase": phases.get(dimension, "high_level"),
            "level": 3,
            "text": text,
            "tip": "Do it.",
            **more,
        }
    )


GENERAL = (
    _general("questions", "requirements", "You asked before you began.", measure="questions_asked"),
    _general("left-out", "requirements", "You named what stays out."),
    _general("so-what", "estimation", "You drew a conclusion from a number."),
    _general("calls", "data_api", "You wrote down the main calls."),
    _general("other-way", "tradeoffs", "You named another way and why not that one."),
    _general("meanwhile", "reliability", "You told what breaks first."),
    _general("on-time", "communication", "You kept to the time.", measure="phases_on_time"),
    _general("summary", "communication", "You closed in two sentences.", measure="closing_summary"),
    _general("plain", "communication", "Somebody else could build it from your words."),
)


@cache
def checklist() -> Checklist:
    """The ferry's checks under the weights and rules of the standard rubric, and nine general checks of its own."""
    rubric = find_rubric().model_copy(update={"version": "3", "checks": GENERAL})
    return compile_checks(PROBLEM, rubric)


SAID: tuple[tuple[str, str, str, Phase], ...] = (
    ("interviewer", "talk", "Ask me what you want to know about the island.", "requirements"),
    ("candidate", "talk", "How many cars fit on the boat?", "requirements"),
    ("interviewer", "talk", "Forty cars fit on one crossing.", "requirements"),
    ("candidate", "talk", "Then meals and cabins are out, we only sell deck space.", "requirements"),
    ("candidate", "talk", "Two drivers who want the same row: the second write fails and he is told to choose again.", "deep_dive"),
    ("candidate", "talk", "I could have used a queue per crossing, but then every driver waits for the slowest payment.", "deep_dive"),
    ("interviewer", "talk", "The store is gone for a minute.", "deep_dive"),
    ("candidate", "talk", "Until the standby has taken over the desk says try again, and we do not sell anything twice.", "deep_dive"),
    ("candidate", "notes", "We take 400 k bookings a day, which is 4.6 bookings per second, so one database is plenty.", "estimation"),
    ("candidate", "notes", "The desk takes the wish of a driver and checks it against the store.", "high_level"),
    ("candidate", "notes", "The store keeps one row per deck space with the car that has it.", "high_level"),
    ("candidate", "notes", "POST /bookings takes crossing and car and gives back a number that the driver shows.", "high_level"),
    ("candidate", "notes", "A booking is certain once the row is written, because only one write per row can win.", "high_level"),
    ("candidate", "notes", "desk, store, queue, cache, balancer, worker", "high_level"),
)  # fmt: skip
"""Fourteen lines: who, where, what, when. What the candidate says repeats neither problem nor rubric."""
ASKED, LEFT_OUT, RACE, OTHER_WAY, STANDBY, RATE, DESK, STORE, CALLS, CERTAIN, NAMES = (
    2,
    4,
    5,
    6,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
)
"""The candidate's lines."""


def interview(*more: str, **changes: Any) -> Transcript:
    """The interview, with more notes on the deep dive at its end: one fact asked for, one given, a clock that ran."""
    rows = [*SAID, *(("candidate", "notes", text, "deep_dive") for text in more)]
    lines = tuple(
        TranscriptLine(number, who, where, text, when, when, minute=3.25 * number)  # type: ignore[arg-type]
        for number, (who, where, text, when) in enumerate(rows, start=1)
    )
    values: dict[str, Any] = {
        "facts": {"capacity": "asked", "refund": "shown"},
        "curveballs": ("outage",),
        "times": _times(),
        **changes,
    }
    return Transcript("interview", lines, **values)


def _times() -> tuple[PhaseTime, ...]:
    budgets = dict(zip(PHASES, (300.0, 300.0, 900.0, 1200.0), strict=True))
    found, at = [], 0.0
    for phase, budget in budgets.items():
        found.append(PhaseTime(phase, budget, budget, at, at + budget + 17))
        at += budget + 17
    return tuple(found)


ANSWER = """## Requirements & scope

We assume forty cars per crossing.
Then meals and cabins are out, we only sell deck space.

## Capacity estimation

We take 400 k bookings a day, which is 4.6 bookings per second, so one database is plenty.

## High-level design

The desk takes the wish of a driver and checks it against the store.
The store keeps one row per deck space with the car that has it.
A booking is certain once the row is written, because only one write per row can win.

## Deep dive

Two drivers who want the same row: the second write fails and he is told to choose again.
I could have used a queue per crossing, but then every driver waits for the slowest payment.
"""


def written(text: str = ANSWER) -> Transcript:
    """A written answer."""
    return read_write_up(text).transcript


def asked(transcript: Transcript | None = None, *, seed: str = "k3f9") -> tuple[Question, ...]:
    """What a model is asked of the interview, or of another transcript."""
    about = transcript or interview()
    decided = decided_by_code(Reading(about, checklist()))
    return questions(checklist(), about, decided=decided, seed=seed)
