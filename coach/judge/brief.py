"""The prompts of a judging: rules, question and numbered transcript, then the questions of one part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from coach.judge.answer import ANSWER
from coach.judge.questions import grouped
from coach.llm.port import Message
from coach.session.phases import HEADINGS
from coach.templates import fingerprint, render
from coach.text.neutral import neutral, neutral_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.judge.checklist import Checklist
    from coach.judge.questions import Question
    from coach.session.transcript import Transcript, TranscriptLine

TEMPLATES = ("judge-system", "judge-transcript", "judge-checks")
_WHO = {"candidate": "C", "interviewer": "I"}


@dataclass(frozen=True, slots=True)
class Brief:
    """What stays the same in every call of one judging: the first two messages, and what the echo must be."""

    prefix: tuple[Message, ...]
    echo: str

    @classmethod
    def of(cls, checklist: Checklist, transcript: Transcript, *, nonce: str) -> Brief:
        """The brief for one transcript. `nonce` marks where it begins and ends; it is the same in all calls."""
        shared = {"nonce": nonce}
        problem = checklist.problem
        return cls(
            (
                Message("system", render("judge-system", shared)),
                Message(
                    "user",
                    render(
                        "judge-transcript",
                        {
                            **shared,
                            "title": neutral_line(problem.title),
                            "question": neutral(problem.prompt),
                            "sections": _sections(transcript),
                        },
                    ),
                ),
            ),
            f"{nonce} {transcript.lines[-1].number if transcript.lines else 0}",
        )

    def messages(
        self, some: Sequence[Question], *, again: Mapping[int, str] | None = None
    ) -> tuple[Message, ...]:
        """The whole prompt for `some` questions; `again` says what was wrong with the first answer to them."""
        values = {
            "groups": [
                {
                    "heading": heading,
                    "checks": [{"number": one.number, "text": neutral_line(one.text)} for one in each],
                }
                for heading, each in grouped(some)
            ],
            "again": [{"number": number, "why": neutral_line(why)} for number, why in (again or {}).items()],
        }
        return (*self.prefix, Message("user", render("judge-checks", values)))


def plan_of(brief: Brief, asked: Sequence[Question], *, nonce: str, model: str, url: str) -> str:
    """What a judging is about, as a fingerprint: the same plan can be gone on with, another has to begin anew."""
    texts = [one.text.replace(nonce, "") for one in brief.prefix]
    texts += [f"{one.number} {one.text}" for one in asked if not one.is_control]
    texts += [fingerprint(TEMPLATES), repr(ANSWER.schema), model, url]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:20]


def _sections(transcript: Transcript) -> list[dict[str, object]]:
    return [
        {
            "heading": heading,
            "lines": [
                {"number": one.number, "who": _WHO[one.speaker], "text": neutral_line(one.text)}
                for one in each
            ],
        }
        for heading, each in groupby(transcript.lines, key=_heading)
    ]


def _heading(line: TranscriptLine) -> str:
    if line.source == "file":
        return "Written answer"
    if line.source == "sheet":
        return "Number sheet"
    if line.source == "board":
        return "Board: the boxes and arrows she drew"
    phase = HEADINGS[line.phase] if line.phase else ""
    return f"{'Talk' if line.source == 'talk' else 'Notes'}: {phase}"
