"""The fake endpoint does what its scenarios say, so that the tests built on it prove something."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from threading import Thread
from typing import Any

import pytest

from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.scenarios import SCENARIOS
from tests.fakes.windows import OVERFLOWS

ANSWER = '{"checks":[{"id":"one","score":3},{"id":"two","score":2}],"echo":"n1"}'
ENDLESS = {"drip", "silent"}


@contextmanager
def connection(endpoint: FakeEndpoint) -> Iterator[HTTPConnection]:
    """A client that keeps its connection."""
    client = HTTPConnection(endpoint.url.split("/")[2], timeout=10)
    try:
        yield client
    finally:
        client.close()


def post(client: HTTPConnection, prompt: str = "hello", **fields: object) -> HTTPResponse:
    """One chat call; the response is not read yet."""
    body = {"model": "m", "messages": [{"role": "user", "content": prompt}]} | fields
    client.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
    return client.getresponse()


def events(raw: bytes) -> list[Any]:
    """The data of each event; the mark of the end stays text."""
    assert raw.endswith(b"\n\n")
    lines = [event.removeprefix("data: ") for event in raw.decode().split("\n\n")[:-1]]
    return [line if line == "[DONE]" else json.loads(line) for line in lines]


def ask(endpoint: FakeEndpoint, prompt: str = "hello", **fields: object) -> tuple[int, Any]:
    """The status and the decoded answer of one call on a connection of its own."""
    with connection(endpoint) as client:
        response = post(client, prompt, **fields)
        return response.status, json.loads(response.read())


def test_a_plain_answer_is_a_completion_with_usage() -> None:
    with FakeEndpoint(lambda call: f"{call.number}: {call.prompt}") as endpoint:
        status, answer = ask(endpoint, "12345678", seed=7)
    assert status == 200
    assert answer["choices"][0]["message"] == {"role": "assistant", "content": "1: 12345678"}
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["usage"] == {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5}
    assert endpoint.calls[0].params == ("messages", "model", "seed")
    assert endpoint.calls[0].headers["content-type"] == "application/json"


@pytest.mark.parametrize("wants_usage", [True, False])
def test_a_stream_is_role_pieces_end_and_usage_when_asked(wants_usage: bool) -> None:
    with FakeEndpoint(ANSWER, pace_s=0.001) as endpoint, connection(endpoint) as client:
        response = post(client, stream=True, stream_options={"include_usage": wants_usage})
        kind, chunks = response.headers["Content-Type"], events(response.read())
        assert endpoint.disconnects == 0
    assert kind == "text/event-stream"
    assert chunks[0]["choices"][0]["delta"]["role"] == "assistant"
    assert chunks[-1] == "[DONE]"
    assert (chunks[-2]["choices"] == [] and "usage" in chunks[-2]) is wants_usage
    spoken = [chunk["choices"][0] for chunk in chunks[:-1] if chunk["choices"]]
    assert "".join(choice["delta"].get("content", "") for choice in spoken) == ANSWER
    assert [choice["finish_reason"] for choice in spoken][-2:] == [None, "stop"]


def test_two_calls_on_one_connection_count_as_one_and_share_their_prefix() -> None:
    shared = "the transcript " * 400
    with FakeEndpoint() as endpoint, connection(endpoint) as client:
        post(client, f"{shared}first").read()
        post(client, f"{shared}second").read()
    assert endpoint.stats() == {"calls": 2, "connections": 1, "prompt_tokens": 3004, "cacheable": 1408}


@pytest.mark.parametrize(
    ("scenario", "visible", "reported"),
    [
        ("ollama_truncate", "5555666677778888", 4),
        ("ollama_truncate_head_tail", "1111222277778888", 4),
        ("lmstudio_truncate_middle", "1111222277778888", 4),
    ],
)
def test_a_cut_prompt_shows_in_the_visible_text_and_in_usage(
    scenario: str, visible: str, reported: int
) -> None:
    prompt = "11112222333344445555666677778888"
    with FakeEndpoint(lambda call: call.visible, scenario=scenario, window=4) as endpoint:
        _, answer = ask(endpoint, prompt)
        _, fitting = ask(endpoint, "1111222233334444")
    assert answer["choices"][0]["message"]["content"] == visible
    assert answer["usage"]["prompt_tokens"] == reported
    assert endpoint.calls[0].prompt == prompt
    assert fitting["choices"][0]["message"]["content"] == "1111222233334444"


def test_a_prompt_over_the_window_is_refused_with_both_sizes() -> None:
    with FakeEndpoint(window=4) as endpoint:
        status, answer = ask(endpoint, "x" * 20)
    assert status == 400
    assert (answer["error"]["n_prompt_tokens"], answer["error"]["n_ctx"]) == (5, 4)


def test_a_cut_stream_breaks_off_and_a_leaving_client_is_noticed() -> None:
    with FakeEndpoint(ANSWER, scenario="stream_disconnect") as endpoint:
        with connection(endpoint) as client, pytest.raises(IncompleteRead) as caught:
            post(client, stream=True).read()
        assert len(events(caught.value.partial)) == 6
        endpoint.scenario, endpoint.pace_s = "", 30.0
        with connection(endpoint) as client:
            post(client, stream=True).readline()
        wait_for(lambda: endpoint.disconnects == 1)


def test_names_combine_and_then_ok_fails_only_at_first() -> None:
    schema = {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}
    with FakeEndpoint(scenario="overloaded_503_then_ok+no_json_schema_400+no_usage") as endpoint:
        assert [ask(endpoint)[0] for _ in range(3)] == [503, 503, 200]
        assert ask(endpoint, response_format=schema)[0] == 400
        assert "usage" not in ask(endpoint, response_format={"type": "json_object"})[1]
        endpoint.scenario = "truncated_then_ok"
        assert [ask(endpoint)[1]["choices"][0]["finish_reason"] for _ in range(2)] == ["length", "stop"]
    with pytest.raises(ValueError, match="no scenario 'nonsense'"):
        FakeEndpoint(scenario="no_usage+nonsense")


@pytest.mark.parametrize("scenario", ["silent", "drip", "slow_headers"])
def test_stopping_does_not_wait_for_a_handler(scenario: str) -> None:
    endpoint = FakeEndpoint(scenario=scenario, delay_s=60.0).start()

    def call() -> None:
        with connection(endpoint) as client, pytest.raises((ConnectionError, IncompleteRead)):
            post(client).read()

    caller = Thread(target=call)
    caller.start()
    wait_for(lambda: bool(endpoint.calls))
    began = time.monotonic()
    endpoint.stop()
    assert time.monotonic() - began < 0.4
    caller.join(5)
    assert not caller.is_alive()


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("scenario", sorted(SCENARIOS.keys() - ENDLESS))
def test_no_scenario_breaks_the_endpoint_itself(scenario: str, stream: bool) -> None:
    window = 2 if scenario in OVERFLOWS else None
    with (
        FakeEndpoint(ANSWER, scenario=scenario, window=window, delay_s=0.01) as endpoint,
        connection(endpoint) as client,
    ):
        response = post(
            client, "longer than the window", stream=stream, seed=1, temperature=0, max_tokens=2000
        )
        try:
            response.read()
        except IncompleteRead:
            assert "disconnect" in scenario
    assert [call.number for call in endpoint.calls] == [1]


def test_probes_are_answered_and_a_test_bug_in_an_answer_comes_out() -> None:
    with (
        FakeEndpoint(model={"max_model_len": 8192}, pages={"/api/version": {"version": "0.33"}}) as endpoint,
        connection(endpoint) as client,
    ):
        seen = {}
        for path in ("/v1/models", "/health", "/api/version", "/props"):
            client.request("GET", path)
            response = client.getresponse()
            seen[path] = (response.status, json.loads(response.read()))
    assert seen["/v1/models"][1]["data"][0]["max_model_len"] == 8192
    assert seen["/api/version"] == (200, {"version": "0.33"})
    assert [seen[path][0] for path in ("/health", "/props")] == [200, 404]
    with (
        pytest.raises(AssertionError, match="KeyError"),
        FakeEndpoint(lambda call: str(call.body["none"])) as bad,
        pytest.raises(ConnectionError),
    ):
        ask(bad)


def wait_for(condition: Any) -> None:
    """Poll for up to five seconds."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)
