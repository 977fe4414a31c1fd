"""What the chosen endpoint can do, found out by asking it small things. Nothing anybody wrote is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coach.judge.port import Progress
from coach.judge.probe import messages, probe
from coach.llm.port import Message, ModelError, Request
from coach.llm.tokens import counter
from coach.llm.window import find_window, with_window

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.clock import Clock
    from coach.judge.probe import Probed
    from coach.llm.abilities import Abilities
    from coach.llm.neighbours import Neighbour
    from coach.llm.port import ChatModel
    from coach.llm.window import Window
    from coach.profile import Profile

ROOMY, ENOUGH = 16_384, 9_000
"""Tokens of window that hold a whole judging at once, and the least that holds a long transcript and one dimension."""
HELLO = "Say in one short sentence that you are ready."
_OUTPUTS = {
    "strict": "json_schema, strict",
    "schema": "json_schema",
    "object": "json_object",
    "prompt": "only by asking for it in words",
}


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found. `trouble` ends it: what came after was not tried. None and empty mean not known."""

    host: str
    model: str
    profile: str = ""
    key_from: str = ""
    server: str = ""
    models: tuple[str, ...] = ()
    trouble: str = ""
    output: str = ""
    streams: bool | None = None
    first_words_s: float | None = None
    window: int | None = None
    window_from: str = ""
    usage: bool | None = None
    counting: str = ""
    seconds: float | None = None
    tokens: tuple[int, int] | None = None
    right: int | None = None
    of: int | None = None
    repairs: tuple[str, ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether it can do everything; see `advice`."""
        return not self.trouble and self.can_judge and not self.is_narrow

    @property
    def can_judge(self) -> bool:
        return self.right is not None and self.of is not None and self.right >= self.of - 1

    @property
    def is_narrow(self) -> bool:
        """Whether the window is known to be too small for a whole interview."""
        return self.window is not None and self.window < ENOUGH


async def examine(model: ChatModel, *, clock: Clock, tell: Callable[[Progress], None]) -> Checkup:
    """Try everything, and remember it."""
    tell(Progress("Looking at the server"))
    profile = model.profile
    found = Checkup(profile.address.shown, profile.model, profile.name, profile.key_from)
    window = await find_window(model)
    model.learn(with_window(model.abilities, window))
    found = replace(found, server=window.server, models=window.models)
    try:
        tell(Progress("Waiting for a first sentence"))
        found = await _streaming(model, found, clock)
        tell(Progress("Asking ten control questions"))
        probed = await probe(model)
    except ModelError as error:
        return replace(_known(found, model.abilities, window), trouble=str(error), output="")
    if window.tokens is None:
        window = await find_window(model)  # Ollama tells once the model is loaded
        model.learn(with_window(model.abilities, window))
    model.learn(replace(model.abilities, judging="able" if probed.is_able else "unable"))
    return _judged(_known(found, model.abilities, window), probed, profile)


async def _streaming(model: ChatModel, found: Checkup, clock: Clock) -> Checkup:
    """Whether words arrive one by one, and after how long the first."""
    began, first, pieces = clock.steady(), None, 0
    request = Request((Message("user", HELLO),), 600 if not model.abilities.thinks else 4000)
    async for piece in model.stream(request):
        if piece.text:
            pieces += 1
            first = clock.steady() - began if first is None else first
    return replace(found, streams=pieces > 1, first_words_s=None if first is None else round(first, 2))


def _known(found: Checkup, abilities: Abilities, window: Window) -> Checkup:
    return replace(
        found,
        output=_OUTPUTS[abilities.output],
        window=abilities.window,
        window_from=abilities.window_from,
        server=window.server or found.server,
    )


def _judged(found: Checkup, probed: Probed, profile: Profile) -> Checkup:
    usage = probed.answered.reply.usage
    count = counter(profile.model)
    ours = count.messages(messages())
    counting = count.how
    if usage is not None and ours:
        counting = f"{count.how}, the server counts {usage.prompt / ours:.2f} for each"
    return replace(
        found,
        usage=usage is not None,
        counting=counting,
        seconds=round(sum(one.seconds for one in probed.answered.replies), 1),
        tokens=None if usage is None else (usage.prompt, usage.answer),
        right=probed.right,
        of=probed.of,
        repairs=probed.answered.repairs,
    )


def advice(found: Checkup) -> str:
    """One sentence: go, or what to change."""
    if found.trouble:
        return f"Change: {_why(found)}"
    if not found.can_judge:
        return (
            f"Use it as the interviewer at most: it got {found.right} of {found.of} control questions right, so it cannot "
            "judge; keep the offline judge or choose a larger model."
        )
    if found.is_narrow:
        return f"Change: a window of {found.window:,} tokens is too small for an interview; {_raise_window(found)}."
    if found.window is not None and found.window < ROOMY:
        return f"Go; with a window of {ROOMY:,} tokens it would judge in one call: {_raise_window(found)}."
    if found.window is None:
        return "Go; its window is unknown, so write context_window into config.toml if you know it."
    return "Go."


def _why(found: Checkup) -> str:
    """What is to be changed before anything else can be tried."""
    if found.models and found.model not in found.models:
        return f"{found.host} has no model {found.model}; it offers {', '.join(found.models[:6])}."
    return found.trouble.splitlines()[-1]


def _raise_window(found: Checkup) -> str:
    match found.server:
        case "Ollama":
            return f"start it with OLLAMA_CONTEXT_LENGTH={ROOMY} ollama serve"
        case "llama.cpp":
            return f"start llama-server with -c {ROOMY}"
        case "LM Studio":
            return f"set Context Length to {ROOMY} where the model is loaded"
        case "vLLM":
            return f"start vllm with --max-model-len {ROOMY}"
        case _:
            return f"raise the server's context window to {ROOMY}"


def as_text(found: Checkup | None, neighbours: tuple[Neighbour, ...]) -> str:
    """The checkup for people."""
    lines = ["On this machine"]
    lines += [
        f"  {one.kind:<10} {one.url:<32} {', '.join(one.models[:6]) or 'no model loaded'}"
        for one in neighbours
    ]
    if not neighbours:
        lines.append("  no server on the usual ports")
    if found is None:
        return "\n".join([*lines, "", _choose(neighbours)]) + "\n"
    via = f", profile {found.profile}" if found.profile else ""
    key = f", key from {found.key_from}" if found.key_from else ", no key"
    lines += ["", f"Chosen: {found.model or 'no model'} at {found.host}{via}{key}"]
    lines += [f"  {name:<17} {value}" for name, value in _rows(found)]
    return "\n".join([*lines, "", advice(found)]) + "\n"


def _choose(neighbours: tuple[Neighbour, ...]) -> str:
    for one in neighbours:
        model = one.models[0] if one.models else "MODEL"
        return f"Nothing is chosen yet; try: coach doctor --base-url {one.url} --model {model}"
    return "Nothing is chosen; the scripted interviewer and the offline judge need nothing. See docs/models.md for the rest."


def _rows(found: Checkup) -> list[tuple[str, str]]:
    listed = f"{len(found.models)}: {', '.join(found.models[:8])}" if found.models else "none"
    rows = [("models offered", listed)]
    if found.trouble:
        return [*rows, ("trouble", found.trouble.splitlines()[0])]
    window = f"{found.window:,} tokens ({found.window_from})" if found.window else "not known"
    streams = f"yes, first words after {found.first_words_s} s" if found.streams else "no, answers come whole"
    took = f", {found.tokens[0]:,} tokens read, {found.tokens[1]:,} written" if found.tokens else ""
    return [
        *rows,
        ("answers in JSON", found.output),
        ("streams", streams),
        ("context window", window),
        ("counts tokens", f"{'yes' if found.usage else 'no'}; ours: {found.counting}"),
        ("small request", f"{found.seconds} s{took}"),
        ("can judge", f"{found.right} of {found.of} control questions right"),
        *[("had to", one) for one in found.repairs],
    ]
