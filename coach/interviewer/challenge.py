"""Finds a decision the candidate stated without an alternative or a cost, or a bare rate, to quote and challenge."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from coach.interviewer.history import here, is_rested, is_typing, share_used, spoke_in
from coach.interviewer.lines import CHALLENGE_NUMBER, CHALLENGE_SAID, CHALLENGE_WROTE, pick
from coach.session.commands import SHEET, DocId, Speak
from coach.session.state import State
from coach.terms import Phase
from coach.text.match import Matcher
from coach.text.passages import Line, Passage, passages
from coach.text.words import Token, strip_invisible

EARLIEST_SHARE = 0.35
"""Share of a phase before which no decision is challenged: the reason may still come."""
QUOTE_WORDS = 12

_NOTES: dict[Phase, DocId] = {
    "estimation": "notes.estimation",
    "high_level": "notes.high_level",
    "deep_dive": "notes.deep_dive",
}
_DECIDES = (
    "use|choose|chose|pick|picked|adopt|go with|going with|went with|opt for|decide on|put|switch to",
    "store|keep|kept|save|hold|held & in|as|on",
    "will be|would be & database|db|cache|queue|store",
)
_REASONS = (
    "because|since|instead|over|than|versus|vs|but|so|although|though|while|unless|if|therefore|hence|thus|due to|given",
    "trade*|cost*|cheap*|expensive|alternative*|downside|drawback|con|cons|pro|pros|avoid|pay|price|reason|why|benefit|disadvantage",
    "in order to|so that|as long as|which means|that means|good enough|needs|too slow|too big|rather|compare*|or",
)
_METHODS = frozenset(("GET", "PUT", "POST", "PATCH", "DELETE"))
_RATE = ("#rate & s|sec|second|qps|rps|tps|ops",)
_LABELS = ("peak*|average|avg|burst*|spike*|mean|maximum|max",)


def challenge(state: State, t: float, *, said: str | None = None) -> Speak | None:
    """The one challenge of this phase, when its time has come and there is something to challenge.

    With `said`, only that turn is looked at: a reply. Without, the notes are, with the sheet in the estimation, and no
    line still being typed.
    """
    phase = here(state)
    if phase is None or phase.phase not in _NOTES or spoke_in(state, phase.phase, "challenge"):
        return None
    if share_used(phase, t) < EARLIEST_SHARE or state.summary_asked or not is_rested(state, t):
        return None
    if said is not None:
        return None if phase.phase == "estimation" else _speak(state, undefended(said), CHALLENGE_SAID)
    if is_typing(state):
        return None
    notes = _finished(state.docs.get(_NOTES[phase.phase], ""))
    if phase.phase == "estimation":
        sheet = _finished(state.docs.get(SHEET, ""))
        return _speak(state, bare_rate(f"{notes}\n\n{sheet}"), (CHALLENGE_NUMBER,))
    return _speak(state, undefended(notes), CHALLENGE_WROTE)


def _speak(state: State, quote: str, lines: tuple[str, ...]) -> Speak | None:
    if not quote:
        return None
    return Speak(pick(lines, state, "challenge").format(quote=quote), "challenge", quote=quote)


def _finished(notes: str) -> str:
    """The notes without their last line, which may still be growing."""
    return notes.rstrip().rpartition("\n")[0]


@lru_cache(maxsize=4)
def undefended(text: str) -> str:
    """A short quote of the first decision in `text` with no reason, alternative or cost in or beside its passage."""
    found = passages(_lines(text))
    reasoned = {id(passage) for passage in _holding(Matcher(found), _REASONS)}
    for number, passage in enumerate(found):
        around = found[max(0, number - 1) : number + 2]
        if passage.is_question or not passage.is_claim or any(id(one) in reasoned for one in around):
            continue
        hit = Matcher([passage]).any(_DECIDES)
        if (
            hit is not None
            and not _is_diagram(text, passage)
            and (quote := _quote(text, passage, hit.tokens))
        ):
            return quote
    return ""


@lru_cache(maxsize=4)
def bare_rate(text: str) -> str:
    """A short quote of the first rate per second in `text`, when nothing in it tells average from peak."""
    matcher = Matcher(passages(_lines(text)))
    hit = None if matcher.any(_LABELS) else matcher.any(_RATE)
    return _quote(text, hit.passage, hit.tokens) if hit else ""


def _is_diagram(text: str, passage: Passage) -> bool:
    """Whether the words draw or list rather than decide: arrows, or the methods of an interface."""
    lines = text.split("\n")
    raw = {lines[token.line - 1][token.start : token.end] for token in passage.tokens}
    return any(token.kind == "arrow" for token in passage.tokens) or bool(raw & _METHODS)


def _lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def _holding(matcher: Matcher, patterns: Sequence[str]) -> Iterator[Passage]:
    for pattern in patterns:
        for hit in matcher.find(pattern):
            yield hit.passage


def _quote(text: str, passage: Passage, hit: Sequence[Token]) -> str:
    """Up to twelve words around the hit as they stand on its line; empty when they cannot be shown as they stand."""
    line = hit[0].line
    row = [token for token in passage.tokens if token.line == line]
    at = next((number for number, token in enumerate(row) if token.start == hit[0].start), 0)
    first = max(0, min(at - 3, len(row) - QUOTE_WORDS)) if len(row) > QUOTE_WORDS else 0
    raw = text.split("\n")[line - 1]
    quote = ""
    for last in range(first, min(first + QUOTE_WORDS, len(row))):
        longer = raw[row[first].start : _closed(raw, row[last].end)]
        if len(longer.split()) > QUOTE_WORDS:
            break
        quote = longer
    return quote if quote == strip_invisible(quote) else ""


def _closed(raw: str, end: int) -> int:
    """`end` moved behind the brackets and quotation marks that close there."""
    while end < len(raw) and raw[end] in ")]}\"'%":
        end += 1
    return end
