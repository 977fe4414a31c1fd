"""The real program in a terminal: from home to debrief, killed and resumed on the way."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.terminal import Terminal, environment

NOTES = {
    "requirements": "p99 redirect under 50 ms",
    "estimation": "writes: 100M / 30 days = 39/s",
    "high_level": "create: client -> api -> primary store",
    "deep_dive": "random codes, unique key, retry on collision",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


@pytest.fixture
def terminals(home: Path) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for one in opened:
        one.close()


def start(
    terminals: list[Terminal], home: Path, *arguments: str, size: tuple[int, int] = (80, 24)
) -> Terminal:
    terminal = Terminal(arguments, home=home, size=size)
    terminals.append(terminal)
    return terminal


def begin(
    terminals: list[Terminal], home: Path, *arguments: str, size: tuple[int, int] = (80, 24)
) -> Terminal:
    """A TinyURL interview whose clock has just started."""
    terminal = start(terminals, home, "practice", "tinyurl", *arguments, size=size)
    terminal.wait_for("Enter starts the clock")
    terminal.press("Enter")
    terminal.wait_for("left")
    return terminal


def hand_in(terminal: Terminal) -> str:
    """Finish, rate oneself, and read the verdict."""
    terminal.press("F12")
    terminal.wait_for("Hand in?")
    terminal.press("y")
    terminal.wait_for("How did it go?")
    terminal.press("Right")
    terminal.wait_for("[strong no hire]")
    terminal.press("Enter")
    return terminal.wait_for("of 4")


def journal(home: Path) -> str:
    [path] = (home / "data" / "sessions").glob("*/session.jsonl")
    return path.read_text(encoding="utf-8")


def notes_kept(home: Path) -> str:
    """All notes as the journal alone gives them back."""
    script = (
        "from coach import wiring\n"
        "from coach.session.evolve import replay\n"
        "shelf = wiring.shelf()\n"
        "state = replay(shelf.read(shelf.list()[0].session).records)\n"
        "print('\\n'.join(state.docs.values()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(home), capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_whole_interview_killed_and_resumed_on_the_way(terminals: list[Terminal], home: Path) -> None:
    terminal = start(terminals, home)
    terminal.wait_for("Design TinyURL")
    terminal.press("Enter")
    terminal.wait_for("Enter starts the clock")
    terminal.press("Enter")
    terminal.wait_for("1 Requirements")
    terminal.press("F2", "how many new links a month?", "Enter")
    terminal.wait_for("100 million new links a month")
    terminal.press("F3", NOTES["requirements"])
    terminal.wait_for(NOTES["requirements"])
    terminal.press("F10")
    terminal.wait_for("Notes: 2")
    terminal.press(NOTES["estimation"])
    terminal.wait_for(lambda _: "30 days" in journal(home))
    terminal.kill()

    terminal = start(terminals, home)
    terminal.wait_for("Resume")
    terminal.press("Enter")
    shown = terminal.wait_for("Notes: 2")
    assert "writes: 100M" in shown
    terminal.press("F10")
    terminal.wait_for("Notes: 3")
    terminal.press(NOTES["high_level"])
    terminal.press("F10")
    terminal.wait_for("Notes: 4")
    terminal.press(NOTES["deep_dive"])
    terminal.wait_for("random codes")
    shown = hand_in(terminal)
    assert "offline estimate" in shown.lower()
    terminal.press("Escape")
    terminal.wait_for("Design TinyURL")
    terminal.press("ctrl+q")
    assert terminal.end() == 0
    assert terminal.is_restored()
    kept = notes_kept(home)
    assert all(text in kept for text in NOTES.values())


def test_a_kill_in_the_middle_of_a_word_loses_at_most_a_second_of_typing(
    terminals: list[Terminal], home: Path
) -> None:
    terminal = begin(terminals, home)
    terminal.press("F3", "the first line is old", "Enter")
    terminal.wait_for(lambda _: "is old" in journal(home))
    terminal.press("and this wor")
    terminal.kill()
    assert "the first line is old" in notes_kept(home)
    resumed = start(terminals, home, "resume")
    assert "the first line is old" in resumed.wait_for("the first line")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_everything_and_restores_the_terminal(
    terminals: list[Terminal], home: Path, number: signal.Signals
) -> None:
    terminal = begin(terminals, home)
    terminal.press("F3", "typed just before the signal")
    terminal.wait_for("just before the signal")
    assert terminal.end(number) == 128 + number
    assert "typed just before the signal" in notes_kept(home)
    assert terminal.is_restored()


def test_a_terminal_that_goes_away_without_a_signal_ends_the_program_too(
    terminals: list[Terminal], home: Path
) -> None:
    terminal = begin(terminals, home)
    terminal.press("F3", "typed just before")
    terminal.wait_for("typed just before")
    terminal.close_pty()
    assert terminal.child.wait(20) is not None
    assert "typed just before" in notes_kept(home)


@pytest.mark.parametrize("where", ["home", "interview", "debrief"])
def test_a_terminal_that_goes_away_ends_the_program(
    terminals: list[Terminal], home: Path, where: str
) -> None:
    if where == "home":
        terminal = start(terminals, home)
        terminal.wait_for("Design TinyURL")
    else:
        terminal = begin(terminals, home)
        terminal.press("F3", "typed just before")
        terminal.wait_for("typed just before")
    if where == "debrief":
        hand_in(terminal)
    terminal.hang_up()
    assert terminal.child.wait(20) is not None
    if where != "home":
        assert "typed just before" in notes_kept(home)


def test_a_second_coach_on_one_session_is_turned_away(terminals: list[Terminal], home: Path) -> None:
    begin(terminals, home)
    second = start(terminals, home, "resume")
    second.wait_for(lambda shown: "another coach" in shown.lower() or "open" in shown.lower())
    assert "Notes: 1" not in second.screen()


def test_quitting_asks_once_and_keeps_the_session(terminals: list[Terminal], home: Path) -> None:
    terminal = begin(terminals, home)
    terminal.press("F3", "kept on quitting")
    terminal.wait_for("kept on quitting")
    terminal.press("ctrl+q")
    terminal.wait_for("resumed")
    terminal.press("y")
    assert terminal.end() == 0
    assert "kept on quitting" in notes_kept(home)


def test_a_tiny_terminal_and_back(terminals: list[Terminal], home: Path) -> None:
    terminal = begin(terminals, home)
    terminal.press("F3", "still here")
    terminal.wait_for("still here")
    terminal.resize(20, 5)
    terminal.wait_for(lambda shown: ":" in shown)
    terminal.resize(120, 40)
    terminal.wait_for("still here")
    assert terminal.child.poll() is None


def test_hostile_notes_stay_text(terminals: list[Terminal], home: Path) -> None:
    terminal = begin(terminals, home, size=(120, 40))
    terminal.press("F3")
    hostile = "[bold]x[/x] \u202eRTL\u200b 漢字 🎉 [/]"
    terminal.paste(hostile)
    terminal.wait_for("[bold]x[/x]")
    terminal.wait_for(lambda _: "[/x]" in journal(home))
    for line in journal(home).splitlines():
        json.loads(line)
    assert terminal.child.poll() is None
