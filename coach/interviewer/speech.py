"""Reads an interviewer's answer as it arrives: the facts it will tell first, then the words, piece by piece.

The answer is a JSON object whose last key is what the candidate hears. A model that writes plain words instead is
heard as well: then they are the words. Thinking is not passed on.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.interviewer.praise import may_be_praise, without_praise
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
_LIKE_JSON = re.compile(r'\{|\[\s*[\[{"]')
_OBJECT_BEGINS = re.compile(r'\s*(?:```\w*\s*)?(?:\{\s*"\w+"\s*:\s*)?\{')
_HEADING_KEYS = ("facts", "kind", "new")
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What an answer says about itself before its words: facts it tells, what kind it is, facts it makes up."""

    facts: tuple[str, ...] = ()
    kind: Kind | None = None
    new: tuple[str, ...] = ()


@dataclass
class Speech:
    """One answer arriving. `said` is what was shown of it.

    Words are shown as they come once the object's last key has begun. Anything else is held back to the end: it may be
    thinking whose opening tag the server ate.
    """

    raw: str = ""
    said: str = ""
    heading: Heading | None = None
    _start: int | None = None
    """Where in `raw` the words begin, behind their quotation mark."""
    _taken: int = 0
    """Characters of the words that were shown, held back or left out."""
    _held: str = ""
    _is_open: bool = False

    def feed(self, piece: str) -> str:
        """Take a piece; the words to show because of it, perhaps none."""
        if len(self.raw) < LONGEST_RAW:
            self.raw += piece
        return self._take(self._words())

    def end(self) -> str:
        """Nothing more comes: the last words, and a heading if there was none."""
        words, found = self._words(), find_object(self.raw, REPLY.key)
        if isinstance(found, Found):  # its keys may come in another order
            self.heading = _heading(found.value)
        if not words and self._start is None:
            say = found.value[REPLY.key] if isinstance(found, Found) else None
            words = say.strip()[:LONGEST_SAID] if isinstance(say, str) else self._whole()
        self.heading = self.heading or Heading()
        return self._take(words) + self._let_out("", is_last=True)

    def _take(self, words: str) -> str:
        fresh, self._taken = words[self._taken :], max(self._taken, len(words))
        return self._let_out(fresh)

    def _words(self) -> str:
        """The words so far, unescaped, without what may still turn out to be an escape."""
        if self._start is None:
            self._find_start()
        if self._start is None or self._taken >= LONGEST_SAID:
            return ""
        return _unescaped(self.raw[self._start : self._start + 7 * LONGEST_SAID])[:LONGEST_SAID]

    def _find_start(self) -> None:
        """Where the words begin, when the object is all there is behind any thinking; with that the heading is known.

        Behind other words it waits for the end: they may be thinking that tries an answer out.
        """
        text, is_open = without_thinking(self.raw)
        found = None if is_open or not _OBJECT_BEGINS.match(text) else _SAY.search(text)
        if found is None:
            return
        self._start = len(self.raw) - len(text) + found.end()
        before = find_object(f'{text[: found.start()]}"say": ""}}', REPLY.key)
        self.heading = _heading(before.value) if isinstance(before, Found) else Heading()

    def _whole(self) -> str:
        """The words of an answer in no shape we asked for; never its brackets."""
        text, is_open = without_thinking(self.raw)
        text = _FENCE.sub("", text).strip()
        if is_open or not text:
            return ""
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            is_object = _LIKE_JSON.match(text) or any(f'"{key}"' in text for key in _HEADING_KEYS)
            return "" if is_object else text[:LONGEST_SAID]
        while isinstance(value, dict) and len(value) == 1 and not value.keys() & set(_HEADING_KEYS):
            value = next(iter(value.values()))
        if isinstance(value, int | float):
            return text[:LONGEST_SAID]
        return value.strip()[:LONGEST_SAID] if isinstance(value, str) else ""

    def _let_out(self, fresh: str, *, is_last: bool = False) -> str:
        """Hold the first words back until they cannot be praise any more; praise itself is left out."""
        if self._is_open:
            self.said += fresh
            return fresh
        held = self._held + fresh
        had_words = bool(held.strip())
        # At the end nothing follows, so a blank is put where one would show that a sentence is over.
        held = (without_praise(f"{held} ").rstrip(" ") if is_last else without_praise(held)).lstrip()
        self._held = held
        is_clear = held and not may_be_praise(held)
        if is_last:
            held = held or (GO_ON if had_words or self._taken else "")
        elif not is_clear:
            return ""
        self._is_open, self._held, self.said = bool(held), "", held
        return held


def _heading(value: Mapping[str, object]) -> Heading:
    kind = next((one for one in KINDS if one == value.get("kind")), None)
    return Heading(_texts(value.get("facts")), kind, _texts(value.get("new")))


def _texts(value: object) -> tuple[str, ...]:
    return (
        tuple(str(one).strip()[:300] for one in value if str(one).strip()) if isinstance(value, list) else ()
    )


def _unescaped(text: str) -> str:
    """The string that begins in `text` behind its quotation mark, as far as it is certain.

    A backslash before a letter JSON does not know is a backslash.
    """
    kept: list[str] = []
    at = 0
    while at < len(text) and text[at] != '"':
        if text[at] != "\\":
            kept.append(text[at])
            at += 1
            continue
        char = text[at + 1 : at + 2]
        if not char or (char == "u" and len(text) < at + 6):
            break
        if char == "u" and _HEX.fullmatch(text, at + 2, at + 6):
            kept.append(chr(int(text[at + 2 : at + 6], 16)))
            at += 6
        else:
            kept.append(_ESCAPES.get(char, f"\\{char}"))
            at += 2
    return _in_pairs("".join(kept))


_HEX = re.compile("[0-9A-Fa-f]{4}")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _in_pairs(text: str) -> str:
    """Surrogates joined to the characters they stand for; half of one at the end waits for the other half."""
    if text and "\ud800" <= text[-1] <= "\udbff":
        text = text[:-1]
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
