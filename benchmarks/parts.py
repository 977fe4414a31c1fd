"""Measures of the parts without a screen: the judge against its samples, questions, sheet, board, plain mode."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from board import in_process, labelled, p95

from coach.content.library import find_problem, load_bank
from coach.content.samples import read_samples
from coach.estimates.sheet import Sheet
from coach.interviewer.facts import FactSheet
from coach.interviewer.hearing import hear
from coach.scoring import Scoring

ROOT = Path(__file__).parent.parent
UNSEEN = ROOT / "tests" / "interviewer" / "questions" / "unseen"
Row = tuple[str, str, str]
SCRIPT = "How many new links a month?\n/notes\n- shorten\n/next\n4k/s\n/next\n/board\na -> b\n/next\n/notes\nx\n/finish\nhire\n"


def rows(environment: dict[str, str]) -> Iterator[Row]:
    """What, result, bar."""
    yield from samples()
    yield from questions()
    yield sheet()
    yield from boards()
    yield plain(environment)


def samples() -> Iterator[Row]:
    """Whether the graded samples of every problem get their verdicts, and how the levels agree with their authors'."""
    right = total = 0
    pairs: list[tuple[int, int]] = []
    for problem in load_bank().listed():
        for one in read_samples(problem.id):
            card = Scoring().of_text(one.text, problem=problem.id, seniority=one.header.seniority).card
            total += 1
            right += card.verdict == one.header.verdict
            for name, level in one.header.levels.items():
                found = card.dimensions[name].level
                if found is not None:
                    pairs.append((int(level), found))
    exact = sum(a == b for a, b in pairs) / len(pairs)
    near = sum(abs(a - b) <= 1 for a, b in pairs) / len(pairs)
    yield "graded samples the offline judge gives their author's verdict", f"{right} of {total}", "all"
    yield (
        "levels of the samples, offline judge against author",
        f"{exact:.0%} the same, {near:.0%} within one, weighted kappa {kappa(pairs):.2f} of {len(pairs)}",
        "",
    )


def kappa(pairs: list[tuple[int, int]]) -> float:
    """Quadratic weighted kappa over the levels 1 to 4."""
    levels = range(1, 5)
    count = len(pairs)
    mine = {level: sum(a == level for a, _ in pairs) / count for level in levels}
    theirs = {level: sum(b == level for _, b in pairs) / count for level in levels}
    seen = sum((a - b) ** 2 for a, b in pairs) / count
    expected = sum((a - b) ** 2 * mine[a] * theirs[b] for a in levels for b in levels)
    return 1 - seen / expected


def questions() -> Iterator[Row]:
    """The scripted interviewer on questions by people who never saw its cues."""
    for path in sorted(UNSEEN.glob("*.yaml")):
        facts = FactSheet(find_problem(path.stem).facts)
        asked = yaml.safe_load(path.read_text(encoding="utf-8"))
        right = wrong = 0
        for one in asked:
            want, also = set(one["facts"]), set(one.get("also", ()))
            heard = hear(facts, one["ask"], takes_assumptions=True)
            got = {*heard.facts, *(each.fact for each in heard.corrections)}
            right += want <= got <= want | also
            wrong += not got <= want | also
        yield (
            f"{len(asked)} unseen questions, {path.stem}",
            f"{right / len(asked):.1%} right, {wrong / len(asked):.1%} with a fact nobody asked for",
            "85 %, 2 %",
        )


def spread(run: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median and p95 in milliseconds."""
    taken = []
    for number in range(times):
        started = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), p95(taken)


def sheet() -> Row:
    """A key in a sheet of 60 lines."""
    lines = [f"v{number} = {number + 1}M * 20 KB / day" for number in range(60)]
    one = Sheet()
    one.read("\n".join(lines))

    def key(number: int) -> None:
        changed = list(lines)
        changed[number % 60] += f" * {number + 1}"
        one.read("\n".join(changed), typing=number % 60)

    middle, slow = spread(key, 300)
    return "number sheet, a changed line of 60", f"median {middle:.2f} ms, p95 {slow:.2f} ms", "p95 1 ms"


def boards() -> Iterator[Row]:
    """From text to picture."""
    for boxes, arrows, bar in ((25, 34, 50), (60, 80, 150)):
        taken = in_process(labelled(boxes, arrows))
        yield (
            f"whiteboard, {boxes} boxes and {arrows} labelled arrows, text to picture",
            f"median {statistics.median(taken):.0f} ms, p95 {p95(taken):.0f} ms",
            f"p95 {bar} ms",
        )


def plain(environment: dict[str, str]) -> Row:
    """A whole scripted interview with its report, on pipes."""
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "coach.cli", "practice", "tinyurl", "--minutes", "1", "--plain"],
            input=SCRIPT, text=True, env=environment, cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        taken.append(time.perf_counter() - started)
    return (
        "a whole interview from a script with `--plain`, report included",
        f"{statistics.median(taken):.1f} s",
        "",
    )
