"""Each failure has a name, a cause and a next step, names the host and never the key. C.9: 20-24, 27, 28, 31, 33-37."""

import socket
from typing import Any

import pytest

from coach.llm import openai_chat
from coach.llm.failures import failure_of
from coach.llm.port import Message, Request
from coach.llm.refusal import Refusal, plain
from coach.profile import Secret
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call, Response
from tests.llm.line import (
    ANSWER,
    KEY,
    SHAPE,
    Odd,
    Waits,
    asked,
    asked_for_object,
    failure,
    profile_of,
    streamed,
)


@pytest.mark.parametrize(
    ("scenario", "kind", "title", "says", "hint", "calls"),
    [
        pytest.param("empty_choices", "empty", "empty", "without any choice", "coach doctor", 1, id="20"),
        pytest.param("error_in_200", "overloaded", "", "Provider returned error", "", 1, id="21"),
        pytest.param("choice_error", "overloaded", "", "Provider returned error", "", 1, id="22"),
        pytest.param("content_filter_finish", "filter", "filter", "would not", "offline judge", 1, id="24"),
        pytest.param(
            "azure_filter_400", "filter", "filter", "management policy", "offline judge", 1, id="24"
        ),
        pytest.param("quota_429", "quota", "credit", "exceeded your current quota", "Add credit", 1, id="31"),
        pytest.param("payment_402", "quota", "credit", "Insufficient credits", "Add credit", 1, id="31"),
        pytest.param(
            "html_200", "not_an_api", "web page", "answered 200 with a page", "base_url", 1, id="33"
        ),
        pytest.param("sse_only", "not_an_api", "web page", "instead of JSON", "base_url", 1, id="33"),
        pytest.param("not_found_404", "model", "no such model", "know 'm'", "coach doctor lists", 1, id="35"),
        pytest.param("auth_401", "auth", "not accepted", "did not take the key", "still valid", 1, id="36"),
        pytest.param("disconnect", "disconnected", "broke off", "", "server's own log", 2, id="37"),
        pytest.param("redirect_307", "redirected", "elsewhere", "at http://127.0.0.1:1/v1", "base_url", 1),
        pytest.param("forbidden_403_html", "forbidden", "Not allowed", "", "proxy or firewall", 1),
        pytest.param("server_500", "server", "failed", "answered 500", "server's own log", 1),
        pytest.param("unknown_400", "request", "refused", "lane 7", "coach doctor", 1),
        pytest.param("rate_429_long", "rate_limit", "Too many", "wait 10 minutes", "Wait", 1),
    ],
)
async def test_a_failure_tells_its_cause_and_the_next_step(
    scenario: str, kind: str, title: str, says: str, hint: str, calls: int
) -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked(endpoint, waits=waits, key=KEY))
        host = endpoint.url.split("/")[2]
    assert error.kind == kind
    assert title in error.title
    assert says in error.message
    assert hint in error.hint
    assert host in error.message
    assert "<" not in error.message
    assert (len(endpoint.calls), waits) == (calls, [])


async def test_23_a_refusal_is_told_in_the_models_words() -> None:
    with FakeEndpoint(ANSWER, scenario="refusal") as endpoint:
        error = await failure(asked_for_object(endpoint))
    assert (error.kind, len(endpoint.calls)) == ("refusal", 1)
    assert "can't help with that request" in error.message
    assert "Another model" in error.hint


@pytest.mark.parametrize("scenario", ["quota_429", "payment_402"])
async def test_31_gone_credit_is_not_called_a_rate_limit(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked(endpoint))
    assert "waiting does not help" in error.message
    for words in (error.title, error.message, error.hint):
        assert "rate" not in words.lower().split()
        assert "too many" not in words.lower()


