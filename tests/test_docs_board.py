"""The pictures in README and docs are the program's own, and the rules in the docs are those it has."""

from pathlib import Path

import pytest

from coach.board.draw import draw
from coach.board.fit import fit
from coach.board.graph import Kind
from coach.board.layout import draw_board
from coach.board.lint import RULES, lint
from coach.board.parse import read_board
from coach.board.picture import Look
from tests.fakes.documents import README, ROOT, section, update
from tests.fakes.screen_text import IS_UPDATING

DOCS = ROOT / "docs" / "board.md"
FIXTURES = ROOT / "tests" / "board" / "fixtures"
KINDS: tuple[Kind, ...] = (
    "client",
    "cdn",
    "lb",
    "gateway",
    "service",
    "worker",
    "cache",
    "queue",
    "db",
    "blob",
)


def check(name: str, text: str, *, of: Path) -> None:
    block = f"```text\n{text}\n```"
    update(name, block, when=IS_UPDATING, of=of)
    assert section(name, of=of).rstrip() == block


def trimmed(text: str) -> str:
    lines = text.split("\n")
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    return "\n".join(line[indent:] for line in lines)


def test_the_board_in_the_readme_is_what_its_lines_draw() -> None:
    text = (FIXTURES / "url-shortener.txt").read_text(encoding="utf-8").strip()
    board = read_board(text)
    said = "\n".join(f"! line {one.line}: {one.text}" for one in lint(board)[:1])
    check("board", f"{text}\n\n{draw(draw_board(board)).text}\n\n{said}", of=README)


def test_the_feed_in_the_docs_is_drawn_in_110_columns() -> None:
    picture = fit(read_board((FIXTURES / "twitter-feed.txt").read_text(encoding="utf-8")), width=110)
    below = "\n".join(picture.legend)
    check("feed", f"{draw(picture).text}\n\n{below}", of=DOCS)


def test_the_borders_in_the_docs_are_those_that_are_drawn() -> None:
    text = "\n".join(f"{kind}: {kind}" for kind in KINDS)
    rows = []
    for half in (KINDS[:5], KINDS[5:]):
        look = Look(gap=1)
        pictures = [draw(draw_board(read_board(f"{kind}: {kind}"), look)).text.split("\n") for kind in half]
        rows += [" ".join(lines[at] for lines in pictures) for at in range(3)]
    assert len(read_board(text).boxes) == len(KINDS)
    check("kinds", "\n".join(rows), of=DOCS)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_stands_in_the_docs(rule: str) -> None:
    assert f"| `{rule}` |" in DOCS.read_text(encoding="utf-8")


def test_the_example_in_the_docs_can_be_drawn_without_a_note() -> None:
    text = DOCS.read_text(encoding="utf-8")
    lines = [line[4:] for line in text.split("## How to write it")[0].split("\n") if line.startswith("    ")]
    board = read_board("\n".join(lines))
    assert len(board.boxes) == 8
    assert not board.notes
    assert board.groups == ("Write path",)
