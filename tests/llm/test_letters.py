"""Half a letter, as some servers send it, becomes a whole one: what holds a half cannot be written to a file."""

import json

import pytest

from coach.llm.structured import Found, find_object
from coach.text.words import joined_halves
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Line, Reply, sse
from tests.fakes.scenarios import Act, Scenario
from tests.llm.line import asked, streamed


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a", "a"),
        ("\ud83d\ude80", "🚀"),
        ("x\ud83d", "x\ufffd"),
        ("\ude80\ud83d", "\ufffd\ufffd"),
        ("é🚀", "é🚀"),
    ],
)
def test_two_halves_are_one_letter_and_one_alone_is_a_mark(text: str, whole: str) -> None:
    assert joined_halves(text) == whole


async def test_no_half_of_a_surrogate_pair_comes_in_with_an_answer() -> None:
    """model_dump_json raises on it: the tape of a judging and the journal of an interview cannot be written."""
    with FakeEndpoint("x \ud83d y") as endpoint:
        reply = await asked(endpoint)
    assert reply.text.encode()


async def test_the_halves_of_a_pair_in_two_pieces_become_one_letter() -> None:
    """Gateways that cut text by UTF-16 units send a rocket in two events."""

    def wire(line: Line, reply: Reply) -> None:
        line.open("text/event-stream")
        for text in ("go \ud83d", "\ude80 up"):
            line.send(sse({"choices": [{"index": 0, "delta": {"content": text}}]}))
        line.send(sse({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}))
        line.finish_body(b"data: [DONE]\n\n")

    with FakeEndpoint() as endpoint:
        endpoint._acts = [Act(Scenario(wire=wire))]
        pieces = await streamed(endpoint)
    assert [one.text.encode().decode() for one in pieces if one.text]
    assert "".join(one.text for one in pieces) == "go 🚀 up"


def test_no_half_of_a_surrogate_pair_comes_out_of_an_object() -> None:
    r"""The text is ASCII, the `\ud83d` in a quote is decoded here."""
    found = find_object('{"checks": [{"quote": "x \\ud83d"}]}', "checks")
    assert isinstance(found, Found)
    assert json.dumps(found.value, ensure_ascii=False).encode()


async def test_half_a_letter_at_the_end_is_not_lost_silently() -> None:
    def wire(line: Line, reply: Reply) -> None:
        line.open("text/event-stream")
        line.send(
            sse({"choices": [{"index": 0, "delta": {"content": "go \ud83d"}, "finish_reason": "stop"}]})
        )
        line.finish_body(b"data: [DONE]\n\n")

    with FakeEndpoint() as endpoint:
        endpoint._acts = [Act(Scenario(wire=wire))]
        assert "".join(one.text for one in await streamed(endpoint)) == "go \ufffd"
