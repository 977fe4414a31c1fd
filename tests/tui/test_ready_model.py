"""The ready screen where a model is configured: who asks, who judges, where the words go, asked before any go there."""

from typing import Any

import pytest

from coach.choice import Choice
from coach.errors import BadInput
from coach.tui.commands import offered
from coach.tui.screens.dialogs import ConfirmScreen
from coach.tui.screens.help import help_text
from coach.tui.screens.interview import InterviewScreen
from coach.tui.screens.ready import ReadyScreen
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, endpoint
from tests.tui.stage import WIDE, opened, sees, toasts
from tests.tui.test_hostile import NASTY, assert_harmless
from tests.tui.test_screens import compare

NEW = {"is_agreed": False}


async def ready(pilot: Any) -> ReadyScreen:
    await until(lambda: isinstance(pilot.app.screen, ReadyScreen) and pilot.app.screen.focused)
    return pilot.app.screen  # type: ignore[no-any-return]


def asking(doors: FakeDoors, **how: Any) -> Any:
    return opened(doors, WIDE, choice=Choice("tinyurl", **how))


async def test_model_and_host_are_on_the_screen_before_anything_is_sent(doors: FakeDoors) -> None:
    doors.model = endpoint()
    async with opened(doors, choice=Choice("tinyurl")) as pilot:
        one = await ready(pilot)
        labels = {key.label for key in offered(one)}
        assert {"who asks", "judge", "persona"} <= labels
        assert all(label in " ".join(help_text("ready", "").split()) for label in labels)
        for words in (
            "i  Interviewer  qwen3:14b at llm.example:8080, neutral",
            "j  Judge        qwen3:14b at llm.example:8080",
            "What you say and write goes to llm.example:8080.",
        ):
            await sees(pilot, words)
        assert doors.hosts == []
        await compare(pilot, "ready-model")


async def test_i_j_and_p_change_who_asks_who_judges_and_how_it_presses(doors: FakeDoors) -> None:
    doors.model = endpoint()
    async with asking(doors) as pilot:
        one = await ready(pilot)
        for persona in ("friendly", "terse", "adversarial", "neutral", "friendly"):
            await pilot.press("p")
            await sees(pilot, f"llm.example:8080, {persona}")
        await pilot.press("j")
        await sees(pilot, "offline, on this machine")
        await sees(pilot, "goes to llm.example:8080")
        await pilot.press("i")
        await sees(pilot, "scripted, on this machine")
        await sees(pilot, "Nothing leaves this machine.")
        assert "persona" not in [key.id for key in offered(one)]
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        setup = doors.host.state.chosen
        assert (setup.interviewer, setup.judge, setup.model, setup.host) == ("scripted", "offline", "", "")


async def test_what_was_chosen_is_what_begins(doors: FakeDoors) -> None:
    doors.model = endpoint()
    async with asking(doors, judge="offline", persona="terse") as pilot:
        await ready(pilot)
        await pilot.press("p", "enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        setup = doors.host.state.chosen
        assert (setup.interviewer, setup.judge, setup.persona) == ("model", "offline", "adversarial")
        assert (setup.model, setup.host) == ("qwen3:14b", "llm.example:8080")
        assert doors.agreed == 0, "it was agreed to before"


async def test_a_new_host_is_asked_about_once_and_yes_begins(doors: FakeDoors) -> None:
    doors.model = endpoint(**NEW)
    async with asking(doors) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        for words in (
            "A new host",
            "It leaves this machine.",
            "qwen3:14b there would read",
            "once for this host",
        ):
            await sees(pilot, words)
        assert (doors.hosts, doors.agreed) == ([], 0)
        await pilot.press("y")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert doors.agreed == 1
        assert doors.host.state.chosen.interviewer == "model"


@pytest.mark.parametrize("no", ["n", "escape", "enter"])
async def test_no_sends_nothing_and_says_how_to_go_on_without(doors: FakeDoors, no: str) -> None:
    doors.model = endpoint(**NEW)
    async with asking(doors) as pilot:
        await ready(pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press(no)
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == [
            "Nothing was sent. i and j choose the scripted interviewer and the offline judge."
        ]
        assert (doors.hosts, doors.agreed) == ([], 0)
        await ready(pilot)
        if no != "n":
            return
        await pilot.press("i", "j", "enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert doors.agreed == 0
        assert not doors.host.has_model


async def test_a_config_that_is_wrong_is_told_and_the_coach_works_without_a_model(doors: FakeDoors) -> None:
    doors.model = BadInput("config.toml is wrong", "line 3: [red]no[/red] value", hint="Mend it.")  # type: ignore[assignment]
    async with asking(doors) as pilot:
        one = await ready(pilot)
        assert toasts(pilot) == ["config.toml is wrong: line 3: [red]no[/red] value\nMend it."]
        assert "Interviewer " not in screen_text(pilot.app)
        assert not {"interviewer", "judge", "persona"} & {key.id for key in offered(one)}
        await pilot.press("i")
        await until(lambda: "No model is configured; see coach doctor." in toasts(pilot))
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        assert not doors.host.has_model


async def test_without_a_model_nothing_is_said_of_one(doors: FakeDoors) -> None:
    async with asking(doors) as pilot:
        one = await ready(pilot)
        shown = screen_text(pilot.app)
        for words in ("Interviewer  ", "Judge  ", "leaves this machine", "who asks"):
            assert words not in shown
        assert not {"interviewer", "judge", "persona"} & {key.id for key in offered(one)}


async def test_hostile_names_of_model_and_host_are_words(doors: FakeDoors) -> None:
    doors.model = endpoint(host=NASTY, model=NASTY, question=NASTY, **NEW)
    async with asking(doors) as pilot:
        await ready(pilot)
        await sees(pilot, "[bold]x[/bold] [/x]")
        assert_harmless(pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await sees(pilot, "[@click=app.quit]y[/]")
        assert_harmless(pilot)
        await pilot.press("y")
        await until(lambda: isinstance(pilot.app.screen, InterviewScreen))
        await pilot.pause()
        assert_harmless(pilot)
