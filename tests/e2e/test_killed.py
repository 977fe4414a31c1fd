"""Killed in the middle of every write, and at random moments: nothing damaged, nothing old lost, resumable."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.terminal import Terminal, environment

LAUNCHER = str(Path(__file__).parent.parent / "fakes" / "killed_at_write.py")
WRITES = 12
"""Journal writes of the interview below, at most: whether the talk line is kept before Enter clears it is chance."""
PASTED = "\x1b[200~{}\x1b[201~"
"""Text that arrives at once, and so in one journal record."""

STATE = """
import json
from coach import wiring
from coach.session.evolve import replay
shelf = wiring.shelf()
[one] = shelf.list()
reading = shelf.read(one.session)
state = replay(reading.records)
print(json.dumps([one.status, len(reading.records), bool(reading.damage), dict(state.docs), [t.text for t in state.turns]]))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


def kept(home: Path) -> tuple[str, int, bool, dict[str, str], list[str]]:
    """Status, number of records, damage, documents and turns as the folder alone gives them back."""
    done = subprocess.run(
        [sys.executable, "-c", STATE],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    status, records, damage, docs, turns = json.loads(done.stdout)
    return status, records, damage, docs, turns


def interview(terminal: Terminal) -> bool:
    """A short interview, up to handing in; ends early, and says False, when the program dies."""
    steps = (
        ("Enter starts the clock", ("Enter",)),
        ("Ask me what", ("F2", PASTED.format("how many new links a month?"), "Enter")),
        ("100 million new links", ("F3", PASTED.format("first note"))),
        ("first note", ("F10",)),
        ("Notes: 2", (PASTED.format("second note"),)),
        ("second note", ("F12",)),
        ("Hand in?", ("y",)),
        ("How did it go?", ("Right",)),
        ("[strong no hire]", ("Enter",)),
        ("of 4", ()),
    )
    for wanted, keys in steps:
        shown = terminal.wait_for(
            lambda screen, wanted=wanted: wanted in screen or terminal.child.poll() is not None
        )  # type: ignore[misc]
        if wanted not in shown:
            return False
        terminal.press(*keys)
    return True


def is_resumable(home: Path) -> None:
    """A resumed session opens, goes on being written, and can be handed in."""
    terminal = Terminal(("resume",), home=home)
    try:
        terminal.wait_for("left")
        terminal.press("F3", " more")
        terminal.wait_for(lambda screen: " more" in screen or "\n┃ more" in screen)
        terminal.press("F12")
        terminal.wait_for("Hand in?")
        terminal.press("y")
        terminal.wait_for("How did it go?")
    finally:
        terminal.kill()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to tell the journal's descriptor")
@pytest.mark.parametrize("nth", range(2, WRITES + 1))
def test_killed_in_the_middle_of_a_write(home: Path, nth: int) -> None:
    terminal = Terminal((str(nth), "practice", "tinyurl"), home=home, program=(LAUNCHER,))
    try:
        is_whole = interview(terminal)
        assert is_whole or terminal.child.wait(30) == -9
    finally:
        terminal.close()
    status, records, damage, docs, turns = kept(home)
    assert not damage
    assert (status == "finished") if is_whole else (records == nth - 1)
    if nth > 6:
        assert "how many new links a month?" in turns
    if nth > 9 or is_whole:
        assert docs["notes.requirements"] == "first note"
    if status in ("running", "paused"):
        is_resumable(home)
        status, _, damage, docs, _ = kept(home)
        assert (status, damage) == ("finished", False)
        assert " more" in "".join(docs.values())


def test_no_write_of_the_interview_above_is_left_out(home: Path) -> None:
    terminal = Terminal(("practice", "tinyurl"), home=home)
    try:
        interview(terminal)
    finally:
        terminal.kill()
    assert WRITES - 1 <= kept(home)[1] <= WRITES
