"""How strongly words speak for a fact, and whether two facts are asked for or one of two readings is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.interviewer.phrases import COORDINATORS, ELSEWHERE, FILLERS
from coach.interviewer.vocabulary import Vocabulary, is_function_word
from coach.text.match import Hit
from coach.text.passages import Passage
from coach.text.words import LINKS, Token, is_cut

_AMOUNTS = frozenset("how what many much long often large big fast number".split())
"""Words one question may share with the next: "how many users and posts"."""

_SPREAD_COST = 0.06
_LEAST_SHARE = 0.4
"""What each word between the words of a match takes from its strength, and what always stays."""
_BESIDE_SHARE = 0.5
"""What the other words of a clause count when they are words a fact listens for."""
RUNNER_UP_SHARE = 0.45
"""Strength a further fact needs of the strongest one's."""
_SAME_STRENGTH = 0.05
_PASSING_OVER = frozenset((("instead", "of"), ("rather", "than")))
_PASSED_OVER_SHARE, _LEANT_ON_SHARE, _STRADDLING_SHARE = 0.2, 0.5, 0.8
"""What words count that come after "instead of", that stand in the sentence before, that an "and" keeps apart."""
_LEAST_COVER, _LEAST_COVER_ALONE = 0.12, 0.2
"""Share of what a clause says that a match must account for, and one that rests on a single word."""
_LEAST_SAID, _AMPLY_SAID = 0.27, 0.4
"""What the words of a clause must on average say for the fact, matched or not; with the second a match may be thin."""
_ELSEWHERE_COUNT = 2.5
"""How many words a matter of the company's counts that the fact does not listen for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A fact some words may ask for: where they stand in the clause and how much they single the fact out."""

    fact: str
    places: tuple[int, ...]
    strength: float
    cover: float
    share: float
    words: int

    @property
    def accounts_for_enough(self) -> bool:
        """Whether the clause is about these words, or only holds them."""
        least = _LEAST_COVER if self.words > 1 else _LEAST_COVER_ALONE
        return self.share >= _LEAST_SAID and (self.cover >= least or self.share >= _AMPLY_SAID)


def match_of(vocabulary: Vocabulary, fact: str, *, hit: Hit) -> Match:
    """How strongly `hit`, of one of its cues, speaks for `fact`."""
    first, row = len(hit.passage.lead), (*hit.passage.lead, *hit.passage.tokens)
    wanted = set(map(id, hit.tokens))
    places = tuple(at for at, token in enumerate(row) if id(token) in wanted)
    weights = _weights(vocabulary, fact, row, first=first)
    named = sum(weights[at] for at in places) * _tightness(row, places)
    beside = sum(weights[at] for at in range(first, len(row)) if at not in places)
    said = sum(vocabulary.leftover(token) for token in hit.passage.tokens)
    strength = named + _BESIDE_SHARE * beside
    return Match(
        fact,
        tuple(at - first for at in places),
        strength,
        named / said if said else 1.0,
        max(share_said(row, weights), share_said(row[first:], weights[first:])),
        sum(1 for at in places if not is_function_word(row[at])),
    )


def share_said(row: Sequence[Token], weights: Sequence[float]) -> float:
    """What the words of `row` that say something say for a fact, by their `weights`, of all they could say."""
    said = [one for one in zip(row, weights, strict=True) if not is_function_word(one[0])]
    could = sum(
        _ELSEWHERE_COUNT if not weight and token.stem in ELSEWHERE else 1.0
        for token, weight in said
        if weight or token.word not in FILLERS
    )
    return sum(weight for _, weight in said) / could if could else 1.0


def _weights(vocabulary: Vocabulary, fact: str, row: Sequence[Token], *, first: int) -> list[float]:
    """What each word says for `fact`; less before `first`, where the clause only leans on it."""
    weights = [vocabulary.weight(fact, token) for token in row]
    for at, (one, two) in enumerate(pairwise(row)):
        if (one.word, two.word) in _PASSING_OVER:
            for after in range(at + 2, min(at + 5, len(row))):
                weights[after] *= _PASSED_OVER_SHARE
    return [weight * _LEANT_ON_SHARE if at < first else weight for at, weight in enumerate(weights)]


def _tightness(row: Sequence[Token], places: tuple[int, ...]) -> float:
    """Less than 1 for a match with words between its words, and across an "and"."""
    spread = places[-1] - places[0] + 1 - len(places)
    straddles = any(row[at].word in COORDINATORS for at in range(places[0], places[-1]) if at not in places)
    return max(_LEAST_SHARE, 1 - _SPREAD_COST * spread) * (_STRADDLING_SHARE if straddles else 1.0)


def is_carried(hit: Hit) -> bool:
    """Whether a word of the clause itself that says something is part of the hit, not only "how" or "is it"."""
    own = set(map(id, hit.passage.tokens))
    return any(id(token) in own and not is_function_word(token) for token in hit.tokens)


def are_twins(one: Match, other: Match) -> bool:
    """Whether the very same words ask for both, and nothing else speaks for either: "what scale is this?"."""
    return one.places == other.places and abs(one.strength - other.strength) < _SAME_STRENGTH


def are_apart(one: Match, other: Match, *, passage: Passage) -> bool:
    """Whether two matches are two questions: words of their own, and something between them that joins."""
    mine, theirs = set(one.places) - set(other.places), set(other.places) - set(one.places)
    row = passage.tokens
    shared = set(one.places) & set(other.places)
    said = [at for at in shared if at >= 0 and row[at].word not in LINKS and row[at].word not in _AMOUNTS]
    if not mine or not theirs or said:
        return False
    first, second = (mine, theirs) if min(mine) < min(theirs) else (theirs, mine)
    start, end = max(*first, 0), min(second)
    if start >= end:
        return False
    return any(row[at].word in COORDINATORS for at in range(start + 1, end)) or any(
        is_cut(row[at], row[at + 1]) for at in range(start, end)
    )
