"""Arrow diagrams in other text: `client -> LB -> api -> redis` in notes, and fenced blocks of a write-up."""

import re
from collections.abc import Iterable

from coach.board.graph import Board
from coach.board.kinds import guess
from coach.board.parse import read_board
from coach.board.words import has_arrow, read_chain, unbulleted, uncommented

_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([\w-]*)")
_CODE = frozenset("python java go sql json yaml bash sh http js javascript typescript xml html text".split())
_LONGEST_NAME, _LONG_CHAIN = 5, 3
"""Words a name may have, and boxes from which a chain is one whatever its names."""


def diagram_in(lines: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """The lines that draw, with their numbers: fenced blocks with arrows in them, and chains of boxes."""
    kept = tuple(lines)
    inside, outside = _apart(kept)
    return tuple(sorted((*inside, *((number, text) for number, text in outside if is_chain(text)))))


def fenced_in(lines: Iterable[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """The lines of fenced blocks that draw: a picture, not words about one."""
    return _apart(tuple(lines))[0]


def _apart(lines: tuple[tuple[int, str], ...]) -> tuple[tuple[tuple[int, str], ...], list[tuple[int, str]]]:
    """Lines of fenced blocks with arrows in them, and lines outside of every block."""
    inside: list[tuple[int, str]] = []
    outside: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    fence = ""
    for number, text in lines:
        mark = _FENCE.match(text)
        if fence and mark and mark[1].startswith(fence):
            inside += _drawn(block)
            fence, block = "", []
        elif fence:
            block.append((number, text))
        elif mark:
            fence = mark[1]
            block = [] if mark[2].casefold() not in _CODE else [(-1, "")]
        else:
            outside.append((number, text))
    return (*inside, *_drawn(block)), outside


def _drawn(block: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A block as a whole, when it is no code and draws at all."""
    is_code = bool(block) and block[0][0] < 0
    return block if not is_code and any(has_arrow(text) for _, text in block) else []


def is_chain(text: str) -> bool:
    """Whether a line of notes is a chain of boxes and no sentence with an arrow in it."""
    line = uncommented(unbulleted(text))
    if not has_arrow(line):
        return False
    chain = read_chain(line)
    names = [one.name for stop in chain.stops for one in stop]
    if chain.note or any(len(name.split()) > _LONGEST_NAME or name[:1].isdigit() for name in names):
        return False
    if len(chain.stops) >= _LONG_CHAIN:
        return True
    return all(
        guess(name) != "service" or name.casefold().endswith(("service", "api", "server", "servers"))
        for name in names
    )


def board_of(lines: Iterable[tuple[int, str]]) -> tuple[Board, tuple[int, ...]]:
    """The board of numbered lines, and the number behind each of its lines."""
    kept = tuple(lines)
    board = read_board("\n".join(text.replace("\n", " ") for _, text in kept))
    return board, tuple(number for number, _ in kept)
