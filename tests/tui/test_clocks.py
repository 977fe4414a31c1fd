"""The two countdowns: right to the second, whatever the event loop does, and never told by colour alone."""

import math

import pytest

from coach.session.commands import NextPhase, Setup, Tick
from coach.tui.clock_view import ClockView, clock_view
from coach.tui.widgets.phase_bar import PhaseBar
from coach.tui.widgets.top_bar import TopBar
from tests.fakes.clock import FakeClock
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, FakeHost
from tests.tui.stage import NARROW, TINY, WIDE, begin, opened, sees

SETUP = Setup("s", "tinyurl", "1", "Design TinyURL", "mock", "senior", 45)


def shown(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}"


def view_at(t: float, *, minutes: float = 45) -> ClockView:
    clock = FakeClock()
    host = FakeHost(Setup("s", "p", "1", "T", "mock", "senior", minutes), clock)
    clock.advance(t)
    host.do(Tick())
    return clock_view(host.state, host.now_s())


async def test_countdown_is_right_to_the_second_over_45_minutes(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        host, bar, top = doors.host, screen.query_one(PhaseBar), screen.query_one(TopBar)
        wrong = []
        for quarter in range(1, 2700 * 4 + 1):
            doors.clock.advance(0.25)
            if quarter % 4 == 0 or quarter % 7 == 0:  # ticks come late, early and in uneven numbers
                screen.tick()
                left = math.ceil(2700 - quarter / 4)
                phase = host.state.current
                phase_left = math.ceil(phase.budget_s - phase.used_s(host.now_s()))
                if top.total_words != f"{shown(left)} left":
                    wrong.append((quarter, top.total_words))
                if phase_left > 0 and bar.view.phase_left != shown(phase_left):
                    wrong.append((quarter, bar.view.phase_left))
            if quarter in (1000, 2200, 5600):
                host.do(NextPhase())
        assert not wrong
        assert host.state.status == "time_up"
        assert top.total_words == "00:00 left"


async def test_countdown_is_right_at_once_after_a_stalled_event_loop(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        doors.clock.advance(130.4)
        screen.tick()
        await sees(pilot, "02:50 left")
        await sees(pilot, "42:50 left")


async def test_nothing_is_painted_while_the_second_stays_the_same(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        painted: list[str] = []
        for kind in (PhaseBar, TopBar):
            plain = kind.render
            monkeypatch.setattr(kind, "render", lambda self, plain=plain: painted.append("x") or plain(self))
        doors.clock.advance(1.2)
        screen.tick()
        await until(lambda: painted)
        await pilot.pause()
        painted.clear()
        for _ in range(3):
            doors.clock.advance(0.1)
            screen.tick()
        await pilot.pause()
        assert painted == []


def test_full_time_shows_for_one_whole_second_and_overrun_counts_up() -> None:
    assert view_at(0).phase_left == "05:00"
    assert view_at(0.3).phase_left == "05:00"
    assert view_at(1.0).phase_left == "04:59"
    assert view_at(299.9).left_words == "! 00:01 left"
    assert view_at(300).left_words == "!! +00:00 over"
    assert view_at(332.7).left_words == "!! +00:32 over"


def test_the_last_fifth_and_the_overrun_have_a_glyph_and_a_word() -> None:
    assert view_at(239).left_words == "01:01 left"
    assert view_at(240).left_words == "! 01:00 left"
    assert (view_at(239).alarm, view_at(240).alarm, view_at(301).alarm) == ("calm", "soon", "over")


def test_an_hour_and_more_is_counted_in_minutes() -> None:
    assert view_at(0, minutes=120).total_words == "120:00 left"


def test_done_phases_say_what_they_used_and_whether_it_was_too_much() -> None:
    clock = FakeClock()
    host = FakeHost(SETUP, clock)
    clock.advance(200)
    host.do(NextPhase())
    clock.advance(500)
    host.do(NextPhase())
    first, second, third, last = clock_view(host.state, host.now_s()).phases
    assert (first.used, first.budget, first.stands) == ("3:20", "5:00", "done")
    assert (second.used, second.budget, second.stands) == ("8:20", "6:40", "late")
    assert (third.stands, last.stands) == ("now", "later")


async def test_both_countdowns_are_readable_at_every_size(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        for size in (WIDE, (100, 30), (80, 24), NARROW, (40, 12), (30, 10), TINY):
            await pilot.resize_terminal(*size)
            doors.clock.advance(55)  # calm, then soon, then over
            screen.tick()
            view = screen.query_one(PhaseBar).view
            await sees(pilot, view.phase_left)
            await sees(pilot, view.total_left)
        assert view.alarm == "over"


async def test_time_up_says_what_to_do_and_typing_goes_on(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        doors.clock.advance(2700)
        screen.tick()
        for size in (WIDE, (80, 24), NARROW):
            await pilot.resize_terminal(*size)
            await sees(pilot, "Time is up. Finish your line, then F12.")
        await pilot.press("a", "b", "c")
        assert screen.talk_line.text == "abc"


async def test_disk_trouble_stands_in_the_header_until_it_is_over(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        for size in ((80, 24), NARROW):
            await pilot.resize_terminal(*size)
            doors.host.trouble = "No space left on device"
            screen.tick()
            await sees(pilot, "NOT SAVED")
            doors.host.trouble = None
            screen.tick()
            await until(lambda: "NOT SAVED" not in screen_text(pilot.app))
