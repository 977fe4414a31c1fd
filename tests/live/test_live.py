"""Protocol, schema and honesty against a real server. Never grades: a model this small must end as one that cannot judge."""

import io
import json
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from coach import paths
from coach.cli import main
from coach.clock import SystemClock
from coach.content.library import find_problem
from coach.interviewer.host import Host
from coach.interviewer.modelled import ModelledInterviewer
from coach.interviewer.scripted import ScriptedInterviewer
from coach.judge import slices
from coach.judge.answer import ANSWER
from coach.judge.modelled import ModelledJudge
from coach.judge.tape import Begun, Tape
from coach.llm.line import OpenAILine
from coach.llm.memory import Memory
from coach.llm.port import ChatModel, Message, ModelError, Request
from coach.llm.structured import Found, find_object
from coach.profile import Profile
from coach.session.commands import Say, Setup
from coach.session.runner import Runner
from coach.session.shelf import Shelf
from tests.judge import ferry

pytestmark = pytest.mark.live

WEAK = paths.shipped_dir("problems") / "tinyurl.samples" / "weak.md"
PATIENCE_S = 240.0


@pytest.fixture
def line(profile: Profile, tmp_path: Path) -> Iterator[OpenAILine]:
    one = OpenAILine(profile, Memory(tmp_path / "endpoints.json", wall=0.0), clock=SystemClock())
    yield one
    one.close()


def run(*arguments: str, served: tuple[str, str]) -> tuple[int, str, str]:
    """One command against the real server: exit code, output, errors."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*arguments, "--base-url", served[0], "--model", served[1]])
    return code, out.getvalue(), err.getvalue()


def test_doctor_finds_out_what_it_can_do_and_that_it_cannot_judge_and_grading_says_so(
    served: tuple[str, str],
) -> None:
    code, out, _ = run("doctor", "--format", "json", served=served)
    found = json.loads(out)["endpoint"]
    print(json.dumps(found, indent=1), file=sys.stderr)
    assert code == 3
    assert found["go"] is False
    assert found["trouble"] == ""
    assert (found["output"], found["streams"], found["usage"]) == ("json_schema, strict", True, True)
    assert found["window"]
    assert found["window_from"]
    assert found["right"] < found["of"] - 1
    assert "cannot judge" in found["advice"]
    code, out, err = run(
        "grade", str(WEAK), "--problem", "tinyurl", "--judge", "model", "--yes", served=served
    )
    assert (code, out) == (3, "")
    assert "This model cannot judge" in err


def test_a_whole_judging_by_it_ends_without_a_number(
    line: OpenAILine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A model this small rambles until its limit; a short one keeps this to a minute.
    monkeypatch.setattr(slices, "PER_QUESTION", 12)
    begun = Begun(plan="live", nonce="k3f9", host="loopback", model="live", at="")
    judge = ModelledJudge(line, lambda _: Tape.begin(tmp_path / "scores" / "0001.jsonl", begun))
    with pytest.raises(ModelError) as caught:
        judge.decide(ferry.checklist(), ferry.written())
    print(caught.value, file=sys.stderr)
    assert caught.value.kind == "cannot_judge"


def test_an_object_follows_the_schema_whenever_it_is_finished(line: OpenAILine) -> None:
    async def ask(model: ChatModel) -> tuple[str, str]:
        request = Request(
            (
                Message("system", "You check answers."),
                Message("user", "Check 1: says hello. She says hello."),
            ),
            200,
            ANSWER,
        )
        reply = await model.complete(request)
        assert reply.usage is not None
        assert reply.usage.prompt > 0
        return reply.text, reply.finish

    text, finish = line.run(ask).result(PATIENCE_S)
    found = find_object(text, ANSWER.key)
    assert finish in ("stop", "length")
    if finish == "stop":
        assert isinstance(found, Found)
        assert set(found.value) == {"checks", "echo"}


def test_the_interviewer_streams_and_is_kept(line: OpenAILine, tmp_path: Path) -> None:
    problem = find_problem("tinyurl")
    script = ScriptedInterviewer(problem)
    setup = Setup(
        "live", problem.id, problem.version, problem.title, "mock", "senior", 45, interviewer="model"
    )
    runner = Runner.begin(Shelf(tmp_path / "sessions"), setup, clock=SystemClock())
    host = Host(runner, script, modelled=ModelledInterviewer(problem, script, line))
    host.tick()
    host.do(Say("How many new links are created in a month?"))
    grown, end = 0, time.monotonic() + PATIENCE_S
    while host.replying_s is not None and time.monotonic() < end:
        grown += sum(event.kind == "speech_grew" for event in host.listen())
        time.sleep(0.05)
    last = host.state.turns[-1]
    assert host.replying_s is None
    assert last.speaker == "interviewer"
    assert last.text.strip()
    assert grown >= 1 or host.state.interviewer == "scripted"
    assert host.state.speech == ""
    host.close()


def test_a_reply_that_is_stopped_frees_the_server_at_once(line: OpenAILine) -> None:
    async def long(model: ChatModel) -> None:
        async for _ in model.stream(Request((Message("user", "Count from one to one thousand."),), 4000)):
            pass

    async def short(model: ChatModel) -> str:
        return (await model.complete(Request((Message("user", "Say yes."),), 4))).finish

    talking = line.run(long)
    time.sleep(1.0)
    talking.cancel()
    began = time.monotonic()
    assert line.run(short).result(PATIENCE_S) in ("stop", "length")
    assert time.monotonic() - began < 20


def test_a_text_that_does_not_fit_is_refused_before_it_is_sent_and_by_the_server(
    line: OpenAILine, profile: Profile, tmp_path: Path
) -> None:
    long = (
        "We keep the links in one table with the code as its key, since every read asks for one code. " * 900
    )

    async def ask(model: ChatModel) -> None:
        await model.complete(Request((Message("user", long),), 50))

    with pytest.raises(ModelError) as caught:
        line.run(ask).result(PATIENCE_S)
    assert caught.value.kind == "context"
    assert caught.value.window
    answer = tmp_path / "long.md"
    answer.write_text("## Requirements\n\n" + long.replace(". ", ".\n"), encoding="utf-8")
    served = (profile.address.url, profile.model)
    code, out, err = run(
        "grade", str(answer), "--problem", "tinyurl", "--judge", "model", "--yes", served=served
    )
    assert (code, out) == (3, "")
    assert "Too long for this model" in err
