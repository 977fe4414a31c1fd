"""A judging by a model is kept call by call, for its owner only, and ends with its scorecard."""

import json
from pathlib import Path

import pytest

from coach import paths, wiring
from coach.errors import CoachError
from coach.judge.card import Card
from coach.judge.tape import Begun, Call, Tape
from coach.llm.port import ModelError, Usage
from coach.scoring import Scoring
from tests.fakes.clock import FakeClock
from tests.fakes.judges import silent
from tests.fakes.model import HOSTED, Asked
from tests.judge import ferry
from tests.judge.kept import (
    PARTS,
    PARTS_OF_TEXT,
    failing,
    files,
    interviewed,
    judged,
    kinds,
    lines,
    model,
    shelf,
)
from tests.judge.stage import Stage, fair

BEGUN = Begun(plan="p", nonce="k3f9", host="h", model="m", at="2026-11-23T19:30:00.000Z")


@pytest.fixture(autouse=True)
def only_the_ferry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "checklist_of", lambda _: ferry.checklist())


@pytest.fixture
def session(clock: FakeClock) -> str:
    return interviewed(clock)


def test_the_file_holds_what_was_asked_and_answered_and_then_the_card(stage: Stage, session: str) -> None:
    review = judged(stage, model(profile=HOSTED), session)
    [path] = files()
    assert path == paths.sessions_dir() / session / "scores" / "0001.jsonl"
    assert kinds(path) == ["begun", *["call"] * PARTS, "card"]
    first, *calls, last = lines(path)
    call = next(one for one in calls if one["kind"] == "call")
    assert (first["host"], first["model"], first["at"][:4]) == ("models.example", "scripted-model", "2027")
    assert [one["role"] for one in call["prompt"]] == ["system", "user", "user"]
    assert json.loads(call["answer"]) == call["value"]
    assert call["usage"]["prompt"] > 500
    assert Card.read(json.dumps(last)) == review.card
    headline = shelf().list()[0]
    assert (headline.verdict, headline.score) == (review.card.verdict, review.card.score)


def test_a_written_answer_is_kept_beside_the_sessions(stage: Stage) -> None:
    review = judged(stage, model())
    [path] = files()
    assert path.parent.parent == paths.data_dir() / "written"
    assert kinds(path) == ["begun", *["call"] * PARTS_OF_TEXT, "card"]
    assert Card.read(json.dumps(lines(path)[-1])) == review.card


def test_a_call_is_on_disk_before_the_next_is_made(stage: Stage, session: str) -> None:
    seen: list[list[str]] = []

    def script(asked: Asked) -> str:
        seen.append(kinds(files()[0]))
        return fair()(asked)

    judged(stage, model(script), session)
    assert seen == [["begun", *["call"] * done] for done in range(PARTS)]


def test_judging_twice_gives_two_judgings(stage: Stage, session: str) -> None:
    first, second = model(), model()
    judged(stage, first, session)
    judged(stage, second, session)
    assert (len(first.asked), len(second.asked)) == (PARTS, PARTS)
    assert [one.name for one in files()] == ["0001.jsonl", "0002.jsonl"]
    assert [kinds(one)[-1] for one in files()] == ["card", "card"]


def test_the_offline_judge_keeps_its_card_in_a_judging_of_its_own(stage: Stage, session: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)), session)
    Scoring().of_session(shelf(), session)
    assert [kinds(one) for one in files()] == [["begun", "call", "call"], ["card"]]


def test_without_audit_no_prompt_and_no_answer_is_kept(stage: Stage, session: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)), session, audit=False)
    second = model()
    judged(stage, second, session, audit=False)
    assert len(second.asked) == PARTS - 2, "it can be gone on with all the same"
    [path] = files()
    calls = [one for one in lines(path) if one.get("kind") == "call"]
    assert [(one["prompt"], one["answer"]) for one in calls] == [(None, None)] * PARTS
    text = path.read_text(encoding="utf-8")
    assert "You check one system design interview" not in text
    assert "The transcript ended above" not in text


@pytest.mark.parametrize("of_session", [True, False])
def test_only_its_owner_may_read_it(stage: Stage, session: str, of_session: bool) -> None:
    judged(stage, model(), session if of_session else "")
    [path] = files()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_what_cannot_be_kept_is_not_asked(stage: Stage) -> None:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    (paths.data_dir() / "written").write_text("in the way", encoding="utf-8")
    behind = model()
    with pytest.raises(CoachError) as caught:
        judged(stage, behind)
    assert "COACH_DATA_DIR" in caught.value.hint
    assert behind.asked == []


def test_calls_come_back_as_they_were_kept(tmp_path: Path) -> None:
    tape = Tape.begin(tmp_path / "t" / "0001.jsonl", BEGUN)
    call = Call(
        part="1-5", round=2, value={"checks": [], "echo": "ä\u2028"}, usage=Usage(7, 8, cached=1), cost=0.5
    )
    tape.keep(call)
    found = Tape.unfinished(tape.path)
    assert found is not None
    assert (found.begun, found.calls) == (BEGUN, (call,))
    assert (found.call("1-5", 2), found.call("1-5", 1), found.call("6-9", 2)) == (call, None, None)


def test_the_plan_that_counts_is_the_latest(tmp_path: Path) -> None:
    tape = Tape.begin(tmp_path / "t" / "0001.jsonl", BEGUN)
    assert tape.parts == ()
    for parts in (("1-9", "10-12"), ("1-4", "5-9", "10-12"), ("1-4", "5-9", "10-12")):
        tape.plan(parts)
    found = Tape.unfinished(tape.path)
    assert found is not None
    assert found.parts == ("1-4", "5-9", "10-12")
    assert len(tape.path.read_bytes().splitlines()) == 3, "what stays the same is not written again"


def test_a_judging_whose_score_was_withheld_is_finished_and_says_why(stage: Stage, session: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(silent), session)
    [path] = files()
    assert kinds(path) == ["begun", "call", "withheld"]
    assert lines(path)[-1]["trouble"] == "cannot_judge"
    assert "could not quote" in lines(path)[-1]["why"]
    assert Tape.unfinished(path) is None
    assert shelf().list()[0].verdict is None


def test_strange_lines_are_passed_over(tmp_path: Path) -> None:
    tape = Tape.begin(tmp_path / "t" / "0001.jsonl", BEGUN)
    with tape.path.open("ab") as file:
        file.write(b'\n7\nnull\n"text"\n{"kind":"dream"}\n\xff\xfe\n{"verdict": "hire"}\n[1,2]\n')
    found = Tape.unfinished(tape.path)
    assert found is not None
    assert (found.begun, found.calls) == (BEGUN, ())


@pytest.mark.parametrize("text", ["", "\n", "{", '{"kind":"begun"}', '{"verdict":null,"findings":[]}'])
def test_a_file_that_is_no_judging_is_not_gone_on_with(tmp_path: Path, text: str) -> None:
    path = tmp_path / "0001.jsonl"
    path.write_text(text, encoding="utf-8")
    assert Tape.unfinished(path) is None
    assert Tape.unfinished(tmp_path / "missing.jsonl") is None


def test_a_judging_with_its_card_is_finished(tmp_path: Path) -> None:
    tape = Tape.begin(tmp_path / "t" / "0001.jsonl", BEGUN)
    with tape.path.open("ab") as file:
        file.write(b'{"schema":1,"verdict":null,"findings":[]}\n')
    assert Tape.unfinished(tape.path) is None
