"""Calculations people write in notes: `10M x 20 / 86400 = 2300/s`, `500 KB * 500K is 250 GB a day`, rows of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from coach.estimates.amount import Amount, AmountError
from coach.estimates.comparing import UNCHECKED, Comparison, compare
from coach.estimates.cursor import FRACTIONS, Names
from coach.estimates.grammar import Parser
from coach.estimates.lexer import tokenize
from coach.estimates.lines import take_apart
from coach.estimates.literals import literal_of, settled
from coach.estimates.parts import RESULTS, Part, inside, is_quiet, parts
from coach.estimates.tokens import Token
from coach.estimates.tree import Binary, Node, Number, calculate, has_operator, mapped, numbers, settle
from coach.estimates.units import FIRST_TIME, NO_DIMS
from coach.estimates.wording import label_of, name_of, plain

_MAY_NAME = re.compile("[=:≈~]")
_MOST_LITERALS = 6
_MOST_NAMES = 200
_MOST_LEAD_WORDS = 3
_FEWEST = 10.0


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation of one line, from `start` to `end`: `left` and the result `right` that was stated for it."""

    start: int
    end: int
    left: Node
    right: Number
    found: Comparison

    @property
    def operands(self) -> tuple[int, int]:
        """Where what goes into the calculation stands."""
        is_first = self.right.start == self.start
        return (self.right.end, self.end) if is_first else (self.start, self.right.start)


@dataclass(slots=True)
class Reader:
    """Reads lines in order and remembers what names stand for."""

    names: dict[tuple[str, ...], Amount] = field(default_factory=dict)

    def read(self, text: str) -> list[Calculation]:
        """The calculations of the next line that state a result; places are those of `plain(text)`."""
        text = plain(text)
        found = _Line(text, self.names).calculations()
        self._learn(text)
        return found

    def _learn(self, text: str) -> None:
        if not _MAY_NAME.search(text):
            return
        line = take_apart(text)
        if not line.name or len(self.names) >= _MOST_NAMES:
            return
        for tokens in (line.tokens, line.stated):
            tree = Parser(tokens, self.names).expression()
            if tree is None:
                continue
            try:
                self.names[line.name] = calculate(tree, settle(tree))
            except AmountError:
                continue
            return


