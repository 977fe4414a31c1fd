"""Praise before an answer: a mock interviewer gives none, and a model gives it whatever it is told."""

import re

LONGEST = 60
"""Characters of a first clause that may be praise; a longer one says something."""
_STOP = re.compile(r"\s*([.!,:—–-]+)\s+")
_LEADS = (("that's",), ("that", "is"), ("this", "is"), ("what",))
_LIKES = re.compile(r"i (?:really )?(?:love|like) (?:that|this|your|how|the)\b", re.IGNORECASE)
_STRENGTHS = frozenset("a an very really such so quite".split())
_PRAISING = frozenset(
    "great good excellent nice perfect fantastic wonderful awesome brilliant impressive solid".split()
)
_WHOLE = (("well", "done"), ("exactly", "right"))
_PRAISED = frozenset(
    "question point idea thinking answer start job work observation catch choice approach call one so".split()
)
_MOST_AFTER = 4
"""Words that may follow what is praised: "great question about readers"."""


def without_praise(text: str) -> str:
    """`text` without the praise it begins with, as far as that is over: a clause and a blank behind it."""
    while (stop := _STOP.search(text[: LONGEST + 20])) and _is_praise(text[: stop.start()], stop[1]):
        text = text[stop.end() :]
    return text


def may_be_praise(text: str) -> bool:
    """Whether the first words may yet turn out to be praise, when more of them come."""
    first, blank, _ = text.lstrip().lower().replace("’", "'").partition(" ")
    return len(text) <= LONGEST and (not blank or first.rstrip(",!.") in _OPENINGS)


_OPENINGS = _PRAISING | _STRENGTHS | {"i", "that", "that's", "this", "what", "well", "exactly"}


def _is_praise(clause: str, stop: str) -> bool:
    words = clause.lower().replace("’", "'").split()
    if _LIKES.match(clause.lstrip()):
        return len(words) <= 8
    for lead in _LEADS:
        if tuple(words[: len(lead)]) == lead:
            words = words[len(lead) :]
            break
    while words and words[0] in _STRENGTHS:
        words = words[1:]
    rest = (
        words[2:]
        if tuple(words[:2]) in _WHOLE
        else words[1:]
        if words[:1] and words[0] in _PRAISING
        else None
    )
    if rest is None:
        return False
    if not rest:
        return True
    # "Good answer times matter: ..." names a thing; praise of one ends there.
    is_open = stop[0] in ":—–-"
    return rest[0] in _PRAISED and len(rest) - 1 <= (0 if is_open else _MOST_AFTER)
