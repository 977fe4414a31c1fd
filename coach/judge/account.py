"""What a judging by a model took and rested on, as the scorecard records it."""

from pydantic import BaseModel, ConfigDict


class Account(BaseModel):
    """Tokens are the server's own counts; `counted` says how our own were made, for planning. Cost is None if unknown.

    `quotes` were given as evidence and `held` were found where they were said to stand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str
    model: str
    templates: str
    calls: int
    prompt_tokens: int
    answer_tokens: int
    cached_tokens: int = 0
    is_usage_known: bool = True
    counted: str = "estimated"
    seconds: float
    cost: float | None = None
    repairs: tuple[str, ...] = ()
    quotes: int = 0
    held: int = 0
    rejected: int = 0
    """Checks that lost their credit because no evidence held."""
