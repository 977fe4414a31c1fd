"""How telling each word is for each fact, learnt from the words of the problem's own cues."""

from collections.abc import Iterator, Sequence
from math import log

from coach.content.problem import Fact
from coach.interviewer.phrases import OPENERS, WARM_UPS
from coach.text.pattern import Pattern
from coach.text.words import LINKS, Token, near, stem

_FUNCTION_WORDS = (
    LINKS
    | OPENERS
    | WARM_UPS
    | frozenset("i me my our us please pls want like need how what many much".split())
)
_FUNCTION_SHARE = 0.25
"""What a function word counts of a word that says something."""
_FORM_SHARE, _STEM_SHARE = 0.8, 0.2
"""What another form of a cue's word counts, and what only shares its stem: "customers" is not "customize"."""
_ENDINGS = frozenset(("", "s", "es", "e", "d", "ed", "ing", "er", "ers", "y", "ies", "ied", "n", "t"))
_UNKNOWN = 0.5
"""The weight of a word no cue listens for, where it is left over."""


def is_function_word(token: Token) -> bool:
    """Whether the word holds a sentence together and says nothing itself."""
    return token.word in _FUNCTION_WORDS


class Vocabulary:
    """The words the facts listen for. A word in the cues of one fact weighs 1, one that most listen for little."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._words = {fact.id: frozenset(w for cue in fact.cues for w in _cue_words(cue)) for fact in facts}
        self._stems = {fact: frozenset(map(_stem, words)) for fact, words in self._words.items()}
        count: dict[str, int] = {}
        for stems in self._stems.values():
            for one in stems:
                count[one] = count.get(one, 0) + 1
        scale = log(1 + len(facts))
        self._weights = {one: log(1 + len(facts) / n) / scale for one, n in count.items()}
        self._prefixes = tuple(one for one in self._weights if one.endswith("*"))
        self._by_letter: dict[str, set[str]] = {}
        for word in frozenset().union(*self._words.values()):
            self._by_letter.setdefault(word[0], set()).add(word)
        self._memory: dict[tuple[str, str], float] = {}
        self._slips: dict[str, frozenset[str]] = {}

    def weight(self, fact: str, token: Token) -> float:
        """What `token` says for `fact`: 0 when none of its cues holds it, 1 when they alone do."""
        key = (fact, token.word)
        if key not in self._memory:
            self._memory[key] = self._weigh(fact, token)
        return self._memory[key]

    def rank(self, row: Sequence[Token]) -> list[tuple[float, str]]:
        """The facts by what all words of `row` say for them, the most likely first."""
        said = [token for token in row if not is_function_word(token)]
        return sorted(
            ((sum(self.weight(fact, one) for one in said), fact) for fact in self._words), reverse=True
        )

    def leftover(self, token: Token) -> float:
        """What `token` says at all, about whichever fact or none."""
        if is_function_word(token):
            return 0.0
        known = max((self.weight(fact, token) for fact in self._words), default=0.0)
        return known or _UNKNOWN

    def _weigh(self, fact: str, token: Token) -> float:
        share = _FUNCTION_SHARE if is_function_word(token) else 1.0
        words, stems = self._words[fact], self._stems[fact]
        if token.word in words:
            return share * self._weights[token.stem]
        for prefix in self._prefixes:
            if prefix in stems and token.word.startswith(prefix[:-1]):
                return share * self._weights[prefix]
        if token.stem in stems:
            is_form = any(_is_form(word, token.word) for word in words if _stem(word) == token.stem)
            return share * (_FORM_SHARE if is_form else _STEM_SHARE) * self._weights[token.stem]
        meant = self._meant(token) & words
        return max((share * self._weights[_stem(word)] for word in meant), default=0.0)

    def _meant(self, token: Token) -> frozenset[str]:
        """The words `token` may be a slip of the finger for; none when it is a word the cues know."""
        if token.word not in self._slips:
            is_known = token.stem in self._weights
            near_by = self._by_letter.get(token.word[:1], ()) if not is_known else ()
            self._slips[token.word] = frozenset(word for word in near_by if _is_misspelt(word, token))
        return self._slips[token.word]


def _cue_words(cue: str) -> Iterator[str]:
    for group in Pattern.parse(cue).groups:
        if not group.forbidden:
            for phrase in group.phrases:
                yield from phrase


def _stem(word: str) -> str:
    return word if word.endswith("*") else stem(word)


def _is_form(one: str, other: str) -> bool:
    """Whether two words of one stem are forms of one word: `delete` and `deleted`, not `person` and `personalized`."""
    same = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[same:] in _ENDINGS and other[same:] in _ENDINGS


def _is_misspelt(word: str, token: Token) -> bool:
    if word.endswith("*"):
        return near(token.word[: len(word)], word[:-1])
    return near(token.word, word) or near(token.stem, stem(word))
