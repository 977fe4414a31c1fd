"""A judging that failed, was stopped or was killed goes on where it was, and pays for nothing twice."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

import pytest

from coach import paths, wiring
from coach.errors import JudgeFailed
from coach.judge.card import Card
from coach.llm.abilities import Abilities
from coach.llm.port import ModelError, Usage
from coach.llm.tokens import ESTIMATE, estimate
from coach.scoring import Scoring
from tests.fakes.clock import FakeClock
from tests.fakes.judges import Judge, Shown, inventing, leaving_out, obeying, read, silent
from tests.fakes.model import AT_HOME, HOSTED, Answer, Asked, ScriptedLine
from tests.fakes.until import until
from tests.judge import ferry
from tests.judge.kept import (
    PARTS,
    PARTS_OF_TEXT,
    SHORT,
    failing,
    files,
    interviewed,
    judged,
    kinds,
    lines,
    model,
    real,
    shelf,
)
from tests.judge.stage import Stage, fair


@pytest.fixture(autouse=True)
def only_the_ferry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "checklist_of", lambda _: ferry.checklist())


@pytest.fixture
def session(clock: FakeClock) -> str:
    return interviewed(clock)


@pytest.mark.parametrize("of_session", [True, False])
def test_a_judging_that_failed_goes_on_at_the_first_call_that_is_missing(
    stage: Stage, session: str, of_session: bool
) -> None:
    which, parts = (session, PARTS) if of_session else ("", PARTS_OF_TEXT)
    broken = model(failing(3))
    with pytest.raises(ModelError, match="down"):
        judged(stage, broken, which)
    [path] = files()
    assert kinds(path) == ["begun", "call", "call"]
    second = model()
    review = judged(stage, second, which)
    assert files() == [path]
    assert kinds(path) == ["begun", *["call"] * parts, "card"]
    done, rest = real(broken.asked[:2]), real(second.asked)
    assert len(second.asked) == parts - 2
    assert not set(done) & set(rest)
    assert sorted(done + rest) == done + rest
    account = review.card.judge.account
    assert account is not None
    assert account.calls == parts, "the first run's calls were paid for too"


def test_what_is_gone_on_with_gives_the_card_of_one_go(stage: Stage, session: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(4)), session)
    broken = judged(stage, model(), session).card
    whole = judged(stage, model(), session).card
    assert (broken.findings, broken.score, broken.warnings) == (whole.findings, whole.score, whole.warnings)


def test_asking_again_is_gone_on_with_too(stage: Stage, session: str) -> None:
    wrong = Shown("main calls", "POST /bookings", quote="DELETE /bookings/id gives a place back at once")

    def script(asked: Asked) -> Answer:
        return ModelError("server", "Down", "It is down.") if read(asked).again else fair(wrong)(asked)

    first = model(script, abilities=Abilities())
    with pytest.raises(ModelError):
        judged(stage, first, session)
    second = model(abilities=Abilities())
    judged(stage, second, session)
    [asked] = second.asked
    assert list(read(asked).checks.values()) == ["You wrote down the main calls."]
    assert read(asked).again


def test_going_on_asks_under_the_same_code_and_numbers(stage: Stage, session: str) -> None:
    first, second = model(failing(3)), model()
    with pytest.raises(ModelError):
        judged(stage, first, session)
    judged(stage, second, session)
    assert len({one.request.messages[:2] for one in (*first.asked, *second.asked)}) == 1
    assert first.asked[2].request == second.asked[0].request


@pytest.mark.parametrize("rest", [b"", b"\n", b'\n{"kind":"call","part":"1-'])
def test_a_judging_that_was_killed_goes_on_behind_its_last_whole_line(
    stage: Stage, session: str, rest: bytes
) -> None:
    judged(stage, model(), session)
    [path] = files()
    whole = path.read_bytes().split(b"\n")
    second_call = [at for at, line in enumerate(whole) if b'"kind":"call"' in line][1]
    path.write_bytes(b"\n".join(whole[: second_call + 1]) + rest)
    second = model()
    judged(stage, second, session)
    assert len(second.asked) == PARTS - 2
    found = [line for line in path.read_bytes().split(b"\n") if line]
    assert found[: second_call + 1] == whole[: second_call + 1]
    assert Card.read(found[-1].decode()) is not None
    assert len(files()) == 1


def test_a_judging_whose_very_first_line_was_torn_begins_anew(stage: Stage, session: str) -> None:
    judged(stage, model(), session)
    [path] = files()
    path.write_bytes(path.read_bytes()[:30])
    second = model()
    judged(stage, second, session)
    assert len(second.asked) == PARTS
    assert [one.name for one in files()] == ["0001.jsonl", "0002.jsonl"]


def test_a_card_that_was_torn_is_made_again_without_a_call(stage: Stage, session: str) -> None:
    review = judged(stage, model(), session)
    [path] = files()
    path.write_bytes(path.read_bytes()[:-400])
    second = model()
    assert judged(stage, second, session).card == review.card
    assert second.asked == []
    assert json.loads(path.read_bytes().split(b"\n")[-2]) == json.loads(review.card.to_json())


@pytest.mark.parametrize("lanes", [1, 2])
async def test_a_judging_that_is_cancelled_keeps_what_was_answered(
    stage: Stage, session: str, lanes: int
) -> None:
    def script(asked: Asked) -> str:
        if asked.number == 2:
            first.hold()
        return fair()(asked)

    first = model(script, profile=replace(AT_HOME, parallel=lanes))
    scoring = Scoring(stage.line(first))
    judging = asyncio.create_task(asyncio.to_thread(scoring.of_session, shelf(), session))
    try:
        await until(lambda: bool(files()) and len(kinds(files()[0])) >= 3 and first.busy == lanes)
        await asyncio.to_thread(scoring.cancel)
        await until(judging.done)
    finally:
        first.release()
    with pytest.raises(JudgeFailed, match="stopped") as caught:
        await judging
    assert caught.value.exit_code == 3
    assert "no call is made twice" in caught.value.hint
    await until(lambda: first.busy == 0)
    done = kinds(files()[0]).count("call")
    assert done == 1 + lanes
    second = model(profile=replace(AT_HOME, parallel=lanes))
    judged(stage, second, session)
    assert len(second.asked) == PARTS - done


def test_cancelled_before_it_begins_it_asks_nothing(stage: Stage, session: str) -> None:
    first = model()
    scoring = Scoring(stage.line(first))
    scoring.cancel()
    with pytest.raises(JudgeFailed, match="stopped"):
        scoring.of_session(shelf(), session)
    assert first.asked == []


def _other_template() -> None:
    folder = paths.config_dir() / "prompts"
    folder.mkdir(parents=True)
    shipped = (paths.shipped_dir("prompts") / "judge-checks.j2").read_text(encoding="utf-8")
    (folder / "judge-checks.j2").write_text(f"{shipped}\nBe brief.", encoding="utf-8")


OTHERS: dict[str, dict[str, Any]] = {
    "template": {},
    "model": {"profile": replace(AT_HOME, model="another-model")},
    "host": {"profile": HOSTED},
}


@pytest.mark.parametrize("change", OTHERS)
def test_with_another_model_host_or_template_it_begins_anew(stage: Stage, session: str, change: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)), session)
    if change == "template":
        _other_template()
    second = model(**OTHERS[change])
    judged(stage, second, session)
    assert len(second.asked) == PARTS
    assert [kinds(one)[-1] for one in files()] == ["call", "card"]
    first, other = (lines(one)[0] for one in files())
    assert first["plan"] != other["plan"]
    assert first["nonce"] != other["nonce"]


def test_an_unfinished_judging_waits_while_others_are_made(stage: Stage, session: str) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)), session)
    judged(stage, model(profile=HOSTED), session)
    Scoring().of_session(shelf(), session)
    second = model()
    judged(stage, second, session)
    assert len(second.asked) == PARTS - 2
    assert [kinds(one)[-1] for one in files()] == ["card"] * 3


def test_another_answer_is_another_judging(stage: Stage) -> None:
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)))
    second = model()
    text = ferry.ANSWER.replace("4.6 bookings", "4.7 bookings")
    Scoring(stage.line(second)).of_text(text, problem="ferry", seniority="senior")
    assert len(second.asked) == PARTS_OF_TEXT
    assert len({one.parent for one in files()}) == 2


@pytest.mark.parametrize("bad", [silent, obeying, inventing, leaving_out(fair(), "e")])
def test_a_judging_that_ended_without_a_score_is_asked_anew(stage: Stage, session: str, bad: Judge) -> None:
    """Whoever widened the window or changed the model behind the name must not meet the old answers again."""
    with pytest.raises(ModelError) as caught:
        judged(stage, model(bad, abilities=Abilities()), session)
    assert caught.value.kind == "cannot_judge"
    second = model(abilities=Abilities())
    assert judged(stage, second, session).card.score is not None
    assert len(second.asked) == 1
    assert [one.name for one in files()] == ["0001.jsonl", "0002.jsonl"]


def test_what_was_learned_in_between_splits_nothing_anew(stage: Stage, session: str) -> None:
    """The first answer teaches how the server counts; the parts stay what they were."""

    def usage(asked: Asked, text: str) -> Usage:
        return Usage(int(ESTIMATE.messages(asked.request.messages) * 1.1), estimate(text))

    first = model(failing(3), abilities=Abilities(window=1_900), usage=usage)
    with pytest.raises(ModelError):
        judged(stage, first, session)
    second = model(abilities=first.abilities, usage=usage)
    judged(stage, second, session)
    assert first.abilities.factor > 1
    assert not set(real(first.asked[:2])) & set(real(second.asked))
    assert first.asked[2].request.messages == second.asked[0].request.messages


def test_no_call_is_begun_after_one_has_failed(stage: Stage, session: str) -> None:
    behind = model(failing(3), profile=AT_HOME)
    with pytest.raises(ModelError):
        judged(stage, behind, session)
    assert len(behind.asked) == 3 < PARTS


class Hasty(ScriptedLine):
    """Somebody stops the judging just when the line begins to run."""

    stop: Callable[[], None]

    def run(self, doing: Any) -> Future[Any]:
        self.stop()
        return super().run(doing)


def test_a_stop_at_the_moment_of_starting_is_not_lost(stage: Stage, session: str) -> None:
    line = Hasty(model())
    stage.lines.append(line)
    scoring = Scoring(line)
    line.stop = scoring.cancel
    with pytest.raises(JudgeFailed, match="stopped"):
        scoring.of_session(shelf(), session)


def test_a_model_that_is_called_unable_meanwhile_loses_no_paid_call(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """Nothing was sent, so nothing was answered badly; yet the judging is closed and begins anew."""
    monkeypatch.setattr(wiring, "checklist_of", lambda _: ferry.checklist())
    session = interviewed(clock)
    with pytest.raises(ModelError):
        judged(stage, model(failing(3)), session)
    with pytest.raises(ModelError):
        judged(stage, model(abilities=replace(SHORT, judging="unable")), session)
    second = model(abilities=replace(SHORT, judging="able"))
    judged(stage, second, session)
    assert len(second.asked) == PARTS - 2
