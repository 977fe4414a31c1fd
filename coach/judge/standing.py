"""Whether the passage a quote stands in can prove anything, whoever judges: a statement of the candidate's own making."""

from collections import Counter

from coach.judge.findings import Evidence
from coach.judge.reading import Reading
from coach.text.passages import Passage

WORDS_PER_CHECK = 5
"""One passage proves one check and one more for every five words: a sentence stuffed with terms does not win all."""


class Standing:
    """Looks quotes up in the passages of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._own = reading.own
        self._is_readable = reading.is_readable
        self._echoes = {id(one) for one in reading.echoes}
        self._tampering = {id(one) for one in reading.tampering}
        self._lines = {line.number: line.text for line in reading.transcript.lines}

    def passage(self, quoted: Evidence) -> Passage | None:
        """The passage a verified quote stands in, the one it shares most with; None for a heading."""
        text = self._lines.get(quoted.line, "")
        start = text.find(quoted.quote)
        end = start + len(quoted.quote)

        def shared(one: Passage) -> int:
            return sum(one_.line == quoted.line and start <= one_.start < end for one_ in one.tokens)

        best = max(self._own, key=shared, default=None)
        return best if best is not None and shared(best) else None

    def objection(self, quoted: Evidence, *, may_ask: bool) -> str:
        """Why a verified quote proves nothing; empty when it may. With `may_ask` a question counts."""
        one = self.passage(quoted)
        if one is None:
            return "a heading states nothing"
        if id(one) in self._tampering:
            return "it talks to the judge"
        if id(one) in self._echoes:
            return "it repeats the problem, the rubric or the interviewer"
        if one.is_question and not may_ask:
            return "a question states nothing"
        # What ties a statement together is known for English only.
        states = one.is_claim or one.is_question or not self._is_readable
        return "" if states else "a list of names shows nothing"


class Room:
    """How many more checks each passage can prove; the same words again, say in notes and sheet, are one passage."""

    def __init__(self) -> None:
        self._proved: Counter[tuple[str, ...]] = Counter()

    def has(self, passage: Passage) -> bool:
        """Whether one more check fits."""
        return self._proved[passage.stems] < 1 + passage.words // WORDS_PER_CHECK

    def take(self, passage: Passage) -> None:
        """One more check rests on it."""
        self._proved[passage.stems] += 1
