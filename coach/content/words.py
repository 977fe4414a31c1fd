"""Shapes that problem and rubric files share."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from coach.terms import Dimension
from coach.text.pattern import Pattern, PatternError

Level = Literal[1, 2, 3, 4]
SupportedLevel = Literal[2, 3, 4]


class Shape(BaseModel):
    """A frozen piece of a content file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _pattern_text(text: str) -> str:
    try:
        Pattern.parse(text)
    except PatternError as error:
        raise ValueError(str(error)) from error
    return text


def _phrase_text(text: str) -> str:
    if "&" in text or "|" in text:
        raise ValueError(f"'{text}' is one phrase; write alternatives as entries of their own")
    return _pattern_text(text)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Signal = Annotated[str, AfterValidator(_pattern_text)]
"""Groups joined by `&`, alternatives by `|`: `cache|in memory & ttl|expire`. See `coach.text.pattern`."""
Phrase = Annotated[Text, AfterValidator(_phrase_text)]
"""One alternative of a signal."""


class Point(Shape):
    """One observable yes-or-no thing a strong answer shows."""

    id: Id
    text: Text = Field(description="The thing to observe, as a sentence about the candidate.")
    level: SupportedLevel = Field(description="The level this point supports.")
    weight: float = Field(default=1.0, gt=0, le=5)
    dimension: Dimension | None = Field(default=None, description="Only where it differs from its place.")
    signals: tuple[Signal, ...] = Field(
        default=(), description="Any of these in one passage shows it; none at all: not assessed offline."
    )
    partly: tuple[Signal, ...] = Field(default=(), description="Any of these shows half of it.")
    tip: Text = Field(description="Advice to the candidate when it was not shown.")
