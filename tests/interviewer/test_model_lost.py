"""A model that fails costs a turn nothing: the scripted interviewer answers it, and says why it is there."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from coach import paths
from coach.llm.port import ModelError, Usage
from coach.llm.tokens import ESTIMATE
from coach.session.commands import Pause
from coach.session.events import InterviewerSwitched
from tests.fakes.model import AT_HOME, Asked
from tests.interviewer.conftest import Begin
from tests.interviewer.speaker import WAIT, Speaker, heading, reply
from tests.interviewer.talk import Talk

USERS = "Two million readers, a tenth of them on a given day."
GONE = ModelError("unreachable", "The server cannot be reached", "127.0.0.1:9: Connection refused.")
HURRIED = replace(AT_HOME, timeout_s=0.02)
ASKED = "How many readers are there?"


def switches(one: Talk) -> list[InterviewerSwitched]:
    return [event for event in one.kept() if isinstance(event, InterviewerSwitched)]


async def assert_taken_over(one: Talk, why: str) -> None:
    """The script answered this very turn, and the journal says who it was before and why not any more."""
    await one.say(ASKED)
    [switch] = switches(one)
    assert switch.to == one.state.interviewer == "scripted"
    assert why in switch.why
    assert one.state.why_switched == switch.why
    assert (one.last.text, one.last.intent, one.last.is_interrupted) == (USERS, "fact", False)
    assert one.state.facts == {"users": "asked"}
    assert one.host.replying_s is None
    await one.is_hung_up()


async def test_a_failure_before_the_first_word(talk: Begin) -> None:
    one = talk(GONE)
    await assert_taken_over(one, "The server cannot be reached: 127.0.0.1:9: Connection refused.")
    assert not any(spoke.interrupted for spoke in one.spoken())


async def test_a_failure_after_the_first_word_keeps_what_was_said(talk: Begin) -> None:
    before, after = heading(reply("Let me see. Two million."))
    one = talk([before + after[:12], ModelError("disconnected", "The connection broke off", "It is gone.")])
    await assert_taken_over(one, "The connection broke off")
    assert [(spoke.text, spoke.interrupted) for spoke in one.spoken()] == [
        ("Let me see. ", True),
        (USERS, False),
    ]


async def test_first_words_that_come_too_late(talk: Begin) -> None:
    one = talk([WAIT, reply("Too late.")], profile=HURRIED)
    one.model.hold()
    await assert_taken_over(one, "No answer in time")
    assert one.model.cancelled == [1]


async def test_a_heading_is_no_word_and_does_not_stop_the_clock(talk: Begin) -> None:
    one = talk([heading(reply("Late."))[0], WAIT], profile=HURRIED)
    one.model.hold()
    await assert_taken_over(one, "No answer in time")


async def test_all_until_the_first_word_shares_one_limit_and_then_there_is_none(
    talk: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, limits = asyncio.timeout_at, list[float | None]()

    def noted(when: float | None) -> asyncio.Timeout:
        limits.append(when)
        return real(when)

    monkeypatch.setattr(asyncio, "timeout_at", noted)
    one = talk(reply(USERS))
    await one.say(ASKED)
    spoken = limits.index(None)
    assert spoken > 5, "the heading comes in several pieces"
    assert len(set(limits[:spoken])) == 1, "thinking does not buy more time"
    assert set(limits[spoken:]) == {None}, "and once it speaks it may take its time"


@pytest.mark.parametrize(
    "empty", ["", "   ", "<think>How many readers", reply(""), '{"facts": [], "say": null}']
)
async def test_an_answer_without_words(talk: Begin, empty: str) -> None:
    await assert_taken_over(talk(empty), "The interviewer said nothing")


async def test_a_prompt_that_was_not_read_whole(talk: Begin) -> None:
    one = talk([reply("As you like."), Usage(40, 5)])
    await assert_taken_over(one, "The interviewer did not read its brief")
    assert "read only 40 tokens" in one.state.why_switched


@pytest.mark.parametrize("share", [0.7, 1.0, 2.0, None])
async def test_a_server_that_counts_its_own_way_or_not_at_all_is_believed(
    talk: Begin, share: float | None
) -> None:
    def usage(asked: Asked, _: str) -> Usage | None:
        return None if share is None else Usage(int(ESTIMATE.messages(asked.request.messages) * share), 5)

    one = talk(reply(USERS), usage=usage)
    await one.say(ASKED)
    assert switches(one) == []


async def test_a_fault_of_ours_is_told_by_its_kind_only(talk: Begin) -> None:
    one = talk(ValueError("sk-secret and what the candidate wrote"))
    await assert_taken_over(one, "The interviewer stopped: ValueError.")
    assert "secret" not in str(one.kept())


async def test_a_prompt_template_of_the_users_own_that_is_wrong(talk: Begin) -> None:
    folder = paths.config_dir() / "prompts"
    folder.mkdir(parents=True)
    (folder / "interviewer-turn.j2").write_text("{{ nothing_like_it }}", encoding="utf-8")
    one = talk(reply("Hello."))
    await one.say(ASKED)
    assert one.last.text == USERS
    assert "interviewer-turn.j2" in one.state.why_switched
    assert one.model.asked == []


async def test_the_script_goes_on_until_the_model_is_called_back(talk: Begin) -> None:
    one = talk(GONE, reply("Two million, as before."))
    await one.say(ASKED)
    await one.say("And how many are there on a given day?")
    assert len(one.model.asked) == 1, "a model that failed is not asked again by itself"
    assert one.host.can_call_back
    assert [event.kind for event in one.host.call_back()] == ["interviewer_switched"]
    assert not one.host.can_call_back
    assert one.host.call_back() == ()
    assert (await one.say(ASKED)).text == "Two million, as before."
    assert [(switch.to, bool(switch.why)) for switch in switches(one)] == [
        ("scripted", True),
        ("model", False),
    ]


async def test_a_model_called_back_knows_what_the_script_said(talk: Begin) -> None:
    one = talk(GONE, reply("Go on."))
    await one.say(ASKED)
    one.host.call_back()
    await one.say("I see.")
    assert f"She: {ASKED}\nYou: {USERS}\n" in one.prompt
    assert "Told already: users" in one.prompt


async def test_a_session_left_to_the_script_and_opened_again_can_call_the_model_back(talk: Begin) -> None:
    one = talk(GONE)
    await one.say(ASKED)
    one.host.close()
    one.reopen(Speaker([reply("Back again.")]))
    assert one.state.interviewer == "scripted"
    one.host.call_back()
    assert (await one.say("Are you there?")).text == "Back again."


async def test_a_failure_in_a_pause_waits_for_its_end(talk: Begin) -> None:
    """Pausing breaks the reply off, so nothing can fail any more, and nothing is said meanwhile."""
    one = talk([WAIT, GONE])
    one.model.hold()
    one.ask(ASKED)
    await one.awaits()
    one.host.do(Pause())
    one.model.release()
    await one.is_hung_up()
    one.wait(3)
    assert one.state.interviewer == "model"
    assert one.last.speaker == "candidate"


@pytest.mark.parametrize(
    "turn", [lambda: GONE, lambda: "", lambda: ValueError("x")], ids=["gone", "empty", "fault"]
)
async def test_nothing_that_goes_wrong_keeps_the_interview_from_its_end(
    talk: Begin, turn: Callable[[], object]
) -> None:
    one = talk(turn(), mode="mock")
    await one.say(ASKED)
    one.wait(2700)
    assert one.state.status == "time_up"
    assert one.last.text.startswith("Time is up.")
