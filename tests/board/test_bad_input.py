"""Nothing one can type or paste stops the board: always a picture or a plain sentence, and soon."""

import random
import time

import pytest

from coach.board.draw import draw
from coach.board.excalidraw import excalidraw_of
from coach.board.export import json_of, text_of
from coach.board.fit import fit
from coach.board.found import diagram_in
from coach.board.lint import lint
from coach.board.mermaid import mermaid_of
from coach.board.parse import read_board
from coach.board.svg import svg_of
from tests.board.graphs import random_board

SOON_S = 3.0
"""Far above what any of these takes; far below what a runaway pattern would."""
UNITS = (
    "a", "-", "[", '"', "<", ">", "=", "(", "{", "|", ":", "&", ",", ".", "a-", "a -", "-- ", "-> ", "a->", "x3 ", "::", "[(", "@{",
    "subgraph ", "a:{", "---", "-.", "==", "<-", " # ", "//", "%%", "\t", "\u202e", "é", "👩‍💻", "数", "`", "style.", "#1;", "&amp;",
)  # fmt: skip


def everything(text: str) -> None:
    """All that is ever done with a board's text."""
    board = read_board(text, cursor=(0, 5))
    tuple(diagram_in(enumerate(text.split("\n"), 1)))
    lint(board)
    draw(fit(board, width=60))
    for export in (text_of, json_of, mermaid_of, svg_of, excalidraw_of):
        export(board)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("tail", ["", " -> b", "]"])
def test_a_line_of_one_thing_over_and_over_is_soon_read(unit: str, tail: str):
    text = (unit * 2000)[:2000] + tail
    began = time.perf_counter()
    everything(text)
    assert time.perf_counter() - began < SOON_S


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"a{n} -> b{n}: label {n}" for n in range(10_000)),
        ",".join(f"x{n}" for n in range(300)) + " -> " + ",".join(f"y{n}" for n in range(300)),
        "\n".join(["->"] * 500),
        "\n".join(f"group {n} {{" for n in range(200)) + "\nx -> y",
        "}\n" * 300,
        "\n".join("same -> same: again" for _ in range(300)),
        "\n".join(f"n{n} -> n{(n * 7) % 60}" for n in range(60)),
        "a -> b\n" + "\x00\x1b[2J\x9b31m\u202e\u2066",
    ],
)
def test_large_and_odd_texts_are_soon_drawn(text: str):
    began = time.perf_counter()
    everything(text)
    assert time.perf_counter() - began < 3 * SOON_S


def test_three_hundred_boxes_are_drawn():
    text = random_board(1, boxes=300, arrows=400, groups=True)
    board = read_board(text)
    began = time.perf_counter()
    picture = fit(board, width=120)
    draw(picture)
    assert time.perf_counter() - began < 3 * SOON_S
    assert len(picture.boxes) == len(board.boxes) > 250


def test_no_control_character_leaves_in_any_form():
    board = read_board("a\x1b[31m\x07 -> b\x9b: l\x00abel\u202e\u200f\u2028x\n\x1b]8;;http://x\x07link -> a")
    for export in (text_of, json_of, mermaid_of, svg_of, excalidraw_of):
        out = export(board)
        assert not any(
            (ord(one) < 32 and one not in "\n") or one in "\x7f\x9b\u202e\u200f\u2028" for one in out
        )


@pytest.mark.parametrize("block", range(3))
def test_random_noise_goes_all_the_way(block: int):
    dice = random.Random(100 + block)
    pieces = (*UNITS, "\n", " ", "client", "db", " -> ", " -> ", "\n", "\n", "}", "end")
    for _ in range(40):
        everything("".join(dice.choices(pieces, k=60)))
