"""Stated numbers against the problem's references."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coach.content.numbers import compute, inputs_of
from coach.content.problem import Input, Reference
from coach.estimates.quantity import Quantity, QuantityError
from coach.estimates.stated import Stated, stated
from coach.judge.findings import Evidence
from coach.judge.reading import Reading
from coach.text.match import Hit, Matcher

_COUNT = Quantity(1.0)
_FEWEST_BARE = 20.0
_AS_GIVEN, _PLAUSIBLE = 1.02, 1000.0
_ASSUMES = ("requirements", "estimation", None)
"""Where inputs are settled; a written answer without headings has no phases."""


@dataclass(frozen=True, slots=True)
class NumberRead:
    """What the text says about one reference: a right statement, or the nearest wrong one."""

    said: str
    evidence: tuple[Evidence, ...]
    is_right: bool
    quantity: Quantity
    expected: Quantity
    reference: str
    is_own: bool
    """Whether `expected` follows from inputs of the candidate's own."""


class NumberReader:
    """Looks references up in one text."""

    def __init__(
        self,
        reading: Reading,
        computed: Mapping[int, Quantity] | None = None,
        operands: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    ) -> None:
        """By the number of a line: what it comes to, and where on it stands what goes into a calculation."""
        self._reading = reading
        self._computed = computed or {}
        self._operands = operands or {}
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

    @cached_property
    def own_inputs(self) -> dict[str, Quantity]:
        """Inputs the candidate gave another value than the problem does: `assume 200 M new links a month`."""
        numbers = self._reading.checklist.problem.numbers
        authored = inputs_of(numbers)
        found = (
            (name, self._own(given, authored[name], per_s=self._per_s[name]))
            for name, given in numbers.inputs.items()
        )
        return {name: value for name, value in found if value is not None}

    def _own(self, given: Input, authored: Quantity, *, per_s: float) -> Quantity | None:
        """Where a passage states one value of the input's kind that is not the authored one; None otherwise."""
        for pattern in given.synonyms:
            for hit in self._matcher.find(pattern):
                if self._reading.phase_of(hit.passage) not in _ASSUMES and not self._is_sheet(hit):
                    continue
                said = [
                    one.quantity
                    for one in self._near(hit)
                    if one.quantity.has_unit_of(authored) and one.per_s == per_s
                ]
                if any(one.is_near(authored, factor=_AS_GIVEN) for one in said):
                    return None
                if len(said) == 1 and said[0].is_near(authored, factor=_PLAUSIBLE):
                    return said[0]
        return None

    def _near(self, hit: Hit) -> Iterator[Stated]:
        """The quantities of a passage."""
        for number in dict.fromkeys(token.line for token in hit.passage.tokens):
            line = self._reading.transcript.line(number)
            if line is not None:
                here = [token for token in hit.passage.tokens if token.line == number]
                yield from stated(line.text[here[0].start : here[-1].end + 12])

    @cached_property
    def _own_numbers(self) -> dict[str, Quantity]:
        """The references as the candidate's own inputs give them."""
        if not self.own_inputs:
            return self._reading.checklist.numbers
        try:
            return compute(self._reading.checklist.problem.numbers, self.own_inputs)
        except QuantityError:
            return self._reading.checklist.numbers

    def _said(self, hit: Hit, reference: Reference) -> Iterator[tuple[NumberRead, bool]]:
        """What a hit says of the reference, and whether it stands in the estimation.

        A sentence is wrong only when it can mean nothing else: one number of the kind, that is no other reference.
        """
        authored = self._reading.checklist.numbers[reference.id]
        expected = self._own_numbers[reference.id]
        is_estimation = self._reading.phase_of(hit.passage) == "estimation" or self._is_sheet(hit)
        found = self._quantities(hit, expected)
        right = [
            one
            for one in found
            if any(one.quantity.is_near(each, factor=reference.tolerance) for each in (expected, authored))
        ]
        others = [one for one in found if not self._is_another(one.quantity, reference)]
        if right:
            one = min(right, key=lambda each: abs(math.log(each.quantity.value / expected.value)))
            yield self._read(reference, one.quantity, hit, is_right=True), is_estimation
        elif len(others) == 1 and (expected.size or expected.time):
            said = others[0].quantity
            yield self._read(reference, said, hit, is_right=False), is_estimation

    def _read(self, reference: Reference, said: Quantity, hit: Hit, *, is_right: bool) -> NumberRead:
        expected = self._own_numbers[reference.id]
        is_own = expected != self._reading.checklist.numbers[reference.id]
        shown = str(expected) if is_own else reference.value
        return NumberRead(str(said), self._reading.quote(hit), is_right, said, expected, shown, is_own)

    def _is_sheet(self, hit: Hit) -> bool:
        line = self._reading.transcript.line(hit.passage.line)
        return line is not None and line.source == "sheet"

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
            if number in self._computed:
                worked_out = self._computed[number]
                if worked_out.has_unit_of(expected):
                    found.append(Stated(worked_out, here[0].start, here[-1].end))
            for one in stated(line.text[here[0].start : here[-1].end + 12]):
                if self._is_operand(number, here[0].start + one.end - 1):
                    continue
                if one.quantity.has_unit_of(expected) and not self._is_given(one):
                    found.append(one)
                elif one.quantity.has_unit_of(_COUNT) and one.quantity.value >= _FEWEST_BARE:
                    bare.append(replace(one, quantity=replace(expected, value=one.quantity.value)))
        return found + bare if found and expected.time == -1 and not expected.size else found

    def _is_operand(self, number: int, at: int) -> bool:
        """Whether what stands `at` on a line goes into a calculation there, instead of coming out of it."""
        return any(start <= at < end for start, end in self._operands.get(number, ()))

    def _is_given(self, one: Stated) -> bool:
        """Whether it only reads an input back, the problem's or one of the candidate's own."""
        own = ((value, self._per_s[name]) for name, value in self.own_inputs.items())
        given = ((each.quantity, each.per_s) for each in self._given)
        return any(
            one.quantity.is_near(value, factor=1.01) and one.per_s == per_s for value, per_s in (*given, *own)
        )

    @cached_property
    def _per_s(self) -> dict[str, float]:
        """The seconds of each input's `per month`."""
        inputs = self._reading.checklist.problem.numbers.inputs
        return {name: next((one.per_s for one in stated(given.value)), 0.0) for name, given in inputs.items()}
