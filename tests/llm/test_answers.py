"""An object is found in whatever came, and what is none is asked for once more. C.9: 3, 10-19, 34, 43."""

import json
from typing import Any

import pytest

from coach.llm.abilities import Abilities
from coach.llm.port import Request
from coach.llm.structured import Found
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Reply
from tests.llm.line import ANSWER, OBJECT, Odd, asked, asked_for_object, failure, memory_at, profile_of

VALUE = json.loads(ANSWER)


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param("ignores_response_format", id="3-prose"),
        pytest.param("fenced", id="3-fence"),
        pytest.param("think_block", id="10-braces-in-thinking"),
        pytest.param("think_only_close", id="11-only-the-closing-tag"),
        pytest.param("reasoning_content", id="13-thinking-elsewhere"),
        pytest.param("reasoning_field", id="14-all-of-it-elsewhere"),
        pytest.param("trailing_comma", id="15-commas-and-a-comment"),
        pytest.param("no_usage", id="18-no-usage"),
        pytest.param("null_usage", id="18-null-usage-no-id"),
        pytest.param("text_200_json", id="34-text-plain"),
        pytest.param("wrapped", id="43-wrapped"),
        pytest.param("bom_crlf", id="43-bom"),
        pytest.param("duplicate_json", id="43-the-last-of-two"),
        pytest.param("think_block+trailing_comma+fenced", id="all-at-once"),
    ],
)
async def test_an_odd_answer_is_read_without_asking_again(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        answered = await asked_for_object(endpoint)
    assert (answered.found, answered.repairs, len(endpoint.calls)) == (Found(VALUE), (), 1)
    assert (answered.reply.usage is None) is ("usage" in scenario)


@pytest.mark.parametrize("prompt", [0, -1])
async def test_a_server_that_counts_no_tokens_of_a_prompt_did_not_count(prompt: int) -> None:
    def change(reply: Reply) -> None:
        reply.usage["prompt_tokens"] = prompt

    with Odd(ANSWER, change=change) as endpoint:
        assert (await asked_for_object(endpoint)).reply.usage is None


async def test_the_arguments_of_a_tool_call_are_an_answer() -> None:
    def change(reply: Reply) -> None:
        function = {"name": "findings", "arguments": reply.text}
        aside: dict[str, Any] = {"tool_calls": [{"id": "1", "type": "function", "function": function}]}
        reply.aside, reply.content, reply.finish = aside, None, "tool_calls"
        reply.hidden.add("usage")

    with Odd(ANSWER, change=change) as endpoint:
        assert (await asked_for_object(endpoint)).found == Found(VALUE)


@pytest.mark.parametrize(
    ("scenario", "finish"),
    [pytest.param("truncated", "length", id="16"), pytest.param("truncated_stop", "stop", id="17")],
)
async def test_of_an_answer_that_was_cut_the_whole_items_are_kept(scenario: str, finish: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        answered = await asked_for_object(endpoint)
    assert answered.found == Found({"checks": VALUE["checks"][:2]}, is_cut=True)
    assert (answered.reply.finish, len(endpoint.calls)) == (finish, 1)


async def test_12_thinking_without_an_end_gets_twice_the_room_once() -> None:
    with FakeEndpoint(ANSWER, scenario="think_unclosed") as endpoint:
        error = await failure(asked_for_object(endpoint))
        assert [call.body["max_tokens"] for call in endpoint.calls] == [400, 800]
        endpoint.scenario = "think_unclosed_then_ok"
        answered = await asked_for_object(endpoint)
    assert error.kind == "thinking"
    assert "extra_body" in error.hint
    assert answered.repairs == ("no answer within the limit: asked again with 800 tokens",)
    assert [one.finish for one in answered.replies] == ["length", "stop"]


async def test_12_prose_that_hits_the_limit_gets_more_room_too() -> None:
    texts = iter(["I would say that " * 20, ANSWER])

    def cut_off(reply: Reply) -> None:
        reply.finish = "stop" if reply.text == ANSWER else "length"

    with Odd(lambda _: next(texts), change=cut_off) as endpoint:
        answered = await asked_for_object(endpoint)
    assert [call.body["max_tokens"] for call in endpoint.calls] == [400, 800]
    assert answered.found == Found(VALUE)


@pytest.mark.parametrize("scenario", ["empty_content", "null_content"])
async def test_19_an_empty_answer_is_asked_for_once_more(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked_for_object(endpoint))
        assert (error.kind, len(endpoint.calls)) == ("empty", 2)
        endpoint.scenario = f"{scenario}_then_ok"
        answered = await asked_for_object(endpoint)
    assert answered.repairs == ("empty answer: asked again",)
    assert len(endpoint.calls) == 4


@pytest.mark.parametrize("scenario", ["blank_loop", "blank_loop_json"])
async def test_blanks_without_end_are_asked_for_in_a_weaker_way_which_is_remembered(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(asked_for_object(endpoint))
        assert (error.kind, len(endpoint.calls)) == ("blank", 2)
        memory_at().keep(profile_of(endpoint), Abilities())
        endpoint.scenario = f"{scenario}_then_ok"
        answered = await asked_for_object(endpoint)
        await asked_for_object(endpoint)
    assert answered.repairs == ("strict json_schema gave only blanks: json_schema used",)
    strict = ["strict" in call.body["response_format"]["json_schema"] for call in endpoint.calls]
    assert strict == [True, False, True, False, False]


async def test_prose_twice_is_an_error_that_shows_its_beginning() -> None:
    with FakeEndpoint("The design\nis [/x] {0} fine.") as endpoint:
        error = await failure(asked_for_object(endpoint))
    assert (error.kind, len(endpoint.calls)) == ("unreadable", 2)
    assert '"The design is [/x] {0} fine."' in error.message


async def test_an_item_without_an_end_is_not_given_more_room() -> None:
    def endless(reply: Reply) -> None:
        reply.content, reply.finish = '{"checks":[],"why":"' + "and so on " * 100, "length"

    with Odd(change=endless) as endpoint:
        error = await failure(asked_for_object(endpoint))
    assert (error.kind, len(endpoint.calls)) == ("unreadable", 1)
    assert "1,020 characters" in error.message


async def test_what_all_tries_took_is_added_up() -> None:
    with FakeEndpoint(ANSWER, scenario="empty_content_then_ok") as endpoint:
        answered = await asked_for_object(endpoint)
        profile = profile_of(endpoint, price_in=1.0, price_out=2.0)
        spent = answered.spent(profile)
        sizes = [call.prompt_tokens for call in endpoint.calls]
    words = len(ANSWER) // 4 + bool(len(ANSWER) % 4)
    assert (spent.calls, spent.prompt, spent.answer, spent.is_counted) == (2, sum(sizes), words, True)
    assert spent.cost == pytest.approx((sum(sizes) + 2 * words) / 1e6)
    assert spent.repairs == ("empty answer: asked again",)


async def test_a_plain_reply_tells_usage_finish_and_seconds() -> None:
    with FakeEndpoint(ANSWER, scenario="cached+cost") as endpoint:
        reply = await asked(endpoint, Request(OBJECT.messages, 400))
    assert (reply.text, reply.finish, reply.seconds) == (ANSWER, "stop", 0.0)
    assert reply.usage is not None
    assert reply.usage.prompt == endpoint.calls[0].prompt_tokens
    assert (reply.usage.cached, reply.usage.cost) == (reply.usage.prompt // 2, 0.0123)
