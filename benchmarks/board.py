"""Measures the whiteboard and writes `benchmarks/board.md`: `make bench-board`.

Key to picture in a real terminal, what an independent reader recovers from drawn text, and how far boxes move while lines
are added. The reader and the random boards are those of the tests.
"""

import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from run import COACH, open_editor  # noqa: E402
from terminal import Terminal  # noqa: E402

from coach.board.draw import draw  # noqa: E402
from coach.board.fit import LOOKS, SCROLLED, fit  # noqa: E402
from coach.board.layout import lay_out, plan  # noqa: E402
from coach.board.legend import Labels  # noqa: E402
from coach.board.parse import read_board  # noqa: E402
from coach.board.picture import Look, Picture  # noqa: E402
from tests.board.drawn import read_drawing  # noqa: E402
from tests.board.graphs import NAMES, random_board  # noqa: E402

FIXTURES = ROOT / "tests" / "board" / "fixtures"
KEYS = 150
QUIET_S = 0.06
"""A picture is there when nothing more is painted for this long."""
GRAPHS = 500
FAR = 6
SIZES = (
    ("9 boxes, 10 arrows", 9, 10, 10),
    ("25 boxes, 34 labelled arrows", 25, 34, 50),
    ("60 boxes, 80 labelled arrows", 60, 80, 150),
)


def labelled(boxes: int, arrows: int) -> str:
    """A board in which every arrow has a label and every box an arrow."""
    if boxes == 9:
        return (FIXTURES / "url-shortener.txt").read_text(encoding="utf-8").rstrip("\n")
    dice = random.Random(boxes)
    names = [
        f"{NAMES[at % len(NAMES)]}{'' if at < len(NAMES) else f' {at // len(NAMES) + 1}'}"
        for at in range(boxes)
    ]
    pairs = [(names[dice.randrange(at)], names[at]) for at in range(1, boxes)]
    while len(pairs) < arrows:
        one, other = sorted(dice.sample(range(boxes), 2))
        pairs.append((names[one], names[other]))
    return "\n".join(f"{one} -> {other}: step {at}" for at, (one, other) in enumerate(pairs))


def bare_key(environment: dict[str, str]) -> list[float]:
    """The same for a key in a bare Textual editor: what the library and the terminal take by themselves."""
    terminal = open_editor(environment)
    try:
        taken = []
        for _ in range(KEYS):
            terminal.settle(0.08)
            started = time.perf_counter()
            terminal.press(b"a")
            ended = 0.0
            while terminal.read(2.0 if not ended else QUIET_S):
                ended = time.perf_counter()
            if ended:
                taken.append((ended - started) * 1000)
        return taken
    finally:
        terminal.end()


def key_to_picture(text: str, environment: dict[str, str]) -> list[float]:
    """Milliseconds from a key that changes the last line to the last paint it caused, in an interview at 120x40."""
    terminal = Terminal([*COACH, "practice", "tinyurl", "--mode", "practice"], environment)
    try:
        terminal.wait_for(lambda seen: b"starts the clock" in seen)
        terminal.press(b"\r")
        terminal.wait_for(lambda seen: b"left" in seen)
        terminal.settle()
        terminal.press(b"\x1b[15~")
        terminal.settle()
        terminal.press(b"\x1b[200~" + f"{text}\nURL DB -> ".encode() + b"\x1b[201~")
        terminal.settle(1.0)
        taken = []
        for number in range(KEYS):
            terminal.settle(0.08)
            key = b"\x7f" if number % 12 >= 6 else b"archiv"[number % 12 : number % 12 + 1]
            started = time.perf_counter()
            terminal.press(key)
            ended = 0.0
            while terminal.read(2.0 if not ended else QUIET_S):
                ended = time.perf_counter()
            if ended:
                taken.append((ended - started) * 1000)
        return taken
    finally:
        terminal.end()


def in_process(text: str) -> list[float]:
    """Milliseconds from text to drawn lines for a pane of 56 columns, near to the picture before."""
    before, taken = None, []
    for number in range(60):
        changed = f"{text}\nURL DB -> {'archive'[: number % 7]}"
        started = time.perf_counter()
        board = read_board(changed, cursor=(changed.count("\n"), 20))
        before = fit(board, width=56, before=before)
        draw(before)
        taken.append((time.perf_counter() - started) * 1000)
    return taken[3:]


