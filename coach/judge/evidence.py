"""Whether a quote is what it claims to be: the candidate's, on its line, the same words and numbers in the same order.

Measured against a public checker that kept half credit for an invented sentence and full credit for an invented end, a
short invention and a changed number. Here:

    verbatim, whatever its case, quotes and dashes    holds
    on another line of the candidate than it says     holds, and is moved there
    two pieces of one line joined by an ellipsis      both hold, unless what was left out denies
    a real beginning or end with an invented rest     the real part, at half credit
    invented, reordered, a changed number             nothing
    the interviewer's or the problem's words          nothing
    cut off right behind a "not"                      nothing
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coach.judge.findings import Evidence
from coach.session.transcript import Transcript, TranscriptLine
from coach.text.words import NEGATORS, Token, fold, tokens

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ELLIPSIS = re.compile(r"\s*(?:\.{3,}|…|\[\.{3}\])\s*")
_STOP = re.compile(r"[.;!?:]\s")
_WHOLE_SCRIPTS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts written without blanks: a quote may begin in the middle of what looks like one word."""
_FEWEST_WORDS, _FEWEST_REAL, _REAL_SHARE = 2, 4, 0.5
_DENYING_SPAN = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a piece of evidence: nothing and why, or verbatim quotes, half of them when not `is_whole`."""

    evidence: tuple[Evidence, ...] = ()
    is_whole: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """One comparable word or number, and where it stands in its line."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Units of a line that are the same as units of a quote; `size` of them."""

    start: int
    size: int


def is_verified(evidence: Evidence, transcript: Transcript) -> bool:
    """Whether the line exists, is the candidate's, and holds the quote word for word, numbers included."""
    line = transcript.line(evidence.line)
    return line is not None and line.speaker == "candidate" and bool(_verbatim(evidence.quote, line))


def check_quote(evidence: Evidence, transcript: Transcript) -> Checked:
    """What of `evidence` holds; see the table above."""
    if not _units(evidence.quote):
        return Checked(why="no words were quoted")
    named = transcript.line(evidence.line)
    own = [one for one in transcript.lines if one.speaker == "candidate"]
    for place in sorted(own, key=lambda one: one is not named):
        if found := _verbatim(evidence.quote, place) or _joined(evidence.quote, place):
            why = next((why for one in found if (why := _denial(one, place))), "")
            if not why or place is named:
                return Checked(why=why) if why else Checked(found)
    if named is not None and named.speaker == "candidate":
        real = _real_part(evidence.quote, named)
        if real is not None and not _denial(real, named):
            return Checked((real,), is_whole=False, why="only a part of the quote stands there")
    return Checked(why=_why_not(evidence, transcript))


def _why_not(evidence: Evidence, transcript: Transcript) -> str:
    """What a quote that stands nowhere really is."""
    if any(_verbatim(evidence.quote, one) for one in transcript.lines if one.speaker == "interviewer"):
        return "these are the interviewer's words"
    if transcript.line(evidence.line) is None:
        return f"there is no line {evidence.line}"
    return f"these words do not stand on line {evidence.line}"


def _verbatim(quote: str, line: TranscriptLine) -> tuple[Evidence, ...]:
    """The quote as it stands on `line`, or nothing."""
    quoted, said = _units(quote), _units(line.text)
    if len(quoted) < min(_FEWEST_WORDS, len(said)) or not quoted:
        return ()
    at = _place(said, quoted)
    if at is None or not _numbers_stand(quote, line.text):
        return ()
    return (_cut(line, said, _Run(at, len(quoted))),)


def _joined(quote: str, line: TranscriptLine) -> tuple[Evidence, ...]:
    """The pieces of a quote with an ellipsis, each as it stands on `line`, in order, when nothing left out denies."""
    pieces = [one for one in _ELLIPSIS.split(quote) if _units(one)]
    if len(pieces) < 2 or not _numbers_stand(quote, line.text):
        return ()
    said, found, after = _units(line.text), list[Evidence](), 0
    for piece in pieces:
        quoted = _units(piece)
        at = _place(said, quoted, begin=after)
        left_out = [one.word for one in said[after:at]] if found else []
        if at is None or len(quoted) < _FEWEST_WORDS or NEGATORS & set(left_out):
            return ()
        found.append(_cut(line, said, _Run(at, len(quoted))))
        after = at + len(quoted)
    return tuple(found)


