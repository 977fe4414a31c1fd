"""What a model is asked to decide: the checks code cannot, the mistakes, and controls whose answer is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from coach.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from coach.judge.checklist import Checklist
    from coach.session.transcript import Transcript, TranscriptLine
    from coach.terms import Dimension

Kind = Literal["check", "component", "mistake", "excess", "present", "absent"]
"""`present` and `absent` are the controls: a line that is there, a thing nobody said."""
_FAR = (
    ("Explains how the rudder of a sailing boat is trimmed in a storm.", "rudder sailing boat storm"),
    ("Works out the wheel base of a freight wagon.", "wheel freight wagon"),
    ("Describes how a violin is strung and tuned for an orchestra.", "violin strung orchestra"),
    ("Plans the watering of a vineyard in a dry summer.", "watering vineyard summer"),
    ("Compares three recipes for sourdough bread.", "recipes sourdough bread"),
    ("Sets out the rules by which a chess engine values a knight.", "chess engine knight"),
)
_NEAR = (
    ("Works out how many GPUs the training of a language model takes.", "gpu gpus training"),
    ("Explains how a satellite link hides its long round trip.", "satellite orbit"),
    ("Plans how new firmware reaches the cars of one maker.", "firmware cars"),
    ("Moves the ledger off a mainframe, step by step.", "mainframe ledger cobol"),
    ("Says how the racks of a data center are cooled.", "racks cooled cooling"),
    ("Compares blockchains by the time a transfer takes to settle.", "blockchain blockchains wallet"),
)
ABSENT = (*_FAR, *_NEAR)
"""What nobody said, with words that must not stand in the text: one of another world, one that sounds like a design."""
_PLACES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where in the text the lines stand that must be quoted: a prompt that lost a fifth of the text misses one."""
_READING = "Reading"
_FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One numbered thing to decide. `about` is the id of a check, mistake or excess; `line` that of a present line."""

    number: int
    kind: Kind
    about: str
    text: str
    heading: str
    dimension: Dimension | None = None
    line: int = 0

    @property
    def is_control(self) -> bool:
        return self.kind in ("present", "absent")


def questions(
    checklist: Checklist, transcript: Transcript, *, decided: Collection[str], seed: str
) -> tuple[Question, ...]:
    """Everything a model must decide, by dimension, numbered once.

    The lines to quote come first, so that an answer that is cut off has them; absent things stand among the rest.
    """
    rows = [*_checks(checklist, decided), *_mistakes(checklist, transcript)]
    absent = _absent(transcript, seed)
    for place, control in enumerate(absent, start=1):
        at = round(place * len(rows) / (len(absent) + 1))
        rows.insert(at, replace(control, heading=rows[max(0, at - 1)].heading if rows else _READING))
    whole = [*_present(transcript), *rows]
    return tuple(replace(one, number=number) for number, one in enumerate(whole, start=1))


def grouped(some: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """Neighbours under one heading together."""
    return [(heading, list(each)) for heading, each in groupby(some, key=lambda one: one.heading)]


def _checks(checklist: Checklist, decided: Collection[str]) -> list[Question]:
    found = []
    for dimension, rule in checklist.rubric.dimensions.items():
        for check in checklist.checks:
            if check.dimension == dimension and check.id not in decided:
                kind: Kind = "component" if check.kind == "component" else "check"
                text = (
                    check.text
                    if check.kind != "fact"
                    else f"Takes into account: {_fact(checklist, check.source)}"
                )
                found.append(Question(0, kind, check.id, text, rule.name, dimension))
    return found


def _fact(checklist: Checklist, fact: str) -> str:
    return next(one.answer for one in checklist.problem.facts if one.id == fact)


def _mistakes(checklist: Checklist, transcript: Transcript) -> list[Question]:
    """Made or not; parts this problem does not call for are mistakes too."""
    phases = transcript.planned_phases
    if not {"high_level", "deep_dive"} & set(phases):
        return []
    made = [
        Question(0, "mistake", one.id, f"Mistake: {one.text}", "Mistakes", one.dimension)
        for one in checklist.problem.mistakes
    ]
    return made + [
        Question(0, "excess", one.id, f"Mistake: {one.text}", "Mistakes", "architecture")
        for one in checklist.problem.allowance.excess
    ]


def _present(transcript: Transcript) -> list[Question]:
    """Lines of the candidate that are surely there, to be quoted."""
    own = [one for one in transcript.lines if one.speaker == "candidate" and _can_be_quoted(one)]
    lines = dict.fromkeys(own[min(len(own) - 1, int(share * len(own)))].number for share in _PLACES if own)
    return [
        Question(
            0,
            "present",
            f"line.{number}",
            f"Line {number} is there: quote its first words.",
            _READING,
            line=number,
        )
        for number in lines
    ]


def _can_be_quoted(line: TranscriptLine) -> bool:
    words = [one for one in tokens(line.text) if one.kind in ("word", "number")]
    return len(words) >= _FEWEST_WORDS and not line.text.lstrip().startswith("#")


def _absent(transcript: Transcript, seed: str) -> list[Question]:
    """Things nobody said: none of their words stands in the text."""
    said = {one.word for line in transcript.lines for one in tokens(line.text)}
    found = []
    for pool in (_FAR, _NEAR):
        free = [text for text, words in pool if not said & set(words.split())]
        found += sorted(free, key=lambda text: hashlib.sha256(f"{seed}{text}".encode()).digest())[:1]
    return [Question(0, "absent", f"absent.{at}", text, "") for at, text in enumerate(found)]
