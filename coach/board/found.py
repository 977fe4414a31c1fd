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
    """The lines that draw, with their numbers: chains of boxes, and fenced blocks with arrows in them."""
    found: list[tuple[int, str]] = []
    block: list[tuple[int, str]] = []
    fence = ""
    for number, text in lines:
        mark = _FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            if fence:
                found += _drawn(block)
                fence, block = "", []
            elif mark[2].casefold() not in _CODE:
                fence = mark[1]
        elif fence:
            block.append((number, text))
        elif is_chain(text):
            found.append((number, text))
    return (*found, *_drawn(block))


def _drawn(block: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A fenced block as a whole, when it draws at all."""
    return block if any(has_arrow(text) for _, text in block) else []


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