@pytest.mark.parametrize("shape", [True, False], ids=["object", "words"])
@pytest.mark.parametrize(
    ("scenario", "needed", "window"),
    [
        pytest.param("ctx_400_openai", "1,234", 1024, id="27-openai"),
        pytest.param("ctx_400_llamacpp", "1,234", 1024, id="27-llama.cpp"),
        pytest.param("ctx_400_vllm", "1,334", 1024, id="27-vllm"),
        pytest.param("ctx_500_old_llamacpp", "more tokens than there are", None, id="28"),
    ],
)
async def test_a_prompt_over_the_window_is_told_with_the_sizes_and_not_repeated(
    scenario: str, needed: str, window: int | None, shape: bool
) -> None:
    waits = Waits()
    request = Request((Message("user", "x" * 4 * 1234),), 100, SHAPE if shape else None)
    with FakeEndpoint(ANSWER, scenario=scenario, window=1024) as endpoint:
        error = await failure(asked(endpoint, request, waits=waits))
    assert (error.kind, error.window, len(endpoint.calls), waits) == ("context", window, 1, [])
    assert needed in error.message
    assert ("holds 1,024" in error.message) is (window is not None)
    assert "context window" in error.hint


async def test_27_a_server_that_sends_an_empty_stream_for_it_is_asked_what_is_wrong() -> None:
    with FakeEndpoint(ANSWER, scenario="ctx_stream_empty", window=1024) as endpoint:
        error = await failure(streamed(endpoint, Request((Message("user", "x" * 8000),), 100)))
    assert (error.kind, error.window) == ("context", 1024)


@pytest.mark.parametrize("scenario", ["path_404", "path_404_html"])
async def test_35_a_forgotten_v1_is_added_once_and_told(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        root = endpoint.url.removesuffix("/v1")
        reply = await asked(endpoint, url=root)
        error = await failure(asked(endpoint, url=f"{root}/api"))
        old = await failure(asked(endpoint, url=f"{root}/api/v1"))
    assert reply.repairs == (f"nothing at {root}: /v1 added",)
    assert [call.path for call in endpoint.calls] == [
        "/chat/completions",
        "/v1/chat/completions",
        "/api/chat/completions",
        "/api/v1/chat/completions",
        "/api/v1/chat/completions",
    ]
    for failed, url in ((error, f"{root}/api"), (old, f"{root}/api/v1")):
        assert failed.kind == "path"
        assert url in failed.message
        assert "model" not in failed.title.lower() + failed.message
        assert "base_url" in failed.hint
        assert "/v1/v1" not in failed.hint


async def test_36_a_missing_key_is_not_called_a_wrong_one() -> None:
    with FakeEndpoint(ANSWER, scenario="auth_401") as endpoint:
        error = await failure(asked(endpoint))
    assert (error.kind, error.title) == ("auth", "A key is needed")
    assert "COACH_API_KEY" in error.hint
    assert "api_key_env" in error.hint


@pytest.mark.parametrize("key", [KEY, "AIzaPlainKeyWithoutAPrefix", "sk-short1"])
@pytest.mark.parametrize(
    "says",
    [
        "Incorrect API key provided: {key}.",
        "got header 'Bearer {key}'",
        "key={key}&x=1",
        "a ****** sk-pr*****21ab",
    ],
)
async def test_36_a_key_that_the_server_repeats_is_not_shown(key: str, says: str) -> None:
    body = {"error": {"message": says.replace("{key}", key)}}
    with Odd(refuse=lambda _: Response(401, body)) as endpoint:
        error = await failure(asked(endpoint, key=key))
    assert key not in str(error)
    assert "sk-pr" not in str(error)
    assert "(key)" in error.message


async def test_37_a_lost_connection_is_tried_again_once_and_told() -> None:
    with FakeEndpoint(ANSWER, scenario="disconnect_then_ok") as endpoint:
        reply = await asked(endpoint)
    assert (reply.text, reply.repairs) == (ANSWER, ("connection lost: sent again",))
    assert len(endpoint.calls) == 2


async def test_a_port_where_nobody_listens_is_unreachable_and_says_what_to_start() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    error = await failure(asked(f"http://127.0.0.1:{port}/v1", key=KEY))
    assert (error.kind, error.title) == ("unreachable", "The server cannot be reached")
    assert f"127.0.0.1:{port}" in error.message
    assert "Start the server" in error.hint


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 502])
@pytest.mark.parametrize("stream", [False, True])
async def test_what_a_server_says_is_text_whatever_stands_in_it(status: int, stream: bool) -> None:
    said = "{host} {words} {0} {x!r} %s [/x] [bold]hi[/bold] \x1b[31mred\x1b[0m\r\n\u202eover"
    with Odd(refuse=lambda _: Response(status, {"error": {"message": said}})) as endpoint:
        error = await failure((streamed if stream else asked)(endpoint))
    assert "{host} {words} {0} {x!r} %s [/x] [bold]hi[/bold] [31mred[0m over" in error.message
    assert not {"\x1b", "\u202e", "\n", "\r"} & set(error.message)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": "'type' must be 'text'"}, "'type' must be 'text'"),
        ({"error": {"message": "No."}}, "No."),
        ({"detail": [{"msg": "not permitted", "loc": ["body"]}, {"msg": "nor this"}]}, "not permitted; nor this"),
        ({"message": "No.", "object": "error"}, "No."),
        ("plain words", "plain words"),
        ([{"error": {"message": "in a list"}}], "in a list"),
    ],
)  # fmt: skip
async def test_the_servers_words_are_found_wherever_it_puts_them(body: Any, said: str) -> None:
    def refuse(_: Call) -> Response:
        return Response(418, body)

    with Odd(refuse=refuse) as endpoint:
        error = await failure(asked(endpoint))
    assert error.kind == "request"
    assert f'It said: "{said}"' in error.message


