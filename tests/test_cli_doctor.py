"""`coach doctor` says whether the chosen model will do, why not, and which setting to change."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach import wiring
from coach.checkup import Checkup, advice
from coach.session.commands import Edit, Finish
from tests.fakes.clock import FakeClock
from tests.fakes.command import Ran, run
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.judges import obeying
from tests.fakes.sessions import begin
from tests.judge import ferry
from tests.judge.test_probe import right


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else listens on this machine has nothing to do with a test."""
    monkeypatch.setattr("coach.llm.neighbours.find_neighbours", lambda: ())


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint(right()) as found:
        yield found


def at(endpoint: FakeEndpoint) -> tuple[str, ...]:
    return ("--base-url", endpoint.url, "--model", "fake-model")


def doctor(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, *more: str) -> Ran:
    return run(capsys, "doctor", *at(endpoint), *more)


def checkup(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint) -> tuple[int, dict[str, Any]]:
    ran = doctor(capsys, endpoint, "--format", "json")
    return ran.code, json.loads(ran.out)["endpoint"]


def test_the_checkup_says_go(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint) -> None:
    ran = doctor(capsys, endpoint)
    assert ran.code == 0
    assert "10 of 10 control questions right" in ran.out
    assert "json_schema, strict" in ran.out
    assert ran.out.splitlines()[-1].startswith("Go;")
    code, found = checkup(capsys, endpoint)
    assert (code, found["go"], found["right"], found["streams"]) == (0, True, 10, True)
    assert found["models"] == ["fake-model"]


def test_the_checkup_sends_nothing_anybody_wrote(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, clock: FakeClock
) -> None:
    runner = begin(clock)
    runner.do(Edit("notes.requirements", "My own secret thought about links."))
    runner.do(Finish())
    runner.close()
    doctor(capsys, endpoint)
    assert endpoint.calls
    assert not [call for call in endpoint.calls if "secret thought" in call.prompt]


def test_the_checkup_names_a_model_that_cannot_judge_and_it_is_not_asked_then(
    capsys: pytest.CaptureFixture[str],
    endpoint: FakeEndpoint,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    endpoint.answer = obeying
    code, found = checkup(capsys, endpoint)
    assert (code, found["go"]) == (3, False)
    assert "it cannot judge" in found["advice"]
    before = len(endpoint.calls)
    monkeypatch.setattr(wiring, "checklist_of", lambda _: ferry.checklist())
    answer = tmp_path / "answer.md"
    answer.write_text(ferry.ANSWER, encoding="utf-8")
    arguments = ("--problem", "ferry", "--judge", "model", *at(endpoint), "--yes")
    ran = run(capsys, "grade", str(answer), *arguments)
    assert (ran.code, len(endpoint.calls)) == (3, before)
    assert "This model cannot judge" in ran.err
    endpoint.answer = right()
    assert checkup(capsys, endpoint)[0] == 0, "a better model behind the same name"


@pytest.mark.parametrize(
    ("scenario", "says"), [("auth_401", "key"), ("not_found_404", "model"), ("quota_429", "credit")]
)
def test_the_checkup_tells_why_it_was_refused(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, scenario: str, says: str
) -> None:
    endpoint.scenario = scenario
    ran = doctor(capsys, endpoint)
    assert ran.code == 3
    assert "trouble" in ran.out
    assert ran.out.splitlines()[-1].startswith("Change: ")
    assert says in ran.out
    code, found = checkup(capsys, endpoint)
    assert (code, found["go"], found["right"]) == (3, False, None)


PAGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "-c 16384": ({"/props": {"default_generation_settings": {"n_ctx": 4096}}}, {}),
    "OLLAMA_CONTEXT_LENGTH=16384": (
        {"/api/ps": {"models": [{"name": "fake-model", "context_length": 4096}]}},
        {},
    ),
    "Context Length to 16384": (
        {"/api/v0/models": {"data": [{"id": "fake-model", "loaded_context_length": 4096}]}},
        {},
    ),
    "--max-model-len 16384": ({}, {"max_model_len": 4096}),
}


@pytest.mark.parametrize("setting", PAGES)
def test_the_checkup_names_the_setting_that_widens_a_small_window(
    capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    pages, model = PAGES[setting]
    with FakeEndpoint(right(), pages=pages, model=model) as narrow:
        ran = doctor(capsys, narrow)
    assert ran.code == 3
    assert ran.out.splitlines()[-1].startswith("Change: a window of 4,096 tokens is too small")
    assert setting in ran.out.splitlines()[-1]


def test_without_an_endpoint_it_says_how_to_choose_one(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "doctor")
    assert ran.code == 0
    assert "no server on the usual ports" in ran.out
    assert "Nothing is chosen" in ran.out
    assert json.loads(run(capsys, "doctor", "--format", "json").out) == {
        "schema": 1,
        "neighbours": [],
        "endpoint": None,
    }


def test_an_endpoint_without_a_model_lists_none_and_asks_nothing(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint
) -> None:
    ran = run(capsys, "doctor", "--base-url", endpoint.url)
    assert ran.code == 3
    assert "Add --model" in ran.out
    assert endpoint.calls == []


def test_a_model_the_server_does_not_have_is_named_with_those_it_has() -> None:
    found = Checkup("127.0.0.1:11434", "nope", models=("qwen3:14b", "llama3"), trouble="Not found: 404")
    assert advice(found) == "Change: 127.0.0.1:11434 has no model nope; it offers qwen3:14b, llama3."
    assert advice(replace(found, models=("nope",))) == "Change: Not found: 404"
