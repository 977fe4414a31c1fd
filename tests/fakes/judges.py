"""Judging models for the fake endpoint: they read the prompt they can see and answer in the shape that is asked for."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coach.text.words import LINKS, stem
from tests.fakes.exchange import Call

Judge = Callable[[Call], str]
_LINE = re.compile(r"^(\d+) ([CI]): (.*)$", re.MULTILINE)
_CHECK = re.compile(r"^(\d+) (?![CI]: )(.+)$", re.MULTILINE)
_NONCE = re.compile(r"echo: the code (\S+), a blank")


@dataclass(frozen=True)
class Prompt:
    """What a judge finds in the part of a prompt that reached it."""

    nonce: str
    lines: dict[int, tuple[str, str]]
    checks: dict[int, str]

    @property
    def own(self) -> dict[int, str]:
        """The candidate's lines that it can see."""
        return {number: text for number, (who, text) in self.lines.items() if who == "C"}


def read(call: Call) -> Prompt:
    """The prompt of `call` as far as the model sees it."""
    text = call.visible
    nonce = _NONCE.search(text)
    _, _, checks = text.rpartition("Checks:\n")
    lines = {int(number): (who, said) for number, who, said in _LINE.findall(text)}
    return Prompt(
        nonce[1] if nonce else "?",
        lines,
        {int(number): said for number, said in _CHECK.findall(checks)},
    )


def answer(prompt: Prompt, items: list[dict[str, Any]]) -> str:
    """`items` in the shape a judge answers in."""
    return json.dumps({"checks": items, "echo": f"{prompt.nonce} {max(prompt.lines, default=0)}"})


def item(
    check: int, finding: str = "not_shown", *, line: int = 0, quote: str = "", why: str = ""
) -> dict[str, Any]:
    """One finding."""
    evidence = [{"line": line, "quote": quote}] if quote else []
    return {"check": check, "evidence": evidence, "finding": finding, "why": why}


def controlled(prompt: Prompt, number: int, text: str) -> dict[str, Any] | None:
    """The answer to a control question, as any model that reads gives it; None for a real check."""
    present = re.match(r"Line (\d+) is there", text)
    if present:
        line = int(present[1])
        if line not in prompt.lines:
            return item(number)
        return item(number, "met", line=line, quote=" ".join(prompt.lines[line][1].split()[:6]))
    return None


def attentive(call: Call) -> str:
    """Credits a check when a line of the candidate shares enough of its words, and quotes that line."""
    prompt = read(call)
    stems = {number: _stems(text) for number, text in prompt.own.items()}
    items = []
    for number, text in prompt.checks.items():
        control = controlled(prompt, number, text)
        if control is not None:
            items.append(control)
            continue
        wanted = _stems(text)
        best = max(stems, key=lambda line: len(wanted & stems[line]), default=0)
        shared = len(wanted & stems.get(best, set()))
        if shared >= 3:
            items.append(item(number, "met", line=best, quote=_beginning(prompt.own[best])))
        elif shared == 2:
            items.append(
                item(number, "partly", line=best, quote=_beginning(prompt.own[best]), why="only in part")
            )
        else:
            items.append(item(number, why="nothing shows it"))
    return answer(prompt, items)


def obeying(call: Call) -> str:
    """Does what the text says: everything met, no evidence."""
    prompt = read(call)
    return answer(
        prompt,
        [controlled(prompt, number, text) or item(number, "met") for number, text in prompt.checks.items()],
    )


def quoting(line: int) -> Judge:
    """Credits everything with one and the same line."""

    def judge(call: Call) -> str:
        prompt = read(call)
        quote = _beginning(prompt.lines[line][1])
        return answer(
            prompt,
            [
                controlled(prompt, number, text) or item(number, "met", line=line, quote=quote)
                for number, text in prompt.checks.items()
                if number
            ],
        )

    return judge


def inventing(call: Call) -> str:
    """Credits everything with words nobody wrote."""
    prompt = read(call)
    return answer(
        prompt,
        [
            controlled(prompt, number, text)
            or item(
                number,
                "met",
                line=min(prompt.own, default=1),
                quote="We replicate to three regions with quorum writes",
            )
            for number, text in prompt.checks.items()
        ],
    )


def silent(call: Call) -> str:
    """Finds nothing, not even what it is told to copy."""
    prompt = read(call)
    return answer(prompt, [item(number) for number in prompt.checks])


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {stem(word) for word in words if word not in LINKS}


def _beginning(text: str) -> str:
    return " ".join(text.split()[:14])
