"""A small problem that exists only here, so that a test can read the whole of it."""

from typing import Any

from coach.content.problem import Problem

_POINT = {"id": "p", "text": "Says it.", "level": 3, "tip": "Say it."}


def _fact(name: str, answer: str, cues: list[str], **more: Any) -> dict[str, Any]:
    return {"id": name, "topic": name, "answer": answer, "cues": cues, "stated": ["x"], "tip": "Ask.", **more}


def _dive(name: str, *, must: bool = False, shown: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "opening": f"Take me through {name}.",
        "must": must,
        "shown": shown,
        "probes": [f"First probe of {name}.", f"Second probe of {name}.", f"Third probe of {name}."],
        "hints": [f"Nudge on {name}.", f"Category of {name}.", f"Statement of {name}."],
        "points": [_POINT],
    }


def _ball(name: str, kind: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "text": f"Now {name} happens.",
        "probes": [f"What about {name}?"],
        "points": [_POINT],
    }


FACTS = [
    _fact(
        "users",
        "Two million readers, a tenth of them on a given day.",
        ["how many|number of & user|reader|member|people", "dau|daily active"],
    ),
    _fact(
        "loans",
        "People borrow 300 thousand books a day.",
        ["how many|number of|volume & loan|borrow*|book & per day|a day|daily|each day", "how many & loan|borrow*"],
    ),
    _fact(
        "period",
        "A loan lasts 28 days. It can be extended once.",
        ["how long|duration|period & loan|borrow*|keep|lent|return*", "extend*|renew*"],
        crux=True,
        premises=[
            {
                "claims": ["loan|book|they & forever|never end|no due date|as long as they want & !is it|do|can"],
                "correction": "Not so. A loan lasts 28 days.",
            }
        ],
    ),
    _fact(
        "reservations",
        "Yes, readers queue for a book that is out.",
        ["reservation|reserve|hold queue|waiting list|wait list", "book & out|lent & want*|ask*"],
        premises=[
            {
                "claims": ["reservation|waiting list & not needed|no need|not need|out of scope"],
                "correction": "They are needed. Readers queue for a book that is out.",
            }
        ],
    ),
    _fact("staleness", "A shelf count may be a minute old.", ["stale|consisten*|fresh*|up to date", "how old & count"]),
    _fact("search", "Searching the catalogue is not part of this.", ["search*|full text|catalogue"]),
]  # fmt: skip

BASE: dict[str, Any] = {
    "schema": 1,
    "id": "library",
    "version": "1",
    "title": "Design a lending library",
    "asked_by": ["Somebody"],
    "tests": "Queues.",
    "prompt": "Design the system with which a city library lends books.",
    "concerns": {"consistency": "A book has one reader."},
    "facts": FACTS,
    "numbers": {
        "inputs": {"loans": {"value": "300 k/day", "fact": "loans"}},
        "references": [
            {
                "id": "rate",
                "label": "Loans",
                "formula": "loans",
                "value": "3.5 /s",
                "synonyms": ["# & loan"],
                "tip": "Divide.",
            }
        ],
    },
    "components": [
        {"id": "store", "name": "Store", "synonyms": ["store"], "tip": "Name it."},
        {"id": "desk", "name": "Desk", "synonyms": ["desk"], "tip": "Name it."},
    ],
    "requests": [
        {"id": "lend", "name": "Lend", "cues": ["lend"], "path": ["desk", "store"], "tip": "Trace it."}
    ],
    "allowance": {"components": 8},
    "deep_dives": [
        _dive("fines", shown=("fine*",)),
        _dive("holds", must=True, shown=("queue & reserv*",)),
        _dive("counts", must=True, shown=("counter & lock",)),
        _dive("archive"),
    ],
    "curveballs": [
        _ball("branches", "change"),
        _ball("ebooks", "change"),
        _ball("fire", "failure"),
        _ball("flood", "failure"),
    ],
    "mistakes": [
        {"id": "m", "text": "Locks all.", "dimension": "depth", "signals": ["global lock"], "tip": "Do not."}
    ],
    "hints": {
        "requirements": ["Nudge on scope.", "Category of scope.", "Statement of scope."],
        "estimation": ["Nudge on numbers.", "Category of numbers.", "Statement of numbers."],
        "high_level": ["Nudge on boxes.", "Category of boxes.", "Statement of boxes."],
    },
    "guidance": {"requirements": "a", "estimation": "b", "high_level": "c", "deep_dive": "d"},
    "seniority": {"mid": "m", "senior": "s", "staff": "t"},
    "reference": {"requirements": "a", "estimation": "b", "high_level": "c", "deep_dive": "d"},
}


def library(**changes: Any) -> Problem:
    """The lending library, with parts replaced."""
    return Problem.model_validate({**BASE, **changes})
