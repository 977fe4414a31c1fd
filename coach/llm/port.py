"""What the coach needs of a model, whoever runs it: a whole answer, or one that arrives in pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from coach.errors import CoachError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
    from concurrent.futures import Future

    from coach.llm.abilities import Abilities
    from coach.profile import Profile

T = TypeVar("T")

Trouble = Literal[
    "unreachable", "tls", "proxy", "timeout", "disconnected", "redirected", "not_an_api",
    "path", "model", "auth", "forbidden", "quota", "rate_limit", "overloaded", "server",
    "request", "context", "filter", "refusal",
    "empty", "cut", "thinking", "blank", "unreadable", "truncated", "cannot_judge",
]  # fmt: skip
"""What went wrong. The first line is the way there, the second the server, the third the request, the last the answer."""


class ModelError(CoachError):
    """The endpoint, or what it answered, is of no use; no number comes of it (exit code 3)."""

    exit_code = 3

    def __init__(
        self, kind: Trouble, title: str, message: str, *, hint: str = "", window: int | None = None
    ) -> None:
        super().__init__(title, message, hint=hint)
        self.kind = kind
        self.window = window
        """Tokens the model's window holds, where a context error says so."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The JSON object an answer must be: a name for servers that want one, its JSON schema, its first key."""

    name: str
    schema: Mapping[str, object]
    key: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `most` is the longest answer in tokens, thinking included."""

    messages: tuple[Message, ...]
    most: int
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the server counted them; `cost` where it states one."""

    prompt: int
    answer: int
    cached: int = 0
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer. `finish` is why the server stopped, as it says; `repairs` what had to be done to get it."""

    text: str
    finish: str = "stop"
    usage: Usage | None = None
    seconds: float = 0.0
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A bit of a streamed answer; the last one has `finish`, and `usage` where the server tells."""

    text: str = ""
    finish: str = ""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """The sum of several calls. `cost` is None where none is known, `is_counted` False where a server did not count."""

    calls: int = 0
    prompt: int = 0
    answer: int = 0
    cached: int = 0
    seconds: float = 0.0
    cost: float | None = None
    is_counted: bool = True
    repairs: tuple[str, ...] = ()

    @property
    def usage(self) -> Usage | None:
        """All tokens as one usage; None where they were not counted."""
        return Usage(self.prompt, self.answer, self.cached) if self.is_counted else None

    def with_call(
        self,
        usage: Usage | None,
        *,
        seconds: float,
        cost: float | None,
        repairs: tuple[str, ...],
        calls: int = 1,
    ) -> Spent:
        """With one more call, or with `calls` that were made for one answer."""
        counts = usage or Usage(0, 0)
        return Spent(
            calls=self.calls + calls,
            prompt=self.prompt + counts.prompt,
            answer=self.answer + counts.answer,
            cached=self.cached + counts.cached,
            seconds=round(self.seconds + seconds, 3),
            cost=self.cost if cost is None else (self.cost or 0.0) + cost,
            is_counted=self.is_counted and usage is not None,
            repairs=(*self.repairs, *(one for one in repairs if one not in self.repairs)),
        )


class ChatModel(Protocol):
    """One model at one endpoint. Every method raises `ModelError` and nothing else."""

    @property
    def profile(self) -> Profile:
        """Where it is and what it costs."""

    @property
    def abilities(self) -> Abilities:
        """What is known of it."""

    def learn(self, abilities: Abilities) -> None:
        """Remember what was found out."""

    def demand_less(self, why: str) -> str:
        """From now on ask for objects in a weaker way; what changed."""

    async def complete(self, request: Request) -> Reply:
        """The whole answer to `request`."""

    def stream(self, request: Request) -> AsyncGenerator[Piece]:
        """The answer piece by piece. Closing the generator ends the call."""

    async def look(self, path: str) -> object:
        """What the server says at `path`, decoded; None when nothing sensible comes at once."""


class Line(Protocol):
    """The way to a model: everything asked through it happens in a thread of its own."""

    @property
    def profile(self) -> Profile:
        """Where it leads; known before anything is sent."""

    def run(self, doing: Callable[[ChatModel], Coroutine[Any, Any, T]]) -> Future[T]:
        """Start `doing` with the model. Cancelling the result closes its connection."""

    def close(self) -> None:
        """Hang up."""
