"""A place in a line of tokens, and what the words around it are: names, nouns, fillers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.estimates.amount import Amount
from coach.estimates.tokens import Token
from coach.estimates.tree import FUNCTIONS, Ref
from coach.estimates.units import EVERY

Names = Mapping[tuple[str, ...], Amount]
"""Amounts by name, the words of the name in lower case."""
PER = frozenset({"per", "pr", "a", "an", "each", "every", "/"})
MONEY = frozenset({"$", "€", "£", "usd", "eur"})
CENTS = frozenset({"ct", "cts", "cent", "cents"})
MOST_NOUNS = 3
_LONGEST_NAME = 5
ABOUT = frozenset("about approx approximately roughly around aprox ca circa nearly almost say some".split())
ARTICLES = frozenset({"the", "an", "our", "your"})
STOPS = frozenset(
    """is are was gives give makes make equals equal comes come so thats that's that which means mean then therefore hence
    total totals and but if with because since where while to in for at into as from vs versus of by divided""".split()
)
"""Words that are never what is counted, and never passed over."""
FRACTIONS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}


@dataclass(slots=True)
class Cursor:
    """Where in `tokens` the reading is."""

    tokens: Sequence[Token]
    names: Names = field(default_factory=dict)
    at: int = 0

    def token(self, ahead: int = 0) -> Token | None:
        """The token `ahead` of the place; None behind the last."""
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def before(self) -> Token | None:
        """The token before the place."""
        return self.tokens[self.at - 1] if self.at else None

    def name(self) -> Ref | None:
        """The longest known name that begins here."""
        words: list[str] = []
        found: Ref | None = None
        end = self.at
        for ahead in range(_LONGEST_NAME):
            token = self.token(ahead)
            if token is None or (not token.text[:1].isalpha() and token.kind != "number"):
                break
            words.append(token.text.lower())
            amount = self.names.get(tuple(words))
            if amount is not None:
                first = self.tokens[self.at]
                found, end = Ref(" ".join(words), amount, first.start, token.end), self.at + ahead + 1
        if found is not None:
            self.at = end
        return found

    def is_name_at(self, at: int) -> bool:
        return Cursor(self.tokens, self.names, at).name() is not None

    def is_noun(self, token: Token) -> bool:
        """A word that says what is counted: `10M users`."""
        if token.kind != "word":
            return False
        low = token.text.lower()
        return not (low in STOPS or low in EVERY or low in PER or low in FUNCTIONS)

    def pass_nouns(self, most: int) -> None:
        while most and (token := self.token()) is not None and self.is_noun(token):
            self.at += 1
            most -= 1
