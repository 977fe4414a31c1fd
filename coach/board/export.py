"""A board for other programs: plain text and JSON here, SVG, Mermaid and Excalidraw beside. The same board gives the same bytes."""

import json

from coach.board.draw import draw
from coach.board.graph import Board
from coach.board.layout import draw_board
from coach.board.picture import Look

SCHEMA = 1


def text_of(board: Board, *, look: Look | None = None) -> str:
    """The picture in characters, then what did not fit into it and what was noted."""
    picture = draw_board(board, look)
    drawing = draw(picture)
    parts = [drawing.text]
    below = [*picture.legend, *(f"… {title}" for title in drawing.untitled)]
    if below:
        parts.append("\n".join(below))
    if board.notes:
        parts.append("\n".join(f"line {note.line}: {note.text}" for note in board.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def json_of(board: Board) -> str:
    """Nodes, edges and notes; an arrow both ways is two edges."""
    return (
        json.dumps(
            {
                "schema": SCHEMA,
                "nodes": [
                    {
                        "id": box.id,
                        "name": box.name,
                        "kind": box.kind,
                        "replicas": box.replicas,
                        "group": box.group or None,
                        "line": box.line,
                    }
                    for box in board.boxes
                ],
                "edges": [
                    {"from": source, "to": target, "label": arrow.label, "line": arrow.line}
                    for source, target, arrow in board.hops
                ],
                "notes": [{"line": note.line, "text": note.text} for note in board.notes],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )
