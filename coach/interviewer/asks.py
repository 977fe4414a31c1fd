"""Takes a candidate's turn apart: what asks, what assumes, what leaves a decision to the interviewer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.interviewer import phrases
from coach.text.match import Matcher
from coach.text.passages import Line, Passage, passages
from coach.text.words import Token, is_cut, links


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing said. `before` is what it may lean on: "and how many daily?" needs the words ahead of it.

    It `leans` when it can hardly be read without: "how fast must they vanish?", "if a link is reported, what happens?".
    It `is_topic` when it is a mere heading, "p99 of the redirect": asked for if a fact is about it, else nothing.
    An assumption need not ask: "I assume 10 k users" states one, with "right?" behind it asks too.
    """

    passage: Passage
    before: "Clause | None"
    leans: bool
    asks: bool
    assumes: bool
    is_topic: bool = False
    is_design: bool = False
    may_be_design: bool = False
    remark: phrases.Remark | None = None


def read(said: str) -> tuple[Clause, ...]:
    """The clauses of one turn, in order."""
    lines = [Line(number, text) for number, text in enumerate(_spaced(said).splitlines(), 1)]
    found: list[Clause] = []
    for passage in passages(lines):
        for number, piece in enumerate(_pieces(passage)):
            clause = _clause(piece, found[-1] if found else None)
            if found and not number and clause.asks and found[-1].passage.line == piece.line:
                found[-1] = replace(found[-1], is_topic=False)
            is_tag = _is_tag(piece.tokens) and (clause.asks or piece.tokens[0].word in phrases.OPENERS)
            if found and (is_tag or (clause.remark == "verdict" and found[-1].passage.line == piece.line)):
                found[-1] = replace(found[-1], asks=True, assumes=True)
            else:
                found.append(clause)
    return tuple(found)


def _spaced(said: str) -> str:
    """`said` with each question on its own: `users?posts?` is two, and `scope: is search in?` begins at `is`."""
    return re.sub(r":(?=[ \t]+\S)", ".", re.sub(r"(?<=\w)\?+(?=\w+\b(?!=))", "? ", said))


def _pieces(passage: Passage) -> list[Passage]:
    """The passage cut where a further question begins inside it; what only leads up to one stays with it."""
    row = passage.tokens
    starts = [0]
    for at in range(1, len(row)) if passage.is_question or _opens_question(row) else ():
        cut = is_cut(row[at - 1], row[at])
        joined = row[at - 1].word in phrases.COORDINATORS
        must_it = row[at].word == "must" and at + 1 < len(row) and row[at + 1].word in phrases.SUBJECTS
        opens = row[at].word in phrases.OPENERS and (
            joined or must_it or row[at].word not in phrases.RELATIVE
        )
        if (cut and row[at].word in phrases.LISTING) or (opens and (joined or cut)):
            starts.append(at)
    pieces = [piece for start, end in pairwise([*starts, len(row)]) if (piece := _trimmed(row[start:end]))]
    return [
        replace(passage, tokens=piece, is_question=passage.is_question and asks)
        for piece, asks in _with_run_up(pieces)
    ]


def _with_run_up(pieces: list[tuple[Token, ...]]) -> list[tuple[tuple[Token, ...], bool]]:
    """Words that are no question themselves put before the question they lead up to, unless that only confirms them.

    Each piece with whether it asks: somebody who tells a whole story first does not ask about the story.
    """
    joined: list[tuple[tuple[Token, ...], bool]] = []
    run_up: tuple[Token, ...] = ()
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        if is_last and run_up and _is_tag(piece):
            joined += [(run_up, True), (piece, True)]
        elif is_last or _begins_question(piece):
            if len(run_up) > phrases.STORY:
                joined += [(run_up, False), (piece, True)]
            else:
                joined.append(((*run_up, *piece), True))
            run_up = ()
        else:
            run_up = (*run_up, *piece)
    return joined


def _trimmed(row: Sequence[Token]) -> tuple[Token, ...]:
    first, last = 0, len(row)
    while first < last and row[first].word in phrases.COORDINATORS:
        first += 1
    while last > first and row[last - 1].word in phrases.COORDINATORS:
        last -= 1
    return tuple(row[first:last])


def _is_tag(row: Sequence[Token]) -> bool:
    return all(token.word in phrases.TAG for token in row)


