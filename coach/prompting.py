"""What a model would be sent, put together and counted, and not sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach import scoring
from coach.errors import BadInput
from coach.llm.tokens import counter
from coach.session.evolve import replay
from coach.templates import where

if TYPE_CHECKING:
    from pathlib import Path

    from coach.llm.port import Message
    from coach.llm.tokens import Counter
    from coach.report.review import Review
    from coach.session.shelf import Shelf
    from coach.terms import Seniority

NONCE = "0000"
"""Stands for the marks that are drawn anew for each judging."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The messages of one call, and the templates they were made from."""

    messages: tuple[Message, ...]
    templates: tuple[Path, ...]

    def as_text(self, count: Counter, *, host: str) -> str:
        """For people: each message under its role, then its size and where it would go."""
        parts = [f"=== {one.role} ({count.text(one.text):,} tokens)\n{one.text}\n" for one in self.messages]
        files = "\n".join(f"  {path}" for path in self.templates)
        total = count.messages(self.messages)
        parts.append(f"=== {total:,} tokens, {count.how}; {host}\nFrom:\n{files}\n")
        return "\n".join(parts)


def judge_prompt(handed: scoring.Handed) -> Prompt:
    """The first call of a judging, with every question in it."""
    from coach.judge.brief import TEMPLATES, Brief
    from coach.judge.questions import questions
    from coach.judge.reading import Reading
    from coach.judge.unasked import decided_by_code

    decided = decided_by_code(Reading(handed.transcript, handed.checklist))
    asked = questions(handed.checklist, handed.transcript, decided=decided, seed=NONCE)
    brief = Brief.of(handed.checklist, handed.transcript, nonce=NONCE)
    return Prompt(brief.messages(asked), tuple(map(where, TEMPLATES)))


def coaching_prompt(own: Shelf, session: str) -> Prompt:
    """The coaching on the newest judging of a session."""
    return _coaching_on(scoring.review(own, session))


def coaching_prompt_of_text(text: str, *, problem: str, seniority: Seniority) -> Prompt:
    """The coaching on a written answer, as the offline judge sees it."""
    return _coaching_on(scoring.Scoring().of_text(text, problem=problem, seniority=seniority))


def _coaching_on(review: Review) -> Prompt:
    from coach.judge.coaching import TEMPLATES, coaching_request

    request = coaching_request(review.card, review.checklist, review.transcript)
    return Prompt(request.messages, tuple(map(where, TEMPLATES)))


def interviewer_prompt(own: Shelf, session: str) -> Prompt:
    """The reply to the candidate's latest turn of a session."""
    from coach.content.library import find_problem
    from coach.interviewer.briefing import TEMPLATES, Briefing
    from coach.interviewer.scripted import ScriptedInterviewer

    records = own.read(session).records
    last = max((at for at, one in enumerate(records) if one.event.kind == "said"), default=None)
    if last is None:
        raise BadInput(
            "Nobody asked anything",
            f"In {session} the candidate said nothing, so the interviewer had nothing to answer.",
            hint="Choose a session in which you talked.",
        )
    state = replay(records[: last + 1])
    problem = find_problem(state.chosen.problem)
    said = state.turns[-1].text
    move = ScriptedInterviewer(problem).follow_up(state, said, state.t)
    messages = Briefing(problem, state, said, state.t, move).messages(room=None, counter=counter(""))
    return Prompt(messages, tuple(map(where, TEMPLATES)))
