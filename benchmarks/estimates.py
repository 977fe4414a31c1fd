"""Measures the number sheet and the arithmetic check, and writes `benchmarks/estimates.md`: `make bench-estimates`.

Accuracy on labelled calculations (tests/estimates/corpus), cost of a changed line and of a whole sheet, and what pint
costs for the same expressions in an environment of its own.
"""

import json
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from coach.estimates.calculations import Reader
from coach.estimates.sheet import Sheet

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "estimates" / "corpus"
SETS = (
    ("a", "development: written without seeing the parser, then used to build it"),
    ("b", "held back: nobody who changed the parser read it"),
    ("c", "25 odd voices, LaTeX and spreadsheets among them: read once, after a first run"),
)
KINDS = ("bits_bytes", "thousand", "day_second", "power", "plain")
PINT = """
import time
began = time.perf_counter()
import pint
registry = pint.UnitRegistry()
registry.parse_expression("1 byte/day")
print((time.perf_counter() - began) * 1e3)
for text in ("10e6*20/day", "500e3/day*500 kilobyte*5*year*3"):
    registry.parse_expression(text)
    times = []
    for _ in range(500):
        began = time.perf_counter()
        registry.parse_expression(text).to_base_units()
        times.append(time.perf_counter() - began)
    print(sorted(times)[250] * 1e6)
"""
OWN = """
import time
began = time.perf_counter()
from coach.estimates.sheet import Sheet
Sheet().read("a = 1 byte/day")
print((time.perf_counter() - began) * 1e3)
for text in ("a = 10M * 20 / day", "a = 500K/day * 500 KB * 5 years * 3"):
    times = []
    for _ in range(500):
        began = time.perf_counter()
        Sheet().read(text)
        times.append(time.perf_counter() - began)
    print(sorted(times)[250] * 1e6)
"""
BASE = (
    "DAU{0} = 10M",
    "reads{0} = DAU{0} * 20 / day",
    "peak{0} = 3 * reads{0}",
    "storage{0} = 500K/day * 500 KB * 5 years * 3",
    "shards{0} = ceil(storage{0} / 2 TB)",
    "ratio{0} = 100:1",
    "writes{0} = reads{0} / ratio{0}",
    "- cache: 20% of 3.4 TB = 680 GB",
    "a remark about {0} of the things above",
    "bandwidth{0} = peak{0} * 4 KB in Gbps",
)


def judged(text: str) -> tuple[str, str | None]:
    """What is said of a text as a whole: wrong when anything in it is, else right when anything is."""
    reader = Reader()
    found = [one.found for line in text.split("\n") for one in reader.read(line)]
    slip = next((one.slip for one in found if one.verdict == "wrong"), None)
    verdicts = {one.verdict for one in found}
    return next((one for one in ("wrong", "right") if one in verdicts), "unchecked"), slip


