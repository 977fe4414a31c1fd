"""What passes is waited for, as long as the server says and no longer than the call may take. C.9: 29, 30, 32, 38, 39."""

import asyncio
import time
from contextlib import aclosing

import pytest

from coach.llm.network import LOADING_S, LOADING_TRIES, LONGEST_WAIT_S, failure_on_the_way, pause_s
from coach.llm.refusal import Refusal
from tests.fakes.clock import FakeClock
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call
from tests.llm.line import ANSWER, OBJECT, Waits, asked, failure, opened, profile_of, streamed


@pytest.mark.parametrize(
    ("scenario", "waited", "repairs"),
    [
        pytest.param("rate_429_then_ok", [1.0], ("waited 1 s after 429",), id="29-seconds"),
        pytest.param("rate_429_ms_then_ok", [0.2], ("waited 0.2 s after 429",), id="29-milliseconds"),
        pytest.param(
            "overloaded_503_then_ok", [2.0, 2.0], ("waited 2 s after 503", "waited 2 s after 503"), id="32-loading"
        ),
        pytest.param("bad_gateway_html_then_ok", [0.5], ("waited 0.5 s after 502",), id="32-gateway"),
        pytest.param(
            "rate_429_then_ok+bad_gateway_html_then_ok",
            [1.0, 1.0],
            ("waited 1 s after 429", "waited 1 s after 502"),
            id="29-and-32",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stream", [False, True])
async def test_what_passes_is_waited_for_and_told(
    scenario: str, waited: list[float], repairs: tuple[str, ...], stream: bool
) -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        if stream:
            pieces = await streamed(endpoint, waits=waits)
            assert "".join(one.text for one in pieces) == ANSWER
        else:
            reply = await asked(endpoint, waits=waits)
            assert (reply.text, reply.repairs) == (ANSWER, repairs)
    assert waits == waited
    assert len(endpoint.calls) == 1 + len(waited)


async def test_30_ten_minutes_are_told_and_not_waited_for() -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario="rate_429_long") as endpoint:
        error = await failure(asked(endpoint, waits=waits))
    assert (error.kind, len(endpoint.calls), waits) == ("rate_limit", 1, [])
    assert "asks to wait 10 minutes" in error.message


@pytest.mark.parametrize(
    ("scenario", "kind", "waited"),
    [
        ("rate_429", "rate_limit", [1.0, 1.0]),
        ("bad_gateway_html", "overloaded", [0.5, 1.0]),
        ("overloaded_503", "overloaded", [LOADING_S] * LOADING_TRIES),
        ("server_500", "server", []),
    ],
)
async def test_what_does_not_pass_ends_after_a_few_tries(
    scenario: str, kind: str, waited: list[float]
) -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked(endpoint, waits=waits))
    assert (error.kind, waits) == (kind, waited)
    assert len(endpoint.calls) == 1 + len(waited)


async def test_a_pause_ends_with_the_time_the_call_may_take() -> None:
    async def forever(_: float) -> None:
        await asyncio.Event().wait()

    with FakeEndpoint(ANSWER, scenario="overloaded_503") as endpoint:
        async with asyncio.timeout(20):
            error = await failure(asked(endpoint, waits=forever, timeout_s=0.4))
    assert error.kind == "timeout"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "scenario",
    [pytest.param("drip", id="38"), pytest.param("silent", id="38"), pytest.param("slow_headers", id="39")],
)
async def test_the_whole_call_ends_in_time_and_is_not_sent_twice(scenario: str, stream: bool) -> None:
    """A body that drips outlives the library's own limit, which begins anew with every byte."""
    with FakeEndpoint(ANSWER, scenario=scenario, delay_s=30.0) as endpoint:
        began = time.monotonic()
        async with asyncio.timeout(20):
            error = await failure((streamed if stream else asked)(endpoint, timeout_s=0.6))
        took = time.monotonic() - began
    assert error.kind == "timeout"
    assert len(endpoint.calls) < 2
    assert 0.5 < took < 5
    assert "timeout_s" in error.hint


async def test_39_a_slow_server_is_given_its_time() -> None:
    with FakeEndpoint(ANSWER, scenario="slow_headers", delay_s=0.3) as endpoint:
        reply = await asked(endpoint, timeout_s=30.0)
    assert (reply.text, reply.repairs, len(endpoint.calls)) == (ANSWER, (), 1)


