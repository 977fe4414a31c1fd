"""Whether a quote is what it claims to be: on its line, the candidate's, the same words and numbers."""

import re

from coach.judge.findings import Evidence
from coach.session.transcript import Transcript
from coach.text.words import fold, tokens

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_FEWEST_WORDS = 2


def is_verified(evidence: Evidence, transcript: Transcript) -> bool:
    """Whether the line exists, is the candidate's, and holds the quote word for word, numbers included."""
    line = transcript.line(evidence.line)
    if line is None or line.speaker != "candidate":
        return False
    quoted, said = _words(evidence.quote), _words(line.text)
    if len(quoted) < min(_FEWEST_WORDS, len(said)) or not quoted:
        return False
    if not _holds(said, quoted):
        return False
    return _is_part(_NUMBER.findall(fold(evidence.quote)), _NUMBER.findall(fold(line.text)))


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text) if token.kind != "mark"]


def _holds(words: list[str], part: list[str]) -> bool:
    size = len(part)
    return any(words[at : at + size] == part for at in range(len(words) - size + 1))


def _is_part(some: list[str], all_: list[str]) -> bool:
    rest = list(all_)
    for one in some:
        if one not in rest:
            return False
        rest.remove(one)
    return True
