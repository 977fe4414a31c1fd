"""What a model's scorecard records of how it came about, and what it warns of."""

from dataclasses import replace

import pytest

from coach import paths
from coach.judge.account import Account
from coach.judge.brief import TEMPLATES
from coach.judge.card import Card, Hashes
from coach.llm.abilities import Abilities
from coach.llm.port import Reply, Usage
from coach.llm.tokens import ESTIMATE
from coach.profile import Profile
from coach.templates import fingerprint
from tests.fakes.judges import Shown, at_first, crediting
from tests.fakes.model import HOSTED, Asked, ScriptedModel, counted, uncounted
from tests.judge import ferry
from tests.judge.stage import Judged, Stage, fair

WRONG = Shown("main calls", "POST /bookings", quote="DELETE /bookings/id gives a place back at once")


def account(judged: Judged) -> Account:
    found = judged.card.judge.account
    assert found is not None
    return found


def priced(**prices: float) -> Profile:
    return replace(HOSTED, **prices)  # type: ignore[arg-type]


def test_a_card_names_who_judged_with_what(stage: Stage) -> None:
    card = stage.judge(fair(), profile=HOSTED).card
    assert (card.judge.kind, card.judge.name, card.judge.calibrated) == ("model", "scripted-model", False)
    assert (card.judge.versions.rubric, card.judge.versions.problem) == ("3", "7")
    assert card.judge.versions.prompts == fingerprint(TEMPLATES)
    assert card.judge.hashes == Hashes.of(ferry.checklist().rubric, ferry.PROBLEM)
    found = card.judge.account
    assert found is not None
    assert (found.host, found.model) == ("models.example", "scripted-model")
    assert found.templates == fingerprint(TEMPLATES)
    assert found.counted == "estimated"


def test_a_card_survives_being_kept(stage: Stage) -> None:
    card = stage.judge(fair()).card
    assert Card.read(card.to_json()) == card


def test_tokens_seconds_and_calls_are_those_of_all_calls(stage: Stage) -> None:
    judged = stage.judge(at_first(fair(WRONG), fair()))
    found = account(judged)
    asked = judged.model.asked
    assert len(asked) == 2
    assert found.calls == 2
    assert found.prompt_tokens == sum(ESTIMATE.messages(one.request.messages) for one in asked)
    assert found.answer_tokens > 300
    assert found.seconds == pytest.approx(0.5)
    assert found.is_usage_known


def test_a_try_that_could_not_be_read_is_paid_for_too(stage: Stage) -> None:
    answers = iter(["I would rather not."])
    judged = stage.judge(lambda asked: next(answers, None) or fair()(asked))
    assert account(judged).calls == 2
    assert account(judged).prompt_tokens == sum(
        ESTIMATE.messages(one.request.messages) for one in judged.model.asked
    )
    [repair] = account(judged).repairs
    assert "no JSON object" in repair


def test_cost_comes_from_the_profiles_prices(stage: Stage) -> None:
    def usage(asked: Asked, text: str) -> Usage:
        read_ = ESTIMATE.messages(asked.request.messages)
        return Usage(read_, 100, cached=400)

    profile = priced(price_in=2.0, price_out=8.0, price_cached=0.5)
    judged = stage.judge(fair(), profile=profile, usage=usage)
    found = account(judged)
    assert found.cached_tokens == 400
    assert found.cost == pytest.approx(((found.prompt_tokens - 400) * 2 + 400 * 0.5 + 100 * 8) / 1e6)


def test_cost_the_server_states_goes_before_prices(stage: Stage) -> None:
    def usage(asked: Asked, text: str) -> Usage:
        return Usage(ESTIMATE.messages(asked.request.messages), 100, cost=0.25)

    judged = stage.judge(
        at_first(fair(WRONG), fair()), profile=priced(price_in=2.0, price_out=8.0), usage=usage
    )
    assert account(judged).cost == pytest.approx(0.5)


@pytest.mark.parametrize("prices", [{}, {"price_in": 2.0}, {"price_out": 2.0}])
def test_no_cost_is_invented_where_prices_are_unknown(stage: Stage, prices: dict[str, float]) -> None:
    assert account(stage.judge(fair(), profile=priced(**prices))).cost is None


def test_a_server_that_does_not_count_is_told_of(stage: Stage) -> None:
    judged = stage.judge(fair(), usage=uncounted)
    assert not account(judged).is_usage_known
    assert "lines it had to quote" in judged.warnings["usage_unknown"]
    assert "usage_unknown" not in stage.judge(fair()).warnings


def test_quotes_are_counted_as_given_and_as_held(stage: Stage) -> None:
    found = account(stage.judge(fair(WRONG)))
    assert (found.quotes, found.held, found.rejected) == (9, 8, 1)


