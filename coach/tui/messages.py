"""What widgets tell their screen, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.choice import Choice
    from coach.session.commands import DocId
    from coach.session.headline import Headline
    from coach.tui.ports import Bank


@dataclass
class Sent(Message):
    """The candidate sent a turn from the talk line, which is empty again."""

    text: str


@dataclass
class Typed(Message):
    """A document changed; `text` is all of it."""

    doc: DocId
    text: str


@dataclass
class Unread(Message):
    """Whether something was said below what the reader sees of the conversation."""

    has_new: bool


@dataclass
class Picked(Message):
    """Another option of the choice with the widget id `choice` was picked."""

    choice: str
    value: str


@dataclass
class BankRead(Message):
    """The problems and past sessions were read in full."""

    bank: Bank
    sessions: Sequence[Headline]


@dataclass
class ReadyAsked(Message):
    """A problem was chosen; `title` and `prompt` are its own."""

    choice: Choice
    title: str
    prompt: str


@dataclass
class StartAsked(Message):
    """The clock may start; `agrees` when the endpoint's host may be told what is written, for the first time."""

    choice: Choice
    agrees: bool = False


@dataclass
class ResumeAsked(Message):
    """An unfinished session is to go on."""

    session: str


@dataclass
class DebriefAsked(Message):
    """A finished session is to be read."""

    session: str


@dataclass
class InterviewEnded(Message):
    """The interview was handed in (`to_read`) or given up; its journal may be closed."""

    session: str
    to_read: bool