@pytest.mark.parametrize(("passed", "pace_s", "is_over"), [(540, 0.0, False), (601, 60.0, True)])
async def test_a_stream_has_one_deadline_for_all_its_pieces(
    passed: float, pace_s: float, is_over: bool
) -> None:
    clock = FakeClock()
    with FakeEndpoint(ANSWER, pace_s=pace_s) as endpoint:
        async with (
            opened(endpoint, clock=clock, timeout_s=600.0) as model,
            aclosing(model.stream(OBJECT)) as pieces,
        ):
            assert (await anext(pieces)).text == ANSWER[:4]
            clock.advance(passed)
            if is_over:
                error = await failure(anext(pieces))
                assert error.kind == "timeout"
                assert "600 seconds" in error.message
            else:
                assert (await anext(pieces)).text == ANSWER[4:8]


async def test_the_seconds_of_an_answer_include_its_pauses() -> None:
    clock = FakeClock()

    async def pause(seconds: float) -> None:
        clock.advance(seconds)

    with FakeEndpoint(ANSWER, scenario="overloaded_503_then_ok") as endpoint:
        reply = await asked(endpoint, waits=pause, clock=clock)
    assert reply.seconds == 2 * LOADING_S


@pytest.mark.parametrize(
    ("status", "headers", "waited", "patient", "expected"),
    [
        (429, {"retry-after": "7"}, 0, False, 7.0),
        (429, {"retry-after": "7", "retry-after-ms": "250"}, 0, False, 0.25),
        (429, {"retry-after": "7"}, 2, False, None),
        (429, {"retry-after": str(LONGEST_WAIT_S)}, 0, False, LONGEST_WAIT_S),
        (429, {"retry-after": str(LONGEST_WAIT_S + 1)}, 0, False, None),
        (429, {"retry-after": "-3"}, 0, False, None),
        (429, {"retry-after": "nan"}, 0, False, None),
        (429, {"retry-after": "inf"}, 0, False, None),
        (429, {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, 0, False, 1.0),
        (429, {}, 1, False, 2.0),
        (429, {"retry-after": "7", "x-should-retry": "false"}, 0, False, None),
        (503, {"x-should-retry": "false"}, 0, True, None),
        (500, {}, 0, False, 0.5),
        (500, {}, 1, False, 1.0),
        (500, {}, 2, False, None),
        (500, {}, 0, True, None),
        (503, {}, 29, True, LOADING_S),
        (503, {}, 30, True, None),
        (503, {}, 2, False, None),
        (529, {}, 0, False, 0.5),
        (400, {}, 0, False, None),
        (401, {}, 0, False, None),
        (404, {"retry-after": "1"}, 0, False, None),
    ],
)
def test_how_long_to_wait(
    status: int, headers: dict[str, str], waited: int, patient: bool, expected: float | None
) -> None:
    assert pause_s(Refusal(status, {}, headers), waited, patient=patient) == expected


@pytest.mark.parametrize("name", ["ReadTimeout", "WriteTimeout"])
def test_a_limit_of_the_library_that_comes_first_is_told_as_ours(name: str) -> None:
    error = ConnectionError("Connection error.")
    error.__cause__ = type(name, (Exception,), {})()
    found = failure_on_the_way(error, profile_of("http://127.0.0.1:9/v1", timeout_s=7))
    assert (found.kind, "within 7 seconds" in found.message) == ("timeout", True)


@pytest.mark.parametrize("patient", [True, False])
def test_what_the_same_request_will_meet_again_is_not_waited_for(patient: bool) -> None:
    hopeless = [
        Refusal(429, {"code": "insufficient_quota"}, {"retry-after": "1"}),
        Refusal(402, {}, {"retry-after": "1"}),
        Refusal(500, {"message": "the request exceeds the available context size"}),
    ]
    assert [pause_s(one, 0, patient=patient) for one in hopeless] == [None, None, None]


async def test_asking_again_without_a_stream_begins_no_new_deadline() -> None:
    clock = FakeClock()

    def answer(_: Call) -> str:
        clock.advance(601)
        return ANSWER

    with FakeEndpoint(answer, scenario="no_stream") as endpoint:
        error = await failure(streamed(endpoint, clock=clock, timeout_s=600.0))
    assert error.kind == "timeout"


@pytest.mark.parametrize(("asked_s", "wait"), [("7", 7.0), ("0", 0.0), ("31", None), ("-1", None)])
@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_pause_the_server_names_is_taken_whatever_is_wrong(
    status: int, asked_s: str, wait: float | None
) -> None:
    assert pause_s(Refusal(status, "", {"retry-after": asked_s}), 0, patient=False) == wait