def test_what_the_server_was_made_to_do_is_recorded(stage: Stage) -> None:
    def script(asked: Asked) -> Reply:
        text = fair()(asked)
        return Reply(text, usage=counted(asked, text), repairs=("max_tokens refused: left out",))

    assert account(stage.judge(script)).repairs == ("max_tokens refused: left out",)


def test_every_card_of_a_model_says_that_it_is_not_calibrated(stage: Stage) -> None:
    text = stage.judge(fair()).warnings["not_calibrated"]
    assert text.startswith("NOT CALIBRATED")


@pytest.mark.parametrize(("estimate", "is_told"), [(1.2, True), (2.84, False), (None, False)])
def test_two_judges_that_differ_widely_are_told_of(
    stage: Stage, estimate: float | None, is_told: bool
) -> None:
    judged = stage.judge(fair(), estimate=estimate)
    assert judged.card.score == pytest.approx(2.85)
    assert ("judges_differ" in judged.warnings) is is_told
    if is_told:
        assert "1.20" in judged.warnings["judges_differ"]
        assert "2.85" in judged.warnings["judges_differ"]


def test_a_wrong_code_is_told_of(stage: Stage) -> None:
    judged = stage.judge(lambda asked: fair()(asked).replace('"echo": "k3f9', '"echo": "k3f8'))
    assert "echo" in judged.warnings
    assert "echo" not in stage.judge(fair()).warnings


def test_evidence_from_one_half_only_is_told_of(stage: Stage) -> None:
    more = [
        f"The boat number {n} has its own deck, so nothing of it is shared with another." for n in range(30)
    ]
    assert "one_sided" in stage.judge(fair(), ferry.interview(*more)).warnings
    late = Shown("place is held unpaid", "The boat number 28")
    assert "one_sided" not in stage.judge(fair(late), ferry.interview(*more)).warnings
    assert "one_sided" not in stage.judge(fair()).warnings


def test_what_was_learned_of_the_server_stays_with_the_line(stage: Stage) -> None:
    def usage(asked: Asked, text: str) -> Usage:
        return Usage(int(ESTIMATE.messages(asked.request.messages) * 1.25), 100)

    model = ScriptedModel(fair(), usage=usage)
    stage.judge(model)
    assert model.abilities.factor == pytest.approx(1.25, abs=0.01)
    assert not model.abilities.thinks


def test_a_model_that_writes_much_more_than_is_seen_is_known_to_think(stage: Stage) -> None:
    def usage(asked: Asked, text: str) -> Usage:
        return Usage(ESTIMATE.messages(asked.request.messages), 9_000)

    model = ScriptedModel(fair(), usage=usage)
    stage.judge(model)
    assert model.abilities.thinks
    before = model.asked[0].request.most
    stage.judge(model)
    assert model.asked[-1].request.most == before + 8_000


def test_hashes_change_with_the_content_and_prompts_with_the_templates(stage: Stage) -> None:
    other = ferry.PROBLEM.model_copy(update={"prompt": "Something else."})
    mine = Hashes.of(ferry.checklist().rubric, ferry.PROBLEM)
    assert Hashes.of(ferry.checklist().rubric, other).problem != mine.problem
    before = fingerprint(TEMPLATES)
    folder = paths.config_dir() / "prompts"
    folder.mkdir(parents=True)
    shipped = (paths.shipped_dir("prompts") / "judge-system.j2").read_text(encoding="utf-8")
    (folder / "judge-system.j2").write_text(f"{shipped}\nBe brief.", encoding="utf-8")
    judged = stage.judge(crediting())
    assert judged.card.judge.versions.prompts == account(judged).templates != before
    assert "Be brief." in judged.model.asked[0].visible


def test_a_template_of_ones_own_that_appears_meanwhile_is_used_and_recorded(stage: Stage) -> None:
    stage.judge(crediting())
    folder = paths.config_dir() / "prompts"
    folder.mkdir(parents=True)
    shipped = (paths.shipped_dir("prompts") / "judge-system.j2").read_text(encoding="utf-8")
    (folder / "judge-system.j2").write_text(f"{shipped}\nBe brief.", encoding="utf-8")
    after = stage.judge(crediting())
    assert after.card.judge.versions.prompts == fingerprint(TEMPLATES)
    assert "Be brief." in after.model.asked[0].visible


def test_how_far_it_has_come_is_told_before_every_call(stage: Stage) -> None:
    judged = stage.judge(fair(WRONG), abilities=Abilities(window=1700))
    calls = len(judged.model.asked)
    assert [one.call for one in stage.told] == list(range(1, calls + 1))
    assert [one.spent.calls for one in stage.told] == list(range(calls))
    assert [one.sent for one in stage.told] == [
        ESTIMATE.messages(one.request.messages) for one in judged.model.asked
    ]
    assert stage.told[0].planned == calls - 1, "asking again cannot be planned"
    assert all(one.call <= one.planned for one in stage.told)
    assert len({one.doing for one in stage.told}) >= 3
    assert [one.doing for one in stage.told if "Asking again" in one.doing]
