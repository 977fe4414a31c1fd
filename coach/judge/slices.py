"""Which questions go into one call: all, or as many as window and answer allow, a dimension at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.judge.questions import grouped
from coach.llm.failures import too_long
from coach.llm.tokens import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.judge.questions import Question
    from coach.llm.abilities import Abilities

PER_QUESTION, PER_ANSWER = 60, 150
"""Tokens an answer takes for one question and beside them."""
SPARE = 2
"""The limit is this many times the answer expected."""
THINKING = 8000
"""Tokens for a model that thinks before it answers."""


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one call; `name` says which, the same in every run."""

    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        numbers = [one.number for one in self.questions if not one.is_control]
        return f"{numbers[0]}-{numbers[-1]}" if numbers else "controls"


def longest_answer(count: int, abilities: Abilities) -> int:
    """The limit to ask for, in tokens, when `count` questions are answered."""
    return SPARE * (PER_QUESTION * count + PER_ANSWER) + (THINKING if abilities.thinks else 0)


def split(
    asked: Sequence[Question],
    abilities: Abilities,
    tokens_of: Callable[[Sequence[Question]], int],
    *,
    host: str,
) -> tuple[Part, ...]:
    """The parts to ask for; one where that is possible. `tokens_of` counts the whole prompt for some questions.

    Nothing is left out to save room: a text that does not fit with a single question is an error that says how much
    is needed.
    """
    controls = [one for one in asked if one.is_control]
    rest = [one for one in asked if not one.is_control]

    def fits(some: Sequence[Question]) -> bool:
        whole = _in_order([*some, *controls])
        # An answer may be as long as expected; the spare is for models that ramble where there is room.
        answer = longest_answer(len(whole), abilities) // SPARE
        if abilities.most is not None and answer > abilities.most:
            return False
        return (
            abilities.window is None
            or tokens_of(whole) * MARGIN * abilities.factor + answer <= abilities.window
        )

    if not rest or fits(rest):
        return (Part(_in_order(asked)),)
    pieces = [piece for _, group in grouped(rest) for piece in _halved(group, fits)]
    if any(not fits(piece) for piece in pieces):
        needed = (
            int(tokens_of(_in_order([rest[0], *controls])) * MARGIN * abilities.factor)
            + PER_ANSWER
            + PER_QUESTION
        )
        raise too_long(needed, abilities.window, host=host)
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if fits([*parts[-1], *piece]):
            parts[-1] = [*parts[-1], *piece]
        else:
            parts.append(piece)
    return tuple(Part(_in_order([*one, *controls])) for one in parts)


def _halved(group: list[Question], fits: Callable[[Sequence[Question]], bool]) -> list[list[Question]]:
    """One dimension's questions, whole or in as few pieces as fit; a single question stays as it is."""
    if len(group) <= 1 or fits(group):
        return [group]
    middle = len(group) // 2
    return [*_halved(group[:middle], fits), *_halved(group[middle:], fits)]


def _in_order(some: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(sorted(some, key=lambda one: one.number))
