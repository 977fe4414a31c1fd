"""Killed at random moments, wherever one is: `make storm` does it 300 times, the tests once for each kind of place.

Nothing is damaged, nothing older than a second is lost, no call to a model that was answered is made again.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.test_killed import PASTED, is_resumable, kept
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.interviewers import everybody
from tests.fakes.terminal import Terminal, environment

STORM_KILLS = 300
LOST_AT_MOST_S = 1.0
WRITING = {"notes": ("F3", "notes.requirements"), "sheet": ("F4", "sheet"), "board": ("F5", "board")}
lost_s: dict[str, list[float]] = {}
"""How old the oldest lost word was, for each kill, by place."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


@pytest.fixture(scope="module", autouse=True)
def distribution(request: pytest.FixtureRequest) -> Iterator[None]:
    """What was lost, printed at the end of a storm."""
    yield
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or sum(map(len, lost_s.values())) < STORM_KILLS // 4:
        return
    for place, times in sorted(lost_s.items()):
        worst, middle = max(times), statistics.median(times)
        reporter.write_line(
            f"{place:<10} {len(times):>3} kills, lost typing: median {middle:.2f} s, most {worst:.2f} s"
        )


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach.cli", *arguments],
        capture_output=True, text=True, env=environment(home), timeout=60, check=False,
    )  # fmt: skip


def begun(home: Path, *flags: str) -> Terminal:
    """An interview whose clock runs."""
    terminal = Terminal(("practice", "tinyurl", *flags), home=home, size=(120, 40))
    terminal.wait_for("Enter starts the clock")
    terminal.press("Enter")
    return terminal


def while_writing(home: Path, chance: random.Random, place: str) -> None:
    key, doc = WRITING[place]
    typed: list[tuple[float, str]] = []
    terminal = begun(home)
    try:
        terminal.wait_for("left")
        terminal.press(key)
        terminal.wait_for(f" {place.capitalize()}")
        end = time.monotonic() + chance.uniform(1.2, 3.0)
        while time.monotonic() < end:
            word = f"w{len(typed)} "
            terminal.press(word)
            typed.append((time.monotonic(), word))
            terminal.pump(chance.uniform(0.01, 0.2))
        killed = time.monotonic()
    finally:
        terminal.kill()
    _, _, damage, docs, _ = kept(home)
    assert not damage
    text = docs.get(doc, "")
    first_lost = next((when for at, (when, _) in enumerate(typed) if f"w{at} " not in text), killed)
    lost_s.setdefault(place, []).append(killed - first_lost)
    assert killed - first_lost <= LOST_AT_MOST_S
    is_resumable(home)


def while_streaming(home: Path, chance: random.Random) -> None:
    with FakeEndpoint(everybody) as endpoint:
        flags = ("--base-url", endpoint.url, "--model", "fake-model")
        terminal = begun(home, *flags)
        try:
            terminal.wait_for("A new host")
            terminal.press("y")
            terminal.wait_for("1 Requirements")
            terminal.press("F2", PASTED.format("how many new links a month?"), "Enter")
            terminal.wait_for("how many new links a month?")
            terminal.pump(chance.uniform(0.0, 1.2))
        finally:
            terminal.kill()
        _, _, damage, _, turns = kept(home)
        assert not damage
        assert turns.count("how many new links a month?") <= 1
        asked = len(endpoint.calls)
        terminal = Terminal(("resume", *flags), home=home, size=(120, 40))
        try:
            terminal.wait_for("1 Requirements")
            assert len(endpoint.calls) == asked
        finally:
            terminal.kill()


def hand_in(terminal: Terminal) -> None:
    terminal.press("F3", PASTED.format("create: draw a code, insert the row"))
    terminal.wait_for("insert the row")
    terminal.press("F12")
    terminal.wait_for("Hand in?")
    terminal.press("y")
    terminal.wait_for("How did it go?")
    terminal.press("Escape")


def while_judging(home: Path, chance: random.Random) -> None:
    with FakeEndpoint(everybody, model={"max_model_len": 7000}) as endpoint:
        flags = ("--base-url", endpoint.url, "--model", "fake-model")
        terminal = begun(home, *flags)
        try:
            terminal.wait_for("A new host")
            terminal.press("y")
            terminal.wait_for("1 Requirements")
            hand_in(terminal)
            terminal.pump(chance.uniform(0.0, 2.5))
        finally:
            terminal.kill()
        answered = answered_calls(home)
        done = command(home, "rescore", session(home), "--judge", "model", "--yes", *flags)
        assert done.returncode == 0, done.stderr
        prompts = Counter(
            call.prompt for call in endpoint.calls if "You check one system design" in call.prompt
        )
        assert sum(times - 1 for times in prompts.values()) <= max(0, len(prompts) - answered)
        assert "score" in command(home, "show", session(home)).stdout


def answered_calls(home: Path) -> int:
    """Calls of a judging whose answer was kept before the kill."""
    lines = [
        line
        for path in home.rglob("scores/*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    found = 0
    for line in lines:
        with suppress(json.JSONDecodeError):
            found += json.loads(line).get("kind") == "call"
    return found


def session(home: Path) -> str:
    (journal,) = home.rglob("session.jsonl")
    return journal.parent.name


def in_the_debrief(home: Path, chance: random.Random) -> None:
    terminal = begun(home)
    try:
        terminal.wait_for("left")
        hand_in(terminal)
        terminal.pump(chance.uniform(0.0, 2.0))
    finally:
        terminal.kill()
    status, _, damage, docs, _ = kept(home)
    assert (status, damage) == ("finished", False)
    assert docs["notes.requirements"] == "create: draw a code, insert the row"
    shown = command(home, "show", session(home))
    assert shown.returncode == 0, shown.stderr
    assert "score" in shown.stdout


def while_indexing(home: Path, chance: random.Random) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", "practice", "tinyurl", "--plain"],
        input="/notes\n- one line\n/finish\n\n", capture_output=True, text=True, env=environment(home), timeout=60, check=True,
    )  # fmt: skip
    assert "score" in done.stdout
    whole = command(home, "sessions", "--format", "json").stdout
    for _ in range(3):
        for index in home.rglob("*.sqlite*"):
            index.unlink()
        child = subprocess.Popen(
            [sys.executable, "-m", "coach.cli", "sessions"], env=environment(home), stdout=subprocess.DEVNULL
        )
        with suppress(subprocess.TimeoutExpired):
            child.wait(chance.uniform(0.05, 0.6))
        child.kill()
        child.wait(timeout=30)
        assert command(home, "sessions", "--format", "json").stdout == whole


PLACES: dict[str, Callable[[Path, random.Random], None]] = {
    "notes": lambda home, chance: while_writing(home, chance, "notes"),
    "sheet": lambda home, chance: while_writing(home, chance, "sheet"),
    "board": lambda home, chance: while_writing(home, chance, "board"),
    "streaming": while_streaming,
    "judging": while_judging,
    "debrief": in_the_debrief,
    "index": while_indexing,
}


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ("notes", "sheet")])
def test_killed_at_a_random_moment_nothing_older_than_a_second_is_lost(home: Path, place: str) -> None:
    PLACES[place](home, random.Random(place))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(STORM_KILLS))
def test_storm(home: Path, seed: int) -> None:
    PLACES[list(PLACES)[seed % len(PLACES)]](home, random.Random(seed))
