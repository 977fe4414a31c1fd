"""The interview as lines of text, through real pipes: a script runs all of it, a kill loses nothing, resume goes on."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fakes.terminal import environment

SCRIPT = """How many new links a month?
/notes
- create a link, follow a link
- out of scope: accounts
/talk
What is the ratio of reads to writes?
/next
/sheet
writes = 100M / month
oops = 5 GB + 3 req/s
/next
/board
client -> load balancer x2 -> redirect service x3: GET /code
redirect service -> redis: lookup
redirect service -> links DB x2
oops ->
/line 4
/notes
A redirect looks in redis first, then reads the links database and answers 302.
/next
/notes
When the primary dies a replica is promoted.
/finish
no hire
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    place.mkdir()
    return place


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen[str]]]:
    opened: list[subprocess.Popen[str]] = []
    yield opened
    for one in opened:
        if one.poll() is None:
            one.kill()
        one.wait(timeout=30)
        for pipe in (one.stdin, one.stdout):
            with suppress(OSError, ValueError):
                if pipe:
                    pipe.close()


def plain(home: Path, *arguments: str, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach.cli", *arguments, "--plain"],
        input=text, capture_output=True, text=True, env=environment(home), timeout=120, check=False,
    )  # fmt: skip


def begin(started: list[subprocess.Popen[str]], home: Path, *arguments: str) -> subprocess.Popen[str]:
    """An interview that waits for lines."""
    child = subprocess.Popen(
        [sys.executable, "-m", "coach.cli", *arguments, "--plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(home), bufsize=1,
        # A shell has its background jobs ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )  # fmt: skip
    started.append(child)
    return child


def say(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin
    child.stdin.write(f"{line}\n")
    child.stdin.flush()


def until(child: subprocess.Popen[str], words: str) -> str:
    """Read until a line holds `words`; that line. The end of output is a failure, so this cannot hang for long."""
    assert child.stdout
    for line in child.stdout:
        if words in line:
            return line
    raise AssertionError(f"never said: {words}")


def events(home: Path) -> list[dict[str, object]]:
    (journal,) = home.rglob("session.jsonl")
    return [json.loads(line)["event"] for line in journal.read_text(encoding="utf-8").splitlines()]


def test_a_script_runs_a_whole_interview_to_the_report(home: Path) -> None:
    done = plain(home, "practice", "tinyurl", "--minutes", "1", text=SCRIPT)
    assert done.returncode == 0, done.stderr
    out = done.stdout
    assert "Interviewer: Plan for 100 million new links a month" in out
    assert "(Phase 4 of 4: Deep dive" in out
    assert "= 38.6 /s" in out
    assert "! " in out.split("= 38.6 /s")[1].splitlines()[1]
    assert "! the arrow has no target yet" in out
    assert "Your own verdict first" in out
    assert "score" in out.split("Your own verdict first")[1]
    assert "Hidden facts: 2 of 13 found" in out
    assert "\x1b" not in out
    (notes,) = home.rglob("notes.md")
    assert "redirect service -> links DB x2\n```" in notes.read_text(encoding="utf-8")
    assert [one["verdict"] for one in events(home) if one["kind"] == "self_rated"] == ["no_hire"]


def test_the_end_of_input_keeps_the_session_and_resume_goes_on(home: Path) -> None:
    done = plain(home, "practice", "tinyurl", text="/notes\n- first line\n")
    assert done.returncode == 0
    assert "The session is kept. Go on with: coach resume --plain" in done.stdout
    again = plain(home, "resume", text="/notes\n- second line\n/show\n/finish\n\n")
    assert "1: - first line\n2: - second line\n" in again.stdout
    assert "Interviewer: People paste a long web address" in again.stdout
    assert "score" in again.stdout


def test_a_line_that_was_entered_survives_a_kill(home: Path, started: list[subprocess.Popen[str]]) -> None:
    child = begin(started, home, "practice", "tinyurl")
    until(child, "Phase 1 of 4")
    say(child, "/notes")
    say(child, "- kept with Enter")
    say(child, "/show")
    until(child, "1: - kept with Enter")
    child.kill()
    child.wait(timeout=30)
    again = plain(home, "resume", text="/notes\n/show\n")
    assert "1: - kept with Enter" in again.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_nothing_is_lost(
    home: Path, started: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    child = begin(started, home, "practice", "tinyurl")
    until(child, "Phase 1 of 4")
    say(child, "/notes")
    say(child, "- before the signal")
    say(child, "/show")
    until(child, "1: - before the signal")
    os.kill(child.pid, number)
    child.wait(timeout=30)
    assert "1: - before the signal" in plain(home, "resume", text="/notes\n/show\n").stdout


def test_a_reader_that_goes_away_ends_it_quietly(home: Path, started: list[subprocess.Popen[str]]) -> None:
    child = begin(started, home, "practice", "tinyurl")
    until(child, "Phase 1 of 4")
    assert child.stdout
    child.stdout.close()
    for _ in range(3):
        try:
            say(child, "How many links?")
        except BrokenPipeError:
            break
    with suppress(BrokenPipeError):
        if child.stdin:
            child.stdin.close()
    assert child.wait(timeout=30) == 128 + signal.SIGPIPE


def test_practice_has_hints_guidance_pause_and_critique_and_a_mock_has_not(home: Path) -> None:
    lines = "/hint\n/guidance\n/pause\nHello?\n/go\n/board\nclient -> LB -> api x2 -> links DB x2\n/picture\n/quit\n"
    done = plain(home, "practice", "tinyurl", "--mode", "practice", text=lines)
    assert "Requirements & scope:" in done.stdout
    assert "(The clock stands. /go goes on.)" in done.stdout
    assert "! line 1: LB is a single point of failure" in done.stdout
    mock = plain(home, "practice", "tinyurl", text=lines)
    assert "(There is no hint to give.)" in mock.stdout
    assert "single point" not in mock.stdout
    assert "Requirements & scope:" not in mock.stdout


def test_odd_lines_are_answered_in_words(home: Path) -> None:
    lines = "/nonsense\n/notes 4\n/line 7 x\n/undo\n/notes\n/line x\n/undo\n\x1b[31mred\x1b[0m \x07bell\n/show\n/help\n/quit\n"
    done = plain(home, "practice", "tinyurl", text=lines)
    assert "(There is no /nonsense; /help lists what there is.)" in done.stdout
    assert "(That phase has not begun.)" in done.stdout
    assert "(Say which line: /show numbers them.)" in done.stdout
    assert "1: [31mred[0m bell" in done.stdout
    assert "/finish          hand in" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_plain_needs_a_problem_and_says_so(home: Path) -> None:
    done = plain(home, "practice", text="")
    assert done.returncode == 2
    assert "coach problems list" in done.stderr


def test_locale_c_and_a_dumb_terminal_change_nothing(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", "practice", "tinyurl", "--plain"],
        input=b"/board\nclient -> api\n/picture\n/quit\n", capture_output=True, timeout=120, check=False,
        env={**environment(home), "LC_ALL": "C", "TERM": "dumb", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"client" in done.stdout
    assert b"Traceback" not in done.stderr
