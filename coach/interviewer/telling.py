"""What a reply in somebody's own words tells of the brief, which numbers in it are new, and whether it contradicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.estimates.stated import stated
from coach.interviewer.vocabulary import is_function_word
from coach.text.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coach.content.problem import Fact
    from coach.estimates.stated import Stated

_DECLARED_SHARE, _SHOWN_SHARE = 0.2, 0.6
"""Share of a fact's words a reply must hold to tell it: when the model says it does, and when it does not say so."""
_SAME_MATTER = 0.5
"""Share of its words two made-up facts must have in common to be about the same thing."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SMALL = 12.0
"""Counts up to this are how people talk: "two things", "the three of them"."""


@dataclass(frozen=True, slots=True)
class Told:
    """Facts a reply tells, those it tells with other numbers than the brief's, and sentences with numbers of its own."""

    facts: tuple[str, ...]
    wrong: tuple[str, ...]
    made_up: tuple[str, ...]


def told(text: str, *, declared: Iterable[str], facts: Sequence[Fact], known: str) -> Told:
    """Read `text`. `declared` are the facts it says it tells, `known` is everything anybody said or wrote before."""
    said, named = _stems(text), set(declared)
    numbers = [one for one in stated(text) if not _is_small(one)]
    tells: list[str] = []
    wrong: list[str] = []
    for fact in facts:
        wanted = _stems(fact.answer)
        share = len(wanted & said) / len(wanted) if wanted else 0.0
        own = list(stated(fact.answer))
        shown = any(_is_among(one, numbers) for one in own)
        is_told = share >= _SHOWN_SHARE or (fact.id in named and (share >= _DECLARED_SHARE or shown))
        if is_told:
            tells.append(fact.id)
        if (is_told or fact.id in named) and not shown and _differs(numbers, own):
            wrong.append(fact.id)
    sheet = [one for text_ in (known, *(fact.answer for fact in facts)) for one in stated_all(text_)]
    answers = [_stems(fact.answer) for fact in facts if fact.id in wrong]
    made_up = [one for one in _made_up(text, sheet) if not any(_is_about(one, words) for words in answers)]
    return Told(tuple(tells), tuple(wrong), tuple(made_up))


def _is_about(sentence: str, words: frozenset[str]) -> bool:
    """Whether a sentence is a fact told wrong, which is put right and does not stand."""
    own = _stems(sentence)
    return bool(own) and len(own & words) >= _SAME_MATTER * min(len(own), len(words))


def contradiction(fresh: str, before: Iterable[str]) -> str:
    """What of `before` the new statement `fresh` contradicts: the same matter with other numbers; empty for nothing."""
    words, numbers = _stems(fresh), list(stated(fresh))
    for one in before:
        theirs = _stems(one)
        shared = len(words & theirs) / min(len(words), len(theirs)) if words and theirs else 0.0
        others = list(stated(one))
        if (
            shared >= _SAME_MATTER
            and numbers
            and others
            and not any(_is_among(number, others) for number in numbers)
        ):
            return one
    return ""


def stated_all(text: str) -> Iterable[Stated]:
    """The quantities of a text of any length, line by line."""
    return (one for line in text.split("\n") for one in stated(line))


def _made_up(text: str, sheet: Sequence[Stated]) -> Iterable[str]:
    for sentence in _SENTENCE.split(" ".join(text.split())):
        fresh = [one for one in stated(sentence) if not _is_small(one) and not _is_among(one, sheet)]
        if fresh and not sentence.endswith("?"):
            yield sentence


def _differs(numbers: Sequence[Stated], own: Sequence[Stated]) -> bool:
    """Whether a number of the reply is of the same kind as one of the fact, and is another one."""
    return any(
        one.quantity.size == other.quantity.size and one.quantity.time == other.quantity.time
        for one in numbers
        for other in own
    )


def _is_among(one: Stated, others: Iterable[Stated]) -> bool:
    return any(one.quantity.is_near(other.quantity, factor=1.02) for other in others)


def _is_small(one: Stated) -> bool:
    return one.quantity.size == 0 and one.quantity.time == 0 and one.quantity.value <= _SMALL


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        token.stem
        for line in text.split("\n")
        for token in tokens(line)
        if token.kind in ("word", "number") and not is_function_word(token)
    )
