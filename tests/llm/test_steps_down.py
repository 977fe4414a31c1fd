"""A server that refuses a parameter is asked for less, at most six times, and never twice for the same. C.9: 1-9, 50."""

import json
from typing import Any

import openai
import pytest

from coach.llm.abilities import MOST_STEPS, Abilities, step_down
from coach.llm.port import Message, Request
from coach.llm.refusal import Refusal
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call, Response
from tests.llm.line import (
    ANSWER,
    OBJECT,
    SCHEMA,
    SHAPE,
    SYSTEM,
    USER,
    WORDS,
    Odd,
    Waits,
    asked,
    failure,
    memory_at,
    profile_of,
    streamed,
)

TWO = Request((Message("user", "The transcript."), Message("user", "The questions.")), 400)
STRICT, SCHEMA_ONLY, OBJECT_ONLY = (
    "strict json_schema refused: json_schema used",
    "json_schema refused: json_object used",
    "json_object refused: words only used",
)


def formats(endpoint: FakeEndpoint) -> list[str]:
    """How each call asked for an object."""
    names = []
    for call in endpoint.calls:
        wanted = call.body.get("response_format") or {"type": "words"}
        names.append(wanted["type"] + ("+strict" if wanted.get("json_schema", {}).get("strict") else ""))
    return names


LADDER = ["json_schema+strict", "json_schema", "json_object", "words"]


@pytest.mark.parametrize(
    ("scenario", "steps", "repairs"),
    [
        pytest.param("no_json_schema_400", 2, (STRICT, SCHEMA_ONLY), id="1"),
        pytest.param(
            "no_json_schema_400+lmstudio", 3, (STRICT, SCHEMA_ONLY, OBJECT_ONLY), id="2-bare-string"
        ),
        pytest.param(
            "no_response_format_400", 3, (STRICT, SCHEMA_ONLY, OBJECT_ONLY), id="1-no-format-at-all"
        ),
        pytest.param("llamacpp_python_500", 2, (STRICT, SCHEMA_ONLY), id="1-called-an-internal-error"),
    ],
)
async def test_a_refused_format_is_asked_for_in_the_next_weaker_way(
    scenario: str, steps: int, repairs: tuple[str, ...]
) -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        reply = await asked(endpoint, OBJECT, waits=waits)
    assert (reply.text, reply.repairs, waits) == (ANSWER, repairs, [])
    assert formats(endpoint) == LADDER[: steps + 1]


@pytest.mark.parametrize("scenario", ["no_json_schema_400", "no_response_format_400"])
async def test_a_server_that_enforces_no_schema_reads_it_and_the_word_json_in_the_prompt(
    scenario: str,
) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        await asked(endpoint, OBJECT)
    enforced, told = endpoint.calls[0], endpoint.calls[-1]
    assert "JSON" not in enforced.prompt
    assert "JSON" in told.messages[0]["content"]
    assert json.dumps(SCHEMA, separators=(",", ":")) in told.messages[0]["content"]
    assert told.messages[0]["content"].startswith(SYSTEM)
    assert told.messages[1] == {"role": "user", "content": USER}


async def test_8_the_refusal_is_read_where_the_library_itself_says_only_a_number() -> None:
    body: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": "x"}]}
    with FakeEndpoint(ANSWER, scenario="lmstudio+no_seed_422") as endpoint:
        async with openai.AsyncOpenAI(api_key="none", base_url=endpoint.url, max_retries=0) as client:
            for extra in ({"response_format": {"type": "json_object"}}, {"seed": 7}):
                with pytest.raises(openai.APIStatusError) as caught:
                    await client.chat.completions.create(**body, **extra)
                assert str(caught.value).startswith("Error code: 4")
                assert not {"response_format", "seed"} & set(str(caught.value).split("'"))


LIMITS = {"max_tokens", "max_completion_tokens"}


