"""What servers do with a prompt larger than their window: say so in many shapes, or quietly drop a part of it."""

from collections.abc import Callable

from tests.fakes.exchange import Call, Response
from tests.fakes.refusals import llamacpp_error, openai_error, vllm_error

DEFAULT_WINDOW = 4096

Overflow = Callable[[Call, int], Response | None]


def llamacpp(call: Call, window: int) -> Response:
    """llama.cpp since autumn 2025: the size needed and the size there is, as numbers."""
    message = (
        f"request ({call.prompt_tokens} tokens) exceeds the available context size ({window} tokens), "
        "try increasing it"
    )
    kind = "exceed_context_size_error"
    return llamacpp_error(400, message, kind, n_prompt_tokens=call.prompt_tokens, n_ctx=window)


def _old_llamacpp(call: Call, window: int) -> Response:
    message = "the request exceeds the available context size. try increasing the context size or enable context shift"
    return llamacpp_error(500, message, "server_error")


def _openai(call: Call, window: int) -> Response:
    message = (
        f"This model's maximum context length is {window} tokens. However, your messages resulted in "
        f"{call.prompt_tokens} tokens. Please reduce the length of the messages."
    )
    return openai_error(400, message, param="messages", code="context_length_exceeded")


def _requested(call: Call, window: int) -> str:
    asked = call.prompt_tokens + call.output_limit
    return (
        f"This model's maximum context length is {window} tokens. However, you requested {asked} tokens "
        f"({call.prompt_tokens} in the messages, {call.output_limit} in the completion). "
        "Please reduce the length of the messages or completion."
    )


def _vllm(call: Call, window: int) -> Response:
    return vllm_error(_requested(call, window))


def _llamacpp_python(call: Call, window: int) -> Response:
    """llama_cpp.server: a stream gets no event and no error."""
    if call.is_stream:
        return Response(200, "", kind="text/event-stream; charset=utf-8")
    return openai_error(400, _requested(call, window), param="messages", code="context_length_exceeded")


def _keep(call: Call, *, head: int, tail: int) -> None:
    """Leave `head` and `tail` tokens of the prompt visible."""
    text = call.prompt
    call.visible = text[: head * 4] + text[len(text) - tail * 4 :]


def _ollama(call: Call, window: int) -> None:
    _keep(call, head=0, tail=window // 2 + 2)


def _ollama_both_ends(call: Call, window: int) -> None:
    kept = window // 2 + 2
    _keep(call, head=kept // 2, tail=kept - kept // 2)


def _lmstudio(call: Call, window: int) -> None:
    _keep(call, head=window // 2, tail=window - window // 2)


OVERFLOWS: dict[str, Overflow] = {
    "ctx_400_openai": _openai,
    "ctx_400_llamacpp": llamacpp,
    "ctx_400_vllm": _vllm,
    "ctx_500_old_llamacpp": _old_llamacpp,
    "ctx_stream_empty": _llamacpp_python,
    "ollama_truncate": _ollama,
    "ollama_truncate_head_tail": _ollama_both_ends,
    "lmstudio_truncate_middle": _lmstudio,
}
