"""Interviewing models for the fake endpoint: they read the brief in the prompt and answer in the shape that is asked for."""

import json
import re

from coach.text.words import LINKS, stem
from tests.fakes import judges
from tests.fakes.exchange import Call

_FACT = re.compile(r"^([a-z][a-z0-9-]*): (.+)$", re.MULTILINE)
COACHING = (
    "Strongest moment\nYou named what you leave out before you drew anything, and that kept the rest small.\n\n"
    "Three fixes\n1. Say the peak beside the average.\n2. Name what you decided against.\n3. Give a number at which "
    "somebody is woken.\n\nSaid better\nWrites are 39 a second on average and about 200 at peak, so one primary is enough."
)


def reply(say: str, *, facts: tuple[str, ...] = (), kind: str = "answer", new: tuple[str, ...] = ()) -> str:
    """An answer in the interviewer's shape, its keys in the order of the schema."""
    return json.dumps({"facts": list(facts), "kind": kind, "new": list(new), "say": say}, ensure_ascii=False)


def informed(call: Call) -> str:
    """Tells the fact of the brief that shares most with the question; a statement is only acknowledged."""
    said = call.prompt.rpartition("She says now:\n")[2].split("\n\nIf she asks")[0]
    if "?" not in said:
        return reply("Go on.", kind="acknowledgement")
    brief = call.prompt.partition("It is fixed.")[2].partition("How you speak")[0]
    wanted = _stems(said)
    facts = dict(_FACT.findall(brief))
    best = max(facts, key=lambda name: len(wanted & _stems(f"{name} {facts[name]}")), default="")
    if not best or not wanted & _stems(f"{best} {facts[best]}"):
        return reply("My brief does not cover that; assume something.", kind="not_covered")
    return reply(facts[best], facts=(best,))


def everybody(call: Call) -> str:
    """One model for all jobs: it asks, judges and coaches, as the prompt wants."""
    if "You check one system design interview" in call.prompt:
        return judges.attentive(call)
    if "You coach one engineer" in call.prompt:
        return COACHING
    return informed(call)


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {stem(word) for word in words if word not in LINKS}