@pytest.mark.parametrize(
    ("scenario", "begins", "limits", "repairs"),
    [
        pytest.param(
            "no_max_tokens_400",
            "max_tokens",
            [{"max_tokens"}, {"max_completion_tokens"}],
            ("max_tokens refused: max_completion_tokens used",),
            id="4",
        ),
        pytest.param(
            "no_max_completion_tokens_400",
            "max_completion_tokens",
            [{"max_completion_tokens"}, {"max_tokens"}],
            ("max_completion_tokens refused: max_tokens used",),
            id="5-list-shaped-text",
        ),
        pytest.param(
            "no_max_tokens_400+no_max_completion_tokens_400",
            "max_tokens",
            [{"max_tokens"}, {"max_completion_tokens"}, set()],
            (
                "max_tokens refused: max_completion_tokens used",
                "max_completion_tokens refused: no limit sent",
            ),
            id="4-and-5-neither",
        ),
    ],
)
async def test_a_refused_limit_goes_by_its_other_name(
    scenario: str, begins: Any, limits: list[set[str]], repairs: tuple[str, ...]
) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        memory_at().keep(profile_of(endpoint), Abilities(limit=begins))
        reply = await asked(endpoint)
    assert [LIMITS & set(call.body) for call in endpoint.calls] == limits
    assert reply.repairs == repairs


async def test_a_limit_that_is_too_large_is_lowered_to_what_the_server_takes_and_not_renamed() -> None:
    with FakeEndpoint(ANSWER, scenario="max_tokens_too_large_400") as endpoint:
        reply = await asked(endpoint, Request(WORDS.messages, 4000))
        await asked(endpoint, Request(WORDS.messages, 300))
        await asked(endpoint, Request(WORDS.messages, 8000))
    assert [call.body["max_tokens"] for call in endpoint.calls] == [4000, 1024, 300, 1024]
    assert reply.repairs == ("answers of more than 1024 tokens refused: asked for less",)


@pytest.mark.parametrize(
    ("scenario", "left_out"),
    [
        pytest.param("no_temperature_400", ["temperature"], id="6"),
        pytest.param("no_seed_422", ["seed"], id="7-fastapi-detail"),
        pytest.param("no_temperature_400+no_seed_422", ["temperature", "seed"], id="6-and-7"),
    ],
)
async def test_a_refused_extra_is_left_out_and_the_others_stay(scenario: str, left_out: list[str]) -> None:
    extra = {"temperature": 0.2, "seed": 7, "top_k": 5}
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        reply = await asked(endpoint, extra_body=extra)
    assert reply.repairs == tuple(f"{name} refused: left out" for name in left_out)
    assert len(endpoint.calls) == 1 + len(left_out)
    assert extra.keys() & endpoint.calls[-1].body.keys() == extra.keys() - set(left_out)


@pytest.mark.parametrize(
    ("scenario", "request_", "sent"),
    [
        ("roles_alternate_400", TWO, [("user", "The transcript.\n\nThe questions.")]),
        ("no_system_400", WORDS, [("user", f"{SYSTEM}\n\n{USER}")]),
        (
            "no_system_400+roles_alternate_400",
            Request((*WORDS.messages, Message("user", "Now.")), 9),
            [("user", f"{SYSTEM}\n\n{USER}\n\nNow.")],
        ),
    ],
)
async def test_messages_are_joined_for_a_template_that_takes_no_others(
    scenario: str, request_: Request, sent: list[tuple[str, str]]
) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        reply = await asked(endpoint, request_)
    first, last = endpoint.calls[0], endpoint.calls[-1]
    assert [(one["role"], one["content"]) for one in last.messages] == sent
    assert len(first.messages) == len(request_.messages)
    assert len(reply.repairs) == 1


async def test_stream_options_are_left_out_of_a_stream_that_does_not_take_them() -> None:
    with FakeEndpoint(ANSWER, scenario="no_stream_options_400") as endpoint:
        pieces = await streamed(endpoint)
        await streamed(endpoint)
    assert "".join(one.text for one in pieces) == ANSWER
    assert ["stream_options" in call.body for call in endpoint.calls] == [True, False, False]


