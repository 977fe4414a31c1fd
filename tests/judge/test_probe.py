"""The control questions tell a model that reads from one that guesses."""

import random

import pytest

from coach.judge.answer import ANSWER
from coach.judge.probe import ABLE, Probed, messages, probe
from coach.llm.port import ModelError, Request
from coach.llm.tokens import ESTIMATE
from tests.fakes.judges import Judge, Seen, answer, each, inventing, item, read, silent
from tests.fakes.model import Asked, ScriptedModel

SHOWN = {
    "how many people use it at once": (2, "how many people book at the same moment?"),
    "what is left out": (4, "I leave payment and gift cards out"),
    "kept from getting the same seat": (
        7,
        "Holding is one update that only succeeds while the state is free",
    ),
    "the alternative to the chosen store": (9, "I chose a relational store over a cache with expiry"),
    "while the database is replaced": (10, "while it takes over, nobody can book for about 30 seconds"),
}


async def probed(script: Judge) -> Probed:
    return await probe(ScriptedModel(script))


def right(missing: int = 0, *, quoted: bool = True) -> Judge:
    """The right answers, but for as many of the shown ones as are `missing`."""

    def judge(seen: Seen) -> str:
        prompt = read(seen)
        found, left = [], missing
        for number, text in prompt.checks.items():
            place = next((place for about, place in SHOWN.items() if about in text), None)
            if place is None or left > 0:
                left -= place is not None
                found.append(item(number))
            else:
                found.append(item(number, "met", line=place[0], quote=place[1] if quoted else ""))
        return answer(prompt, found)

    return judge


async def test_a_model_that_reads_is_able() -> None:
    found = await probed(right())
    assert (found.right, found.of, found.is_able) == (10, 10, True)


@pytest.mark.parametrize(("missing", "is_able"), [(1, True), (2, False)])
async def test_one_slip_is_forgiven_two_are_not(missing: int, is_able: bool) -> None:
    found = await probed(right(missing))
    assert (found.right, found.is_able) == (10 - missing, is_able)
    assert ABLE == 9


@pytest.mark.parametrize("finding", ["met", "partly"])
async def test_credit_for_everything_is_no_better_than_a_coin(finding: str) -> None:
    quoted = each(
        lambda _, number, __: item(number, finding, line=8, quote="the next update may take the seat over")
    )
    found = await probed(quoted)
    assert (found.right, found.is_able) == (5, False)


async def test_credit_for_nothing_is_no_better_than_a_coin() -> None:
    found = await probed(silent)
    assert (found.right, found.is_able) == (5, False)


async def test_credit_without_a_quote_that_holds_is_not_right() -> None:
    for script in (right(quoted=False), inventing):
        found = await probed(script)
        assert found.right <= 5
        assert not found.is_able


async def test_the_interviewers_words_prove_nothing_here_either() -> None:
    found = await probed(
        each(
            lambda _, number, __: item(
                number, "met", line=3, quote="up to fifty people at once when a film opens"
            )
        )
    )
    assert found.right == 0


@pytest.mark.parametrize("seed", range(8))
async def test_guessing_is_found_out(seed: int) -> None:
    dice = random.Random(seed)
    found = await probed(
        each(
            lambda _, number, __: (
                item(number, "met", line=5, quote="one small database is plenty")
                if dice.random() < 0.5
                else item(number)
            )
        )
    )
    assert not found.is_able


@pytest.mark.parametrize("share", [0, 5])
async def test_answers_that_are_missing_are_not_right(share: int) -> None:
    def short(seen: Seen) -> str:
        prompt = read(seen)
        return answer(prompt, [item(number) for number in list(prompt.checks)[:share]])

    found = await probed(short)
    assert found.right <= share
    assert not found.is_able


def test_no_run_of_one_finding_can_be_right() -> None:
    """Shown and not shown stand in turn."""
    prompt = read(Asked(1, Request(messages(), 1)))
    is_shown = [any(about in text for about in SHOWN) for text in prompt.checks.values()]
    assert is_shown == [False, True] * 5


async def test_it_is_one_small_call_by_the_templates_and_the_schema_of_a_judging() -> None:
    model = ScriptedModel(right())
    found = await probe(model)
    [asked] = model.asked
    assert asked.request.messages == messages()
    assert asked.request.shape is ANSWER
    assert ESTIMATE.messages(messages()) < 1_000
    assert "You check one system design interview" in asked.visible
    assert found.answered.reply.usage is not None


async def test_a_server_that_fails_is_no_wrong_answer() -> None:
    with pytest.raises(ModelError, match="Down"):
        await probe(ScriptedModel([ModelError("server", "Down", "Down.")]))
