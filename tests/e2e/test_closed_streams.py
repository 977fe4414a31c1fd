"""Started with a standard stream closed: a sentence and an exit code, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.terminal import environment


def run(home: Path, words: str) -> subprocess.CompletedProcess[str]:
    """`words` in a shell, which is what can close a stream."""
    return subprocess.run(
        ["/bin/sh", "-c", words],
        capture_output=True,
        text=True,
        env=environment(home),
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("-m coach.cli <&-", "The interview needs a terminal"),
        ("-m coach.cli board - <&-", "This text is blank"),
        ("-m coach.cli grade - --problem tinyurl <&-", "This answer is blank"),
    ],
)
def test_without_input_it_says_what_it_needs(tmp_path: Path, words: str, says: str) -> None:
    done = run(tmp_path, f"{sys.executable} {words}")
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stream", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_without_somebody_to_tell_it_ends_quietly(tmp_path: Path, stream: str) -> None:
    done = run(tmp_path, f"{sys.executable} -m coach.cli problems list {stream}")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_plain_interview_without_input_is_kept(tmp_path: Path) -> None:
    done = run(tmp_path, f"{sys.executable} -m coach.cli practice tinyurl --plain <&-")
    assert done.returncode == 0
    assert "The session is kept" in done.stdout
