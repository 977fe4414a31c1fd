"""Whether a model can tell what stands in an answer from what does not: a tiny judging whose findings are known.

Half of the checks are shown by the answer and half are about things near it that nobody said. Small models credit both
alike; one that is right by chance is right in half.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.judge.answer import ANSWER, read_items
from coach.judge.evidence import check_quote
from coach.llm.asking import ask
from coach.llm.port import Message, Request
from coach.session.transcript import Transcript, TranscriptLine
from coach.templates import render

if TYPE_CHECKING:
    from coach.judge.answer import Items
    from coach.llm.asking import Answered
    from coach.llm.port import ChatModel

NONCE = "m7tq"
MOST = 1500
ABLE = 9
"""Of ten checks so many must be right."""
_TEXT = (
    ("interviewer", "Design a service that keeps the seats of a small cinema. Ask me what you need to know."),
    ("candidate", "How many seats are there, and how many people book at the same moment?"),
    ("interviewer", "Two hundred seats, and up to fifty people at once when a film opens."),
    ("candidate", "I leave payment and gift cards out and concentrate on holding and booking a seat."),
    ("candidate", "50 people book within a minute, so 1 booking a second at most; one small database is plenty."),
    ("candidate", "A seat row has a state free, held or sold, and a column with the time when the hold ends."),
    ("candidate", "Holding is one update that only succeeds while the state is free, so two people cannot both get it."),
    ("candidate", "If the hold is older than 5 minutes the next update may take the seat over."),
    ("candidate", "I chose a relational store over a cache with expiry, because a lost cache would sell a seat twice."),
    ("candidate", "The database has a standby; while it takes over, nobody can book for about 30 seconds."),
)  # fmt: skip
_CHECKS = (
    (True, "Asks how many people use it at once."),
    (True, "Says what is left out."),
    (True, "Says how two people are kept from getting the same seat."),
    (True, "Names the alternative to the chosen store, and why not that one."),
    (True, "Says what happens to bookings while the database is replaced."),
    (False, "Explains how payments are made idempotent."),
    (False, "Splits the seats over several databases by a key."),
    (False, "Names a value to watch at which somebody is woken."),
    (False, "Works out how many bytes are stored in five years."),
    (False, "Says how prices change with demand."),
)  # fmt: skip
_ORDER = (5, 0, 6, 1, 7, 2, 8, 3, 9, 4)
"""Shown and not shown in turn, so that a run of one finding is never right."""


@dataclass(frozen=True, slots=True)
class Probed:
    """How many checks of how many were right, and the answer."""

    right: int
    of: int
    answered: Answered

    @property
    def is_able(self) -> bool:
        return self.right >= ABLE


async def probe(model: ChatModel) -> Probed:
    """Ask the tiny judging; raises `ModelError`."""
    answered = await ask(model, Request(messages(), MOST, ANSWER))
    items = read_items(answered.found.value, range(1, len(_CHECKS) + 1))
    return Probed(_right(items), len(_CHECKS), answered)


def messages() -> tuple[Message, ...]:
    """The prompt, from the same templates a real judging uses."""
    lines = [
        {"number": one.number, "who": one.speaker[0].upper(), "text": one.text} for one in _transcript().lines
    ]
    checks = [{"number": number, "text": _CHECKS[at][1]} for number, at in enumerate(_ORDER, start=1)]
    shared = {"nonce": NONCE, "title": "Design a cinema's seats", "question": _TEXT[0][1]}
    return (
        Message("system", render("judge-system", shared)),
        Message(
            "user", render("judge-transcript", {**shared, "sections": [{"heading": "Talk", "lines": lines}]})
        ),
        Message(
            "user", render("judge-checks", {"groups": [{"heading": "All", "checks": checks}], "again": []})
        ),
    )


def _right(items: Items) -> int:
    """A check that is shown needs a quote that holds; one that is not must not be credited."""
    right = 0
    for number, at in enumerate(_ORDER, start=1):
        item = items.by_number.get(number)
        is_credited = item is not None and item.finding in ("met", "partly")
        if not _CHECKS[at][0]:
            right += item is not None and not is_credited
        elif item is not None and is_credited:
            right += any(check_quote(one, _transcript()).evidence for one in item.evidence)
    return right


def _transcript() -> Transcript:
    rows = enumerate(_TEXT, start=1)
    return Transcript(
        "interview",
        tuple(
            TranscriptLine(number, "candidate" if who == "candidate" else "interviewer", "talk", text)
            for number, (who, text) in rows
        ),
    )
