"""One judging as it happens, kept call by call: what was asked, what came back, the scorecard, the coaching.

A judging that was stopped or killed goes on at the first call that is not here, and no paid call is made twice.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from coach.llm.port import Message, Usage
from coach.session.folder import append_line, make_private
from coach.session.shelf import cannot_keep


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    v: Literal[1] = 1


class Begun(_Record):
    """What the judging is about; another plan is another judging."""

    kind: Literal["begun"] = "begun"
    plan: str
    nonce: str
    host: str
    model: str
    at: str


class Call(_Record):
    """One answer, as it came. `prompt` and `answer` are for the audit and may be left out."""

    kind: Literal["call"] = "call"
    part: str
    round: int
    value: dict[str, object]
    usage: Usage | None = None
    calls: int = 1
    seconds: float = 0.0
    cost: float | None = None
    finish: str = ""
    repairs: tuple[str, ...] = ()
    prompt: tuple[Message, ...] | None = None
    answer: str | None = None


class Planned(_Record):
    """The parts the questions were split into, by name; the latest counts."""

    kind: Literal["planned"] = "planned"
    parts: tuple[str, ...]


class Withheld(_Record):
    """There is no score, and why. Another judging of the same text begins anew."""

    kind: Literal["withheld"] = "withheld"
    trouble: str
    why: str
    at: str = ""


class Coached(_Record):
    """The coaching that was read; `is_whole` when it was not stopped."""

    kind: Literal["coaching"] = "coaching"
    text: str
    is_whole: bool
    host: str
    model: str
    usage: Usage | None = None
    cost: float | None = None
    prompt: tuple[Message, ...] | None = None


Entry = Begun | Planned | Call | Withheld | Coached
_RECORD: TypeAdapter[Entry] = TypeAdapter(Entry)


class Tape:
    """The file of one judging. Another coach's scorecard lines in it are passed over."""

    def __init__(self, path: Path, begun: Begun, entries: tuple[Entry, ...] = ()) -> None:
        self.path = path
        self.begun = begun
        self._calls = {(one.part, one.round): one for one in entries if isinstance(one, Call)}
        plans = [one.parts for one in entries if isinstance(one, Planned)]
        self.parts: tuple[str, ...] = plans[-1] if plans else ()
        """The parts the questions are split into; none when that was not done yet."""

    @classmethod
    def begin(cls, path: Path, begun: Begun) -> Tape:
        """A new judging; raises `CoachError` when it cannot be kept."""
        tape = cls(path, begun)
        try:
            make_private(path.parent)
        except OSError as error:
            raise cannot_keep(path.parent, error) from error
        tape.write(begun)
        return tape

    @classmethod
    def unfinished(cls, path: Path) -> Tape | None:
        """The judging in `path`, if it has no scorecard yet and none was withheld."""
        records, is_done = _read(path)
        if is_done or not records or not isinstance(records[0], Begun):
            return None
        return (
            None
            if any(isinstance(one, Withheld) for one in records)
            else cls(path, records[0], tuple(records))
        )

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every call that was kept, in order."""
        return tuple(self._calls.values())

    def call(self, part: str, round_: int) -> Call | None:
        """The call for `part` that was already made."""
        return self._calls.get((part, round_))

    def plan(self, parts: tuple[str, ...]) -> None:
        """Remember how the questions are split, so that a later run asks for the same parts."""
        if parts != self.parts:
            self.write(Planned(parts=parts))
            self.parts = parts

    def keep(self, call: Call) -> None:
        """Have a call on disk before anything is made of it."""
        self.write(call)
        self._calls[(call.part, call.round)] = call

    def write(self, record: Entry) -> None:
        """Append one line; raises `CoachError`."""
        write(self.path, record)


def write(path: Path, record: Entry) -> None:
    """Append one record to the judging in `path`; raises `CoachError` when it cannot be kept."""
    try:
        append_line(path, record.model_dump_json().encode())
    except OSError as error:
        raise cannot_keep(path, error) from error


def coaching_in(path: Path) -> Coached | None:
    """The latest coaching of the judging in `path`."""
    records, _ = _read(path)
    return next((one for one in reversed(records) if isinstance(one, Coached)), None)


def _read(path: Path) -> tuple[list[Entry], bool]:
    """The records in `path`, torn and strange lines left out, and whether a scorecard is among them."""
    records: list[Entry] = []
    is_done = False
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return [], False
    for line in lines:
        try:
            records.append(_RECORD.validate_json(line))
        except ValidationError:
            is_done = is_done or _is_card(line)
    return records, is_done


def _is_card(line: bytes) -> bool:
    try:
        value = json.loads(line)
    except ValueError:
        return False
    return isinstance(value, dict) and "verdict" in value and "findings" in value
