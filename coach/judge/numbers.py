"""Stated numbers against the problem's references."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coach.content.problem import Reference
from coach.estimates.quantity import Quantity
from coach.estimates.stated import Stated, stated
from coach.judge.findings import Evidence
from coach.judge.reading import Reading
from coach.text.match import Hit, Matcher

_COUNT = Quantity(1.0)
_FEWEST_BARE = 20.0


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What the text says about one reference: a right statement, or the nearest wrong one."""

    said: str
    evidence: tuple[Evidence, ...]
    is_right: bool


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
        """What a hit says of the reference, and whether it stands in the estimation.

        A sentence is wrong only when it can mean nothing else: one number of the kind, that is no other reference.
        """
        expected = self._reading.checklist.numbers[reference.id]
        is_estimation = self._reading.phase_of(hit.passage) == "estimation"
        found = self._quantities(hit, expected)
        right = [one for one in found if one.quantity.is_near(expected, factor=reference.tolerance)]
        others = [one for one in found if not self._is_another(one.quantity, reference)]
        if right:
            yield NumberRead(str(right[0].quantity), self._reading.quote(hit), is_right=True), is_estimation
        elif len(others) == 1 and (expected.size or expected.time):
            yield NumberRead(str(others[0].quantity), self._reading.quote(hit), is_right=False), is_estimation

    def _is_another(self, quantity: Quantity, reference: Reference) -> bool:
        """Whether it is rather another reference of the problem, rightly stated."""
        references = self._reading.checklist.problem.numbers.references
        numbers = self._reading.checklist.numbers
        return any(
            quantity.is_near(numbers[one.id], factor=one.tolerance)
            for one in references
            if one.id != reference.id
        )

    def _quantities(self, hit: Hit, expected: Quantity) -> list[Stated]:
        """Quantities of the reference's kind in the sentence that are not merely an input read back.

        Beside one of the kind a bare number is of that kind too: `23k reads/s on average, 70k at peak`.
        """
        found: list[Stated] = []
        bare: list[Stated] = []
        for number in dict.fromkeys(token.line for token in hit.passage.tokens):
            line = self._reading.transcript.line(number)
            here = [token for token in hit.passage.tokens if token.line == number]
            if line is None:
                continue
            for one in stated(line.text[here[0].start : here[-1].end + 12]):
                if one.quantity.has_unit_of(expected) and not self._is_given(one):
                    found.append(one)
                elif one.quantity.has_unit_of(_COUNT) and one.quantity.value >= _FEWEST_BARE:
                    bare.append(replace(one, quantity=replace(expected, value=one.quantity.value)))
        return found + bare if found and expected.time == -1 and not expected.size else found

    def _is_given(self, one: Stated) -> bool:
        return any(
            one.quantity.is_near(given.quantity, factor=1.01) and one.per_s == given.per_s
            for given in self._given
        )
