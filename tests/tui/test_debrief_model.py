"""A debrief with a model at work: its judging is watched, stopped and gone on with."""

import asyncio
import gc
from dataclasses import replace
from typing import Any

import pytest

from coach.errors import BadInput, CoachError
from coach.tui.commands import offered
from coach.tui.screens.debrief import DebriefScreen
from coach.tui.screens.dialogs import ConfirmScreen
from coach.tui.screens.help import help_text
from coach.tui.widgets.key_bar import KeyBar
from tests.fakes.interviewers import COACHING
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import endpoint
from tests.tui.model_doors import AT_WORK, ModelDoors, come_in, judged_by, keys, leave, reading
from tests.tui.stage import WIDE, sees, sees_no, toasts
from tests.tui.test_hostile import NASTY, assert_harmless
from tests.tui.test_screens import compare


async def test_a_judging_shows_what_it_does_how_far_it_is_and_what_it_took() -> None:
    async with reading(ModelDoors()) as pilot:
        for words in (
            "A model judges",
            "Reading the answer, part 2 of 3",
            "call 2 of 3",
            "about 6,120 tokens sent",
            "6,034 read",
            "812 written",
            "cost so far 0.0123",
            " 1 s",
            "x stops it",
        ):
            await sees(pilot, words)
        assert {"stop", "back"} <= keys(pilot)
        assert not {"again", "save", "coach"} & keys(pilot)


async def test_a_judging_and_its_coaching_look_like_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.tui.screens.debrief_view.judging_note", _at_nine_seconds())
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await compare(pilot, "debrief-judging")
        doors.judge_may_end.set()
        await until(lambda: doors.coachings)
        await pilot.press("c")
        doors.coachings[0].end(COACHING)
        await sees(pilot, "You named what you leave out")
        await sees_no(pilot, "x stop")
        await compare(pilot, "debrief-coaching")


def _at_nine_seconds() -> Any:
    from coach.tui.widgets.debrief_notes import judging_note

    return lambda progress, _seconds: judging_note(progress, 9.5)


async def test_x_stops_a_judging_which_can_be_gone_on_with() -> None:
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await pilot.press("x")
        for words in (
            "Judging was stopped",
            "What was answered so far is kept.",
            "r tries again, o judges offline",
        ):
            await sees(pilot, words)
        assert {"again", "by_offline", "by_model"} <= keys(pilot)
        assert "stop" not in keys(pilot)
        await pilot.press("r")
        await sees(pilot, "A model judges")
        doors.judge_may_end.set()
        await sees(pilot, "No hire")
        assert [one.by for one in doors.judgings] == ["model", "model"]


async def test_after_a_stop_o_judges_offline_and_nobody_coaches() -> None:
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await pilot.press("x")
        await sees(pilot, "Judging was stopped")
        await pilot.press("o")
        await sees(pilot, "offline estimate")
        assert [one.by for one in doors.judgings] == ["model", "offline"]
        assert doors.coachings == []


async def test_a_read_scorecard_can_be_judged_again_by_either() -> None:
    doors = ModelDoors(known=judged_by("offline"))
    doors.judge_may_end.set()
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        assert doors.judgings == []
        await pilot.press("m")
        await sees(pilot, "judged by qwen3:14b")
        await pilot.press("o")
        await sees(pilot, "offline estimate")
        assert [one.by for one in doors.judgings] == ["model", "offline"]


@pytest.mark.parametrize("key", ["m", "c"])
async def test_a_new_host_is_asked_about_before_it_judges_or_coaches(key: str) -> None:
    doors = ModelDoors(known=judged_by("offline"), model=endpoint(is_agreed=False))
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press(key)
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("n")
        await until(lambda: isinstance(pilot.app.screen, DebriefScreen))
        assert (doors.judgings, doors.coachings, doors.agreed) == ([], [], 0)
        await pilot.press(key)
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(lambda: doors.judgings or doors.coachings)
        assert doors.agreed == 1


@pytest.mark.parametrize("key", ["m", "c"])
async def test_without_a_model_or_with_a_broken_config_it_says_so(key: str) -> None:
    doors = ModelDoors(known=judged_by("offline"), model=None)
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press(key)
        await until(lambda: toasts(pilot) == ["No model is configured; coach doctor finds one."])
        doors.model = BadInput("config.toml is wrong", "line 3", hint="Mend it.")
        await pilot.press(key)
        await until(lambda: toasts(pilot)[1:] == ["config.toml is wrong: line 3\nMend it."])
        assert (doors.judgings, doors.coachings) == ([], [])


