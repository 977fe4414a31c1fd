"""What a line of an estimate is made of."""

from typing import Literal, NamedTuple

from coach.estimates.units import Unit

Kind = Literal["number", "unit", "word", "op", "same", "open", "close", "comma", "colon", "about", "break"]


class Token(NamedTuple):
    """One token with its place. A number runs from `low` to `high`; `step` is one unit of its last written digit."""

    kind: Kind
    text: str
    start: int
    end: int
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    scale: float = 1.0
    """What the k, M or million behind it multiplies by."""
    b: Literal["", "tight", "apart"] = ""
    """A `B` right behind it or after a space: a billion or bytes."""
    unit: Unit | None = None
    is_glued: bool = False
    """Nothing stands between it and the token before."""
