"""Asks for an object and does what can be done for an answer that is none: more room, fewer demands, once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.llm.port import ModelError, Reply, Request, Spent
from coach.llm.structured import Fault, Found, find_object

if TYPE_CHECKING:
    from coach.llm.port import ChatModel, Usage
    from coach.profile import Profile

MORE_ROOM = 2
"""By how much the longest answer grows, once, when thinking or the answer did not end within it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An object, the last reply it came in, and what all tries took together."""

    found: Found
    reply: Reply
    replies: tuple[Reply, ...]
    repairs: tuple[str, ...]

    def spent(self, profile: Profile) -> Spent:
        """What all tries took, with their cost where it can be known."""
        total = Spent()
        for one in self.replies:
            cost = cost_of(one.usage, profile)
            total = total.with_call(one.usage, seconds=one.seconds, cost=cost, repairs=())
        return replace(total, repairs=self.repairs)


async def ask(model: ChatModel, request: Request) -> Answered:
    """The object `request` asks for; at most one more try for each thing that can go wrong with it."""
    shape = request.shape
    assert shape is not None  # noqa: S101  whoever asks for an object says which
    replies: list[Reply] = []
    repairs: list[str] = []
    tried: set[str] = set()
    while True:
        reply = await model.complete(request)
        replies.append(reply)
        repairs += [one for one in reply.repairs if one not in repairs]
        found = find_object(reply.text, shape.key)
        if isinstance(found, Found) and not (found.is_cut and _has_nothing(found, shape.key)):
            return Answered(found, reply, tuple(replies), tuple(repairs))
        if isinstance(found, Found):
            raise _endless(model, reply)
        if found in tried:
            raise _failure(found, model, reply)
        tried.add(found)
        if found == "thinking" or (found == "unreadable" and reply.finish == "length"):
            request = replace(request, most=request.most * MORE_ROOM)
            repairs.append(f"no answer within the limit: asked again with {request.most} tokens")
        elif found == "empty":
            repairs.append("empty answer: asked again")
        else:
            repairs.append(model.demand_less(f"gave {_GAVE[found]}"))


def cost_of(usage: Usage | None, profile: Profile) -> float | None:
    """What a call cost: as the server says, else from the profile's prices; None when neither is known."""
    if usage is None:
        return None
    if usage.cost is not None:
        return usage.cost
    if profile.price_in is None or profile.price_out is None:
        return None
    cached = profile.price_in if profile.price_cached is None else profile.price_cached
    fresh = usage.prompt - usage.cached
    return (fresh * profile.price_in + usage.cached * cached + usage.answer * profile.price_out) / 1e6


_GAVE = {"blank": "only blanks", "unreadable": "no JSON object"}


def _has_nothing(found: Found, key: str) -> bool:
    return not found.value.get(key)


def _endless(model: ChatModel, reply: Reply) -> ModelError:
    """It used all its room without finishing a single item, so more room would not help."""
    return ModelError(
        "unreadable",
        "The answer has no end",
        f"{model.profile.model} wrote {len(reply.text):,} characters and did not finish one finding.",
        hint="Choose a model that can follow a schema; coach doctor tells.",
    )


def _failure(fault: Fault, model: ChatModel, reply: Reply) -> ModelError:
    match fault:
        case "empty":
            return ModelError(
                "empty",
                "The answer was empty",
                f"{model.profile.model} at {model.profile.address.shown} answered nothing, twice.",
                hint="Try again, or choose another model.",
            )
        case "thinking":
            return ModelError(
                "thinking",
                "It thought until the end",
                f"{model.profile.model} used all the tokens it may write before it began to answer, twice.",
                hint="Turn its thinking down with extra_body in config.toml, or choose another model.",
            )
        case "blank":
            return ModelError(
                "blank",
                "It wrote only blanks",
                f"{model.profile.model} filled its answer with white space, twice.",
                hint="Some servers do that under a grammar; another model or a newer server may not.",
            )
        case _:
            start = " ".join(reply.text[:80].split())
            return ModelError(
                "unreadable",
                "The answer cannot be read",
                f'{model.profile.model} did not answer in JSON. It began: "{start}"',
                hint="Choose a model that can follow a schema; coach doctor tells.",
            )
