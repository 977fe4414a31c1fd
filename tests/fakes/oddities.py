"""Answers that are not what was asked for: odd text, odd envelopes, and connections that misbehave."""

from collections.abc import Callable
from itertools import islice

from tests.fakes.exchange import Line, Reply, opening, pieces, sse, whole_body

Change = Callable[[Reply], None]
Wire = Callable[[Line, Reply], None]

THOUGHTS = (
    'They cache reads { "score": 4 } but say nothing of {writes}. Maybe {"checks": []}? Let me look again.\n'
)
BLANKS = " " * 60_000
PADDING = ("Let me go through the answer once more. " * 26_300)[: 1 << 20]
FOREVER_S = 1e9
PROVIDER_ERROR = {"code": 502, "message": "Provider returned error"}


def _as_text(make: Callable[[str], str], *, finish: str | None = None) -> Change:
    """Another text in place of the answer."""

    def change(reply: Reply) -> None:
        reply.content = make(reply.text)
        reply.finish = finish or reply.finish

    return change


def _in_usage(**fields: object) -> Change:
    """More fields in usage."""

    def change(reply: Reply) -> None:
        if reply.usage is not None:
            reply.usage |= fields

    return change


def _usage_events(when: str) -> Change:
    """Usage at other places in a stream than asked for."""

    def change(reply: Reply) -> None:
        reply.usage_events = when

    return change


def _head(share: float) -> Callable[[str], str]:
    return lambda text: text[: int(len(text) * share)]


def _loose_json(text: str) -> str:
    """A comment after the first brace, a comma before the last bracket and the last brace."""
    head, brace, rest = text.partition("{")
    body, last, tail = rest.rpartition("}")
    items, square, after = body.rpartition("}]")
    body = f"{items}}},\n]{after}" if square else body
    return f"{head}{brace} // as asked\n{body},\n{last}{tail}" if last else text


def _null_content(reply: Reply) -> None:
    reply.content = None


def _refused(reply: Reply) -> None:
    reply.content, reply.aside = None, {"refusal": "I'm sorry, but I can't help with that request."}


def _thinks_aside(reply: Reply) -> None:
    reply.aside["reasoning_content"] = THOUGHTS


def _all_in_reasoning(reply: Reply) -> None:
    reply.aside["reasoning"], reply.content = reply.text, ""


def _no_usage(reply: Reply) -> None:
    reply.hidden.add("usage")


def _null_usage(reply: Reply) -> None:
    reply.usage = None
    reply.hidden |= {"id", "created"}


def _no_choices(reply: Reply) -> None:
    reply.has_choices = False


def _failed_choice(reply: Reply) -> None:
    reply.content, reply.finish, reply.choice = "", "error", {"error": PROVIDER_ERROR}


def _half_cached(reply: Reply) -> None:
    if reply.usage is not None:
        reply.usage["prompt_tokens_details"] = {"cached_tokens": reply.usage["prompt_tokens"] // 2}


def _plain_text(reply: Reply) -> None:
    reply.kind = "text/plain; charset=utf-8"


def _as_events(reply: Reply) -> None:
    reply.as_events = True


def _as_object(reply: Reply) -> None:
    reply.as_events = False


CHANGES: dict[str, Change] = {
    "ignores_response_format": _as_text(lambda text: f"Sure, here it is:\n{text}"),
    "fenced": _as_text(lambda text: f"```json\n{text}\n```"),
    "think_block": _as_text(lambda text: f"<think>\n{THOUGHTS}</think>\n\n{text}"),
    "think_only_close": _as_text(lambda text: f"{THOUGHTS}</think>\n\n{text}"),
    "think_unclosed": _as_text(lambda _: f"<think>\n{THOUGHTS * 3}", finish="length"),
    "reasoning_content": _thinks_aside,
    "reasoning_field": _all_in_reasoning,
    "trailing_comma": _as_text(_loose_json),
    "truncated": _as_text(_head(0.6), finish="length"),
    "truncated_stop": _as_text(_head(0.6)),
    "no_usage": _no_usage,
    "null_usage": _null_usage,
    "empty_content": _as_text(lambda _: ""),
    "null_content": _null_content,
    "empty_choices": _no_choices,
    "choice_error": _failed_choice,
    "refusal": _refused,
    "content_filter_finish": _as_text(_head(0.5), finish="content_filter"),
    "wrapped": _as_text(lambda text: f'{{"result": {text}}}'),
    "bom_crlf": _as_text(lambda text: "\ufeff" + f"{text}\n".replace("\n", "\r\n")),
    "duplicate_json": _as_text(lambda text: f'{{"checks":[],"echo":"old"}}\n{text}'),
    "blank_loop": _as_text(lambda _: BLANKS, finish="length"),
    "blank_loop_json": _as_text(lambda text: text[:20] + BLANKS, finish="length"),
    "huge": _as_text(lambda text: f"{PADDING}\n{text}"),
    "text_200_json": _plain_text,
    "sse_only": _as_events,
    "no_stream": _as_object,
    "stream_usage_everywhere": _usage_events("each"),
    "stream_no_usage": _usage_events("never"),
    "cached": _half_cached,
    "cost": _in_usage(cost=0.0123),
}


def _half_then_cut(line: Line, reply: Reply) -> None:
    body = whole_body(reply)
    line.open("text/event-stream" if reply.as_events else reply.kind, None if reply.as_events else len(body))
    line.send(body[: len(body) // 2])
    line.cut()


def _speak(line: Line, reply: Reply, *, count: int) -> None:
    line.open("text/event-stream")
    line.send(opening(reply))
    for piece in islice(pieces(reply), count):
        line.send(piece)
        line.wait(line.pace_s)


def _five_then_cut(line: Line, reply: Reply) -> None:
    _speak(line, reply, count=5)
    line.cut()


def _five_then_end(line: Line, reply: Reply) -> None:
    _speak(line, reply, count=5)
    line.finish_body()


def _three_then_error(line: Line, reply: Reply) -> None:
    _speak(line, reply, count=3)
    line.finish_body(
        sse({"error": {"message": "Provider disconnected", "type": "server_error", "code": 502}})
    )


def _drip(line: Line, reply: Reply) -> None:
    """Bytes that keep a read timeout happy and never make a message: blanks, or an endless comment."""
    line.open("text/event-stream" if reply.as_events else reply.kind)
    while True:
        line.send(b":" if reply.as_events else b" ")
        line.wait(0.05)


WIRES: dict[str, Wire] = {
    "disconnect": _half_then_cut,
    "drip": _drip,
    "stream_disconnect": _five_then_cut,
    "stream_no_finish": _five_then_end,
    "stream_error_event": _three_then_error,
}

DELAYS: dict[str, Callable[[Line], None]] = {
    "slow_headers": lambda line: line.wait(line.delay_s),
    "silent": lambda line: line.wait(FOREVER_S),
    "silent_probes": lambda line: line.wait(FOREVER_S),
}
