"""A streamed answer arrives as it is sent, and half an answer is never taken for a whole one."""

import traceback
from contextlib import aclosing

import pytest

from coach.llm.port import Message, ModelError, Piece, Request, Usage
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import PIECE, Line, Reply, Response, opening, sse
from tests.fakes.oddities import THOUGHTS
from tests.fakes.scenarios import Act, Scenario
from tests.fakes.until import until
from tests.llm.line import ANSWER, KEY, OBJECT, WORDS, Odd, asked, failure, opened, streamed

PIECES = [ANSWER[at : at + PIECE] for at in range(0, len(ANSWER), PIECE)]


def text_of(pieces: list[Piece]) -> str:
    return "".join(one.text for one in pieces)


async def test_pieces_come_as_they_were_sent_and_the_last_tells_the_end_and_the_usage() -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        pieces = await streamed(endpoint)
    assert [one.text for one in pieces[:-1]] == PIECES
    assert not any(one.finish or one.usage for one in pieces[:-1])
    last = pieces[-1]
    assert (last.text, last.finish) == ("", "stop")
    assert last.usage is not None
    assert last.usage.prompt == endpoint.calls[0].prompt_tokens
    assert last.usage.answer == -(-len(ANSWER) // 4)
    assert len(endpoint.calls) == 1


async def test_the_first_piece_does_not_wait_for_the_second() -> None:
    with FakeEndpoint(ANSWER, pace_s=60.0) as endpoint:
        async with opened(endpoint) as model, aclosing(model.stream(OBJECT)) as stream:
            assert (await anext(stream)).text == PIECES[0]
            assert endpoint.disconnects == 0


async def test_closing_a_stream_early_is_noticed_by_the_server() -> None:
    with FakeEndpoint(ANSWER, pace_s=60.0) as endpoint:
        async with opened(endpoint) as model:
            stream = model.stream(OBJECT)
            await anext(stream)
            await stream.aclose()
            await until(lambda: endpoint.disconnects == 1, within_s=5)
            with pytest.raises(StopAsyncIteration):
                await anext(stream)
    assert len(endpoint.calls) == 1


@pytest.mark.parametrize(
    ("scenario", "is_counted"),
    [
        ("stream_usage_everywhere", True),
        ("stream_no_usage", False),
        ("no_usage", False),
        ("null_usage", False),
    ],
)
async def test_usage_is_told_once_where_the_server_tells_it(scenario: str, is_counted: bool) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        pieces = await streamed(endpoint)
    assert text_of(pieces) == ANSWER
    assert (pieces[-1].finish, pieces[-1].usage is not None) == ("stop", is_counted)
    assert [one.usage for one in pieces[:-1]] == [None] * len(PIECES)


async def test_usage_that_comes_before_the_end_is_kept() -> None:
    def wire(line: Line, reply: Reply) -> None:
        ends = [{"delta": {"content": "words"}}, {"delta": {}, "finish_reason": "stop"}]
        counted, silent = ({"choices": [{"index": 0} | end]} for end in ends)
        line.open("text/event-stream")
        line.send(sse(counted | {"usage": {"prompt_tokens": 7, "completion_tokens": 2}}) + sse(silent))
        line.finish_body(b"data: [DONE]\n\n")

    with FakeEndpoint() as endpoint:
        endpoint._acts = [Act(Scenario(wire=wire))]
        pieces = await streamed(endpoint)
    assert pieces == [Piece("words"), Piece(finish="stop", usage=Usage(7, 2))]


async def test_a_finish_for_another_reason_is_passed_on() -> None:
    with FakeEndpoint(ANSWER, scenario="truncated") as endpoint:
        pieces = await streamed(endpoint)
    assert pieces[-1].finish == "length"


@pytest.mark.parametrize(
    ("scenario", "kind", "count", "says"),
    [
        ("stream_disconnect", "disconnected", 5, ""),
        ("stream_no_finish", "disconnected", 5, "ended in the middle"),
        ("stream_error_event", "overloaded", 3, "Provider disconnected"),
        ("content_filter_finish", "filter", -(-len(ANSWER) // 2 // PIECE), ""),
    ],
)
async def test_a_stream_that_breaks_off_is_an_error_after_its_pieces(
    scenario: str, kind: str, count: int, says: str
) -> None:
    pieces: list[Piece] = []
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        error = await failure(streamed(endpoint, into=pieces, key=KEY))
        host = endpoint.url.split("/")[2]
    assert error.kind == kind
    assert says in error.message
    assert host in error.message
    assert ANSWER.startswith(text_of(pieces))
    assert len(pieces) == count
    assert not any(one.finish for one in pieces)
    assert len(endpoint.calls) == 1


@pytest.mark.parametrize("scenario", ["no_stream", "no_stream+no_usage", "no_stream+text_200_json"])
async def test_a_server_that_does_not_stream_still_answers(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        pieces = await streamed(endpoint)
    assert [(one.text, one.finish) for one in pieces] == [(ANSWER, "stop")]
    assert (pieces[0].usage is None) is ("no_usage" in scenario)
    assert [call.is_stream for call in endpoint.calls] == [True, False]


@pytest.mark.parametrize(
    ("scenario", "kind"),
    [
        ("html_200", "not_an_api"),
        ("error_in_200", "overloaded"),
        ("empty_choices", "empty"),
        ("auth_401", "auth"),
        ("not_found_404", "model"),
        ("rate_429_long", "rate_limit"),
        ("redirect_307", "redirected"),
    ],
)
async def test_what_fails_before_the_first_word_is_named_as_without_a_stream(
    scenario: str, kind: str
) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        in_pieces = await failure(streamed(endpoint, key=KEY))
        whole = await failure(asked(endpoint, key=KEY))
    assert in_pieces.kind == whole.kind == kind
    assert in_pieces.hint == whole.hint


async def test_a_stream_of_an_object_steps_down_as_a_whole_answer_does() -> None:
    with FakeEndpoint(ANSWER, scenario="no_json_schema_400+no_max_tokens_400") as endpoint:
        assert text_of(await streamed(endpoint, OBJECT)) == ANSWER
        assert text_of(await streamed(endpoint, OBJECT)) == ANSWER
    assert len(endpoint.calls) == 5
    assert all(call.is_stream for call in endpoint.calls)


async def test_thinking_filed_elsewhere_is_no_part_of_the_words() -> None:
    with FakeEndpoint(ANSWER, scenario="reasoning_content") as endpoint:
        pieces = await streamed(endpoint)
    assert text_of(pieces) == ANSWER
    assert all(one.text for one in pieces[:-1])


async def test_letters_of_any_script_survive_the_pieces() -> None:
    words = "キャッシュ → 数据库 “ok” 🚀🇩🇪\u2028[/x] {0}\n" * 20
    with FakeEndpoint(words) as endpoint:
        pieces = await streamed(endpoint)
    assert text_of(pieces) == words


async def test_a_second_stream_uses_the_same_connection() -> None:
    request = Request((Message("user", "once more"),), 10)
    with FakeEndpoint(ANSWER) as endpoint:
        async with opened(endpoint) as model:
            for _ in range(3):
                assert text_of([piece async for piece in model.stream(request)]) == ANSWER
    assert (len(endpoint.calls), endpoint.connections) == (3, 1)


async def test_an_event_stream_with_an_error_status_is_read_as_a_refusal() -> None:
    body = 'data: {"error": {"message": "no such thing"}}\n\n'
    with Odd(refuse=lambda _: Response(400, body, kind="text/event-stream")) as endpoint:
        error = await failure(streamed(endpoint))
    assert error.kind == "request"
    assert "no such thing" in error.message


@pytest.mark.parametrize(
    ("scenario", "kind"),
    [("refusal", "refusal"), ("choice_error", "overloaded")],
)
async def test_a_stream_without_a_word_is_no_answer(scenario: str, kind: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        assert (await failure(streamed(endpoint))).kind == kind


async def test_an_object_that_is_filed_under_reasoning_is_heard_and_thinking_alone_is_no_answer() -> None:
    with FakeEndpoint(ANSWER, scenario="reasoning_field") as endpoint:
        assert text_of(await streamed(endpoint, OBJECT)) == ANSWER
        assert (await failure(streamed(endpoint, WORDS))).kind == "thinking"
        endpoint.answer = "First I would ask myself what they meant."
        assert (await failure(streamed(endpoint, OBJECT))).kind == "thinking"


async def test_a_streamed_errors_traceback_shows_no_key() -> None:
    """Neither itself nor the library's own error with the server's raw words."""

    def wire(line: Line, reply: Reply) -> None:
        line.open("text/event-stream")
        line.send(opening(reply))
        line.finish_body(sse({"error": {"message": f"bad key {KEY}", "code": 401}}))

    with FakeEndpoint(ANSWER) as endpoint:
        endpoint._acts = [Act(Scenario(wire=wire))]
        with pytest.raises(ModelError) as caught:
            await streamed(endpoint, key=KEY)
    assert "(key)" in caught.value.message
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("stream", [True, False])
async def test_thinking_alone_is_no_answer_in_words(stream: bool) -> None:

    def change(reply: Reply) -> None:
        reply.aside["reasoning_content"], reply.content, reply.as_events = THOUGHTS, "", False

    with Odd(change=change) as endpoint:
        error = await failure(streamed(endpoint, WORDS) if stream else asked(endpoint, WORDS))
    assert error.kind == "thinking"
    assert THOUGHTS.strip() not in str(error)
