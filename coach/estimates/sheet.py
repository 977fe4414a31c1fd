"""The number sheet: lines of arithmetic that know each other by name, calculated as they change.

A name means its nearest definition above the line, else the first one below. What did not change is not calculated
again, so that a key costs the same in a long sheet as in a short one.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from coach.estimates.amount import Amount, AmountError
from coach.estimates.grammar import Parser
from coach.estimates.lines import Line, take_apart
from coach.estimates.saying import say_amount
from coach.estimates.tree import Node, Number, calculate, has_operator, numbers, reads_as_bytes, settle

MOST_LINES = 2000
"""Lines that are calculated; a pasted export is kept as text."""
_KEPT = 4000
_MOST_REMARKS = 6
_SIGNS = frozenset("+-*/=^×÷")
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line and what stands beside it.

    `result` is empty for prose and half-typed lines. `note` says what clashes (then `is_error`) or how a `B` was read.
    """

    text: str
    result: str = ""
    note: str = ""
    is_error: bool = False
    name: str = ""
    amount: Amount | None = None


@dataclass(slots=True)
class Sheet:
    """Remembers the lines it calculated."""

    _lines: dict[str, Line] = field(default_factory=dict)
    _rows: dict[tuple[str, tuple[tuple[Name, Amount | None], ...]], Row] = field(default_factory=dict)

    def read(self, text: str, *, typing: int | None = None) -> tuple[Row, ...]:
        """One row per line of `text`. `typing`, counted from 0, is the line being typed: its errors are held back."""
        self._trim()
        texts = text.split("\n")
        rows = _Pass([self._line(one) for one in texts[:MOST_LINES]], self._rows).rows()
        rows += map(Row, texts[MOST_LINES:])
        if len(texts) > MOST_LINES:
            note = f"only the first {MOST_LINES} lines are calculated"
            rows[MOST_LINES] = Row(texts[MOST_LINES], note=note, is_error=True)
        if typing is not None and 0 <= typing < len(rows) and rows[typing].is_error:
            held = rows[typing]
            rows[typing] = Row(held.text, held.result, name=held.name, amount=held.amount)
        return tuple(rows)

    def _line(self, text: str) -> Line:
        line = self._lines.get(text)
        if line is None:
            line = self._lines[text] = take_apart(text)
        return line

    def _trim(self) -> None:
        if len(self._lines) > _KEPT:
            self._lines.clear()
        if len(self._rows) > _KEPT:
            self._rows.clear()


