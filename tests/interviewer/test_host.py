"""The session with its interviewer listening in, over a real runner and a clock moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.interviewer.host import Host
from coach.interviewer.scripted import ScriptedInterviewer
from coach.session.commands import NextPhase, Pause, RateSelf, Say, Setup, Unpause
from coach.session.decide import Refused
from coach.session.events import CurveballThrown, FactGiven, HintTaken, Record, Said, Spoke, TopicOpened
from coach.session.runner import Runner
from coach.session.shelf import Shelf
from coach.terms import Mode
from tests.fakes.clock import FakeClock
from tests.interviewer.problems import library


def open_host(folder: Path, clock: FakeClock, *, mode: Mode = "practice", minutes: float = 45.0) -> Host:
    setup = Setup("s1", "library", "1", "Design a lending library", mode, "senior", minutes)
    runner = Runner.begin(Shelf(folder / "sessions"), setup, clock=clock)
    return Host(runner, ScriptedInterviewer(library()))


@pytest.fixture
def host(tmp_path: Path, clock: FakeClock) -> Iterator[Host]:
    opened = open_host(tmp_path, clock)
    yield opened
    opened.close()


def intents(host: Host) -> list[str]:
    return [turn.intent for turn in host.state.turns if turn.speaker == "interviewer"]


def test_the_first_tick_greets_and_no_later_one(host: Host, clock: FakeClock) -> None:
    host.tick()
    clock.advance(3)
    host.tick()
    assert intents(host) == ["greeting"]


def test_a_turn_is_answered_before_do_returns(host: Host) -> None:
    happened = host.do(Say("How many readers are there?"))
    assert [type(event) for event in happened] == [Said, Spoke, FactGiven]
    assert host.state.facts == {"users": "asked"}


def test_every_word_reaches_the_listeners_in_order(host: Host) -> None:
    heard: list[Record] = []
    stop = host.subscribe(heard.append)
    host.do(Say("How many readers are there?"))
    stop()
    host.do(Say("How long can a book be kept?"))
    assert [type(record.event) for record in heard] == [Said, Spoke, FactGiven]


def test_a_refused_turn_is_not_answered(host: Host) -> None:
    with pytest.raises(Refused):
        host.do(Say("   "))
    assert intents(host) == []


def test_the_interviewer_looks_up_about_once_a_second(host: Host, clock: FakeClock) -> None:
    host.tick()
    for _ in range(3):
        host.do(NextPhase())
    clock.advance(0.3)
    host.tick()
    assert "topic" not in intents(host)
    clock.advance(0.8)
    happened = host.tick()
    assert [type(event) for event in happened] == [Spoke, TopicOpened]


def test_typing_and_the_clock_pass_through(host: Host, clock: FakeClock) -> None:
    host.type("notes.requirements", "Lending only.")
    clock.advance(1)
    host.tick()
    assert host.state.docs["notes.requirements"] == "Lending only."
    assert host.now_s() == pytest.approx(1)
    assert host.trouble is None


def test_hints_are_recorded_until_there_are_none(host: Host) -> None:
    heard: list[Record] = []
    host.subscribe(heard.append)
    assert [host.hint() for _ in range(4)] == [True, True, True, False]
    taken = [record.event for record in heard if isinstance(record.event, HintTaken)]
    assert [event.rung for event in taken] == [1, 2, 3]


def test_a_paused_interviewer_keeps_quiet(host: Host, clock: FakeClock) -> None:
    host.tick()
    host.do(Pause())
    clock.advance(400)
    host.tick()
    assert not host.hint()
    host.do(Unpause())
    host.tick()
    assert intents(host) == ["greeting"]


def test_a_whole_interview_records_its_curveballs(tmp_path: Path, clock: FakeClock) -> None:
    host = open_host(tmp_path, clock, mode="mock", minutes=9)
    heard: list[Record] = []
    host.subscribe(heard.append)
    for second in range(60 * 9 + 5):
        if second in (60, 120, 300):
            host.do(NextPhase())
        host.tick()
        clock.advance(1)
    thrown = [record for record in heard if isinstance(record.event, CurveballThrown)]
    assert [round(record.t / 540 * 45) for record in thrown] == [32, 38]
    assert intents(host)[-1] == "time_up"
    host.close()


def test_a_reopened_session_is_not_greeted_again(tmp_path: Path, clock: FakeClock) -> None:
    host = open_host(tmp_path, clock)
    host.tick()
    host.close()
    runner = Runner.reopen(Shelf(tmp_path / "sessions"), "s1", clock=clock)
    again = Host(runner, ScriptedInterviewer(library()))
    again.tick()
    assert intents(again) == ["greeting"]
    again.close()


def test_a_tick_after_closing_says_nothing(tmp_path: Path, clock: FakeClock) -> None:
    host = open_host(tmp_path, clock)
    host.close()
    assert host.tick() == ()


@pytest.mark.parametrize("mode", ["mock", "practice"])
def test_four_hours_without_a_key_say_little_and_write_little(
    tmp_path: Path, clock: FakeClock, mode: Mode
) -> None:
    host = open_host(tmp_path, clock, mode=mode)
    for _ in range(4 * 3600):
        host.tick()
        clock.advance(1)
    [journal] = (tmp_path / "sessions").rglob("session.jsonl")
    assert len(intents(host)) < 40
    assert journal.stat().st_size < 40_000
    assert host.do(RateSelf("hire")) if host.state.status == "finished" else host.do(Say("Back again."))
    host.close()
