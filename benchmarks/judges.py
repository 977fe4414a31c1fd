"""Our judge beside deepeval and inspect_ai: one interview, one fake server, one run; writes `benchmarks/judges.md`.

Run with `make bench-judges`. The peers are installed once, into an environment of their own inside ours, and each tool
runs in a process of its own. Nothing is asked of any other machine: a tool that tries is stopped and named.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import Any

from judges_answers import Ready, exact, peer
from judges_report import Measured, Took, report
from judges_text import ROOT, checklist, criteria, interview, plain

from coach.llm.tokens import ESTIMATE
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call, Line
from tests.fakes.judges import attentive

PEERS = ("deepeval==4.3.1", "inspect-ai==0.3.285", "openai==3.57.0")
ROUNDS = 5
SHARE, SMALL = 0.75, 4096
WINDOWS = {
    "ollama_truncate": f"window of {SHARE:.0%}, like Ollama: the front dropped, half of the window kept",
    "lmstudio_truncate_middle": f"window of {SHARE:.0%}, like LM Studio: the middle dropped, the window filled",
    "ctx_400_llamacpp": f"window of {SMALL:,}, like llama.cpp: a longer prompt refused",
}
"""Scenarios of the server. A share is of the largest prompt the tool itself sends."""
TOLD = (4096, 5000, 6000, 8192, 12288, 16384)
QUIET = {
    "DEEPEVAL_TELEMETRY_OPT_OUT": "YES",
    "DEEPEVAL_DISABLE_DOTENV": "1",
    "DEEPEVAL_NO_INSPECT_PROMPT": "1",
    "CONFIDENT_OPEN_BROWSER": "NO",
}
HEADLINE = "coach, every quote holds"


@dataclass
class Case:
    """One tool, used in one way."""

    name: str
    command: list[str]
    answer: Ready
    found: Measured = field(default_factory=Measured)


class Counting(FakeEndpoint):
    """Counts also the looks at pages that are no chat calls."""

    looks = 0

    def page(self, call: Call, line: Line) -> None:
        """Answer a GET."""
        self.looks += 1
        super().page(call, line)

    def forget(self) -> None:
        """Count from nothing."""
        self.calls, self.connections, self.looks = [], 0, 0


class Runner:
    """One tool in its own process, told what to judge."""

    def __init__(self, command: list[str], folder: Path, told: dict[str, Any]) -> None:
        folder.mkdir()
        self._log = folder / "stderr.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                env={
                    "PATH": os.environ["PATH"],
                    "HOME": str(folder),
                    "TMPDIR": str(folder),
                    "COACH_DATA_DIR": str(folder / "data"),
                    "COACH_CONFIG_DIR": str(folder / "config"),
                    **QUIET,
                },
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._told, self._said = self._process.stdin, self._process.stdout
        self.ready = self.ask(told)

    def ask(self, told: dict[str, Any] | None = None) -> dict[str, Any]:
        """What it says to one line; without anything to tell it judges."""
        with suppress(BrokenPipeError):
            self._told.write(json.dumps(told or {}) + "\n")
            self._told.flush()
        line = self._said.readline()
        if not line:
            raise SystemExit(f"{self._process.args} ended:\n{self._log.read_text(errors='replace')[-3000:]}")
        return json.loads(line)

    def end(self) -> list[str]:
        """Let it go; the other machines it tried to reach."""
        with suppress(BrokenPipeError):
            self._told.close()
        said = self._said.read().splitlines()
        self._said.close()
        self._process.wait(30)
        return list(json.loads(said[-1])["barred"]) if said else []


class Bench:
    """Judges the same interview by every tool, in turn."""

    def __init__(self, server: Counting, told: dict[str, Any], folder: Path) -> None:
        self._server = server
        self._told = told
        self._folder = folder
        self._started = 0

    def warm_up(self, case: Case) -> None:
        """Once without a clock: the server gets its answers ready, the files come into memory."""
        with self._running(case) as runner:
            runner.ask()
            case.found.size, case.found.versions = runner.ready["size"], runner.ready["versions"]

    def measure(self, case: Case) -> None:
        """The first judging of a process, whose calls are counted, and the second."""
        found = case.found
        with self._running(case) as runner:
            found.ready.append(runner.ready["ready"])
            done = self._judged(case, runner)
            found.first.append(Took(done["seconds"], done["cpu"]))
            found.outcome = done["outcome"] or done["refused"]
            sent = {**self._server.stats(), "looks": self._server.looks, "answer_tokens": case.answer.said}
            found.note(sent, self._server.calls)
            done = self._judged(case, runner)
            found.second.append(Took(done["seconds"], done["cpu"]))

    def narrow(self, case: Case) -> None:
        """What comes of it when prompts do not fit the server's window."""
        for scenario in WINDOWS if case.found.largest else ():
            window = SMALL if scenario.startswith("ctx_") else int(SHARE * case.found.largest)
            self._server.scenario, self._server.window = scenario, window
            with self._running(case) as runner:
                done = self._judged(case, runner)
            self._server.scenario, self._server.window = "", None
            case.found.narrow[scenario] = self._outcome(done)

    def tell(self, case: Case) -> None:
        """How many calls it becomes when the server tells its window and refuses what is longer."""
        for window in TOLD:
            self._server.model, self._server.window = {"max_model_len": window}, window
            with self._running(case) as runner:
                done = self._judged(case, runner)
            self._server.model, self._server.window = {}, None
            case.found.told[window] = (self._server.stats(), self._outcome(done))

    def _outcome(self, done: dict[str, Any]) -> str:
        said = f"refuses: {done['refused']}" if done["refused"] else f"returns {done['outcome']}"
        return shorten(said.replace(self._server.url[7:-3], "the server"), 170, placeholder=" ...")

    def _judged(self, case: Case, runner: Runner) -> dict[str, Any]:
        self._server.forget()
        case.answer.said = 0
        return runner.ask()

    @contextmanager
    def _running(self, case: Case) -> Iterator[Runner]:
        self._server.answer = case.answer
        self._started += 1
        runner = Runner(case.command, self._folder / f"{self._started}", self._told)
        try:
            yield runner
        finally:
            case.found.barred.update(runner.end())


