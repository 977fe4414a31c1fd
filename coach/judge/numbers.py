"""Stated numbers against the problem's references."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.content.problem import Reference
from coach.estimates.quantity import Quantity
from coach.estimates.stated import Stated, stated
from coach.judge.findings import Evidence
from coach.judge.reading import Reading
from coach.text.match import Hit, Matcher


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What the text says about one reference: a right statement, or the nearest wrong one."""

    is_right: bool
    said: str
    evidence: tuple[Evidence, ...]


class NumberReader:
    """Looks references up in one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._matcher = Matcher(
            [one for one in reading.claims if any(token.kind == "number" for token in one.tokens)]
        )
        self._given = tuple(
            given
            for each in reading.checklist.problem.numbers.inputs.values()
            for given in stated(each.value)
        )

    def read(self, reference: Reference) -> NumberRead | None:
        """A right statement of `reference`, else one of its unit that is off; None when silent.

        What the estimation says counts before what is said elsewhere: a number quoted later may be another one.
        """
        said = [
            found
            for pattern in reference.synonyms
            for hit in self._matcher.find(pattern)
            for found in self._said(hit, reference)
        ]
        here = [found for found, is_estimation in said if is_estimation] or [found for found, _ in said]
        return next((found for found in here if found.is_right), here[0] if here else None)

    def _said(self, hit: Hit, reference: Reference) -> Iterator[tuple[NumberRead, bool]]:
        """Each quantity of the reference's kind in a hit, and whether it stands in the estimation."""
        expected = self._reading.checklist.numbers[reference.id]
        for one in self._quantities(hit, expected):
            is_right = one.quantity.is_near(expected, factor=reference.tolerance)
            read = NumberRead(is_right, str(one.quantity), self._reading.quote(hit))
            yield read, self._reading.phase_of(hit.passage) == "estimation"

    def _quantities(self, hit: Hit, expected: Quantity) -> list[Stated]:
        """Quantities of the reference's kind in the sentence that are not merely an input read back."""
        found = []
        for number in dict.fromkeys(token.line for token in hit.passage.tokens):
            line = self._reading.transcript.line(number)
            here = [token for token in hit.passage.tokens if token.line == number]
            if line is None:
                continue
            text = line.text[here[0].start : here[-1].end + 12]
            found += [
                one for one in stated(text) if one.quantity.has_unit_of(expected) and not self._is_given(one)
            ]
        return found

    def _is_given(self, one: Stated) -> bool:
        return any(
            one.quantity.is_near(given.quantity, factor=1.01) and one.per_s == given.per_s
            for given in self._given
        )