def counts(name: str) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], int]:
    """How labels and findings meet; per kind how many were called wrong; how many of those under their own kind."""
    met: Counter[tuple[str, str]] = Counter()
    by_kind: Counter[tuple[str, str]] = Counter()
    named = 0
    for line in (CORPUS / f"calculations-{name}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        finding, slip = judged(item["text"])
        met[item["finding"], finding] += 1
        if item["finding"] == "wrong":
            by_kind[item["kind"], finding] += 1
            named += slip == item["kind"]
    return met, by_kind, named


def share(part: int, whole: int) -> str:
    """`97 % (97 of 100)`."""
    return f"{part / whole:.1%} ({part} of {whole})" if whole else "-"


def accuracy(name: str, what: str) -> list[str]:
    """The table of one set."""
    met, by_kind, named = counts(name)
    total = Counter[str]()
    called = Counter[str]()
    for (label, finding), count in met.items():
        total[label] += count
        called[finding] += count
    lines = [
        f"### Set {name.upper()}: {what}",
        "",
        f"{sum(total.values())} calculations: {total['right']} right, {total['wrong']} wrong, {total['unchecked']} that "
        "state nothing to check.",
        "",
        "| | precision | recall |",
        "| --- | --- | --- |",
    ]
    lines += [
        f"| {one} | {share(met[one, one], called[one])} | {share(met[one, one], total[one])} |"
        for one in ("right", "wrong")
    ]
    lines += [
        "",
        f"Right arithmetic called wrong: {share(met['right', 'wrong'], total['right'])}; the bar is under 2 %. "
        f"Of the slips that were found {share(named, met['wrong', 'wrong'])} were named by their kind.",
        "",
        "| wrong by | found | missed | called right |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {kind} | {by_kind[kind, 'wrong']} | {by_kind[kind, 'unchecked']} | {by_kind[kind, 'right']} |"
        for kind in KINDS
    ]
    return [*lines, ""]


def spread(run: Callable[[int], None], times: int) -> tuple[float, float]:
    """Median and 95th percentile of `times` runs, in milliseconds."""
    taken = []
    for number in range(times):
        began = time.perf_counter()
        run(number)
        taken.append((time.perf_counter() - began) * 1e3)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def speed() -> list[str]:
    """What keys and whole sheets cost."""
    sixty = [BASE[number % 10].format(number // 10) for number in range(60)]
    sheet = Sheet()
    sheet.read("\n".join(sixty))

    def key(number: int) -> None:
        changed = list(sixty)
        changed[number % 60] += str(number)
        sheet.read("\n".join(changed), typing=number % 60)

    whole = "\n".join(BASE[number % 10].format(number // 10) for number in range(500))
    chained = Sheet()
    rest = "\n".join(f"v{number} = base * {number} / day" for number in range(499))

    def recompute(number: int) -> None:
        chained.read(f"base = {number}M\n{rest}", typing=0)

    recompute(0)
    first, second = spread(key, 600), spread(lambda _: (Sheet().read(whole), None)[1], 20)
    third = spread(lambda number: recompute(number + 1), 20)
    return [
        "| what | median | p95 | bar |",
        "| --- | --- | --- | --- |",
        f"| a changed line in a sheet of 60 | {first[0]:.2f} ms | {first[1]:.2f} ms | p95 1 ms |",
        f"| 500 lines, all of which change with the first | {third[0]:.0f} ms | {third[1]:.0f} ms | 50 ms |",
        f"| 500 lines read from nothing | {second[0]:.0f} ms | {second[1]:.0f} ms | 50 ms |",
        "",
    ]


def figures(python: Path | str, program: str) -> list[float]:
    """The numbers a program prints, the least of three runs each."""
    runs = [
        [float(one) for one in subprocess.check_output([str(python), "-c", program], text=True).split()]
        for _ in range(3)
    ]
    return [min(column) for column in zip(*runs, strict=True)]


def beside_pint() -> list[str]:
    """Import and cost of a line: pint's expressions against our lines, which also read names, prose and say results."""
    folder = Path(sys.prefix) / "units"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pint"]
        subprocess.run(pip, check=True)
    theirs, ours = figures(python, PINT), figures(sys.executable, OWN)
    return [
        "| what | pint | coach |",
        "| --- | --- | --- |",
        f"| import and first use | {theirs[0]:.0f} ms | {ours[0]:.0f} ms |",
        f"| `10M * 20 / day` | {theirs[1]:.0f} µs | {ours[1]:.0f} µs |",
        f"| `500K/day * 500 KB * 5 years * 3` | {theirs[2]:.0f} µs | {ours[2]:.0f} µs |",
        "",
    ]


def main() -> None:
    """Measure and write."""
    machine = f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, shared machine."
    lines = [
        "# The number sheet and the arithmetic check",
        "",
        f"{machine} Printed again by `make bench-estimates`.",
        "",
        "## Speed",
        "",
        *speed(),
        "## Beside a units library",
        "",
        "Pint knows no k, M or names of ours, reads `B` and `MB` otherwise and brings four packages; a grammar of our own "
        "stands before it either way. Its expressions are read by its own parser, ours are whole lines of a sheet, with "
        "names, remarks and the result said in the unit a person expects. So the units are our own table.",
        "",
        *beside_pint(),
        "## Accuracy",
        "",
        "Each set was written by somebody who had not seen the parser, and its labels recomputed by a script. What nothing "
        "is said of is neither right nor wrong.",
        "",
    ]
    for name, what in SETS:
        lines += accuracy(name, what)
    text = "\n".join(lines).rstrip() + "\n"
    (Path(__file__).parent / "estimates.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
