"""Which questions go into one call: all, or as many as window and answer allow, a dimension at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.judge.questions import grouped
from coach.llm.failures import too_long, too_short
from coach.llm.tokens import MARGIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach.judge.questions import Question
    from coach.llm.abilities import Abilities
    from coach.llm.port import ModelError

PER_QUESTION, PER_ANSWER = 60, 150
"""Tokens an answer takes for one question and beside them."""
SPARE = 2
"""The limit is this many times the answer expected."""
MOST_PARTS = 12
"""More calls than this are no way to judge one text; the window that would do with as many is named instead."""
_MORE = 1.1
"""Dimensions are not split evenly, so a window named as enough is at least so much larger than the one there is."""
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


def expected_answer(count: int) -> int:
    """Tokens an answer to `count` questions takes."""
    return PER_QUESTION * count + PER_ANSWER


def longest_answer(count: int, abilities: Abilities) -> int:
    """The limit to ask for, in tokens, when `count` questions are answered."""
    return SPARE * expected_answer(count) + (THINKING if abilities.thinks else 0)


@dataclass(frozen=True, slots=True)
class _Room:
    """What one call has room for: the questions, the controls that go along with every part, and the answer."""

    controls: tuple[Question, ...]
    abilities: Abilities
    tokens_of: Callable[[Sequence[Question]], int]
    host: str

    def whole(self, some: Sequence[Question]) -> tuple[Question, ...]:
        """`some` with the controls."""
        return _in_order([*some, *self.controls])

    def needed(self, some: Sequence[Question]) -> int:
        """Tokens of window a call with `some` takes."""
        whole = self.whole(some)
        return int(self.tokens_of(whole) * MARGIN * self.abilities.factor) + expected_answer(len(whole))

    def fits(self, some: Sequence[Question]) -> bool:
        """Whether one call can ask and answer `some`."""
        most, window = self.abilities.most, self.abilities.window
        if most is not None and expected_answer(len(some) + len(self.controls)) > most:
            return False
        return window is None or self.needed(some) <= window

    def refusal(self, pieces: Sequence[Sequence[Question]], *, least: int = 0) -> ModelError:
        """Why these pieces cannot be asked for, with the window or answer that would do: `least` tokens at least."""
        window = self.abilities.window
        answer = expected_answer(max(map(len, pieces)) + len(self.controls))
        is_short_of_answer = answer > (self.abilities.most or answer)
        largest = max(*map(self.needed, pieces), least)
        if window is not None and largest > window and not (least and is_short_of_answer):
            return too_long(largest, window, host=self.host)
        return too_short(self.abilities.most or 0, answer, host=self.host)


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
    rest = [one for one in asked if not one.is_control]
    room = _Room(tuple(one for one in asked if one.is_control), abilities, tokens_of, host)
    if not rest or room.fits(rest):
        return (Part(_in_order(asked)),)
    pieces = [piece for _, group in grouped(rest) for piece in _halved(group, room.fits)]
    if unfit := [piece for piece in pieces if not room.fits(piece)]:
        raise room.refusal(unfit)
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if room.fits([*parts[-1], *piece]):
            parts[-1] = [*parts[-1], *piece]
        else:
            parts.append(piece)
    if len(parts) > MOST_PARTS:
        # Just above the least window every call would carry little but the text itself.
        share = -(-len(rest) // MOST_PARTS)
        shares = [rest[at : at + share] for at in range(0, len(rest), share)]
        raise room.refusal(shares, least=int((abilities.window or 0) * _MORE))
    return tuple(Part(room.whole(one)) for one in parts)


def rejoin(asked: Sequence[Question], names: Sequence[str]) -> tuple[Part, ...] | None:
    """The parts that were asked for before, by their names; None when they do not make up all questions."""
    controls = [one for one in asked if one.is_control]
    rest = [one for one in asked if not one.is_control]
    parts, at = [], 0
    for name in names:
        last = name.rpartition("-")[2]
        end = next((place for place, one in enumerate(rest, start=1) if str(one.number) == last), 0)
        parts.append(Part(_in_order([*rest[at:end], *controls])))
        at = end
    is_whole = at == len(rest) and [one.name for one in parts] == list(names)
    return tuple(parts) if is_whole and parts else None


def _halved(group: list[Question], fits: Callable[[Sequence[Question]], bool]) -> list[list[Question]]:
    """One dimension's questions, whole or in as few pieces as fit; a single question stays as it is."""
    if len(group) <= 1 or fits(group):
        return [group]
    middle = len(group) // 2
    return [*_halved(group[:middle], fits), *_halved(group[middle:], fits)]


def _in_order(some: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(sorted(some, key=lambda one: one.number))
