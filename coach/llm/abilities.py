"""What one server and model can do, and how to ask for less when it refuses a parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from coach.llm.refusal import Refusal

Output = Literal["strict", "schema", "object", "prompt"]
"""How an object is asked for: `json_schema` with and without `strict`, `json_object`, or in words only."""
OUTPUTS: tuple[Output, ...] = ("strict", "schema", "object", "prompt")
Limit = Literal["max_tokens", "max_completion_tokens", "none"]

FROM_CONFIG, FROM_REFUSAL = "config.toml", "its refusal of a longer prompt"
"""Where a window is known from, when no page of the server told."""
MOST_STEPS = 6
"""Steps down before a refusal is shown as it is."""
_REFUSALS = (400, 404, 415, 422, 500, 501)
_AT_MOST = re.compile(
    r"(?:at most|no more than|less than or equal to|maximum(?: value| allowed)?(?: is| of)?|<=)\D{0,20}(\d{2,})",
    re.IGNORECASE,
)
_FORMAT = ("response_format", "json_schema", "json_object", "response format", "grammar")


@dataclass(frozen=True, slots=True)
class Abilities:
    """Learned by asking and kept per address and model. `refused` are parameters the server does not take."""

    output: Output = "strict"
    limit: Limit = "max_tokens"
    refused: tuple[str, ...] = ()
    merges: bool = False
    """Messages of one role must be one message."""
    no_system: bool = False
    """The system's words must stand in the user's."""
    window: int | None = None
    window_from: str = ""
    most: int | None = None
    """The longest answer the server will hear of, in tokens."""
    thinks: bool = False
    """Answers begin with thinking, which counts against the limit."""
    factor: float = 1.0
    """Tokens the server counts for each one we do."""
    judging: Literal["untried", "able", "unable"] = "untried"

    def with_usage(self, *, counted: int, guessed: int) -> Abilities:
        """After an answer: how our count compares with the server's. Odd ratios teach nothing."""
        ratio = counted / guessed if guessed else 1.0
        return replace(self, factor=round(ratio, 3)) if 0.6 <= ratio <= 2.5 else self


@dataclass(frozen=True, slots=True)
class StepDown:
    """Fewer demands, and what changed, for the report."""

    abilities: Abilities
    what: str


def step_down(
    abilities: Abilities, refusal: Refusal, *, sent: tuple[str, ...], has_shape: bool
) -> StepDown | None:
    """What to try after `refusal`; None when the refusal is not about a parameter of ours.

    `sent` are the optional parameters of the request, `has_shape` whether an object was asked for.
    """
    if refusal.status not in _REFUSALS or refusal.is_context:
        return None
    if has_shape and abilities.output != "prompt" and _is_about_format(refusal):
        return fewer_demands(abilities, "refused")
    if abilities.limit != "none" and refusal.names(abilities.limit):
        return _lower_limit(abilities, refusal) or _other_limit(abilities)
    for name in sent:
        if refusal.names(name):
            refused = tuple(sorted({*abilities.refused, name}))
            return StepDown(replace(abilities, refused=refused), f"{name} refused: left out")
    return _other_roles(abilities, refusal)


def fewer_demands(abilities: Abilities, why: str) -> StepDown:
    """The next weaker way to ask for an object."""
    after = OUTPUTS[min(OUTPUTS.index(abilities.output) + 1, len(OUTPUTS) - 1)]
    words = {
        "strict": "strict json_schema",
        "schema": "json_schema",
        "object": "json_object",
        "prompt": "words only",
    }
    then = f"{words[after]} used" if after != abilities.output else "asked again"
    return StepDown(replace(abilities, output=after), f"{words[abilities.output]} {why}: {then}")


def _is_about_format(refusal: Refusal) -> bool:
    if refusal.status == 500:
        # One server calls its own ignorance an internal error; another's crash must not be taken for that.
        return refusal.names("json_object") or refusal.names("response_format")
    return any(refusal.names(word) for word in _FORMAT)


def _other_limit(abilities: Abilities) -> StepDown:
    other: Limit = "max_completion_tokens" if abilities.limit == "max_tokens" else "max_tokens"
    refused = tuple(sorted({*abilities.refused, abilities.limit}))
    limit: Limit = "none" if other in refused else other
    used = "no limit sent" if limit == "none" else f"{limit} used"
    return StepDown(replace(abilities, limit=limit, refused=refused), f"{abilities.limit} refused: {used}")


def _lower_limit(abilities: Abilities, refusal: Refusal) -> StepDown | None:
    """The server takes the parameter, but not so large a number."""
    found = _AT_MOST.search(refusal.text.replace(",", ""))
    most = int(found[1]) if found else 0
    if most < 16 or (abilities.most is not None and most >= abilities.most):
        return None
    return StepDown(
        replace(abilities, most=most), f"answers of more than {most} tokens refused: asked for less"
    )


def _other_roles(abilities: Abilities, refusal: Refusal) -> StepDown | None:
    text = refusal.text.lower()
    if (
        not abilities.no_system
        and "system" in text
        and ("role" in text or "message" in text)
        and "support" in text
    ):
        return StepDown(
            replace(abilities, no_system=True), "system message refused: put before the first one"
        )
    if not abilities.merges and ("alternat" in text or "roles" in text):
        return StepDown(replace(abilities, merges=True), "two messages of one role refused: joined")
    return None
