"""From what a model answered to decisions: only what stands on a line of the candidate's own earns credit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coach.judge.counted import Decision
from coach.judge.evidence import check_quote
from coach.judge.standing import Room, Standing
from coach.judge.withheld import invents, not_read, nothing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coach.judge.answer import Item
    from coach.judge.findings import Evidence, Outcome
    from coach.judge.questions import Question
    from coach.judge.reading import Reading
    from coach.profile import Profile

REJECTED = "evidence rejected"
_MAY_ASK = frozenset(("requirements", "communication"))
"""Where a question of the candidate's can show something."""
_NAMES = "a list of names shows nothing"


@dataclass(frozen=True, slots=True)
class Settled:
    """One question, settled. `trouble` says why evidence fell away and nothing held; then it may be asked again."""

    decision: Decision
    trouble: str = ""
    quotes: int = 0
    held: int = 0


@dataclass
class Settling:
    """Verifies the evidence of one transcript's answers."""

    reading: Reading
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        self.standing = Standing(self.reading)

    def settle(self, question: Question, item: Item) -> Settled:
        """What `item` is worth."""
        if item.finding == "not_shown":
            return Settled(Decision("not_shown", item.why or None))
        held: list[Evidence] = []
        reasons: list[str] = []
        outcome: Outcome = item.finding
        is_half = False
        for one in item.evidence:
            checked = check_quote(one, self.reading.transcript)
            objections = [self._objection(question, quote) for quote in checked.evidence]
            fine = [
                quote for quote, why in zip(checked.evidence, objections, strict=True) if why in ("", _NAMES)
            ]
            held += [quote for quote in fine if quote not in held]
            is_half = is_half or not checked.is_whole or (bool(fine) and _NAMES in objections)
            if not fine:
                reasons.append(checked.why or next(filter(None, objections), ""))
        if not held:
            return Settled(
                Decision("not_shown", REJECTED), "; ".join(reasons) or "no evidence was given", len(reasons)
            )
        if is_half:
            outcome = "partly"
        why = item.why or ("only a part of the quote stands there" if is_half else None)
        counts = len(held) + len(reasons), len(held)
        return Settled(Decision(outcome, why, tuple(held[:3])), "", *counts)

    def why_again(self, question: Question, item: Item) -> str:
        """Why a question should be asked once more: its evidence did not hold."""
        return "" if question.is_control else self.settle(question, item).trouble

    def _objection(self, question: Question, quote: Evidence) -> str:
        """Why a quote that stands there proves nothing; a part may be shown by its name alone, at half credit."""
        why = self.standing.objection(quote, may_ask=question.dimension in _MAY_ASK)
        if why == _NAMES and question.kind == "component":
            return _NAMES
        return f"{why} here" if why == _NAMES else why

    def within_room(self, settled: Sequence[tuple[Question, Settled]]) -> dict[str, Decision]:
        """Decisions by what they are about, where no passage proves more than it can carry.

        Questions with the least evidence choose first, as with the offline judge.
        """
        room, found = Room(), dict[str, Decision]()
        for question, one in sorted(
            settled, key=lambda pair: (len(pair[1].decision.evidence), pair[0].number)
        ):
            decision = one.decision
            if decision.outcome in ("met", "partly"):
                free = [quote for quote in decision.evidence if self._takes(room, quote)]
                if not free:
                    decision = Decision("not_shown", "one passage cannot prove this many points")
                else:
                    decision = Decision(decision.outcome, decision.why, tuple(free))
            found[f"{question.kind}:{question.about}"] = decision
        return found

    def _takes(self, room: Room, quote: Evidence) -> bool:
        passage = self.standing.passage(quote)
        if passage is None or not room.has(passage):
            return False
        room.take(passage)
        return True


def check_invented(asked: Sequence[Question], items: Mapping[int, Item], profile: Profile) -> None:
    """Raises `ModelError` when the model credits what nobody said: one thing fully, or more than one in part."""
    credited = [
        (one, items[one.number].finding)
        for one in asked
        if one.kind == "absent" and one.number in items and items[one.number].finding != "not_shown"
    ]
    for one, finding in credited:
        if finding == "met" or len(credited) > 1:
            raise invents(profile, one.text)


def check_read(
    settling: Settling, asked: Sequence[Question], items: Mapping[int, Item], profile: Profile
) -> None:
    """Raises `ModelError` when the model did not quote a line that is there, or answered nothing at all."""
    if asked and not items:
        raise nothing(profile)
    unread = [
        one.line
        for one in asked
        if one.kind == "present" and not _quotes_line(settling, one.line, items.get(one.number))
    ]
    if unread:
        raise not_read(profile, unread)


def _quotes_line(settling: Settling, line: int, item: Item | None) -> bool:
    if item is None or item.finding == "not_shown":
        return False
    checked = [check_quote(one, settling.reading.transcript) for one in item.evidence]
    return any(quote.line == line for one in checked for quote in one.evidence)
