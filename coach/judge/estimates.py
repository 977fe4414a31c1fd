"""The estimates of one reading: arithmetic checked, matched with the problem's numbers, followed into the design."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from coach.content.problem import Reference
from coach.estimates.quantity import Quantity
from coach.estimates.sheet import Row, Sheet
from coach.estimates.stated import stated
from coach.estimates.statements import Estimate, estimates
from coach.judge.findings import EstimateFinding
from coach.judge.numbers import NumberRead, NumberReader
from coach.judge.reading import Reading
from coach.session.transcript import TranscriptLine
from coach.terms import Phase

SLIP = 5.0
"""A result off by this factor, either way, is a slip that a second look would have caught."""
SAME = 0.12
"""A number said again within this share is the same number."""
_FEWEST = 20.0
_DESIGN: tuple[Phase, ...] = ("high_level", "deep_dive")


@dataclass(frozen=True)
class Estimates:
    """What a reading says in numbers."""

    reading: Reading

    @cached_property
    def stated(self) -> tuple[Estimate, ...]:
        """Every estimate of the candidate's own lines, in order; a sheet's lines with what the sheet made of them."""
        lines = list(own_lines(self.reading))
        written = [line for line in lines if line.source != "sheet"]
        on_sheet = [line for line in lines if line.source == "sheet"]
        found = [*_written(written), *_on_sheet(on_sheet)]
        return tuple(found)

    @cached_property
    def reads(self) -> tuple[tuple[Reference, NumberRead], ...]:
        """The problem's numbers that were stated."""
        operands: dict[int, list[tuple[int, int]]] = {}
        results = {(one.line, *one.result) for one in self.stated}
        for one in self.stated:
            operands.setdefault(one.line, []).extend(_around(one, results))
        reader = NumberReader(self.reading, computed(self.reading), operands)
        references = self.reading.checklist.problem.numbers.references
        found = ((one, reader.read(one)) for one in references)
        return tuple((one, read) for one, read in found if read is not None)

    @property
    def slips(self) -> int:
        """Calculations whose stated result is far off."""
        return sum(one.finding == "wrong" and not 1 / SLIP < one.off_by < SLIP for one in self.stated)

    def findings(self) -> tuple[EstimateFinding, ...]:
        """One entry per calculation and per number that was worked out, in the order of the lines."""
        matched: dict[int, tuple[Reference, NumberRead]] = {}
        extra: list[EstimateFinding] = []
        for reference, read in self.reads:
            at = self._entry(read, matched)
            if at is None:
                extra.append(_of_read(reference, read))
            else:
                matched[at] = (reference, read)
        entries = [
            _finding(one, *matched.get(at, (None, None)))
            for at, one in enumerate(self.stated)
            if at in matched or one.finding != "unchecked" or self._is_estimation(one.line)
        ]
        return tuple(sorted([*entries, *extra], key=lambda one: one.line))

    def _entry(self, read: NumberRead, taken: Iterable[int]) -> int | None:
        """The estimate that states what was read of a reference."""
        lines = {quote.line for quote in read.evidence}
        for at, one in enumerate(self.stated):
            if one.line not in lines or one.quantity is None or at in taken:
                continue
            if _is_same(one.quantity, read.quantity, bare=True):
                return at
        return None

    def _is_estimation(self, number: int) -> bool:
        line = self.reading.transcript.line(number)
        return line is not None and (line.phase == "estimation" or line.source == "sheet")

    def carried(self) -> tuple[tuple[Estimate, int], ...]:
        """Results of the estimation that come back where something is designed, with the first line that does."""
        phases = {line.number: line.phase for line in self.reading.transcript.lines}
        results = [
            one
            for one in self.stated
            if one.quantity is not None and phases.get(one.line) == "estimation" and _is_telling(one.quantity)
        ]
        later = [
            (line, [each.quantity for each in stated(line.text)])
            for line in own_lines(self.reading)
            if line.phase in _DESIGN and line.source != "sheet"
        ]
        found: dict[tuple[float, int, int], tuple[Estimate, int]] = {}
        for one in results:
            quantity = one.quantity
            if quantity is None:
                continue
            hit = next(
                (line.number for line, said in later if any(_is_same(quantity, each) for each in said)), None
            )
            key = (float(f"{quantity.value:.1e}"), quantity.size, quantity.time)
            if hit is not None and key not in found:
                found[key] = (one, hit)
        return tuple(found.values())


