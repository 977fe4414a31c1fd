"""The real program with a model behind it: it asks, judges and coaches over loopback, is killed, and goes on."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_interview import NOTES
from tests.fakes.endpoint import Call, FakeEndpoint
from tests.fakes.interviewers import everybody
from tests.fakes.terminal import Terminal
from tests.fakes.until import until_sync

WINDOW = 7000
"""Too small for one call with every question, so that a judging has several."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


class Gate:
    """Everybody's model, that stops before it answers the judge's n-th call."""

    def __init__(self, nth: int) -> None:
        self._nth = nth
        self.judged: list[str] = []
        self.opened = threading.Event()

    def __call__(self, call: Call) -> str:
        if "You check one system design interview" in call.prompt:
            self.judged.append(call.prompt)
            if len(self.judged) == self._nth:
                self.opened.wait(30)
        return everybody(call)


@pytest.fixture
def gate() -> Iterator[Gate]:
    one = Gate(2)
    yield one
    one.opened.set()


def flags(endpoint: FakeEndpoint) -> tuple[str, ...]:
    return "--base-url", endpoint.url, "--model", "fake-model"


def scores(home: Path) -> list[dict[str, object]]:
    [path] = (home / "data" / "sessions").glob("*/scores/*.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def interview(terminal: Terminal) -> None:
    """From the ready screen to the self-rating."""
    terminal.wait_for("Enter starts the clock")
    terminal.press("Enter")
    assert "127.0.0.1" in terminal.wait_for("A new host")
    terminal.press("y")
    terminal.wait_for("1 Requirements")
    terminal.press("F2", "How many new links a month?", "Enter")
    terminal.wait_for("100 million new links a month")
    terminal.press("F3", NOTES["requirements"])
    terminal.wait_for(NOTES["requirements"])
    for number, phase in enumerate(("estimation", "high_level", "deep_dive"), start=2):
        terminal.press("F10")
        terminal.wait_for(f"Notes: {number}")
        terminal.press(NOTES[phase])
        terminal.wait_for(NOTES[phase])
    terminal.press("F12")
    terminal.wait_for("Hand in?")
    terminal.press("y")
    terminal.wait_for("How did it go?")
    terminal.press("Escape")


def test_an_interview_with_a_model_killed_while_it_judges_goes_on_without_repeating_a_call(
    home: Path, gate: Gate
) -> None:
    with FakeEndpoint(gate, model={"max_model_len": WINDOW}) as endpoint:
        terminal = Terminal(("practice", "tinyurl", *flags(endpoint)), home=home, size=(120, 40))
        try:
            interview(terminal)
            terminal.wait_for("A model judges")
            until_sync(lambda: len(gate.judged) == 2)
            kept = scores(home)
            assert [one["kind"] for one in kept] == ["begun", "planned", "call"]
        finally:
            terminal.kill()
        gate.opened.set()
        terminal = Terminal(flags(endpoint), home=home, size=(120, 40))
        try:
            terminal.wait_for("Design TinyURL")
            terminal.press("p")
            terminal.wait_for("not judged")
            terminal.press("Enter")
            shown = terminal.wait_for("NOT CALIBRATED")
            assert "judged by fake-model" in shown
            terminal.press("c")
            terminal.wait_for("You named what you leave out")
        finally:
            terminal.kill()
        times = Counter(gate.judged)
        assert times[gate.judged[0]] == 1, "the call that was answered before the kill was made again"
        calls = [one for one in scores(home) if one.get("kind") == "call"]
        assert len({(one["part"], one["round"]) for one in calls}) == len(calls) >= 3
        assert sum(one.get("kind") == "begun" for one in scores(home)) == 1
        [card] = [one for one in scores(home) if "verdict" in one]
        assert card["judge"]["account"]["calls"] == len(calls)  # type: ignore[index]


def test_an_endpoint_that_goes_away_leaves_the_interview_to_the_script_and_comes_back_on_one_key(
    home: Path,
) -> None:
    with FakeEndpoint(everybody) as endpoint:
        terminal = Terminal(("practice", "tinyurl", *flags(endpoint)), home=home, size=(120, 40))
        try:
            terminal.wait_for("Enter starts the clock")
            terminal.press("Enter")
            terminal.wait_for("A new host")
            terminal.press("y")
            terminal.wait_for("1 Requirements")
            endpoint.stop()
            terminal.press("F2", "How many new links a month?", "Enter")
            shown = terminal.wait_for("100 million new links a month")
            assert "model lost" in shown
            assert "^f calls the model" in shown
            endpoint.start()
            terminal.press("\x06")
            terminal.wait_for("fake-model answers again")
            terminal.press("Can somebody guess a code?", "Enter")
            terminal.wait_for("Holding one code")
            assert len(endpoint.calls) == 1
        finally:
            terminal.kill()


def test_a_window_pulled_small_and_huge_while_a_reply_streams_in_loses_no_word(home: Path) -> None:
    with FakeEndpoint(everybody, pace_s=0.05) as endpoint:
        terminal = Terminal(("practice", "tinyurl", *flags(endpoint)), home=home, size=(120, 40))
        try:
            terminal.wait_for("Enter starts the clock")
            terminal.press("Enter")
            terminal.wait_for("A new host")
            terminal.press("y")
            terminal.wait_for("1 Requirements")
            terminal.press("F2", "How many new links a month?", "Enter")
            until_sync(lambda: bool(endpoint.calls))
            for size in ((20, 5), (300, 100), (20, 5), (120, 40), (300, 100), (120, 40)):
                terminal.resize(*size)
                terminal.pump(0.1)
            terminal.wait_for("100 million new links a month")
            assert terminal.child.poll() is None
        finally:
            terminal.kill()
