"""Tokens to a tree: precedence climbing, with names, units and the words people put between numbers. Never raises."""

from dataclasses import dataclass, replace

from coach.estimates.cursor import ABOUT, ARTICLES, FRACTIONS, MONEY, MOST_NOUNS, PER, STOPS, Cursor
from coach.estimates.tokens import Token
from coach.estimates.tree import FUNCTIONS, Binary, Call, Negative, Node, Number, Ref
from coach.estimates.units import FIRST_TIME, Unit, is_sized, is_timed, one, unit
from coach.estimates.written import bare_number, read_fraction, read_number, unit_alone

_STRENGTH = {"+": 10, "-": 10, "*": 20, "/": 20, "^": 40}
_UNARY = 30
_VERBS = {"multiply": "*", "multiplying": "*", "divide": "/", "dividing": "/", "split": "/"}
_BYTE = Unit(1.0, one("byte"))
_DEEPEST = 40
_MOST_SIGNS = 150
"""Operators of one expression; beyond them it is cut, so that no line costs time."""


@dataclass(slots=True)
class Parser(Cursor):
    """Reads one expression from `tokens`, from `at` on. `is_prose`: words that mean nothing are passed over."""

    is_prose: bool = False
    unknown: str = ""
    """The first word that stands where a value should and is none."""
    is_cut: bool = False
    """Whether it ended in the middle: after a sign, in an open parenthesis."""
    _depth: int = 0
    _signs: int = 0

    def expression(self, least: int = 0) -> Node | None:
        """The longest expression from here; None when there is none."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                return None
            left = self._operand()
            return None if left is None else self._rest(left, least)
        finally:
            self._depth -= 1

    def _rest(self, left: Node, least: int) -> Node:
        while True:
            before = self.at
            op = self._operator(left)
            self._signs += op is not None
            if op is None or self._signs > _MOST_SIGNS or _STRENGTH[op] < least:
                self.at = before
                return left
            right = self._exponent() if op == "^" else self.expression(_STRENGTH[op] + 1)
            if right is None:
                self.is_cut = self.is_cut or self.token() is None
                self.at = before
                return left
            left = Binary(op, left, right)
            if op == "^":
                left = self._behind_power(left)

    def _exponent(self) -> Node | None:
        """What stands behind `^`; a unit behind it belongs to the power."""
        token = self.token()
        if token is None or token.kind != "number":
            return self.expression(_STRENGTH["^"])
        number = replace(bare_number(self), b="")
        following = self.token()
        if following is not None and following.text == "^":
            self.at += 1
            self._signs += 1
            higher = self._exponent() if self._signs <= _MOST_SIGNS else None
            return None if higher is None else Binary("^", number, higher)
        return number

    def _behind_power(self, node: Node) -> Node:
        """`10^4 qps`, `10^3 B`, `10^9 users`."""
        before = self.before()
        if before is not None and before.b:
            return Binary("*", node, unit_alone(_BYTE, before))
        if self.is_prose:
            self.pass_nouns(MOST_NOUNS)
        return self._with_unit(node)

    def _with_unit(self, node: Node) -> Node:
        """`10^4 qps`, `(8 + 8) bytes`: a unit behind a value multiplies it."""
        token = self.token()
        if token is None or token.unit is None:
            return node
        self.at += 1
        return Binary("*", node, unit_alone(token.unit, token))

    def _operator(self, left: Node) -> str | None:
        """The sign that goes on from `left`, consumed; None where the expression ends."""
        self._pass_remarks()
        token = self.token()
        if token is None:
            return None
        if token.kind == "op" and token.text in _STRENGTH:
            self.at += 1
            return token.text
        if token.kind == "open" and self._holds_number():
            return "*" if token.is_glued or isinstance(left, Ref) else None
        op = self._word_operator(token.text.lower(), left)
        self.at += op is not None
        return op

    def _word_operator(self, word: str, left: Node) -> str | None:
        """The sign a word stands for between `left` and what follows."""
        following = self.token(1)
        if word == "per":
            return "/" if following is not None and following.kind in ("number", "word", "unit") else None
        if word == "of" and _is_share(left):
            return "*"
        if word == "by" and self.is_prose:
            return next(
                (_VERBS[low] for each in self.tokens[: self.at] if (low := each.text.lower()) in _VERBS), None
            )
        if self.is_prose and word in ("for", "at", "of", "with", "w/"):
            return self._preposition(word, left)
        return None

    def _preposition(self, word: str, left: Node) -> str | None:
        """`3 Gbps for 10 s`, `2k/s at 450 KB each` multiply, `4 MB at 10 Mbps` divides."""
        right = Parser(self.tokens, self.names, self.at + 1, is_prose=True)._operand()
        if not isinstance(right, Number) or not isinstance(left, Number):
            return None
        is_rate = sum(left.dims[FIRST_TIME:]) < 0
        if word == "for":
            return "*" if is_rate and is_timed(right.dims) and not is_sized(right.dims) else None
        if not is_sized(right.dims):
            return None
        if is_sized(left.dims):
            return "/" if word == "at" and is_timed(right.dims) and not is_rate else None
        is_of_each = word == "at" or bool(left.noun) or is_rate
        return "*" if is_of_each and not is_timed(right.dims) else None

    def _operand(self) -> Node | None:
        self._pass_fillers()
        token = self.token()
        if token is None:
            self.is_cut = True
            return None
        if token.kind == "number":
            return read_number(self)
        if token.text in ("+", "-"):
            self.at += 1
            inner = self.expression(_UNARY)
            return inner if token.text == "+" or inner is None else Negative(inner)
        if token.kind == "open":
            return self._parenthesis()
        return self._word(token) if token.kind in ("word", "unit") else None

    def _parenthesis(self) -> Node | None:
        start = self.at
        self.at += 1
        inner = self.expression()
        if inner is None:
            self.at = start
            return None
        self.pass_nouns(MOST_NOUNS)
        self._close()
        return self._with_unit(inner)

    def _close(self) -> None:
        token = self.token()
        if token is None:
            self.is_cut = True
        elif token.kind == "close":
            self.at += 1

    def _word(self, token: Token) -> Node | None:
        name = self.name()
        if name is not None:
            return name
        word, following, before = token.text.lower(), self.token(1), self.before()
        if word in FUNCTIONS and following is not None and following.kind == "open":
            return self._call(word)
        if word in FRACTIONS:
            return self._fraction()
        known = token.unit or (
            unit(token.text, after_per=True) if before is not None and before.text in PER else None
        )
        if known is not None:
            self.at += 1
            return unit_alone(known, token)
        self.unknown = self.unknown or token.text
        return None

    def _fraction(self) -> Node:
        number, is_share = read_fraction(self)
        right = self.expression(_STRENGTH["*"] + 1) if is_share else None
        return number if right is None else Binary("*", number, right)

    def _call(self, name: str) -> Node | None:
        start = self.at
        self.at += 2
        args: list[Node] = []
        while (argument := self.expression()) is not None:
            args.append(argument)
            self.pass_nouns(MOST_NOUNS)
            token = self.token()
            if token is None or token.kind != "comma":
                break
            self.at += 1
        self._close()
        if not args:
            self.at = start
            return None
        return Call(name, tuple(args))

    def _pass_remarks(self) -> None:
        """`8 (id) + 8 (user)`: words in parentheses."""
        while (token := self.token()) is not None and token.kind == "open" and not self._holds_number():
            end = self.at + 1
            while end < len(self.tokens) and self.tokens[end].kind != "close":
                end += 1
            if end >= len(self.tokens):
                return
            self.at = end + 1
            self.pass_nouns(MOST_NOUNS)

    def _holds_number(self) -> bool:
        """Whether the parenthesis that opens here holds a value."""
        depth = 0
        for at in range(self.at, len(self.tokens)):
            token = self.tokens[at]
            depth += (token.kind == "open") - (token.kind == "close")
            if token.kind == "number" or (token.kind == "word" and self.is_name_at(at)):
                return True
            if depth == 0:
                return False
        return True

    def _pass_fillers(self) -> None:
        """`about`, `~`, `$`; in prose every word that is neither a name nor a unit."""
        while (token := self.token()) is not None:
            low = token.text.lower()
            is_filler = token.kind == "about" or low in ABOUT or low in MONEY or low in ARTICLES
            if not is_filler and not (self.is_prose and self._is_prose_filler(token, low)):
                return
            self.at += 1

    def _is_prose_filler(self, token: Token, low: str) -> bool:
        if token.kind != "word" or low in STOPS:
            return False
        return not (low in FUNCTIONS or low in FRACTIONS or self.is_name_at(self.at))


def _is_share(node: Node) -> bool:
    """`20 %`, `1/3`, `3x`: what can stand before `of`."""
    if isinstance(node, Number):
        return node.is_percent or node.has_x or 0 < node.low < 1
    return isinstance(node, Binary) and node.op == "/"
