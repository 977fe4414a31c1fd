"""What a model may tell the candidate after the judging, built from verified findings only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coach.judge.evidence import is_verified
from coach.judge.findings import Evidence
from coach.llm.port import Message, Request
from coach.templates import render
from coach.text.neutral import neutral_line
from coach.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.judge.card import Card
    from coach.judge.checklist import Checklist
    from coach.judge.findings import Finding
    from coach.session.transcript import Transcript

TEMPLATES = ("coaching-system", "coaching-task")
MOST, THINKING = 900, 6000
FIXES, STRONG = 3, 4
LONGEST_LINE = 300
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,400})[\"”]")
_REWRITING = re.compile(r"^\W*said better\b", re.IGNORECASE | re.MULTILINE)
_FEWEST_WORDS = 4


def coaching_request(
    card: Card, checklist: Checklist, transcript: Transcript, *, thinks: bool = False
) -> Request:
    """The one call that writes it: the strongest moments, the top fixes and a weak passage, each with her own words."""
    known = [one for one in card.findings if one.check in checklist.by_id]
    values = {
        "title": neutral_line(checklist.problem.title),
        "seniority": card.seniority,
        "strong": [
            {"text": neutral_line(checklist.by_id[one.check].text), "quotes": _lines([one], transcript)}
            for one in _strong(known, checklist)
        ],
        "fixes": [
            {
                "text": neutral_line(fix.text),
                "check": neutral_line(checklist.by_id[fix.check].text),
                "quotes": _lines((one for one in known if one.check == fix.check), transcript)
                or _lines(_credited(known, fix.dimension), transcript),
            }
            for fix in card.fixes[:FIXES]
            if fix.check in checklist.by_id
        ],
        "weak": _weak(known, card, checklist),
    }
    messages = (
        Message("system", render("coaching-system", values)),
        Message("user", render("coaching-task", values)),
    )
    return Request(messages, MOST + (THINKING if thinks else 0))


def unfounded(text: str, transcript: Transcript) -> tuple[str, ...]:
    """What the coaching puts in quotation marks as hers and she never said; her weak passage said better is not meant."""
    before = _REWRITING.split(text)[0]
    own = [one.number for one in transcript.lines if one.speaker == "candidate"]

    def is_hers(quote: str) -> bool:
        return any(is_verified(Evidence(line=number, quote=quote), transcript) for number in own)

    quotes = (one.strip(" .,;…") for one in _QUOTED.findall(before))
    return tuple(
        one
        for one in quotes
        if len([t for t in tokens(one) if t.kind != "mark"]) >= _FEWEST_WORDS and not is_hers(one)
    )


def _strong(known: Sequence[Finding], checklist: Checklist) -> list[Finding]:
    """Met checks with evidence, those of the highest level first."""
    met = [one for one in known if one.finding == "met" and one.evidence]

    def rank(one: Finding) -> tuple[int, float]:
        return -checklist.by_id[one.check].level, -checklist.by_id[one.check].weight

    return sorted(met, key=rank)[:STRONG]


def _credited(known: Sequence[Finding], dimension: str) -> list[Finding]:
    """What she showed of the same dimension, so that a fix can be put in her own names."""
    return [one for one in known if one.dimension == dimension and one.credit and one.evidence]


def _weak(known: Sequence[Finding], card: Card, checklist: Checklist) -> dict[str, str] | None:
    """The half-shown check whose fix gains most."""
    gain = {fix.check: fix.gain for fix in card.fixes}
    half = [one for one in known if one.finding == "partly" and one.evidence]
    best = max(half, key=lambda one: gain.get(one.check, 0.0), default=None)
    if best is None:
        return None
    return {
        "quote": neutral_line(best.evidence[0].quote),
        "check": neutral_line(checklist.by_id[best.check].text),
        "why": neutral_line(best.why or ""),
    }


def _lines(findings: Iterable[Finding], transcript: Transcript) -> list[str]:
    """The lines verified evidence stands on, two at most: more than the quote, and as surely hers."""
    numbers = dict.fromkeys(quote.line for one in findings for quote in one.evidence)
    lines = (transcript.line(number) for number in numbers)
    own = [one.text for one in lines if one is not None and one.speaker == "candidate"]
    return [neutral_line(text)[:LONGEST_LINE] for text in own[:2]]
