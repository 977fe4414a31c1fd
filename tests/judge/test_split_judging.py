"""A judging in several calls: the same card, no call too long for the window, one lane or several."""

import asyncio
from dataclasses import replace

import pytest

from coach.judge.slices import PER_QUESTION
from coach.llm.abilities import Abilities
from coach.llm.failures import too_long
from coach.llm.port import ModelError
from coach.llm.tokens import ESTIMATE, MARGIN
from tests.fakes.judges import read
from tests.fakes.model import AT_HOME, HOSTED, Answer, Asked, ScriptedModel
from tests.fakes.until import until
from tests.judge.kept import SHORT
from tests.judge.stage import Judged, Stage, fair


def split_judging(stage: Stage, **model: object) -> Judged:
    return stage.judge(ScriptedModel(fair(), **{"abilities": Abilities(window=1700), **model}))  # type: ignore[arg-type]


def test_a_split_judging_gives_the_card_of_a_whole_one(stage: Stage) -> None:
    whole, split_ = stage.judge(fair()), split_judging(stage)
    assert len(split_.model.asked) >= 3
    assert split_.card.findings == whole.card.findings
    assert split_.card.score == whole.card.score


def test_every_part_has_the_same_beginning_schema_and_controls(stage: Stage) -> None:
    asked = split_judging(stage).model.asked
    assert (
        len({(one.request.messages[:2], one.request.shape.name) for one in asked if one.request.shape}) == 1
    )
    controls = [set(read(one).checks) - set(read(one).real) for one in asked]
    assert all(one == controls[0] for one in controls)
    assert len(controls[0]) >= 5
    real = [number for one in asked for number in read(one).real]
    assert sorted(real) == real
    assert len(set(real)) == len(real) == 16


def test_no_call_of_a_split_judging_is_longer_than_the_window(stage: Stage) -> None:
    for one in split_judging(stage).model.asked:
        assert ESTIMATE.messages(one.request.messages) * MARGIN < 1700
        assert ESTIMATE.messages(one.request.messages) + one.request.most <= 1700 * 1.2


def overflowing(window: int, *, says: bool) -> ScriptedModel:
    """A server that refuses prompts that leave no room for the answer asked for, and tells its window or not."""

    def script(asked: Asked) -> Answer:
        wanted = ESTIMATE.messages(asked.request.messages) + asked.request.most
        if wanted > window:
            return too_long(wanted, window if says else None, host="h")
        return fair()(asked)

    return ScriptedModel(script)


@pytest.mark.parametrize("says", [True, False])
def test_a_prompt_that_is_too_long_for_the_server_is_split_and_the_window_learned(
    stage: Stage, says: bool
) -> None:
    model = overflowing(2_400, says=says)
    judged = stage.judge(model)
    assert model.abilities.window is not None
    assert "refusal" in model.abilities.window_from
    assert len(model.asked) >= 3
    assert judged.card.findings == stage.judge(fair()).card.findings


def test_a_window_that_only_the_longest_answer_overran_splits_nothing(stage: Stage) -> None:
    model = overflowing(3_500, says=True)
    stage.judge(model)
    first, second = model.asked
    assert first.request.messages == second.request.messages
    assert second.request.most < first.request.most


def test_the_learned_window_is_used_from_the_first_call_next_time(stage: Stage) -> None:
    model = overflowing(2_400, says=True)
    stage.judge(model)
    before = len(model.asked)
    stage.judge(model)
    assert len(model.asked) == 2 * before - 1, "no refusal this time"


def test_a_server_that_refuses_whatever_is_sent_is_not_asked_for_ever(stage: Stage) -> None:
    model = overflowing(100, says=False)
    with pytest.raises(ModelError) as caught:
        stage.judge(model)
    assert caught.value.kind == "context"
    assert len(model.asked) <= 4


@pytest.mark.parametrize(("profile", "lanes"), [(HOSTED, 4), (replace(HOSTED, parallel=2), 2)])
async def test_the_first_call_is_made_alone_and_the_others_side_by_side(
    stage: Stage, profile: object, lanes: int
) -> None:
    """So the others find its prompt in the server's cache."""

    def script(asked: Asked) -> Answer:
        if asked.number == 1:
            model.hold()
        return fair()(asked)

    shorter = replace(SHORT, most=(SHORT.most or 0) - PER_QUESTION)
    model = ScriptedModel(script, profile=profile, abilities=shorter)  # type: ignore[arg-type]
    judging = asyncio.create_task(asyncio.to_thread(stage.judge, model))
    try:
        await until(lambda: model.busy == lanes)
    finally:
        model.release()
    judged = await judging
    assert model.events[:3] == [("begin", 1), ("end", 1), ("begin", 2)]
    assert model.most_busy == lanes
    assert len(model.asked) > lanes + 1
    assert judged.card.score is not None


def test_a_server_on_this_machine_is_asked_one_thing_at_a_time(stage: Stage) -> None:
    model = split_judging(stage, profile=AT_HOME, abilities=SHORT).model
    assert len(model.asked) >= 5
    assert model.most_busy == 1


def test_one_part_that_fails_ends_the_judging_with_its_own_error(stage: Stage) -> None:
    def script(asked: Asked) -> Answer:
        return ModelError("quota", "No credit left", "It is used up.") if asked.number == 3 else fair()(asked)

    model = ScriptedModel(script, profile=HOSTED, abilities=SHORT)
    with pytest.raises(ModelError, match="used up") as caught:
        stage.judge(model)
    assert caught.value.kind == "quota"