def _around(one: Estimate, results: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Where the operands of `one` stand, without what comes out of another one: `a x b = c, x 30 = d`."""
    start, end = one.operands
    for line, first, last in sorted(results):
        if line == one.line and start <= first < last <= end:
            yield start, first
            start = last
    yield start, end


def own_lines(reading: Reading) -> Iterator[TranscriptLine]:
    """The candidate's lines that may count: no echoes, nothing said to the judge."""
    left_out = {token.line for one in (*reading.echoes, *reading.tampering) for token in one.tokens}
    for line in reading.transcript.lines:
        if line.speaker == "candidate" and line.source != "board" and line.number not in left_out:
            yield line


def computed(reading: Reading) -> dict[int, Quantity]:
    """What each line of arithmetic comes to, by its number: of the sheet, and of notes written like one."""
    lines = [
        line for line in own_lines(reading) if line.source == "sheet" or "=" in line.text or ":" in line.text
    ]
    rows = _rows(lines)
    return {
        line.number: row.amount.quantity()
        for line, row in zip(lines, rows, strict=True)
        if row.amount is not None and (row.name or line.source == "sheet")
    }


def _rows(lines: list[TranscriptLine]) -> tuple[Row, ...]:
    return Sheet().read("\n".join(line.text for line in lines)) if lines else ()


def _written(lines: Iterable[TranscriptLine]) -> Iterator[Estimate]:
    return estimates((line.number, line.text) for line in lines)


def _on_sheet(lines: list[TranscriptLine]) -> Iterator[Estimate]:
    """Lines of a sheet: a result that was typed is checked, one that the sheet worked out is its own."""
    rows = _rows(lines)
    typed: dict[int, list[Estimate]] = {}
    for one in estimates((line.number, line.text) for line in lines):
        if one.finding != "unchecked":
            typed.setdefault(one.line, []).append(one)
    for line, row in zip(lines, rows, strict=False):
        if line.number in typed:
            yield from typed[line.number]
        elif row.amount is not None and row.result:
            yield Estimate(
                line=line.number,
                text=line.text.strip(),
                stated=row.result,
                recomputed=row.result,
                finding="right",
                why="worked out by the sheet",
                quantity=row.amount.quantity(),
            )


def _finding(one: Estimate, reference: Reference | None, read: NumberRead | None) -> EstimateFinding:
    finding, why = one.finding, one.why
    if read is not None and finding == "unchecked":
        finding = "right" if read.is_right else "unchecked"
    if read is not None and not read.is_right and finding != "wrong":
        why = (
            f"your own inputs give {read.reference}" if read.is_own else f"the reference is {read.reference}"
        )
    return EstimateFinding(
        line=one.line,
        text=one.text,
        stated=one.stated,
        recomputed=one.recomputed,
        reference=None if read is None else read.reference,
        finding=finding,
        why=why,
    )


def _of_read(reference: Reference, read: NumberRead) -> EstimateFinding:
    """A number of the problem that was stated without a calculation."""
    quote = read.evidence[0]
    return EstimateFinding(
        line=quote.line,
        text=quote.quote,
        stated=read.said,
        recomputed=None,
        reference=read.reference,
        finding="right" if read.is_right else "unchecked",
        why=None if read.is_right else f"the {reference.label}: the reference is {read.reference}",
    )


def _is_same(one: Quantity, other: Quantity, *, bare: bool = False) -> bool:
    if bare and not (one.size or one.time):
        other = replace(other, size=0, time=0)
    return one.is_near(other, factor=1 + SAME)


def _is_telling(quantity: Quantity) -> bool:
    """Whether a number says something when it comes back: `3` does not."""
    return bool(quantity.size or quantity.time) or quantity.value >= _FEWEST
