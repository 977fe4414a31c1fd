"""Which hidden facts a turn asks for, and which false premises it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.content.problem import Fact
from coach.interviewer.asks import Clause
from coach.interviewer.matches import (
    RUNNER_UP_SHARE,
    Match,
    are_apart,
    are_twins,
    is_carried,
    match_of,
    share_said,
)
from coach.interviewer.vocabulary import Vocabulary
from coach.text.match import Hit, Matcher
from coach.text.passages import Passage
from coach.text.words import NEGATORS, Token, stem

_LIKELY, _LIKELY_SHARE, _LIKELY_SECOND = 2.2, 0.4, 0.45
"""What the words of a question must say for one fact, on average, and beside the next fact, to be taken for it."""
_SHORT = 4
"""Words up to which a question may lean on the question before it: "and how many daily?"."""
_CLAIM_SPAN = 12
"""Words within which a false premise must stand; wrongly corrected is worse than not corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A false premise put right; it tells the fact. `is_asked` when the premise stood in a question."""

    fact: str
    text: str
    is_asked: bool


class FactSheet:
    """The hidden facts of one problem, with how telling each word of their cues is."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = tuple(facts)
        self._vocabulary = Vocabulary(facts)

    def corrections(self, clauses: Sequence[Clause]) -> list[tuple[Correction, ...]]:
        """For each clause the premises it asserts although the sheet says otherwise; one per fact."""
        matcher = _matcher([clause.passage for clause in clauses])
        found: list[dict[str, Correction]] = [{} for _ in clauses]
        for fact in self._facts:
            for premise in fact.premises:
                for hit in (hit for claim in premise.claims for hit in matcher.find(claim)):
                    at = hit.passage.paragraph
                    if (clauses[at].asks or hit.passage.is_claim) and _asserts(hit):
                        found[at].setdefault(
                            fact.id, Correction(fact.id, premise.correction, clauses[at].asks)
                        )
        return [tuple(one.values()) for one in found]

    def asked(self, clauses: Sequence[Clause]) -> list[tuple[str, ...]]:
        """For each clause the facts it asks for: the first reading of it that finds some."""
        readings = [_readings(clause) for clause in clauses]
        matches = iter(self._matches([reading for each in readings for reading in each]))
        found = []
        for clause, each in zip(clauses, readings, strict=True):
            read = [(reading, next(matches)) for reading in each]
            told = next((_chosen(reading, options) for reading, options in read if options), ())
            found.append(told or self._likely(clause))
        return found

    def _likely(self, clause: Clause) -> tuple[str, ...]:
        """The one fact whose cues know nearly all that a question says, although no cue is met."""
        row = clause.passage.tokens
        (best, fact), *others = self._vocabulary.rank(row)
        second = others[0][0] if others else 0.0
        is_more = clause.leans and clause.before is not None and clause.before.asks
        is_word = (
            len(row) == 1 and clause.before is None and best >= self._vocabulary.leftover(row[0]) > second
        )
        share = share_said(row, [self._vocabulary.weight(fact, token) for token in row])
        is_clear = (
            best >= _LIKELY and share >= _LIKELY_SHARE and second <= _LIKELY_SECOND * best and not is_more
        )
        return (fact,) if is_word or is_clear else ()

    def _matches(self, readings: Sequence[Passage]) -> list[list[Match]]:
        """For each reading the best match of each fact."""
        matcher = _matcher(readings)
        found: list[dict[str, Match]] = [{} for _ in readings]
        for fact in self._facts:
            for hit in (hit for cue in fact.cues for hit in matcher.find(cue)):
                best = found[hit.passage.paragraph]
                match = match_of(self._vocabulary, fact.id, hit=hit)
                is_better = fact.id not in best or match.strength > best[fact.id].strength
                if is_carried(hit) and match.accounts_for_enough and is_better:
                    best[fact.id] = match
        return [list(one.values()) for one in found]


def _matcher(readings: Sequence[Passage]) -> Matcher:
    """One matcher for all, each in a paragraph of its own: what they lean on is already in them."""
    apart = [replace(reading, paragraph=number) for number, reading in enumerate(readings)]
    return Matcher(apart, allow_denied=True)


def _readings(clause: Clause) -> list[Passage]:
    """Ways to read a clause, in the order they are tried.

    Alone or with what it leans on; failing that, the statement it points back at; at last with "how many" for its
    numbers, so that "about 10 k users, right?" asks how many there are.
    """
    own, before = clause.passage, clause.before
    readings = [own]
    if before is not None:
        leant = replace(own, lead=(*own.lead, *before.passage.tokens))
        if clause.leans:
            readings = [leant, own] if before.asks else [leant, own, before.passage]
        elif not before.asks or own.words <= _SHORT:
            readings = [own, leant]
    if any(token.kind == "number" for token in own.tokens):
        readings += [_with_amounts_asked(one) for one in readings]
    return readings


def _chosen(reading: Passage, matches: Sequence[Match]) -> tuple[str, ...]:
    """The most specific match, and more only where words are joined by and, or, a comma."""
    ranked = sorted(matches, key=lambda one: (-one.strength, one.places))
    chosen: list[Match] = []
    for match in ranked:
        is_strong = match.strength >= RUNNER_UP_SHARE * ranked[0].strength
        if is_strong and all(
            are_twins(match, one) or are_apart(match, one, passage=reading) for one in chosen
        ):
            chosen.append(match)
    return tuple(match.fact for match in sorted(chosen, key=lambda one: one.places))


def _with_amounts_asked(passage: Passage) -> Passage:
    row: list[Token] = []
    for token in passage.tokens:
        if token.kind == "number" and not token.word.endswith("%"):
            row += (replace(token, word=word, stem=stem(word), kind="word") for word in ("how", "many"))
        else:
            row.append(token)
    return replace(passage, tokens=tuple(row))


def _asserts(hit: Hit) -> bool:
    """Whether the claim stands close together and no `not` beside it takes it back: "these are not fine"."""
    row = hit.passage.tokens
    wanted = set(map(id, hit.tokens))
    places = [at for at, token in enumerate(row) if id(token) in wanted]
    if not places or places[-1] - places[0] > _CLAIM_SPAN:
        return False
    around = row[max(0, places[0] - 3) : places[-1]]
    return not any(token.word in NEGATORS and id(token) not in wanted for token in around)
