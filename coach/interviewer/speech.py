"""Reads an interviewer's answer as it arrives: the facts it will tell first, then the words, piece by piece.

The answer is a JSON object whose last key is what the candidate hears. A model that writes plain words instead is
heard as well: then they are the words. Thinking is not passed on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.llm.port import Shape
from coach.llm.structured import Found, find_object, without_thinking

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["answer", "correction", "your_call", "not_covered", "move", "acknowledgement"]
KINDS: tuple[Kind, ...] = ("answer", "correction", "your_call", "not_covered", "move", "acknowledgement")
_TEXTS = {"type": "array", "items": {"type": "string"}}
REPLY = Shape(
    "reply",
    {
        "type": "object",
        "properties": {
            "facts": _TEXTS,
            "kind": {"type": "string", "enum": list(KINDS)},
            "new": _TEXTS,
            "say": {"type": "string"},
        },
        "required": ["facts", "kind", "new", "say"],
        "additionalProperties": False,
    },
    "say",
)
LONGEST_SAID = 2000
"""Characters of one turn; a contract of three sentences needs far less."""
LONGEST_RAW = 20 * LONGEST_SAID
GO_ON = "Go on."
"""What is left of a turn that was nothing but praise."""
_SAY = re.compile(r'"say"\s*:\s*"')
_PRAISE = re.compile(
    r"^\s*(?:(?:that(?:['’]s| is)|this is|what)\s+)?(?:an?\s+)?(?:(?:very|really|such an?)\s+)?"
    r"(?:great|good|excellent|nice|perfect|fantastic|wonderful|awesome|brilliant|impressive|solid|well done|exactly right)"
    r"(?:\s+(?:question|point|idea|thinking|answer|start|job|work|observation|catch|choice|approach|call|one|so far))*"
    r"\s*[.!,:—-]+(?:\s+|$)",
    re.IGNORECASE,
)
_HELD = 60
"""Characters held back at the start, until it is clear that they are no praise."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What an answer says about itself before its words: facts it tells, what kind it is, facts it makes up."""

    facts: tuple[str, ...] = ()
    kind: Kind | None = None
    new: tuple[str, ...] = ()


@dataclass
class Speech:
    """One answer arriving. `said` is what was shown of it."""

    raw: str = ""
    said: str = ""
    heading: Heading | None = None
    _taken: int = 0
    """Characters of the words that were shown, held back or left out."""
    _held: str = ""
    _is_open: bool = False

    def feed(self, piece: str) -> str:
        """Take a piece; the words to show because of it, perhaps none."""
        if len(self.raw) < LONGEST_RAW:
            self.raw += piece
        words = self._words()
        fresh, self._taken = words[self._taken :], max(self._taken, len(words))
        return self._let_out(fresh)

    def end(self) -> str:
        """Nothing more comes: the last words, and a heading if there was none."""
        found = find_object(self.raw, REPLY.key)
        text, is_open = without_thinking(self.raw)
        if isinstance(found, Found):
            self.heading = _heading(found.value)
            text = str(found.value.get("say") or "")
        if not self._taken and not is_open:
            self._held = text.strip()[:LONGEST_SAID]
        self.heading = self.heading or Heading()
        return self._let_out("", is_last=True)

    def _words(self) -> str:
        """The words so far, unescaped, without what may still turn out to be an escape or a tag."""
        text, is_open = without_thinking(self.raw)
        text = text.lstrip("\ufeff \t\r\n")
        if is_open or not text or "<think".startswith(text[:6].lower()):
            return ""
        if text[0] not in "{`":
            self.heading = self.heading or Heading()
            return text[:LONGEST_SAID]
        start = _SAY.search(text)
        if start is None:
            return ""
        if self.heading is None:
            found = find_object(f'{text[: start.start()]}"say": ""}}', REPLY.key)
            self.heading = _heading(found.value) if isinstance(found, Found) else Heading()
        return _unescaped(text[start.end() :])[:LONGEST_SAID]

    def _let_out(self, fresh: str, *, is_last: bool = False) -> str:
        """Hold the first words back until they cannot be praise any more; praise itself is left out."""
        if self._is_open:
            self.said += fresh
            return fresh
        self._held += fresh
        if not self._held.strip():
            return ""
        praise = _PRAISE.match(self._held)
        rest = self._held[praise.end() :] if praise else self._held
        is_clear = len(self._held) > _HELD or not _may_praise(self._held)
        if is_last:
            rest = rest or GO_ON
        elif not rest or not (praise or is_clear):
            return ""
        self._is_open, self._held, self.said = True, "", rest
        return rest


def _may_praise(text: str) -> bool:
    """Whether the first words may yet turn out to be praise."""
    first, blank, _ = text.lstrip().lower().partition(" ")
    return not blank or first.rstrip(",!.").removesuffix("'s").removesuffix("’s") in _OPENINGS


_OPENINGS = frozenset(
    "that this what very really such great good excellent nice perfect fantastic wonderful awesome brilliant "
    "impressive solid well exactly a an".split()
)


def _heading(value: Mapping[str, object]) -> Heading:
    kind = next((one for one in KINDS if one == value.get("kind")), None)
    return Heading(_texts(value.get("facts")), kind, _texts(value.get("new")))


def _texts(value: object) -> tuple[str, ...]:
    return (
        tuple(str(one).strip()[:300] for one in value if str(one).strip()) if isinstance(value, list) else ()
    )


def _unescaped(text: str) -> str:
    """The string that begins in `text` behind its quotation mark, as far as it is certain."""
    end = at = 0
    while at < len(text):
        char = text[at]
        if char == '"':
            break
        if char == "\\":
            size = 6 if text[at + 1 : at + 2] == "u" else 2
            if at + size > len(text):
                break
            at += size
        else:
            at += 1
        end = at
    try:
        words = json.loads(f'"{text[:end]}"', strict=False)
    except ValueError:
        return ""
    # Half of a surrogate pair waits for the other half.
    return str(words[:-1] if words and "\ud800" <= words[-1] <= "\udbff" else words)
