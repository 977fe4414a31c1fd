"""A session with a model behind it, opened again: asked first where its host is new, and it goes on whatever the answer."""

from collections.abc import Iterator
from typing import Any

import pytest

from coach import hosts
from coach.address import Address
from coach.choice import Choice
from coach.config import Wish
from coach.doors import BankView, Doors
from coach.errors import BadInput, CoachError
from coach.paths import data_dir, sessions_dir
from coach.session.commands import SwitchInterviewer
from coach.session.shelf import Shelf
from coach.tui.screens.dialogs import ConfirmScreen
from coach.tui.widgets.top_bar import TopBar
from tests.config_file import write as write_config
from tests.fakes.clock import FakeClock
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.interviewers import everybody
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, FakeHost, endpoint
from tests.tui.stage import WIDE, in_interview, opened, sees, toasts

ASKED, ANSWERED = "How many new links a month?", "100 million new links a month"


class CountedDoors(Doors):
    """The real ones; `reads` is how often the shelf was read, which tests wait for."""

    reads = 0

    def bank(self) -> BankView:
        """Reading every problem takes seconds, and none of these tests looks at the list."""
        return BankView((), ())

    def sessions(self) -> Any:
        found = super().sessions()
        self.reads += 1
        return found


@pytest.fixture
def served() -> Iterator[FakeEndpoint]:
    with FakeEndpoint(everybody) as one:
        yield one


@pytest.fixture
def real_doors(served: FakeEndpoint, clock: FakeClock) -> Iterator[CountedDoors]:
    one = CountedDoors(lambda: Shelf(sessions_dir()), clock, Wish(base_url=served.url, model="fake-model"))
    yield one
    one.hang_up()


@pytest.fixture
def left(real_doors: CountedDoors, served: FakeEndpoint) -> str:
    """An interview that was begun with the model and left; since then nobody knows of the agreement."""
    hosts.agree(Address.parse(served.url))
    host = real_doors.begin(Choice("tinyurl", mode="practice", interviewer="model", judge="offline"))
    host.close()
    (data_dir() / "hosts.json").unlink()
    return host.state.chosen.session


async def test_no_sends_nothing_and_the_script_goes_on_until_somebody_agrees(
    real_doors: CountedDoors, served: FakeEndpoint, left: str
) -> None:
    async with opened(real_doors, WIDE, session=left) as pilot:  # type: ignore[arg-type]
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await sees(pilot, "It stays on this machine.")
        await pilot.press("n")
        screen = await in_interview(pilot)
        await sees(pilot, "interviewer: scripted")
        why = screen.host.state.why_switched
        assert "agreed" in why
        assert "No model is configured" not in why
        screen.talk_line.insert(ASKED)
        await pilot.press("enter")
        await sees(pilot, ANSWERED)
        assert served.calls == []
        screen.let_go()
    async with opened(real_doors, WIDE, session=left) as pilot:  # type: ignore[arg-type]
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        screen = await in_interview(pilot)
        await pilot.press("f2", "ctrl+f")
        await sees(pilot, "fake-model answers again.")
        screen.talk_line.insert(ASKED)
        await pilot.press("enter")
        await until(lambda: len(served.calls) == 1)
        await until(lambda: screen.host.replying_s is None)
        assert ANSWERED in screen.host.state.turns[-1].text
        screen.let_go()


async def test_a_config_that_broke_since_is_told_and_the_script_goes_on(
    clock: FakeClock, left: str, served: FakeEndpoint
) -> None:
    write_config("[profiles.local\nbase_url = 3")
    doors = CountedDoors(lambda: Shelf(sessions_dir()), clock)
    async with opened(doors, WIDE, session=left) as pilot:  # type: ignore[arg-type]
        screen = await in_interview(pilot)
        assert [one for one in toasts(pilot) if one.startswith("config.toml is wrong: ")]
        await sees(pilot, "interviewer: scripted")
        assert screen.host.state.why_switched.startswith("config.toml is wrong: ")
        screen.let_go()
    assert served.calls == []


def test_nothing_is_asked_of_a_host_nobody_agreed_to(real_doors: CountedDoors, left: str) -> None:
    """The last door, should a screen forget to ask."""
    with pytest.raises(CoachError, match="Nobody has agreed"):
        real_doors.judging(left, by="model", tell=lambda _: None)


def left_with_a_model(doors: FakeDoors) -> FakeHost:
    host = FakeDoors(clock=doors.clock, model=endpoint()).begin(
        Choice("tinyurl", minutes=45, mode="practice", interviewer="model")
    )
    doors.reopened["old"] = host
    return host


async def test_a_session_whose_host_was_agreed_to_is_resumed_at_once(doors: FakeDoors) -> None:
    left_with_a_model(doors)
    async with opened(doors, session="old") as pilot:
        screen = await in_interview(pilot)
        assert screen.query_one(TopBar).interviewer == "qwen3:14b"
        assert doors.agreed == 0


@pytest.mark.parametrize(("key", "agreed"), [("y", 1), ("n", 0), ("escape", 0)])
async def test_a_session_with_a_new_host_asks_first_and_goes_on_either_way(
    doors: FakeDoors, key: str, agreed: int
) -> None:
    doors.model = endpoint(is_agreed=False)
    left_with_a_model(doors)
    async with opened(doors, session="old") as pilot:
        await until(lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await sees(pilot, "It leaves this machine.")
        assert doors.hosts == []
        await pilot.press(key)
        await in_interview(pilot)
        assert doors.agreed == agreed


async def test_a_session_with_a_model_is_resumed_although_the_config_is_wrong(doors: FakeDoors) -> None:
    doors.model = BadInput("config.toml is wrong", "line 3", hint="Mend it.")  # type: ignore[assignment]
    left_with_a_model(doors)
    async with opened(doors, session="old") as pilot:
        await in_interview(pilot)
        assert toasts(pilot) == ["config.toml is wrong: line 3\nMend it."]


async def test_a_session_resumed_without_its_model_says_why(doors: FakeDoors) -> None:
    doors.model = endpoint(is_agreed=False)
    host = left_with_a_model(doors)
    host.do(SwitchInterviewer("scripted", "Nothing was sent: Nobody has agreed yet."))
    async with opened(doors, WIDE, session="old") as pilot:
        await pilot.press("n")
        await in_interview(pilot)
        assert "Nobody has agreed yet" in screen_text(pilot.app)