async def test_what_was_refused_once_is_not_sent_again_by_the_next_program() -> None:
    everything = "no_json_schema_400+no_max_tokens_400+no_temperature_400+no_seed_422+no_system_400"
    extra = {"temperature": 0.2, "seed": 7}
    with FakeEndpoint(ANSWER, scenario=everything) as endpoint:
        first = await asked(endpoint, OBJECT, extra_body=extra)
        second = await asked(endpoint, OBJECT, extra_body=extra)
    assert len(first.repairs) == MOST_STEPS
    assert (second.repairs, len(endpoint.calls)) == ((), 1 + MOST_STEPS + 1)
    assert endpoint.calls[-1].body == endpoint.calls[-2].body


async def test_another_model_at_the_same_place_is_asked_afresh() -> None:
    with FakeEndpoint(ANSWER, scenario="no_json_schema_400") as endpoint:
        await asked(endpoint, OBJECT)
        reply = await asked(endpoint, OBJECT, model="another")
    assert reply.repairs == (STRICT, SCHEMA_ONLY)


async def test_after_six_steps_the_refusal_is_shown_as_it_is() -> None:
    names = [f"knob_{letter}" for letter in "abcdefgh"]

    def refuse(call: Call) -> Response | None:
        name = next((one for one in names if one in call.body), None)
        return Response(400, {"error": {"message": f"{name} is not known"}}) if name else None

    with Odd(ANSWER, refuse=refuse) as endpoint:
        error = await failure(asked(endpoint, extra_body=dict.fromkeys(names, 1)))
    assert len(endpoint.calls) == 1 + MOST_STEPS == 7
    assert error.kind == "request"
    assert "knob_g is not known" in error.message


async def test_9_an_unknown_refusal_is_neither_repeated_nor_reworded() -> None:
    waits = Waits()
    with FakeEndpoint(ANSWER, scenario="unknown_400") as endpoint:
        error = await failure(asked(endpoint, OBJECT, waits=waits, extra_body={"seed": 7}))
    assert (len(endpoint.calls), waits) == (1, [])
    assert error.kind == "request"
    assert "The flux is misaligned in lane 7." in error.message


@pytest.mark.parametrize("status", [401, 403, 409, 429, 503])
def test_only_a_refusal_of_the_request_itself_leads_to_a_step_down(status: int) -> None:
    refusal = Refusal(status, {"message": "response_format and max_tokens: not supported"})
    assert step_down(Abilities(), refusal, sent=(), has_shape=True) is None


async def test_a_context_error_that_names_the_limit_is_no_refusal_of_it() -> None:
    """vLLM's words since 2025."""
    said = (
        "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 "
        "tokens and your request has 3000 input tokens (4000 > 4096 - 3000)."
    )
    with Odd(refuse=lambda _: Response(400, {"error": {"message": said}})) as endpoint:
        error = await failure(asked(endpoint))
    assert (error.kind, error.window, len(endpoint.calls)) == ("context", 4096, 1)


@pytest.mark.parametrize("body", [{"message": "seedling is unknown"}, {"message": "your max_tokens_total"}])
def test_a_longer_word_is_not_taken_for_the_parameter_in_it(body: dict[str, str]) -> None:
    assert step_down(Abilities(), Refusal(400, body), sent=("seed",), has_shape=True) is None


@pytest.mark.parametrize(
    ("request_", "stream", "expected"),
    [
        (WORDS, False, {"model", "messages", "max_tokens"}),
        (OBJECT, False, {"model", "messages", "max_tokens", "response_format"}),
        (WORDS, True, {"model", "messages", "max_tokens", "stream", "stream_options"}),
    ],
)
async def test_50_nothing_is_sent_that_nobody_asked_for(
    request_: Request, stream: bool, expected: set[str]
) -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        await (streamed if stream else asked)(endpoint, request_)
        await (streamed if stream else asked)(endpoint, request_, extra_body={"top_k": 5})
    plain, extra = (call.body for call in endpoint.calls)
    assert set(plain) == expected
    assert extra == {**plain, "top_k": 5}
    assert plain["model"] == "m"
    assert plain["max_tokens"] == 400
    assert plain["messages"] == [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": USER},
    ]
    if request_.shape:
        schema = {"name": SHAPE.name, "schema": SCHEMA, "strict": True}
        assert plain["response_format"] == {"type": "json_schema", "json_schema": schema}
    if stream:
        assert plain["stream_options"] == {"include_usage": True}