class _Line:
    """One line and the names known in it."""

    def __init__(self, text: str, names: Names) -> None:
        self._names = names
        is_table = text.count("|") > 1
        self._label = label_of(text.split("|")[1] if is_table else name_of(text))
        self._parts = list(parts(tokenize(text), is_table=is_table))
        self._labels = dict(self._timed())
        self._sizes = dict(self._sized())

    def calculations(self) -> list[Calculation]:
        found = list(self._chains())
        return found or list(self._coincidences())

    def _timed(self) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Rates of the line, so that the same number elsewhere in it is that rate: `42M a day => 42M / 86400`."""
        for tree in self._trees():
            for number in numbers(tree):
                low = number.low * (1e9 if number.b == "tight" else 1.0)
                if sum(number.dims[FIRST_TIME:]) < 0 and low >= _FEWEST:
                    yield low, (0, 0, *number.dims[FIRST_TIME:])

    def _sized(self) -> Iterator[tuple[float, Number]]:
        """Sizes of the line by the number that was written: `2 GB/day = 2 * 30`."""
        for tree in self._trees():
            for number in numbers(tree):
                if any(number.dims[:FIRST_TIME]) and not number.is_unit:
                    yield number.low / number.unit_factor, number

    def _with_sizes(self, tree: Node) -> Node:
        """`tree` with the size of a number that stands with it elsewhere in the line, where `tree` has none."""
        if any(any(number.dims) for number in numbers(tree)):
            return tree
        return mapped(tree, lambda number: self._sizes.get(number.low, number) if number.is_bare else number)

    def _trees(self) -> Iterator[Node]:
        for part in self._parts:
            for _, tree, _ in self._spans(part.tokens):
                yield tree

    def _spans(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Node, int]]:
        """The expressions of a stretch, one after the other, each with where it begins and ends."""
        at = 0
        while at < len(tokens):
            if self._can_begin(tokens, at):
                parser = Parser(tokens, self._names, at, is_prose=True)
                tree = parser.expression()
                if tree is not None and parser.at > at:
                    yield at, tree, parser.at
                    at = parser.at
                    continue
            at += 1

    def _can_begin(self, tokens: Sequence[Token], at: int) -> bool:
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind in ("number", "open"):
            return token.kind == "number" or following is not None
        low = token.text.lower()
        if token.kind != "word":
            return False
        is_call = following is not None and following.kind == "open" and following.is_glued
        return is_call or low in FRACTIONS or any(name[0] == low for name in self._names)

    def _chains(self) -> Iterator[Calculation]:
        """`a = b`, and on: what was stated begins what is stated next."""
        stated: Number | None = None
        for at, part in enumerate(self._parts):
            if part.before not in RESULTS:
                stated = None if part.before == ";" else stated
                continue
            right = self._leading(part)
            if right is not None:
                left = self._left(at, stated)
                yield from self._stated(left, right, part.before)
                stated = right
            else:
                yield from self._turned_round(at, part)
                stated = None

    def _stated(self, left: tuple[int, Node] | None, right: Number, sign: str) -> Iterator[Calculation]:
        if left is None:
            return
        start, tree = left
        if not has_operator(tree) and not _is_conversion(tree, right, sign):
            return
        shown = replace(right, is_about=True) if sign == "~" else right
        if any(right.dims[:FIRST_TIME]):
            tree = self._with_sizes(tree)
        found = compare(tree, shown, label=self._label_of(tree), stated_label=self._label)
        if found.verdict == "wrong" and not _is_explicit(right, sign):
            found = UNCHECKED
        yield Calculation(start, right.end, tree, settled(right, tree), found)

    def _turned_round(self, at: int, part: Part) -> Iterator[Calculation]:
        """`2.3k/s = 200M / 86400`: the result first."""
        goes_on = at + 1 < len(self._parts) and self._parts[at + 1].before in RESULTS
        spans = list(self._spans(part.tokens))
        before = list(self._spans(self._parts[at - 1].tokens)) if at else []
        if goes_on or part.before not in ("=", "~") or len(spans) != 1 or not before:
            return
        tree, first = spans[0][1], before[-1]
        right = literal_of(first[1])
        if right is None or not has_operator(tree) or not is_quiet(self._parts[at - 1].tokens[first[2] :]):
            return
        found = compare(tree, right, label=self._label_of(tree))
        end = part.tokens[spans[0][2] - 1].end
        yield Calculation(right.start, end, tree, settled(right, tree), found)

    def _left(self, at: int, stated: Number | None) -> tuple[int, Node] | None:
        """The expression that ends before part `at`, and where it begins."""
        for back in range(at - 1, max(-1, at - 3), -1):
            part = self._parts[back]
            tokens = inside(part.tokens)
            spans = list(self._spans(tokens))
            if spans:
                return self._last(tokens, spans, stated)
            is_lead = not part.tokens or (self._parts[at].before != "=" and back == at - 1)
            if part.before == ";" or not is_lead or not is_quiet(part.tokens):
                return None
        return None

    def _last(
        self, tokens: Sequence[Token], spans: list[tuple[int, Node, int]], stated: Number | None
    ) -> tuple[int, Node] | None:
        """The last expression of a stretch; one that begins with a sign goes on from what was stated before."""
        first, tree, end = spans[-1]
        is_torn = len(spans) > 1 and tokens[spans[-2][2]].kind == "op"
        if is_torn or not is_quiet(tokens[end:]):
            return None
        sign = tokens[first - 1] if first else None
        if sign is None or sign.kind != "op" or len(spans) > 1:
            return tokens[first].start, tree
        begins = first == 1 or tokens[first - 2].kind in ("open", "word")
        if sign.text in ("*", "/", "+", "-") and stated is not None:
            return (stated.start, Binary(sign.text, stated, tree)) if begins else None
        return None if sign.text in ("%", "^", "/") else (tokens[first].start, tree)

    def _leading(self, part: Part) -> Number | None:
        """The number a part begins with, when it stands for itself instead of beginning a calculation."""
        tokens, at, words = part.tokens, 0, 0
        while at < len(tokens) and tokens[at].kind in ("word", "about", "open"):
            words += tokens[at].kind == "word"
            at += 1
        if at >= len(tokens) or words > _MOST_LEAD_WORDS + 1 or tokens[at].kind != "number":
            return None
        return literal_of(Parser(tokens, self._names, at, is_prose=True).expression())

    def _label_of(self, left: Node) -> tuple[int, ...]:
        for number in numbers(left):
            low = number.low * (1e9 if number.b == "tight" else 1.0)
            if low in self._labels and not any(number.dims[FIRST_TIME:]):
                return self._labels[low]
        return NO_DIMS

    def _coincidences(self) -> Iterator[Calculation]:
        """`230 GB a day (500K x 460 KB)`, `3 photos a day, 20M users, 60M photos a day`.

        Only ever right: nothing says that one is meant to be the result of the other.
        """
        trees = list(self._trees())
        literals = [one for one in map(literal_of, trees) if one is not None]
        results = [one for one in literals if any(one.dims) or one.is_scaled]
        calculated = [one for one in trees if has_operator(one) and literal_of(one) is None]
        if not calculated and 3 <= len(literals) <= _MOST_LITERALS:
            calculated = list(_combined(literals))
        for tree in calculated:
            used = list(numbers(tree))
            for right in results:
                if right not in used and compare(tree, right).verdict == "right":
                    start = min(right.start, used[0].start) if used else right.start
                    end = max(right.end, used[-1].end) if used else right.end
                    yield Calculation(start, end, tree, settled(right, tree), compare(tree, right))
                    return


def _combined(literals: Sequence[Number]) -> Iterator[Node]:
    """Every number times and by every later one."""
    for at, first in enumerate(literals):
        for second in literals[at + 1 :]:
            if min(first.low, second.low) > 1 or (any(first.dims) and any(second.dims)):
                yield Binary("*", first, second)
                yield Binary("/", first, second)


def _is_conversion(left: Node, right: Number, sign: str) -> bool:
    """`10 Gbps = 1.25 GB/s`: the same kind of thing in another unit."""
    if not isinstance(left, Number) or sign == "so":
        return False
    if left.dims == right.dims or not any(left.dims) or not any(right.dims):
        return False
    mine, theirs = Amount(1, 1, left.dims), Amount(1, 1, right.dims)
    return (mine.size, mine.time) == (theirs.size, theirs.time) and not (sign == "->" and mine.time == 1)


def _is_explicit(right: Number, sign: str) -> bool:
    """Whether a result says enough of itself to be called wrong."""
    return sign != "so" and not (sign == "->" and not any(right.dims) and right.noun)