def peers_python(folder: Path) -> str:
    """The peers' Python, installed on first use or when the pins have changed."""
    python, pins = folder / "bin/python", folder / "pins.txt"
    if not pins.exists() or pins.read_text() != "\n".join(PEERS):
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS]
        subprocess.run(pip, check=True)
        pins.write_text("\n".join(PEERS))
    return str(python)


def cases(peers: str) -> list[Case]:
    """Every tool in every way it is measured."""

    def case(name: str, python: str, script: str, model: Callable[[Call], str]) -> Case:
        path, *more = script.split()
        return Case(name, [python, str(ROOT / "benchmarks" / path), *more], Ready(model))

    return [
        case("deepeval, steps generated", peers, "judges_deepeval.py criteria", peer),
        case("deepeval, own steps", peers, "judges_deepeval.py steps", peer),
        case("inspect_ai", peers, "judges_inspect.py", peer),
        case(HEADLINE, sys.executable, "judges_coach.py model", exact()),
        case("coach, some do not", sys.executable, "judges_coach.py model", attentive),
        case("coach, offline judge", sys.executable, "judges_coach.py offline", attentive),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=Path(sys.prefix) / "peers", help="their environment")
    every = cases(peers_python(parser.parse_args().peers))
    checks = checklist()
    text = plain(interview(checks))
    told = {
        "model": "fake-model",
        "question": checks.problem.prompt,
        "transcript": text,
        "criteria": criteria(checks.rubric),
    }
    with Counting() as server, tempfile.TemporaryDirectory() as folder:
        bench = Bench(server, told | {"url": server.url}, Path(folder))
        for one in every:
            bench.warm_up(one)
        for one in every * ROUNDS:
            bench.measure(one)
        for one in every:
            bench.narrow(one)
        bench.tell(next(one for one in every if one.name == HEADLINE))
    page = report(
        {one.name: one.found for one in every},
        headline=HEADLINE,
        transcript=ESTIMATE.text(text),
        windows=WINDOWS,
    )
    (ROOT / "benchmarks/judges.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
