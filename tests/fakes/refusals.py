"""What servers refuse before they answer, with the bodies real ones send."""

from collections.abc import Callable
from itertools import pairwise

from tests.fakes.exchange import Call, Json, Response
from tests.fakes.oddities import PROVIDER_ERROR

RIGHT_KEY = "sk-right"
OUTPUT_LIMIT = 1024

Refuse = Callable[[Call], Response | None]


def openai_error(
    status: int, message: str, kind: str = "invalid_request_error", **fields: object
) -> Response:
    """An error in OpenAI's shape; `param` and `code` are null unless given."""
    return Response(
        status, {"error": {"message": message, "type": kind, "param": None, "code": None} | fields}
    )


def llamacpp_error(status: int, message: str, kind: str, **fields: object) -> Response:
    """An error in llama.cpp's shape, whose code is a number."""
    return Response(status, {"error": {"code": status, "message": message, "type": kind} | fields})


def vllm_error(message: str) -> Response:
    """An error in vLLM's older shape, without an `error` around it."""
    body = {"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": 400}
    return Response(400, body)


def _page(title: str) -> str:
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n</body>\r\n</html>"
    )


def _always(refusal: Response) -> Refuse:
    return lambda _: refusal


def _format_of(call: Call) -> str | None:
    wanted = call.body.get("response_format")
    return wanted.get("type") if isinstance(wanted, dict) else None


def _on_format(kind: str | None, refusal: Response) -> Refuse:
    """Refuses one response_format, or any when `kind` is None."""

    def refuse(call: Call) -> Response | None:
        sent = "response_format" in call.body if kind is None else _format_of(call) == kind
        return refusal if sent else None

    return refuse


def _on_param(name: str, refusal: Response) -> Refuse:
    return lambda call: refusal if name in call.body else None


def _no_max_completion_tokens(call: Call) -> Response | None:
    name = "max_completion_tokens"
    what = {"type": "extra_forbidden", "loc": ("body", name), "msg": "Extra inputs are not permitted"}
    return vllm_error(str([what | {"input": call.body[name]}])) if name in call.body else None


def _max_tokens_too_large(call: Call) -> Response | None:
    if (asked := call.output_limit) <= OUTPUT_LIMIT:
        return None
    message = (
        f"max_tokens is too large: {asked}. This model supports at most {OUTPUT_LIMIT} completion tokens, "
        f"whereas you provided {asked}."
    )
    name = "max_completion_tokens" if "max_completion_tokens" in call.body else "max_tokens"
    return openai_error(400, message, param=name, code="invalid_value")


def _no_temperature(call: Call) -> Response | None:
    if (asked := call.body.get("temperature", 1)) == 1:
        return None
    message = (
        f"Unsupported value: 'temperature' does not support {asked} with this model. "
        "Only the default (1) value is supported."
    )
    return openai_error(400, message, param="temperature", code="unsupported_value")


