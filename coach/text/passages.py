"""Sentences and bullets of a text, each token with its line, so that what matches can be quoted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.text.words import Token, links, tokens

_BULLET = re.compile(r"^\s*(?:[-*+•·]|\d{1,2}[.)]|[a-z][.)])\s+", re.IGNORECASE)
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_RULE = re.compile(r"^\s*(?:[-=_*]{3,}|```.*|~~~.*|\|?[\s:|-]+\|?)\s*$")
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|(?<=\s)\|(?=\s)")
_JOINERS = frozenset("a an and by in of on or per the to versus vs with".split())
_FEWEST_ITEMS, _SHORT_ITEM, _BARE_SHARE = 4, 4, 0.6
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|resp|no|incl)|\b[a-z])$", re.IGNORECASE)

_WRAPPED = (60, 130)
"""Characters of a line an editor has wrapped."""

MAX_WORDS = 80
"""A longer sentence is cut: nobody's single claim is that long, and a wall of terms must not meet in one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered line as it stands in the transcript. A line that `stands_alone` is a turn, not part of a paragraph."""

    number: int
    text: str
    stands_alone: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence or bullet. `lead` is the heading or `Something:` it stands under."""

    tokens: tuple[Token, ...]
    lead: tuple[Token, ...]
    paragraph: int
    is_question: bool
    is_claim: bool

    @property
    def line(self) -> int:
        return self.tokens[0].line

    @property
    def stems(self) -> tuple[str, ...]:
        return tuple(token.stem for token in self.tokens)

    @property
    def words(self) -> int:
        return sum(1 for token in self.tokens if token.kind in ("word", "number"))


def passages(lines: Iterable[Line]) -> list[Passage]:
    """The passages of consecutive lines. Lines of a wrapped paragraph are read as one text."""
    found: list[Passage] = []
    heading: tuple[Token, ...] = ()
    lead: tuple[Token, ...] = ()
    for number, (paragraph, is_bullet, is_heading) in enumerate(_paragraphs(lines)):
        sentences = [_read(one) for one in _sentences(paragraph)]
        if is_heading:
            heading, lead = tuple(sentences[0][0]) if sentences else (), ()
            continue
        for sentence, asks, claims in sentences:
            if not sentence:
                continue
            context = lead if is_bullet and lead else heading
            found.append(Passage(tuple(sentence), context, number, asks, claims))
        if sentences and sentences[-1][0]:
            introduces = paragraph[-1].text.rstrip().endswith(":")
            if introduces:
                lead = tuple(sentences[-1][0])
            elif not is_bullet:
                lead = ()
    return found


def _paragraphs(lines: Iterable[Line]) -> Iterable[tuple[list[Line], bool, bool]]:
    """Groups of lines that read as one text, each with whether it is a bullet and whether a heading."""
    group: list[Line] = []
    is_bullet = False
    last = None
    for line in lines:
        breaks = line.stands_alone or (last is not None and line.number != last + 1)
        last = line.number
        if not line.text.strip() or _RULE.match(line.text):
            if group:
                yield group, is_bullet, False
            group, is_bullet = [], False
        elif _HEADING.match(line.text):
            if group:
                yield group, is_bullet, False
            group, is_bullet = [], False
            yield [line], False, True
        elif _BULLET.match(line.text) or breaks or (group and not _runs_on(group, line.text)):
            if group:
                yield group, is_bullet, False
            group, is_bullet = [line], bool(_BULLET.match(line.text))
        else:
            group.append(line)
    if group:
        yield group, is_bullet, False


def _runs_on(group: Sequence[Line], following: str) -> bool:
    """Whether `following` goes on with the sentence before it, as in a paragraph wrapped by an editor.

    Typed notes put one thought on a line. A wrapped line is long, ends without a stop, and the next word would not have
    fitted: the line with that word would have been the longest of the paragraph.
    """
    last = group[-1].text.rstrip()
    if last.endswith((".", "!", "?", ":", ";")) or not _WRAPPED[0] <= len(last) <= _WRAPPED[1]:
        return False
    longest = max(len(line.text.rstrip()) for line in group)
    return len(last) + 1 + len(following.split(maxsplit=1)[0]) > longest


def _sentences(lines: Sequence[Line]) -> Iterable[list[Token]]:
    current: list[Token] = []
    for line in lines:
        bullet = _BULLET.match(line.text) or _HEADING.match(line.text)
        begin = bullet.end() if bullet else 0
        ends = [
            match.start()
            for match in _SENTENCE_END.finditer(line.text)
            if match.start() >= begin and not _ABBREVIATION.search(line.text[: match.start()])
        ]
        for token in tokens(line.text, line.number):
            if token.start < begin:
                continue
            while ends and token.start > ends[0]:
                ends.pop(0)
                if current:
                    yield current
                current = []
            if len(current) >= MAX_WORDS:
                yield current
                current = []
            current.append(token)
        if ends and current:
            yield current
            current = []
    if current:
        yield current


def _read(sentence: list[Token]) -> tuple[list[Token], bool, bool]:
    """The sentence without marks, whether it asks, and whether it claims something."""
    words = [token for token in sentence if token.kind != "mark"]
    asks = bool(sentence) and any(token.word == "?" for token in sentence[-2:])
    return words, asks, _is_tied(words) and not _is_list(sentence)


def _is_tied(words: Sequence[Token]) -> bool:
    """Whether words are tied into a statement: three of them, one a link, and a link for every six on the way."""
    ties = sum(1 for token in words if links(token))
    return len(words) >= 3 and ties >= max(1, len(words) // 6)


def _is_list(sentence: Sequence[Token]) -> bool:
    """Whether a sentence is mostly short items between commas that say nothing about each other.

    Commas in parentheses do not count: `posts(id, author, text)` is how people write down a table.
    """
    items: list[list[Token]] = [[]]
    depth = 0
    for token in sentence:
        if token.kind == "mark":
            depth = max(0, depth + {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.word, 0))
            if token.word == "," and not depth:
                items.append([])
        else:
            items[-1].append(token)
    bare = sum(1 for item in items if len(item) <= _SHORT_ITEM and not _says_something(item))
    return len(items) >= _FEWEST_ITEMS and bare >= len(items) * _BARE_SHARE


def _says_something(item: Sequence[Token]) -> bool:
    """Whether an item of a list holds more than names: a tie, or a number with what it counts.

    A single word says nothing: "requested, accepted, arrived" are the names of states.
    """
    if len(item) < 2 or not any(token.kind == "word" for token in item):
        return False
    return any(links(token) and token.word not in _JOINERS for token in item)
