"""One request to the fake endpoint, the answer to it, and how a well-behaved server writes that answer."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]

PIECE = 4
MANY = 5_000


@dataclass
class Call:
    """One POST to /chat/completions; `visible` is the part of the prompt that the model gets to see."""

    number: int
    body: Json
    headers: dict[str, str]
    path: str
    prompt: str = field(init=False)
    visible: str = field(init=False)

    def __post_init__(self) -> None:
        self.prompt = self.visible = "\n\n".join(_text(message.get("content")) for message in self.messages)

    @property
    def messages(self) -> list[Json]:
        """The messages as sent."""
        return list(self.body.get("messages") or [])

    @property
    def is_stream(self) -> bool:
        """Whether events were asked for."""
        return self.body.get("stream") is True

    @property
    def params(self) -> tuple[str, ...]:
        """The names of everything in the body."""
        return tuple(sorted(self.body))

    @property
    def prompt_tokens(self) -> int:
        """The size of the whole prompt."""
        return tokens(self.prompt)

    @property
    def output_limit(self) -> int:
        """The tokens asked for, under either name; 0 when no limit was sent."""
        return int(self.body.get("max_completion_tokens") or self.body.get("max_tokens") or 0)

    @property
    def prefix(self) -> str:
        """What a prompt cache compares: the schema, then the messages."""
        return json.dumps(self.body.get("response_format")) + self.prompt


@dataclass(frozen=True)
class Response:
    """A whole HTTP response that is no completion; a body that is a string is sent as it is."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""

    def write(self, line: "Line") -> None:
        """Send it."""
        is_text = isinstance(self.body, str)
        data = str(self.body) if is_text else json.dumps(self.body)
        kind = self.kind or ("text/html; charset=utf-8" if is_text else "application/json")
        line.whole(self.status, data.encode(), kind=kind, headers=self.headers)


@dataclass
class Reply:
    """An answer before it is written; scenarios change it."""

    content: str | None
    model: str
    usage: Json | None
    as_events: bool
    usage_events: str
    finish: str = "stop"
    kind: str = "application/json"
    has_choices: bool = True
    aside: dict[str, str] = field(default_factory=dict)
    choice: Json = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    @classmethod
    def to(cls, call: Call, content: str) -> "Reply":
        """The plain answer to `call`."""
        options = call.body.get("stream_options") or {}
        return cls(
            content=content,
            model=str(call.body.get("model") or "fake-model"),
            usage={"prompt_tokens": tokens(call.visible)},
            as_events=call.is_stream,
            usage_events="end" if options.get("include_usage") is True else "never",
        )

    @property
    def text(self) -> str:
        """The content, empty when there is none."""
        return self.content or ""


class Line(Protocol):
    """What may be done with the connection. Each step raises `ConnectionError` when the client went away."""

    @property
    def pace_s(self) -> float:
        """The pause after a piece of text."""

    @property
    def delay_s(self) -> float:
        """The pause before slow headers."""

    def whole(self, status: int, body: bytes, *, kind: str, headers: Mapping[str, str]) -> None:
        """Send a complete response."""

    def open(self, kind: str, length: int | None = None) -> None:
        """Send the headers of a body that follows in parts."""

    def send(self, data: bytes) -> None:
        """Send a part of the body."""

    def finish_body(self, last: bytes = b"") -> None:
        """Send the last part and end the body as promised."""

    def cut(self) -> None:
        """Close the connection, whatever was promised."""

    def wait(self, seconds: float) -> None:
        """Pause; ends early when the client goes away or the endpoint stops."""


def tokens(text: str) -> int:
    """A count that every test can predict."""
    return math.ceil(len(text) / 4)


def completion(reply: Reply) -> Json:
    """The answer as one object."""
    message = {"role": "assistant", "content": reply.content} | reply.aside
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reply.finish}
    return _envelope(reply, "chat.completion") | {
        "choices": [choice | reply.choice] if reply.has_choices else [],
        **({} if "usage" in reply.hidden else {"usage": _usage(reply)}),
    }


def opening(reply: Reply) -> bytes:
    """The event that only says who speaks."""
    return _event(reply, {"role": "assistant", "content": None if reply.content is None else ""})


def pieces(reply: Reply) -> Iterator[bytes]:
    """The events that carry text: asides such as thinking first, then the content."""
    for name, text in (*reply.aside.items(), ("content", reply.text)):
        size = PIECE if len(text) <= PIECE * MANY else math.ceil(len(text) / MANY)
        for start in range(0, len(text), size):
            yield _event(reply, {name: text[start : start + size]})


def closing(reply: Reply) -> bytes:
    """The events after the text: the reason for the end, usage when wanted, and the mark of the end."""
    end = _event(reply, {}, finish=reply.finish)
    if reply.usage_events == "end" and reply.usage is not None and "usage" not in reply.hidden:
        end += sse(_envelope(reply, "chat.completion.chunk") | {"choices": [], "usage": _usage(reply)})
    return end + b"data: [DONE]\n\n"


def sse(data: Json) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def whole_body(reply: Reply) -> bytes:
    """Everything that would be sent after the headers."""
    if reply.as_events:
        return opening(reply) + b"".join(pieces(reply)) + closing(reply)
    return json.dumps(completion(reply)).encode()


def deliver(line: Line, reply: Reply) -> None:
    """Send an answer the way the client was promised."""
    if not reply.as_events:
        line.whole(200, whole_body(reply), kind=reply.kind, headers={})
        return
    line.open("text/event-stream")
    line.send(opening(reply))
    for piece in pieces(reply):
        line.send(piece)
        line.wait(line.pace_s)
    line.finish_body(closing(reply))


def _text(content: object) -> str:
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return "" if content is None else str(content)


def _usage(reply: Reply) -> Json | None:
    if reply.usage is None:
        return None
    said = tokens(reply.text + "".join(reply.aside.values()))
    prompt = int(reply.usage["prompt_tokens"])
    return {"prompt_tokens": prompt, "completion_tokens": said, "total_tokens": prompt + said} | reply.usage


def _envelope(reply: Reply, kind: str) -> Json:
    full = {"id": "chatcmpl-fake", "object": kind, "created": 1_700_000_000, "model": reply.model}
    return {name: value for name, value in full.items() if name not in reply.hidden}


def _event(reply: Reply, delta: Json, *, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish} | (reply.choice if finish else {})
    chunk = _envelope(reply, "chat.completion.chunk") | {"choices": [choice] if reply.has_choices else []}
    if reply.usage_events == "each" or (reply.usage is None and "usage" not in reply.hidden):
        chunk["usage"] = _usage(reply)
    return sse(chunk)
