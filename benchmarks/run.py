"""Measures what the README and docs state, and writes `benchmarks/results.md`. Run with `make bench`.

Ratios are taken in one run, in turn, because the machine's speed drifts; medians of several runs.
"""

import asyncio
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import parts
from stalls import TOKENS_PER_S, median_stall
from terminal import Terminal

ROOT = Path(__file__).parent.parent
MINIMAL = [sys.executable, str(Path(__file__).parent / "minimal_app.py")]
EDITOR = [sys.executable, str(Path(__file__).parent / "minimal_editor.py")]
COACH = [sys.executable, "-m", "coach.cli"]
BARE = [sys.executable, "-c", "pass"]
RUNS = 7


def cpu_of(command: list[str], environment: dict[str, str]) -> float:
    """User and system seconds of one finished run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def in_turn(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float, float]:
    """Medians of both and of the ratio, measured alternately after one warm-up each."""
    one(), other()
    pairs = [(one(), other()) for _ in range(RUNS)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def first_paint(command: list[str], mark: bytes, environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds until `mark` is painted, and resident MB a moment later."""
    terminal = Terminal(command, environment)
    try:
        terminal.wait_for(lambda seen: mark in seen)
        cpu = terminal.cpu_s()
        terminal.settle()
        return cpu, terminal.memory_mb()
    finally:
        terminal.end()


def open_coach(environment: dict[str, str]) -> Terminal:
    """An interview with the cursor in the notes."""
    terminal = Terminal([*COACH, "practice", "tinyurl", "--mode", "practice"], environment)
    terminal.wait_for(lambda seen: b"starts the clock" in seen)
    terminal.press(b"\r")
    terminal.wait_for(lambda seen: b"left" in seen)
    terminal.settle()
    terminal.press(b"\x1bOR")
    return terminal


def open_editor(environment: dict[str, str]) -> Terminal:
    """A bare Textual editor."""
    terminal = Terminal(EDITOR, environment)
    terminal.settle(1.0)
    return terminal


def key_to_paint(terminal: Terminal) -> tuple[float, float, float]:
    """Median and p95 milliseconds from a key to its paint in a note of 5,000 words, and resident MB."""
    try:
        terminal.settle()
        words = b"".join(b"a line of ten words about the design of this\r" for _ in range(500))
        terminal.press(b"\x1b[200~" + words + b"\x1b[201~")
        terminal.settle(1.0)
        taken = []
        for number in range(200):
            terminal.settle(0.02)
            started = time.perf_counter()
            terminal.press(b"abcdefghij"[number % 10 : number % 10 + 1])
            if terminal.read(2.0):
                taken.append((time.perf_counter() - started) * 1000)
        return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)], terminal.memory_mb()
    finally:
        terminal.end()


def rows() -> list[tuple[str, str, str]]:
    """What was measured: what, result, bar."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "COACH_DATA_DIR": f"{home}/data",
            "COACH_CONFIG_DIR": f"{home}/config",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(ROOT),
        }
        found = []
        help_cpu, bare_cpu, ratio = in_turn(
            lambda: cpu_of([*COACH, "--help"], environment), lambda: cpu_of(BARE, environment)
        )
        found.append(
            (
                "`coach --help`, CPU",
                f"{help_cpu * 1000:.0f} ms against {bare_cpu * 1000:.0f} ms bare: {ratio:.1f}x",
                "6x",
            )
        )
        answer = _thousand_words(Path(home) / "answer.md")
        grade, start, _ = in_turn(
            lambda: cpu_of([*COACH, "grade", str(answer), "--problem", "twitter-feed"], environment),
            lambda: cpu_of(
                [
                    sys.executable,
                    "-c",
                    "import coach.cli, coach.wiring, coach.judge.judging, coach.judge.offline, coach.report.text, coach.content.library",
                ],
                environment,
            ),
        )
        found.append(("`coach grade` of 1,000 words, CPU beyond start", f"{grade - start:.2f} s", "0.5 s"))
        memory: dict[str, float] = {}

        def paint(command: list[str], mark: bytes, name: str) -> float:
            cpu, memory[name] = first_paint(command, mark, environment)
            return cpu

        home_cpu, minimal_cpu, ratio = in_turn(
            lambda: paint(COACH, b"TinyURL", "coach"),
            lambda: paint(MINIMAL, b"minimal app is here", "minimal"),
        )
        found.append(
            (
                "first painted home screen, CPU",
                f"{home_cpu:.2f} s against {minimal_cpu:.2f} s minimal: {ratio:.2f}x",
                "1.3x",
            )
        )
        middle, p95, used = key_to_paint(open_coach(environment))
        bare_middle, bare_p95, _ = key_to_paint(open_editor(environment))
        found.append(
            (
                "key to paint in a 5,000-word note, 120x40",
                f"median {middle:.1f} ms, p95 {p95:.1f} ms; a bare Textual editor: {bare_middle:.1f} and {bare_p95:.1f} ms",
                "16 ms",
            )
        )
        for place, size in (("home", memory["coach"]), ("interview, 5,000 words", used)):
            ratio = size / memory["minimal"]
            found.append(
                (
                    f"memory, {place}",
                    f"{size:.0f} MB against {memory['minimal']:.0f} MB minimal: {ratio:.2f}x",
                    "1.5x",
                )
            )
        return [*found, stalls(), *parts.rows(environment)]


def stalls() -> tuple[str, str, str]:
    """How long keys wait at the most while a reply streams in, and without one."""
    streaming, still = asyncio.run(median_stall(streams=True)), asyncio.run(median_stall(streams=False))
    return (
        f"longest wait of a key while {TOKENS_PER_S} tokens a second stream in, 120x40",
        f"median {streaming.longest_s * 1000:.0f} ms, longest garbage collection {streaming.collecting_s * 1000:.0f} ms; "
        f"without a reply: {still.longest_s * 1000:.0f} ms",
        "50 ms",
    )


def _thousand_words(path: Path) -> Path:
    words = (ROOT / "problems/twitter-feed.samples/strong.md").read_text(encoding="utf-8").split(" ")
    path.write_text(" ".join(words[:1000]), encoding="utf-8")
    return path


def main() -> None:
    measured = rows()
    table = [
        "| what | measured | bar |",
        "| --- | --- | --- |",
        *(f"| {what} | {result} | {bar} |" for what, result, bar in measured),
    ]
    where = (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, "
        "shared machine. Printed again by `make bench`."
    )
    text = "\n".join(["# Measured", "", where, "", *table]) + "\n"
    (Path(__file__).parent / "results.md").write_text(text, encoding="utf-8")
    _into_readme("\n".join([where, "", *table]))
    print(text)


def _into_readme(text: str) -> None:
    """The same table between the two marks of the README."""
    path = ROOT / "README.md"
    before, begin, rest = path.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    _, end, after = rest.partition("<!-- /measured -->")
    path.write_text(f"{before}{begin}{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
