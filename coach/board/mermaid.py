"""A board as a Mermaid flowchart: every text quoted, every id its own, and it reads back as the same board."""

import re

from coach.board.graph import Board, Box

_SPECIAL = re.compile(r'["#&<>|`\[\](){}\\;]')
_SHAPES = {"client": ("([", "])"), "db": ("[(", ")]"), "blob": ("[(", ")]")}


def mermaid_of(board: Board) -> str:
    """The flowchart."""
    ids = {box.id: f"b{at}" for at, box in enumerate(board.boxes, 1)}
    lines = ["flowchart TD"]
    lines += [f"  {_node(ids, box)}" for box in board.boxes if not box.group]
    for at, title in enumerate(board.groups, 1):
        lines.append(f'  subgraph g{at}["{_quoted(title)}"]')
        lines += [f"    {_node(ids, box)}" for box in board.boxes if box.group == title]
        lines.append("  end")
    for arrow in board.arrows:
        sign = "<-->" if arrow.is_both else "-->"
        label = f'|"{_quoted(arrow.label)}"|' if arrow.label else ""
        lines.append(f"  {ids[arrow.source]} {sign}{label} {ids[arrow.target]}")
    return "\n".join(lines) + "\n"


def _node(ids: dict[str, str], box: Box) -> str:
    left, right = _SHAPES.get(box.kind, ("[", "]"))
    return f'{ids[box.id]}{left}"{_quoted(box.shown)}"{right}:::{box.kind}'


def _quoted(text: str) -> str:
    """Text that neither Mermaid nor a browser takes for anything else."""
    return _SPECIAL.sub(lambda hit: f"#{ord(hit[0])};", text)
