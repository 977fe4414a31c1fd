"""The key reaches the endpoint and nothing else: a full run with failures, then a hunt through all it left."""

import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.test_interview import NOTES
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.interviewers import everybody
from tests.fakes.terminal import Terminal, environment

KEY = "sk-hunted/7Qz+Vf93kLmX0-and-no-other"
FORMS = (KEY, KEY[3:], KEY[:24], quote(KEY, safe=""), b64encode(KEY.encode()).decode().rstrip("="), KEY[::-1])
SCRIPT = f"""How many new links a month?
/notes
{NOTES["requirements"]}
/next
{NOTES["estimation"]}
/next
{NOTES["high_level"]}
/next
{NOTES["deep_dive"]}
/finish
hire
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    (place / "config").mkdir(parents=True)
    return place


def configured(home: Path, endpoint: FakeEndpoint) -> dict[str, str]:
    """A profile whose key comes from a variable, and the environment that holds it."""
    (home / "config" / "config.toml").write_text(
        f'profile = "hunted"\n[profiles.hunted]\nbase_url = "{endpoint.url}"\nmodel = "fake-model"\n'
        'api_key_env = "HUNTED_KEY"\n',
        encoding="utf-8",
    )
    return environment(home) | {"HUNTED_KEY": KEY, "OPENAI_LOG": "debug", "HTTPX_LOG_LEVEL": "trace"}


def run(extra: dict[str, str], *arguments: str, text: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", *arguments],
        input=text, capture_output=True, text=True, env=extra, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def leaks(home: Path, *shown: str) -> list[str]:
    """Where any form of the key can be read."""
    places = {str(path): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    places |= {f"output {number}": text.encode() for number, text in enumerate(shown)}
    return [name for name, held in places.items() if any(one.encode() in held for one in FORMS)]


def test_the_hunt_finds_a_key_where_there_is_one(home: Path) -> None:
    (home / "log.txt").write_text(f"Authorization: Bearer {KEY}", encoding="utf-8")
    assert leaks(home, f"sent {quote(KEY, safe='')}") == [str(home / "log.txt"), "output 0"]


@pytest.mark.parametrize("scenario", ["", "auth_401"])
def test_a_whole_run_leaves_the_key_nowhere(home: Path, scenario: str) -> None:
    with FakeEndpoint(everybody, scenario=scenario, delay_s=0.05) as endpoint:
        extra = configured(home, endpoint)
        shown = [
            run(extra, "practice", "tinyurl", "--minutes", "1", "--plain", text=f"y\n{SCRIPT}"),
            run(extra, "sessions"),
            run(extra, "prompts", "show", "judge"),
        ]
        [folder] = (home / "data" / "sessions").iterdir()
        shown += [run(extra, "show", folder.name), run(extra, "rescore", folder.name, text="y\n")]
        shown.append(run(extra, "doctor"))
        keys = {call.headers.get("authorization", "") for call in endpoint.calls}
    assert ("coach rescore " in shown[0]) == (scenario == "auth_401"), "a judging that failed says what to do"
    assert keys <= {f"Bearer {KEY}"}
    assert keys or scenario == "auth_401"
    assert leaks(home, *shown) == []


def test_no_screen_and_no_trace_of_a_crash_shows_the_key(home: Path) -> None:
    with FakeEndpoint(everybody, scenario="auth_401") as endpoint:
        extra = configured(home, endpoint) | {"TEXTUAL_LOG": str(home / "textual.log")}
        terminal = Terminal(("practice", "tinyurl"), home=home, size=(120, 40), extra=extra)
        try:
            terminal.wait_for("Enter starts the clock")
            terminal.press("Enter")
            terminal.wait_for("A new host")
            terminal.press("y")
            terminal.wait_for("1 Requirements")
            terminal.press("F2", "How many new links a month?", "Enter")
            terminal.wait_for("100 million new links a month")
            terminal.pump(0.2)
        finally:
            terminal.kill()
    crash = _crash(extra)
    assert "RuntimeError" in crash
    assert leaks(home, terminal.raw.decode(errors="replace"), crash) == []


def _crash(extra: dict[str, str]) -> str:
    """A traceback with every local value in it, as a crash of the screens prints one, while the key is at hand."""
    program = """
import os
from rich.console import Console
from coach.profile import Profile, Secret

def call(profile, key):
    raise RuntimeError("in the middle of a call")

try:
    profile = Profile(None, "m", key=Secret(os.environ["HUNTED_KEY"]))
    call(profile, profile.key)
except RuntimeError:
    Console(width=200).print_exception(show_locals=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=extra, timeout=60, check=False
    )
    return done.stdout + done.stderr