def recovered() -> tuple[int, int, int, int]:
    """Pictures, arrows, arrows a reader of the text does not see as they are, labels nobody finds."""
    pictures = arrows = lost = labels = 0
    for seed in range(GRAPHS):
        board = read_board(random_board(seed))
        planned = plan(board)
        names = {box.id: box.shown for box in board.boxes}
        for look in (LOOKS[0], SCROLLED, LOOKS[-1]):
            picture = lay_out(planned, look)
            seen = read_drawing(draw(picture).text)
            words = Labels(board, look)
            wanted = Counter(
                (*sorted((names[one.source], names[one.target])), words.shown(at))
                if one.is_both
                else (names[one.source], names[one.target], words.shown(at))
                for at, one in enumerate(board.arrows)
            )
            found = Counter(seen.arrows) + Counter((*sorted(one[:2]), one[2]) for one in seen.both)
            legend = " ".join(picture.legend)
            pictures += 1
            arrows += len(board.arrows)
            lost += (wanted - found).total() + (found - wanted).total()
            labels += sum(
                words.shown(at) != one.label and one.label not in legend
                for at, one in enumerate(board.arrows)
            )
    return pictures, arrows, lost, labels


def moved(texts: list[str], look: Look) -> tuple[int, int]:
    """Boxes that moved further than `FAR` columns when a line was added, and how many could have."""
    far = total = 0
    for text in texts:
        lines = text.splitlines()
        before: Picture | None = None
        for end in range(1, len(lines) + 1):
            picture = lay_out(plan(read_board("\n".join(lines[:end])), before=before), look)
            for name, column in before.columns.items() if before else ():
                total += 1
                far += abs(picture.columns[name] - column) > FAR
            before = picture
    return far, total


def p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def timings() -> list[str]:
    lines = [
        "| board | in a terminal, median / p95 | without the screen, median / p95 | bar, p95 |",
        "| --- | --- | --- | --- |",
    ]
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
        bare = bare_key(environment)
        lines.append(
            f"| none: a bare Textual editor | {statistics.median(bare):.0f} / {p95(bare):.0f} ms | | |"
        )
        for name, boxes, arrows, bar in SIZES:
            text = labelled(boxes, arrows)
            real, pure = key_to_picture(text, environment), in_process(text)
            lines.append(
                f"| {name} | {statistics.median(real):.0f} / {p95(real):.0f} ms | "
                f"{statistics.median(pure):.1f} / {p95(pure):.1f} ms | {bar} ms |"
            )
    return lines


def stability() -> list[str]:
    feed = (FIXTURES / "twitter-feed.txt").read_text(encoding="utf-8")
    plain = [random_board(seed, groups=False) for seed in range(40)]
    grouped = [random_board(seed, groups=True) for seed in range(40)]
    rows = ["| boards, line by line | look | moved further than 6 columns |", "| --- | --- | --- |"]
    for name, texts, look in (
        ("40 random ones without groups", plain, LOOKS[0]),
        ("40 random ones without groups", plain, SCROLLED),
        ("40 random ones with groups", grouped, SCROLLED),
        ("40 random ones with groups", grouped, LOOKS[0]),
        ("the Twitter feed", [feed], SCROLLED),
        ("the Twitter feed", [feed], LOOKS[0]),
    ):
        far, total = moved(texts, look)
        rows.append(
            f"| {name} | {'frames' if look.has_frames else 'no frames'} | {100 * far / total:.1f} % of {total} |"
        )
    return rows


def main() -> None:
    pictures, arrows, lost, labels = recovered()
    made = f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    document = [
        "# The whiteboard, measured",
        "",
        f"{made}. `make bench-board` writes this page.",
        "",
        "## Key to picture",
        "",
        "A key that changes a name on the last line, in an interview at 120x40, until nothing more is painted; and the same work",
        "without a screen, for a pane of 56 columns. The bars are for that; a terminal adds what the first line says, and the clock, which is painted four times a second, falls in between.",
        "",
        *timings(),
        "",
        "## What a reader of the text sees",
        "",
        f"{GRAPHS} random boards of 2 to 26 boxes in three looks, {pictures} pictures with {arrows} arrows. A reader that sees only the",
        f"text misses or mistakes {lost} of them; {labels} labels are neither in the picture nor in its legend.",
        "",
        "## What stays in place",
        "",
        *stability(),
        "",
    ]
    (ROOT / "benchmarks" / "board.md").write_text("\n".join(document), encoding="utf-8")
    print("\n".join(document))


if __name__ == "__main__":
    main()
