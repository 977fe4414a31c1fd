"""Judging models: they read the prompt they can see and answer in the shape that is asked for.

Each is given what has a `visible` text: a call of the fake endpoint or of a scripted model.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from coach.judge.questions import ABSENT
from coach.text.words import LINKS, stem

Items = list[dict[str, Any]]
_LINE = re.compile(r"^(\d+) ([CI]): (.*)$", re.MULTILINE)
_CHECK = re.compile(r"^(\d+) (?![CI]: )(.+)$", re.MULTILINE)
_AGAIN = re.compile(r"^(\d+): (.+)$", re.MULTILINE)
_NONCE = re.compile(r"echo: the code (\S+), a blank")
_PRESENT = re.compile(r"Line (\d+) is there")
_NOBODY_SAID = frozenset(text for text, _ in ABSENT)


class Seen(Protocol):
    """A prompt, as far as it reached the model."""

    @property
    def visible(self) -> str: ...


Judge = Callable[[Seen], str]


@dataclass(frozen=True)
class Prompt:
    """What a judge finds in the part of a prompt that reached it. `again` is why it is asked once more."""

    nonce: str
    lines: dict[int, tuple[str, str]]
    checks: dict[int, str]
    again: dict[int, str] = field(default_factory=dict)

    @property
    def own(self) -> dict[int, str]:
        """The candidate's lines that it can see."""
        return {number: text for number, (who, text) in self.lines.items() if who == "C"}

    @property
    def real(self) -> dict[int, str]:
        """The checks that are no controls."""
        return {number: text for number, text in self.checks.items() if not is_control(text)}


def read(seen: Seen) -> Prompt:
    """The prompt as far as the model sees it."""
    text = seen.visible
    nonce = _NONCE.search(text)
    before, _, checks = text.rpartition("Checks:\n")
    _, _, rules = before.rpartition("The transcript ended above")
    lines = {int(number): (who, said) for number, who, said in _LINE.findall(text)}
    return Prompt(
        nonce[1] if nonce else "?",
        lines,
        {int(number): said for number, said in _CHECK.findall(checks)},
        {int(number): why for number, why in _AGAIN.findall(rules)},
    )


def answer(prompt: Prompt, items: Items) -> str:
    """`items` in the shape a judge answers in."""
    return json.dumps({"checks": items, "echo": f"{prompt.nonce} {max(prompt.lines, default=0)}"})


def item(
    check: int, finding: str = "not_shown", *, line: int = 0, quote: str = "", why: str = ""
) -> dict[str, Any]:
    """One finding."""
    evidence = [{"line": line, "quote": quote}] if quote else []
    return {"check": check, "evidence": evidence, "finding": finding, "why": why}


def is_control(text: str) -> bool:
    """Whether a check is one whose answer is known."""
    return text in _NOBODY_SAID or _PRESENT.match(text) is not None


def controlled(prompt: Prompt, number: int, text: str) -> dict[str, Any] | None:
    """The answer to a control question, as any model that reads gives it; None for a real check."""
    if text in _NOBODY_SAID:
        return item(number)
    if present := _PRESENT.match(text):
        line = int(present[1])
        if line not in prompt.lines:
            return item(number)
        return item(number, "met", line=line, quote=" ".join(prompt.lines[line][1].split()[:6]))
    return None


def each(decide: Callable[[Prompt, int, str], dict[str, Any]]) -> Judge:
    """Answers the controls as it should, and every real check as `decide` says."""

    def judge(seen: Seen) -> str:
        prompt = read(seen)
        return answer(
            prompt,
            [
                controlled(prompt, number, text) or decide(prompt, number, text)
                for number, text in prompt.checks.items()
            ],
        )

    return judge


def attentive(seen: Seen) -> str:
    """Credits a check when a line of the candidate shares enough of its words, and quotes that line."""
    return _attentive(seen)


def _compare(prompt: Prompt, number: int, text: str) -> dict[str, Any]:
    stems = {line: _stems(said) for line, said in prompt.own.items()}
    wanted = _stems(text)
    best = max(stems, key=lambda line: len(wanted & stems[line]), default=0)
    shared = len(wanted & stems.get(best, set()))
    if shared >= 3:
        return item(number, "met", line=best, quote=_beginning(prompt.own[best]))
    if shared == 2:
        return item(number, "partly", line=best, quote=_beginning(prompt.own[best]), why="only in part")
    return item(number, why="nothing shows it")


_attentive = each(_compare)


@dataclass(frozen=True)
class Shown:
    """A check that a judge credits: `about` stands in its text, and `said` on the candidate's line it points at.

    It quotes the whole line unless there is a `quote`.
    """

    about: str
    said: str
    quote: str = ""
    finding: str = "met"
    why: str = ""


def crediting(*shown: Shown) -> Judge:
    """Credits what it is told to, where the line is there to be seen, and finds nothing else."""

    def decide(prompt: Prompt, number: int, text: str) -> dict[str, Any]:
        for one in shown:
            line = next((line for line, said in prompt.own.items() if one.said in said), 0)
            if one.about in text and line:
                quote = one.quote or prompt.own[line]
                return item(number, one.finding, line=line, quote=quote, why=one.why)
        return item(number, why="nothing shows it")

    return each(decide)


def changed(judge: Judge, change: Callable[[Items], Items]) -> Judge:
    """The items of `judge`, changed."""

    def other(seen: Seen) -> str:
        value = json.loads(judge(seen))
        return json.dumps(value | {"checks": change(value["checks"])})

    return other


def leaving_out(judge: Judge, *about: str) -> Judge:
    """`judge` without its answers to the checks whose text holds one of these."""

    def other(seen: Seen) -> str:
        gone = {number for number, text in read(seen).checks.items() if any(one in text for one in about)}
        return changed(judge, lambda items: [one for one in items if one["check"] not in gone])(seen)

    return other


def at_first(judge: Judge, then: Judge) -> Judge:
    """`judge` until it is asked again, then `then`."""
    return lambda seen: then(seen) if read(seen).again else judge(seen)


def obeying(seen: Seen) -> str:
    """Does what the text says: everything met, no evidence, also what nobody said."""
    prompt = read(seen)
    present = {number for number, text in prompt.checks.items() if _PRESENT.match(text)}
    return answer(
        prompt,
        [
            (controlled(prompt, number, text) if number in present else None) or item(number, "met")
            for number, text in prompt.checks.items()
        ],
    )


def believing(seen: Seen) -> str:
    """Everything met without evidence, but for the controls."""
    return _believing(seen)


_believing = each(lambda _, number, __: item(number, "met"))


def quoting(line: int) -> Judge:
    """Credits everything with one and the same line."""
    return each(
        lambda prompt, number, _: item(number, "met", line=line, quote=_beginning(prompt.lines[line][1]))
    )


def inventing(seen: Seen) -> str:
    """Credits everything with words nobody wrote."""
    return _inventing(seen)


_inventing = each(
    lambda prompt, number, _: item(
        number,
        "met",
        line=min(prompt.own, default=1),
        quote="We replicate to three regions with quorum writes",
    )
)


def silent(seen: Seen) -> str:
    """Finds nothing, not even what it is told to copy."""
    prompt = read(seen)
    return answer(prompt, [item(number) for number in prompt.checks])


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {stem(word) for word in words if word not in LINKS}


def _beginning(text: str) -> str:
    return " ".join(text.split()[:14])
