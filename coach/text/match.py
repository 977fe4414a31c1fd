"""Finds cues and signals in passages; the language they are written in is that of `coach.text.pattern`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from coach.text.lookalikes import LOOKALIKES
from coach.text.passages import Passage
from coach.text.pattern import UNITS, Pattern
from coach.text.words import LINKS, NEGATORS, Token, is_cut, near, stem

SPAN = 36
"""Words within which all groups must meet; two sentences of a normal length."""

_PER = frozenset("s sec second day hour minute month ms year".split())
_BEGINNING = 4
_FILLERS = frozenset("a an the of to".split())
_DENY_VERBS = frozenset("not never cannot".split())


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern was found: the tokens that carry it, in order."""

    tokens: tuple[Token, ...]
    passage: Passage


class Matcher:
    """Finds patterns in one text. Built once per text; each distinct word is looked up once."""

    def __init__(
        self, found: Sequence[Passage], *, allow_denied: bool = False, forgive_typos: bool = True
    ) -> None:
        self.passages = tuple(found)
        self._allow_denied = allow_denied
        self._forgive_typos = forgive_typos
        self._rows = [_row(passage, before) for passage, before in _with_previous(self.passages)]
        self._by_stem: dict[str, set[int]] = {}
        self._places: list[dict[str, list[int]]] = []
        for number, row in enumerate(self._rows):
            places: dict[str, list[int]] = {}
            for at, token in enumerate(row):
                self._by_stem.setdefault(token.stem, set()).add(number)
                places.setdefault(token.stem, []).append(at)
            self._places.append(places)
        words = {token.word: token.stem for row in self._rows for token in row if token.kind == "word"}
        self._words: dict[str, list[tuple[str, str]]] = {}
        for word, stemmed in words.items():
            self._words.setdefault(word[0], []).append((word, stemmed))
        self._known: dict[str, frozenset[str]] = {}
        self._beginnings = {word[:_BEGINNING] for word in words}
        self._numbers = [[at for at, one in enumerate(row) if one.kind == "number"] for row in self._rows]
        self._with_numbers = {number for number, places in enumerate(self._numbers) if places}

    def find(self, pattern: Pattern | str) -> Iterator[Hit]:
        """Every passage in which all groups meet within `SPAN` words, in order of the text."""
        parsed = Pattern.parse(pattern) if isinstance(pattern, str) else pattern
        for number in sorted(self._candidates(parsed)):
            hit = self._meet(parsed, number)
            if hit is not None:
                yield hit

    def any(self, patterns: Iterable[str]) -> Hit | None:
        """The first hit of the first pattern that has one."""
        return next((hit for pattern in patterns for hit in self.find(pattern)), None)

    def _candidates(self, pattern: Pattern) -> set[int]:
        rows: set[int] | None = None
        for group in pattern.groups:
            if group.forbidden:
                continue
            holding: set[int] = set()
            for phrase in group.phrases:
                holding |= self._rows_with(phrase)
            rows = holding if rows is None else rows & holding
            if not rows:
                return set()
        return rows or set()

    def _rows_with(self, phrase: tuple[str, ...]) -> set[int]:
        words = [word for word in phrase if word[0] != "#"]
        if not words:
            return self._with_numbers
        stems = self._stems_of(max(words, key=len)) | self._joined(phrase)
        return set().union(*(self._by_stem.get(one, set()) for one in stems))

    def _stems_of(self, word: str) -> frozenset[str]:
        """Stems of this text that count as `word`."""
        known = self._known.get(word)
        if known is None:
            if word.endswith("*"):
                start = word[:-1]
                known = frozenset(s for w, s in self._words.get(word[0], ()) if _begins(w, start))
            else:
                exact = stem(word)
                known = frozenset((exact,))
                if self._forgive_typos and exact not in self._by_stem and word.isalpha():
                    known |= {
                        s
                        for w, s in self._words.get(word[0], ())
                        if w not in LOOKALIKES and (near(w, word) or near(s, exact))
                    }
            self._known[word] = known
        return known

    def _joined(self, phrase: tuple[str, ...]) -> frozenset[str]:
        """The phrase written as one word, without typos: `load balancer` is `loadbalancer`, `page us` not `pages`."""
        if len(phrase) < 2:
            return frozenset()
        whole = "".join(phrase)
        known = self._known.get(whole + " ")
        if known is None:
            # Stemming is dear; a word that begins like none of the text's cannot be in it.
            can_be = whole.isalpha() and whole[:_BEGINNING] in self._beginnings
            known = frozenset((stem(whole),)) if can_be else frozenset()
            self._known[whole + " "] = known
        return known

    def _meet(self, pattern: Pattern, number: int) -> Hit | None:
        row, passage = self._rows[number], self.passages[number]
        own = set(map(id, passage.tokens))
        places: list[list[tuple[int, int]]] = []
        for group in pattern.groups:
            spots = [spot for phrase in group.phrases for spot in self._spots(phrase, number)]
            if group.forbidden:
                if spots:
                    return None
                continue
            if not spots:
                return None
            places.append(spots[:6])
        best: tuple[int, tuple[tuple[int, int], ...]] | None = None
        for choice in product(*places):
            first, last = min(start for start, _ in choice), max(end for _, end in choice)
            if last - first > SPAN or not any(
                id(row[i]) in own for start, end in choice for i in range(start, end)
            ):
                continue
            if best is None or last - first < best[0]:
                best = (last - first, choice)
        if best is None:
            return None
        chosen = sorted({i for start, end in best[1] for i in range(start, end)})
        return Hit(tuple(row[i] for i in chosen), passage)

    def _spots(self, phrase: tuple[str, ...], number: int) -> Iterator[tuple[int, int]]:
        row = self._rows[number]
        for start in self._starts(phrase, number):
            end = self._phrase_end(phrase, row, start)
            if end is None:
                continue
            if not self._allow_denied and _can_be_denied(phrase) and _is_denied(row, start):
                continue
            yield start, end

    def _starts(self, phrase: tuple[str, ...], number: int) -> Iterable[int]:
        """Where in the row the phrase may begin: at its first word, or at all of it written as one."""
        if phrase[0].startswith("#"):
            return self._numbers[number]
        stems = self._stems_of(phrase[0]) | self._joined(phrase)
        places = self._places[number]
        return sorted({at for one in stems for at in places.get(one, ())})

    def _phrase_end(self, phrase: tuple[str, ...], row: Sequence[Token], start: int) -> int | None:
        if row[start].stem in self._joined(phrase):
            return start + 1
        at = start
        for number, word in enumerate(phrase):
            if number and at < len(row) and not self._is(word, row, at) and at + 1 < len(row):
                at += 1
                if row[at - 1].word in _FILLERS and not self._is(word, row, at) and at + 1 < len(row):
                    at += 1
            if at >= len(row) or not self._is(word, row, at):
                return None
            at += 1
        return at

    def _is(self, word: str, row: Sequence[Token], at: int) -> bool:
        if word.startswith("#"):
            return _is_number(word, row, at)
        return row[at].stem in self._stems_of(word)