async def test_leaving_and_coming_back_watches_the_same_judging_and_coaches_once() -> None:
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await leave(pilot)
        await come_in(pilot)
        await sees(pilot, "A model judges")
        assert len(doors.judgings) == 1
        await pilot.press("x")
        await sees(pilot, "Judging was stopped")
        assert doors.judgings[0].is_cancelled
        await pilot.press("r")
        await sees(pilot, "A model judges")
        await leave(pilot)
        await come_in(pilot)
        doors.judge_may_end.set()
        await sees(pilot, "judged by qwen3:14b")
        await until(lambda: doors.coachings)
        assert (len(doors.judgings), len(doors.coachings)) == (2, 1)


async def test_a_judging_that_ends_while_nobody_looks_is_read_afterwards() -> None:
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await leave(pilot)
        doors.judge_may_end.set()
        reading_ = pilot.app.readings["s1"]
        await until(lambda: reading_.worker.is_finished)
        doors.known = judged_by("model")
        await come_in(pilot)
        await sees(pilot, "judged by qwen3:14b")
        assert len(doors.judgings) == 1
        assert doors.coachings == [], "a coaching that nobody asked for is not paid for"


async def test_hostile_progress_coaching_and_errors_are_words() -> None:
    doors = ModelDoors(progress=(replace(AT_WORK, doing=NASTY),))
    async with reading(doors, WIDE) as pilot:
        await sees(pilot, "[bold]x[/bold] [/x]")
        assert_harmless(pilot)
        doors.judge_may_end.set()
        await until(lambda: doors.coachings)
        await pilot.press("c")
        one = doors.coachings[0]
        one.by = one.text = NASTY
        await sees(pilot, "List<String>")
        assert_harmless(pilot)
        one.end(f'{NASTY}\nYou said "[/x] and \x1b[2J four more words".')
        await sees(pilot, "not yours")
        assert_harmless(pilot)
        await until(lambda: pilot.app.screen.coaching is None)
        await pilot.press("c")
        await until(lambda: len(doors.coachings) == 2)
        doors.coachings[1].fail(CoachError(NASTY, NASTY, hint=NASTY))
        await sees(pilot, "c asks again")
        assert_harmless(pilot)


async def test_help_and_palette_hold_the_keys_for_a_model() -> None:
    doors = ModelDoors(known=judged_by("offline"))
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        labels = {one.label for one in offered(pilot.app.screen)}
        assert {"offline", "by model", "coaching"} <= labels
        text = " ".join(help_text("debrief", "").split())
        for words in (
            "Stop the model;",
            "Judge it again, offline;",
            "Judge it again by the model;",
            "Read what a model",
        ):
            assert words in text


async def test_coming_back_to_a_judging_its_seconds_go_on() -> None:
    doors = ModelDoors()
    async with reading(doors) as pilot:
        await sees(pilot, " 1 s ")
        await leave(pilot)
        await come_in(pilot)
        await sees(pilot, "A model judges")
        assert " 0 s " not in screen_text(pilot.app)


async def test_quitting_while_a_judging_goes_on_unseen_leaves_no_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with reading(ModelDoors()) as pilot:
        await sees(pilot, "A model judges")
        await leave(pilot)
        await pilot.press("ctrl+q")
        await until(lambda: not pilot.app.is_running)
    gc.collect()
    assert "never retrieved" not in caplog.text


async def test_leaving_in_the_moment_a_judging_ends_does_not_end_the_coach(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doors = ModelDoors()

    async def judged_just_now(bar: KeyBar) -> None:
        if isinstance(bar.screen, DebriefScreen):
            doors.judge_may_end.set()
            worker = bar.app.readings["s1"].worker  # type: ignore[attr-defined]
            await until(lambda: worker.is_finished)
            await asyncio.sleep(0)

    monkeypatch.setattr(KeyBar, "on_unmount", judged_just_now, raising=False)
    async with reading(doors) as pilot:
        await sees(pilot, "A model judges")
        await leave(pilot)
        await pilot.pause()
        assert pilot.app.is_running
