"""From raw text to comparable words: cleaned, folded, stemmed, and equal despite a slip of the finger."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "‐": "-"}
)
_SHORT = re.compile(r"n't\b|'(?:re|ve|ll|d|m)\b|'s\b")
_SHORT_FORMS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}

_TOKEN = re.compile(
    r"""(?P<arrow>-+>+|=+>+|→|⇒|⟶)
      | (?P<number>[$€£]?\d+(?:[,_]\d{3})*(?:\.\d+)?(?:[kKmMbBgGtTpP]\b)?(?:\s?%)?)
      | (?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]+)?)
      | (?P<mark>[?,(){}])""",
    re.VERBOSE,
)

LINKS = frozenset(
    """a about across after against all also always and any are as at based be because been before behind below
    between both but by can cannot could do does during each either else even every first for from has have if in
    into instead is it its just last less like may me mean means might more most must need needs never next no not of
    off on once one only or other our out over own per plus rather same should since so some still such than that the
    their them then there therefore these they this those through to too two under until up upon us versus via was we
    were what when where whether which while who why will with within without would yet you your""".split()
)
NEGATORS = frozenset("no not never without neither nor cannot avoid skip lacks lack missing".split())

_VERBS = frozenset(
    """accept ack add aggregate allow answer append apply arrive ask assign assume avoid back become begin block break
    build call carry change check choose close come commit compare compute consume copy create cut deal decide
    dedupe defer degrade delete deliver depend detect die distribute divide do double drain drop dump emit
    encode enqueue ensure enter evict exceed expire fail fall fan fetch fill find fit flush follow fork forward
    gain generate get give go grow guard handle happen help hit hold include increment insert invalidate join
    keep know lag land leave let live lookup lose make match measure merge miss move multiply offload open
    outlive own pass pay pick point poll power prefer prefix prevent produce promote propagate protect publish
    pull purge push put raise reach react rebuild receive recover redirect reduce refuse reject rely remain
    remove repair repeat replay replicate reply require reserve respond restart result return reuse run save
    scan see send serve shed show sit size skip slow sort spend split start stay stop suffice swap sync take
    tell throttle tolerate trace trade tune turn upload use vary verify wait want warm watch win work wrap
    went took taken gets got given gave made kept sent sees seen stays held knows known lost built found chosen chose""".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or arrow, and where it stands in the raw text."""

    word: str
    stem: str
    kind: str  # word, number, arrow, mark
    line: int
    start: int
    end: int


def strip_invisible(text: str) -> str:
    """`text` without control, zero-width and direction-changing characters; tabs become spaces."""
    return "".join(
        " " if char == "\t" else char
        for char in text
        if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )


def joined_halves(text: str) -> str:
    """`text` with two halves of a surrogate pair as one letter, and a half alone as a mark; itself when it has none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def fold(text: str) -> str:
    """`text` for comparison, same length where it matters not: NFKC, folded quotes, dashes and case."""
    return unicodedata.normalize("NFKC", strip_invisible(text)).translate(_QUOTES).casefold()


_STEMMING = Lock()
"""The stemmer keeps the word it works on in itself; the bank is read and sessions are judged in threads."""


@lru_cache(maxsize=1)
def _stem_word() -> Callable[[str], str]:
    import snowballstemmer

    stem_word: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
    return stem_word


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The stem of one lower-case word; words of up to three letters stay as they are."""
    if len(word) <= 3 or not word.isascii():
        return word
    with _STEMMING:
        return _stem_word()(word)


def _forms(verb: str) -> tuple[str, ...]:
    """`use uses used`: a gerund is left out, because `caching, sharding` is how lists of terms read."""
    root = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    return verb, f"{verb}s", f"{verb}es", f"{root}ed", f"{verb}{verb[-1]}ed"


_TIES = LINKS | {form for verb in _VERBS for form in _forms(verb)}


def links(token: Token) -> bool:
    """Whether `token` ties words into a statement: a function word, a working verb, an arrow or a number."""
    return token.kind in ("arrow", "number") or token.word in _TIES


def tokens(raw: str, line: int = 1) -> list[Token]:
    """The words, numbers, arrows and marks (`? , ( ) { }`) of one raw line, in order.

    Contractions are taken apart (`doesn't` is `does` and `not`); positions refer to `raw` as given.
    """
    return [
        Token(word, stem(word) if kind == "word" else word, kind, line, start, end)
        for word, kind, start, end in _scan(raw)
    ]


def plain_words(raw: str) -> list[str]:
    """The words, numbers and arrows of `raw` without stems, for patterns: most of them are never looked up."""
    return [word for word, kind, _, _ in _scan(raw) if kind != "mark"]


def _scan(raw: str) -> Iterator[tuple[str, str, int, int]]:
    for match in _TOKEN.finditer(_comparable(raw)):
        kind = match.lastgroup or "word"
        start, end = match.span()
        for word in _parts(match.group()) if kind == "word" else (match.group(),):
            yield word, kind, start, end


def _comparable(raw: str) -> str:
    """`raw` folded character by character, so that positions still fit."""
    if raw.isascii():
        return raw.lower()
    folded = []
    for char in raw.translate(_QUOTES):
        one = unicodedata.normalize("NFKC", char).casefold()
        folded.append(one if len(one) == 1 else (char.casefold() if len(char.casefold()) == 1 else char))
    return "".join(folded)


def _parts(word: str) -> tuple[str, ...]:
    if word == "cannot":
        return "can", "not"
    short = _SHORT.search(word)
    if short is None:
        return (word.replace("'", ""),)
    head = word[: short.start()]
    head = {"ca": "can", "wo": "will"}.get(head, head) if short.group() == "n't" else head
    tail = _SHORT_FORMS.get(short.group(), "").strip()
    return tuple(part for part in (head, tail) if part)


def near(one: str, other: str) -> bool:
    """Whether two different words are probably the same one mistyped.

    One letter missing, doubled or swapped with its neighbour from five letters on; one wrong letter from seven on.
    The first letter must be right: people rarely miss that one, and it keeps `cost` and `post` apart.
    """
    if one[:1] != other[:1] or min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(wrong) == 1:
            return len(one) >= 7
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and one[wrong[0]] == other[wrong[1]]
            and one[wrong[1]] == other[wrong[0]]
        )
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long)))


def is_cut(before: Token, after: Token) -> bool:
    """Whether a comma, dash, bracket or line end stands between two neighbouring words."""
    return before.line != after.line or after.start - before.end > 1