def _with_previous(found: Sequence[Passage]) -> Iterator[tuple[Passage, Passage | None]]:
    for number, passage in enumerate(found):
        before = found[number - 1] if number else None
        yield (
            passage,
            before if before and before.paragraph == passage.paragraph and not before.is_question else None,
        )


def _row(passage: Passage, before: Passage | None) -> tuple[Token, ...]:
    """The words a pattern may meet in: what it stands under, the sentence before, the passage itself."""
    return (*passage.lead, *(before.tokens if before else ()), *passage.tokens)


def _begins(word: str, start: str) -> bool:
    """Whether `word` begins with `start`, a slip within it forgiven."""
    if word.startswith(start):
        return True
    return len(start) >= 6 and word not in LOOKALIKES and near(word[: len(start)], start)


def _can_be_denied(phrase: tuple[str, ...]) -> bool:
    """A denial takes things away, not the words around them: `no queue because` still gives a reason."""
    return not NEGATORS & set(phrase) and any(word not in LINKS and word[0] != "#" for word in phrase)


def _is_denied(row: Sequence[Token], start: int) -> bool:
    """Whether a denial stands within the three words before `start` on the same line.

    A denied verb ends at a comma: "if it cannot be reached, retries stop" has retries; "no cache, queue" has no queue.
    """
    for at in range(max(0, start - 3), start):
        token = row[at]
        if token.line == row[start].line and token.word in NEGATORS:
            is_over = token.word in _DENY_VERBS and any(is_cut(*two) for two in pairwise(row[at : start + 1]))
            if not is_over:
                return True
    before = [token.word for token in row[max(0, start - 3) : start]]
    return any(pair in (("instead", "of"), ("rather", "than")) for pair in pairwise(before))


def _is_number(kind: str, row: Sequence[Token], at: int) -> bool:
    token = row[at]
    if token.kind != "number":
        return False
    if kind == "#":
        return True
    if kind == "#money":
        return token.word[0] in "$€£" or (
            at + 1 < len(row)
            and row[at + 1].word in ("dollar", "dollars", "usd", "eur", "euros", "cent", "cents")
        )
    if kind == "#percent" and token.word.endswith("%"):
        return True
    after = [one.word for one in row[at + 1 : at + 5]]
    if kind == "#rate":
        return any(word in UNITS["#rate"] for word in after) or any(word in _PER for word in after[:4])
    return any(word in UNITS[kind] for word in after[:2]) or (kind == "#time" and token.word[-1:] == "s")