def _no_seed(call: Call) -> Response | None:
    what = {"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}
    return Response(422, {"detail": [what | {"input": call.body["seed"]}]}) if "seed" in call.body else None


def _roles_alternate(call: Call) -> Response | None:
    roles = [message.get("role") for message in call.messages]
    message = "Conversation roles must alternate user/assistant/user/assistant/..."
    return vllm_error(message) if any(one == two for one, two in pairwise(roles)) else None


def _no_system(call: Call) -> Response | None:
    has_system = any(message.get("role") == "system" for message in call.messages)
    return vllm_error("System role not supported") if has_system else None


def _outside_v1(refusal: Response) -> Refuse:
    return lambda call: None if call.path.startswith("/v1/") else refusal


def _wrong_key(call: Call) -> Response | None:
    given = call.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if given == RIGHT_KEY or call.path == "/health":
        return None
    message = (
        f"Incorrect API key provided: {given}. "
        "You can find your API key at https://platform.openai.com/account/api-keys."
    )
    return openai_error(401, message, code="invalid_api_key")


def _no_such_model(call: Call) -> Response:
    message = f"The model `{call.body.get('model')}` does not exist or you do not have access to it."
    return openai_error(404, message, code="model_not_found")


def _no_listing(call: Call) -> Response | None:
    return NOT_FOUND if call.path.partition("?")[0].endswith("/models") else None


def _slow_down(retry: dict[str, str]) -> Refuse:
    message = "Rate limit reached for fake-model on tokens per min (TPM): Limit 30000, Used 29000."
    error = openai_error(429, message, "tokens", code="rate_limit_exceeded")
    return _always(Response(429, error.body, retry))


NOT_FOUND = llamacpp_error(404, "File Not Found", "not_found_error")
NO_MESSAGES = llamacpp_error(400, "'messages' is required", "invalid_request_error")
LM_STUDIO = Response(400, {"error": "'response_format.type' must be 'json_schema' or 'text'"})
LLAMA_CPP_PYTHON = openai_error(
    500,
    "1 validation error:\n  {'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': "
    "\"Input should be 'text' or 'json_object'\", 'input': 'json_schema', "
    "'ctx': {'expected': \"'text' or 'json_object'\"}}",
    "internal_server_error",
)
AZURE_FILTER: Json = {
    "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. "
    "Please modify your prompt and retry. To learn more about our content filtering policies please read our "
    "documentation: https://go.microsoft.com/fwlink/?linkid=2198766",
    "type": None,
    "param": "prompt",
    "code": "content_filter",
    "status": 400,
    "innererror": {
        "code": "ResponsibleAIPolicyViolation",
        "content_filter_result": {
            "hate": {"filtered": False, "severity": "safe"},
            "jailbreak": {"filtered": True, "detected": True},
        },
    },
}

REFUSALS: dict[str, Refuse] = {
    "no_json_schema_400": _on_format(
        "json_schema",
        openai_error(400, "This response_format type is unavailable now", code="invalid_request_error"),
    ),
    "lmstudio": _on_format("json_object", LM_STUDIO),
    "no_json_object_400": _on_format("json_object", LM_STUDIO),
    "no_response_format_400": _on_format(
        None, openai_error(400, "Unrecognized request argument supplied: response_format")
    ),
    "llamacpp_python_500": _on_format("json_schema", LLAMA_CPP_PYTHON),
    "no_max_tokens_400": _on_param(
        "max_tokens",
        openai_error(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            param="max_tokens",
            code="unsupported_parameter",
        ),
    ),
    "no_max_completion_tokens_400": _no_max_completion_tokens,
    "max_tokens_too_large_400": _max_tokens_too_large,
    "no_temperature_400": _no_temperature,
    "no_seed_422": _no_seed,
    "no_stream_options_400": _on_param(
        "stream_options", openai_error(400, "Unrecognized request argument supplied: stream_options")
    ),
    "roles_alternate_400": _roles_alternate,
    "no_system_400": _no_system,
    "error_in_200": _always(Response(200, {"error": PROVIDER_ERROR, "user_id": "user_fake"})),
    "azure_filter_400": _always(Response(400, {"error": AZURE_FILTER})),
    "unknown_400": _always(openai_error(400, "The flux is misaligned in lane 7.", code="lane_misaligned")),
    "rate_429": _slow_down({"Retry-After": "1"}),
    "rate_429_ms": _slow_down({"retry-after-ms": "200"}),
    "rate_429_long": _slow_down({"Retry-After": "600"}),
    "quota_429": _always(
        openai_error(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            code="insufficient_quota",
        )
    ),
    "payment_402": _always(
        Response(402, {"error": {"code": 402, "message": "Insufficient credits. Add more and try again."}})
    ),
    "overloaded_503": _always(llamacpp_error(503, "Loading model", "unavailable_error")),
    "bad_gateway_html": _always(Response(502, _page("502 Bad Gateway"))),
    "server_500": _always(
        openai_error(500, "The server had an error while processing your request.", "server_error")
    ),
    "html_200": _always(Response(200, _page("Welcome to the guest network"))),
    "not_found_404": _no_such_model,
    "path_404": _outside_v1(Response(404, {"detail": "Not Found"})),
    "path_404_html": _outside_v1(Response(404, _page("404 Not Found"))),
    "auth_401": _wrong_key,
    "forbidden_403_html": _always(Response(403, _page("403 Forbidden"))),
    "redirect_307": _always(Response(307, "", {"Location": "http://127.0.0.1:1/v1/chat/completions"})),
    "list_models_404": _no_listing,
}