def _real_part(quote: str, line: TranscriptLine) -> Evidence | None:
    """The longest run of the quote's words that stands on `line`, when it is the better half of the quote."""
    # With an ellipsis the longest piece may be what is left of a denial.
    is_one_piece = len([one for one in _ELLIPSIS.split(quote) if _units(one)]) == 1
    if not is_one_piece or not _numbers_stand(quote, line.text) or not _sizes_stand(quote, line.text):
        return None
    quoted, said = [one.word for one in _units(quote)], _units(line.text)
    words = [one.word for one in said]
    best = max(_runs(quoted, words), key=lambda run: run.size, default=_Run(0, 0))
    if best.size < max(_FEWEST_REAL, _REAL_SHARE * len(quoted)):
        return None
    return _cut(line, said, best)


def _runs(quoted: Sequence[str], said: Sequence[str]) -> Iterator[_Run]:
    """Every run of the same words, by the place where it begins in `said`."""
    lengths = [0] * (len(said) + 1)
    for word in quoted:
        fresh = [0] * (len(said) + 1)
        for at, other in enumerate(said):
            if word == other:
                fresh[at + 1] = lengths[at] + 1
                yield _Run(at + 1 - fresh[at + 1], fresh[at + 1])
        lengths = fresh


def _denial(quoted: Evidence, line: TranscriptLine) -> str:
    """Why a quote says the opposite of its sentence: it was cut off right behind a word that denies it."""
    said, part = _units(line.text), _units(quoted.quote)
    at = _place(said, part)
    if at is None or part[0].word in NEGATORS:
        return ""
    for before in said[max(0, at - _DENYING_SPAN) : at]:
        if before.word in NEGATORS and not _STOP.search(line.text[before.end : said[at].start]):
            return f'the word before it, "{before.word}", denies it'
    return ""


def _cut(line: TranscriptLine, said: Sequence[_Unit], run: _Run) -> Evidence:
    """The words of `run` as they stand, with the bracket or sign that closes there."""
    start, end = said[run.start].start, said[run.start + run.size - 1].end
    while end < len(line.text) and line.text[end] in ")]}%":
        end += 1
    return Evidence(line=line.number, quote=line.text[start:end])


def _place(said: Sequence[_Unit], quoted: Sequence[_Unit], *, begin: int = 0) -> int | None:
    """Where the words of `quoted` stand in `said`, from `begin` on."""
    words = [one.word for one in quoted]
    for at in range(begin, len(said) - len(words) + 1):
        # Nearly every place is ruled out by its first word.
        if said[at].word == words[0] and [one.word for one in said[at : at + len(words)]] == words:
            return at
    return None


@lru_cache(maxsize=4096)
def _units(text: str) -> tuple[_Unit, ...]:
    """Kept, for every quote is looked for on every line."""
    return tuple(unit for token in _words(text) for unit in _split(token, text))


def _split(token: Token, text: str) -> Iterator[_Unit]:
    raw = text[token.start : token.end]
    if not _WHOLE_SCRIPTS.search(raw):
        yield _Unit(token.word, token.start, token.end)
        return
    for at, char in enumerate(raw, start=token.start):
        yield _Unit(fold(char), at, at + 1)


def _numbers_stand(quote: str, text: str) -> bool:
    """Whether every number of the quote stands in the text as often, with the same suffix."""
    rest = _numbers(text)
    for one in _numbers(quote):
        if one not in rest:
            return False
        rest.remove(one)
    return True


def _numbers(text: str) -> list[str]:
    return [token.word for token in tokens(text) if token.kind == "number"] + _NUMBER.findall(fold(text))


def _sizes_stand(quote: str, text: str) -> bool:
    """Whether every number of the quote is followed by the word that follows it in the text: 33 GB is not 33 TB."""
    said = {(one.word, two.word) for one, two in pairwise(_words(text)) if one.kind == "number"}
    return all((one.word, two.word) in said for one, two in pairwise(_words(quote)) if one.kind == "number")


def _words(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.kind != "mark"]
