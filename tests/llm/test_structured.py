"""The object is found in whatever a model wrote, or why there is none, and no text keeps us busy. C.9: 3, 10-12, 15, 16, 43."""

import json
import time

import pytest

from coach.llm.structured import Found, find_object
from tests.llm.line import ANSWER

VALUE = json.loads(ANSWER)
TRICKY = json.dumps(
    {"checks": [{"why": 'says "a, }" // not a comment /* nor this */ {"checks": []}'}], "echo": ""}
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TRICKY, json.loads(TRICKY)),
        (f"{TRICKY[:-1]},}}", json.loads(TRICKY)),
        ('{"checks": [1, 2,], /* two */ "echo": "x" // end\n}', {"checks": [1, 2], "echo": "x"}),
        ('{"checks":["a\tb\nc"]}', {"checks": ["a\tb\nc"]}),
        ('{"result": "{\\"checks\\": [1]}"}', {"checks": [1]}),
        ('Set {a} and {"b": 1}. {"checks": [1]} Done {c}.', {"checks": [1]}),
        ('{"checks": [1]} {"checks": [2]} {"other": 3}', {"checks": [2]}),
        ('<THINK>{"checks":[9]}</Think>{"checks": [1]}', {"checks": [1]}),
        ('<think>a</think><think>b</think>\n{"checks": [1]}', {"checks": [1]}),
        ('```json\n{"checks": [1]}\n```\nI hope that helps.', {"checks": [1]}),
        ('{"checks": [1, 2], "echo": "n1", // end\n}', {"checks": [1, 2], "echo": "n1"}),
        (
            '{"checks": ["```json {} ``` is how I store it"]}',
            {"checks": ["```json {} ``` is how I store it"]},
        ),
        ('{"checks": ["closed with </think> there"]}', {"checks": ["closed with </think> there"]}),
        ('{"checks": []}\n</think>', {"checks": []}),
        # Lowered, İ is two characters: a position found in lowered text is none in this one.
        ('<think>İstanbul, İzmir</think>{"checks": [1]}', {"checks": [1]}),
    ],
)
def test_the_object_is_found(text: str, expected: dict[str, object]) -> None:
    assert find_object(text, "checks") == Found(expected)


@pytest.mark.parametrize(
    "before", ["", "The {facts} first: ", '{"checks": [], "echo": "old"}\n', "<think>{</think>"]
)
def test_of_an_object_that_was_cut_the_whole_items_are_kept(before: str) -> None:
    found = find_object(before + '{"checks": [{"id": 1}, {"id": 2}, {"id', "checks")
    assert found == Found({"checks": [{"id": 1}, {"id": 2}]}, is_cut=True)


def test_an_older_object_stands_when_the_newer_one_holds_nothing() -> None:
    for cut in ('{"checks": [{"id', '{"checks": [], "echo": "cu', '{"che'):
        assert find_object(f'{{"checks": [1]}}\n{cut}', "checks") == Found({"checks": [1]})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("\ufeff", "empty"),
        ("<think>x</think>", "empty"),
        (" " * 300, "blank"),
        ("{" + "\n" * 300, "blank"),
        ("<think>and then", "thinking"),
        ('  <thinking>{"checks": []}', "thinking"),
        ("<think>a</think> <think>once more", "thinking"),
        ("no idea", "unreadable"),
        ('{"other": 1}', "unreadable"),
        ('{"checks": [{"id": "cut in the first it', "unreadable"),
        ("[1, 2]", "unreadable"),
        ('"checks"', "unreadable"),
        # More digits than Python makes a number of are another error than bad JSON.
        (f'{{"checks": [{"9" * 5000}]}}', "unreadable"),
        (f'{{"checks": [-{"1" * 100_000}', "unreadable"),
    ],
)
def test_what_holds_no_object_says_why(text: str, fault: str) -> None:
    assert find_object(text, "checks") == fault


MEGA = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{" * MEGA, id="braces"),
        pytest.param("[" * MEGA, id="brackets"),
        pytest.param("{[" * (MEGA // 2), id="both"),
        pytest.param("]}" * (MEGA // 2), id="closing"),
        pytest.param('{"checks":' * (MEGA // 10), id="nested"),
        pytest.param('{"checks":[' * (MEGA // 11), id="nested lists"),
        pytest.param('{"checks":"' + "x" * MEGA, id="a string without an end"),
        pytest.param('{"checks":"' + "{" * MEGA, id="braces in a string"),
        pytest.param('"' * MEGA, id="quotes"),
        pytest.param("\\" * MEGA, id="backslashes"),
        pytest.param("," * MEGA, id="commas"),
        pytest.param("/*" * (MEGA // 2), id="comments"),
        pytest.param((" " * 199 + "x") * (MEGA // 400), id="blanks"),
        pytest.param("```json " * (MEGA // 8), id="fences"),
        pytest.param("<think>" * (MEGA // 7), id="thinking"),
        pytest.param("</think" * (MEGA // 7), id="closing tags"),
        pytest.param("{a}" * (MEGA // 3), id="no objects"),
        pytest.param('"' + '\\"' * (MEGA // 2), id="escaped quotes without an end"),
        pytest.param('{"checks":' * 900 + "[" + "1," * 450_000, id="nested, then long"),
        pytest.param('{"checks":' + "[" * 80_000 + "{}," * 40_000, id="deep, then many"),
    ],
)
def test_no_answer_keeps_us_busy(text: str) -> None:
    began = time.process_time()
    found = find_object(text, "checks")
    assert time.process_time() - began < 2.0
    assert not isinstance(found, Found)


@pytest.mark.parametrize(
    "talk", ["Let me go through it once more. " * 50_000, "{a}" * 1000], ids=["words", "braces"]
)
def test_much_talk_before_it_hides_no_answer(talk: str) -> None:
    assert find_object(f"{talk}{ANSWER}", "checks") == Found(VALUE)


def test_talk_behind_it_hides_no_answer() -> None:
    assert find_object(ANSWER + "I hope that {this} helps. " * 1000, "checks") == Found(VALUE)