def _clause(piece: Passage, before: Clause | None) -> Clause:
    matcher = Matcher([piece], allow_denied=True)
    assumes = matcher.any(phrases.ASSUMES) is not None
    opens = piece.is_question or _opens_question(piece.tokens)
    asks = opens or matcher.any(phrases.ASKS) is not None or _is_under_questions(piece)
    remark = _remark(piece, matcher) if asks or piece.words <= phrases.SHORT else None
    asks = asks and not (assumes and not opens)
    free = asks and not assumes
    return Clause(
        piece,
        before,
        leans=any(token.word in phrases.POINTING for token in piece.tokens),
        asks=asks or remark is not None,
        assumes=assumes,
        is_topic=not asks and not assumes and _is_topic(piece.tokens),
        is_design=free and matcher.any(phrases.DESIGN) is not None,
        may_be_design=free and matcher.any(phrases.MAY_BE_DESIGN) is not None,
        remark=remark or ("all" if asks and matcher.any(phrases.ALL) else None),
    )


def _remark(piece: Passage, matcher: Matcher) -> phrases.Remark | None:
    if _is_tag(piece.tokens) and piece.is_question:
        return "verdict"
    return next((kind for kind, patterns in phrases.REMARKS if matcher.any(patterns)), None)


def _is_under_questions(piece: Passage) -> bool:
    """Whether it stands in a list under `Questions:`."""
    return (
        bool(piece.lead)
        and Matcher([replace(piece, tokens=piece.lead, lead=())]).any(phrases.LEADS) is not None
    )


def _begins_question(row: Sequence[Token]) -> bool:
    """Whether words ahead of a question are one themselves: they open like one, or name a topic, "peak load, and ..."."""
    if row[0].word in phrases.OPENERS:
        return True
    if row[0].word in phrases.PREPOSITIONS:
        return False
    tells = row[0].word in phrases.LEANING or any(token.word in phrases.TELLING for token in row)
    return len(row) <= phrases.SHORT and not tells


def _is_topic(row: Sequence[Token]) -> bool:
    """Whether the words name something and tell nothing of it: no verb, no number."""
    is_told = any(token.word in phrases.TELLING or token.kind != "word" for token in row)
    return len(row) <= phrases.SHORT and not is_told and row[0].word not in phrases.LEANING


def _opens_question(row: Sequence[Token]) -> bool:
    """Whether the words open like a question although no mark follows: `how many users`, `do links expire`."""
    if not 3 <= len(row) <= phrases.LONGEST_UNMARKED:
        return False
    if row[0].word in phrases.LEANING:
        return any(_inverts(one, two) for one, two in pairwise(row))
    if any(_goes_on_asking(row, at) for at in range(1, len(row) - 1)):
        return True
    first = next((at for at, token in enumerate(row) if token.word not in phrases.WARM_UPS), len(row))
    if first + 2 < len(row) and row[first].word in phrases.BEFORE_WONDERING:
        first += row[first + 1].word in phrases.WONDERING
    return first + 1 < len(row) and _asks(row[first], row[first + 1])


def _goes_on_asking(row: Sequence[Token], at: int) -> bool:
    """Whether a topic is followed by a question at `at`: "writes a month and how long do we keep them"."""
    joined = row[at - 1].word in phrases.COORDINATORS and row[at].word in phrases.WONDERING | {"where"}
    return joined and _is_topic(row[: at - 1]) and _asks(row[at], row[at + 1])


def _inverts(one: Token, two: Token) -> bool:
    """Whether a question begins in the middle: "if it fails can we ...", "if it is bad, how fast ..."."""
    if one.word in ("how", "what"):
        return two.word in phrases.AMOUNTS | phrases.ASKED_VERBS
    return one.word in phrases.MODALS | {"do", "does"} and two.word in phrases.SUBJECTS


def _asks(opener: Token, following: Token) -> bool:
    """Whether two first words ask; the same words told are "what it costs", "is stored", "will use"."""
    if opener.word == "where":
        return following.word in phrases.ASKED_VERBS | {"in", "on"}
    if opener.word in phrases.WONDERING:
        return following.word not in phrases.NOUN_CLAUSE
    if following.word in phrases.SUBJECTS:
        return opener.word in phrases.ASKED_VERBS
    if opener.word in phrases.MODALS:
        return following.word.endswith("s")
    if opener.word in ("do", "does"):
        return not links(following)
    return opener.word in ("is", "are") and not (
        following.word.endswith("ed") or following.word in phrases.NOT_ASKED
    )