def test_endless_words_are_cut_and_a_page_is_not_quoted() -> None:
    profile = profile_of("http://127.0.0.1:9/v1")
    long = failure_of(Refusal(400, {"message": "no " * 5000}), profile)
    assert len(long.message) < 400
    page = failure_of(Refusal(500, " <html><body>" + "x" * 5000), profile)
    assert page.message == "127.0.0.1:9 answered 500."


@pytest.mark.parametrize("key", [None, Secret("")])
def test_words_without_a_key_stay_as_they_are(key: Secret | None) -> None:
    assert plain("a short\n  story", key) == "a short story"


@pytest.mark.parametrize("scenario", ["error_in_200", "choice_error"])
async def test_a_pause_that_was_not_made_is_not_told(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked(endpoint))
    assert len(endpoint.calls) > 1 or "again after a pause" not in error.message


async def test_a_host_that_takes_no_connection_is_not_said_to_be_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(openai_chat, "CONNECT_S", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        waiting = []
        for _ in range(4):  # the queue of those who wait to be accepted is full
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(server.getsockname())
            waiting.append(one)
        error = await failure(asked(f"http://127.0.0.1:{server.getsockname()[1]}/v1", timeout_s=60.0))
        for one in waiting:
            one.close()
    assert error.kind == "unreachable"
    assert "60 seconds" not in error.message


@pytest.mark.parametrize(
    ("status", "said", "window"),
    [
        # Gemini, xAI, Anthropic's own and TGI, all behind an OpenAI-compatible address
        (400, "The input token count (1189535) exceeds the maximum number of tokens allowed (1048576).", 1_048_576),
        (400, "This model's maximum prompt length is 131072 but the request contains 140000 tokens.", 131_072),
        (400, "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000", 200_000),
        (422, "`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens", 4096),
    ],
    ids=["gemini", "xai", "anthropic", "tgi"],
)  # fmt: skip
def test_a_context_error_in_these_words_is_known(status: int, said: str, window: int) -> None:
    error = failure_of(Refusal(status, {"message": said}), profile_of("http://127.0.0.1:9/v1"))
    assert (error.kind, error.window) == ("context", window)


@pytest.mark.parametrize("key", ["none", "x", "EMPTY"])
def test_a_placeholder_is_no_key_and_its_word_may_be_said(key: str) -> None:
    assert plain(f"There is {key} of it", Secret(key)) == f"There is {key} of it"