class _Pass:
    """One reading of all lines, in the order their names need."""

    def __init__(
        self, lines: list[Line], kept: dict[tuple[str, tuple[tuple[Name, Amount | None], ...]], Row]
    ):
        self._lines = lines
        self._kept = kept
        self._defined: dict[Name, list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            if line.name and line.tokens:
                self._defined[line.name].append(at)
        self._first = {name[0] for name in self._defined}
        self._longest = max(map(len, self._defined), default=0)
        self._needs = [dict(self._needed(at, line)) for at, line in enumerate(lines)]
        self._done: dict[int, Row] = {}

    def rows(self) -> list[Row]:
        for at in range(len(self._lines)):
            if at not in self._done:
                self._settle(at)
        return [self._done[at] for at in range(len(self._lines))]

    def _needed(self, at: int, line: Line) -> Iterator[tuple[Name, int]]:
        """The names a line may mention and the line that defines each."""
        words = line.words
        for start, word in enumerate(words):
            if word in self._first:
                for length in range(1, self._longest + 1):
                    name = words[start : start + length]
                    where = self._where(name, at) if name in self._defined else None
                    if where is not None:
                        yield name, where

    def _where(self, name: Name, at: int) -> int | None:
        places = self._defined[name]
        below = bisect_left(places, at)
        if below:
            return places[below - 1]
        return next((one for one in places[below:] if one > at), None)

    def _settle(self, first: int) -> None:
        """Calculate a line after those it needs, without recursion: sheets may chain thousands of lines."""
        stack, open_ = [first], {first}
        while stack:
            at = stack[-1]
            missing = [one for one in self._needs[at].values() if one not in self._done]
            circle = next((one for one in missing if one in open_), None)
            if circle is not None:
                for one in stack[stack.index(circle) :]:
                    self._done[one] = self._circular(one, circle)
                del stack[stack.index(circle) :]
            elif missing:
                stack.append(missing[0])
                open_.add(missing[0])
            else:
                if at not in self._done:
                    self._done[at] = self._row(at)
                stack.pop()
                open_.discard(at)

    def _circular(self, at: int, start: int) -> Row:
        line = self._lines[at]
        other = " ".join(self._lines[start].name)
        return Row(line.text, note=f"{other} needs itself, by way of other lines", is_error=True)

    def _row(self, at: int) -> Row:
        line = self._lines[at]
        amounts = tuple((name, self._done[where].amount) for name, where in self._needs[at].items())
        key = (line.text, amounts)
        row = self._kept.get(key)
        if row is None:
            row = self._kept[key] = _calculated(line, {n: a for n, a in amounts if a is not None})
        return row


def _calculated(line: Line, names: Mapping[Name, Amount]) -> Row:
    """What a line comes to, given the amounts of the names in it."""
    if (odd := _odd(line)) is not None:
        return odd
    if not line.tokens or not (line.has_sign or names):
        return Row(line.text)
    parser = Parser(line.tokens, names)
    tree = parser.expression()
    rest = line.tokens[parser.at :]
    if tree is None or (rest and rest[0].kind == "op" and not parser.is_cut):
        return _unknown(line, parser.unknown)
    if not line.name and not _is_calculation(tree, line, len(rest)):
        return Row(line.text)
    wants_size = line.target is not None and any(line.target.dims[:2])
    reading = settle(tree, is_sized=wants_size)
    name = " ".join(line.name)
    try:
        amount = calculate(tree, reading)
        _check_target(amount, line)
    except AmountError as error:
        return Row(line.text, note=str(error), is_error=True, name=name)
    note = next(
        (_b_note(one, is_byte=reads_as_bytes(one, reading)) for one in numbers(tree) if one.b == "tight"), ""
    )
    return Row(line.text, say_amount(amount, line.target), note, name=name, amount=amount)


def _odd(line: Line) -> Row | None:
    """What looks like numbers and is not calculated, with the reason."""
    if any(char.isdecimal() and not char.isascii() for char in line.text) and _SIGNS & set(line.text):
        return Row(line.text, note="only the digits 0 to 9 are calculated", is_error=True)
    cells = [one for one in line.text.split("\t") if any(char.isdigit() for char in one)]
    if len(cells) > 1 and "=" not in line.text:
        return Row(line.text, note="cells of a table are kept as text")
    return None


def _is_calculation(tree: Node, line: Line, left: int) -> bool:
    """Whether a line without a name is one: prose that begins with a number stays prose."""
    if line.target is not None or line.stated:
        return left <= 1
    return (
        left <= _MOST_REMARKS and (has_operator(tree) or not isinstance(tree, Number)) and line.has_sign
    ) or (left == 0 and not isinstance(tree, Number))


def _unknown(line: Line, word: str) -> Row:
    """A word stands where a value should: said where the line is arithmetic beyond doubt."""
    signs = [at for at, one in enumerate(line.tokens) if one.kind == "op" and one.text in "+-*/^"]
    is_arithmetic = bool(line.name) or 1 in signs or line.tokens[0].kind == "number"
    if not signs or not word or not is_arithmetic:
        return Row(line.text)
    return Row(line.text, note=f"{word} has no value yet", is_error=True, name=" ".join(line.name))


def _check_target(amount: Amount, line: Line) -> None:
    target = line.target
    if target is None or target.is_scientific:
        return
    wanted = Amount(1.0, 1.0, target.dims)
    if (amount.size, amount.time) != (wanted.size, wanted.time):
        raise AmountError(f"{amount.kind} cannot be said in {target.text}")


def _b_note(number: Number, *, is_byte: bool) -> str:
    value = f"{number.low:g}"
    if is_byte:
        return f"{value}B read as bytes; {value} bn is billion"
    return f"{value}B read as billion; {value} bytes is a size"
