"""A picture as SVG: the terminal's own, with real text, readable in light and dark, without script or font."""

from html import escape
from itertools import count

from coach.board.draw import title_place
from coach.board.graph import Board, Kind
from coach.board.layout import draw_board
from coach.board.picture import Frame, Look, Picture, Placed, Stroke

CELL_W, CELL_H = 9, 18
_PAD = 1
"""Cells around the picture."""
_STYLE = """
svg { --ink: #1f2328; --line: #59636e; --paper: #ffffff; --soft: #8c959f; --client: #0969da; --edge: #0550ae;
 --way: #6639ba; --work: #424a53; --cache: #9a6700; --queue: #bc4c00; --store: #1a7f37; background: var(--paper);
 font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 14px; }
@media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --line: #9198a1; --paper: #0d1117; --soft: #656c76;
 --client: #4493f8; --edge: #79c0ff; --way: #ab7df8; --work: #b7bdc8; --cache: #d29922; --queue: #f0883e; --store: #3fb950; } }
text { fill: var(--ink); } .name { text-anchor: middle; font-weight: 600; } .label { fill: var(--line); font-size: 13px; }
.line { stroke: var(--line); fill: none; stroke-width: 1.4; } .head { fill: var(--line); } .gap { fill: var(--paper); }
.frame { fill: none; stroke: var(--soft); stroke-dasharray: 3 3; } .title { fill: var(--soft); font-style: italic; font-size: 13px; }
.titlegap { fill: var(--paper); } .below { fill: var(--line); font-size: 13px; }
.box { fill: var(--paper); stroke-width: 1.6; } .inner { fill: none; stroke-width: 1.6; }
.client { stroke: var(--client); } .cdn { stroke: var(--edge); stroke-dasharray: 5 3; } .lb { stroke: var(--way); }
.gateway { stroke: var(--way); stroke-width: 2.6; stroke-dasharray: 7 3; } .service { stroke: var(--work); }
.worker { stroke: var(--work); stroke-dasharray: 5 3; } .cache { stroke: var(--cache); stroke-width: 3; }
.queue { stroke: var(--queue); } .db { stroke: var(--store); } .blob { stroke: var(--store); }
"""


def svg_of(board: Board, *, look: Look | None = None) -> str:
    """The picture of a board as one SVG file."""
    return svg_of_picture(draw_board(board, look))


def svg_of_picture(picture: Picture) -> str:
    """A picture as one SVG file; what has no room in it stands below."""
    below = picture.legend
    wide = max([picture.width, *(len(line) for line in below), 1]) + 2 * _PAD
    high = picture.height + 2 * _PAD + (len(below) + 1 if below else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide * CELL_W} {high * CELL_H}" '
        f'width="{wide * CELL_W}" height="{high * CELL_H}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{escape(_title(picture.board))}</title>',
        f'<desc id="desc">{escape(_description(picture.board))}</desc>',
        f"<style>{_STYLE}</style>",
        *(_frame(frame) for frame in picture.frames),
        *_lines(picture),
        *_heads(picture),
        *(_box(box) for box in picture.boxes),
        *(_frame_title(picture, frame) for frame in picture.frames),
        *(
            f'<text class="below" x="{_x(0)}" y="{_y(picture.height + 1 + at) + 4}">{escape(line)}</text>'
            for at, line in enumerate(below)
        ),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _title(board: Board) -> str:
    return f"Architecture: {len(board.boxes)} boxes, {len(board.arrows)} arrows"


def _description(board: Board) -> str:
    names = {box.id: box.shown for box in board.boxes}
    ways = (
        f"{names[arrow.source]} {'and' if arrow.is_both else 'to'} {names[arrow.target]}"
        + (f": {arrow.label}" if arrow.label else "")
        for arrow in board.arrows
    )
    return "; ".join(ways)


def _x(column: int) -> int:
    return (column + _PAD) * CELL_W + CELL_W // 2


def _y(row: int) -> int:
    return (row + _PAD) * CELL_H + CELL_H // 2


def _lines(picture: Picture) -> list[str]:
    """Level runs first, then the upright ones, each with a gap where it crosses a level run of another net."""
    level = [one for one in picture.strokes if one.y1 == one.y2 and one.x1 != one.x2]
    upright = [one for one in picture.strokes if one.x1 == one.x2 and one.y1 != one.y2]
    parts = [_path(one) for one in level]
    parts += [
        f'<rect class="gap" x="{_x(one.x1) - 4}" y="{_y(other.y1) - 3}" width="8" height="6"/>'
        for one in upright
        for other in level
        if other.net != one.net and other.x1 < one.x1 < other.x2 and one.y1 < other.y1 < one.y2
    ]
    return [*parts, *(_path(one) for one in upright)]


def _path(one: Stroke) -> str:
    return f'<path class="line" d="M{_x(one.x1)} {_y(one.y1)}L{_x(one.x2)} {_y(one.y2)}"/>'


def _heads(picture: Picture) -> list[str]:
    parts = []
    for head in picture.heads:
        x, y = _x(head.x), _y(head.y)
        tip, base = (y - 9, y + 3) if head.is_up else (y + 9, y - 3)
        parts.append(f'<path class="head" d="M{x} {tip}L{x - 5} {base}L{x + 5} {base}Z"/>')
        if head.label:
            parts.append(f'<text class="label" x="{x + 9}" y="{y + 5}">{escape(head.label)}</text>')
    return parts


def _box(box: Placed) -> str:
    kind: Kind = box.box.kind
    x, y = _x(box.x), _y(box.y)
    wide, high = (box.width - 1) * CELL_W, (box.height - 1) * CELL_H
    radius = 9 if kind in ("client", "cdn") else 2
    parts = [f'<rect class="box {kind}" x="{x}" y="{y}" width="{wide}" height="{high}" rx="{radius}"/>']
    if kind in ("db", "blob"):
        parts.append(f'<path class="inner {kind}" d="M{x} {y + 4}h{wide}M{x} {y + high - 4}h{wide}"/>')
    if kind in ("queue", "blob"):
        parts.append(f'<path class="inner {kind}" d="M{x + 4} {y}v{high}M{x + wide - 4} {y}v{high}"/>')
    if kind == "lb":
        parts.append(f'<path class="inner {kind}" d="M{x} {y + 3}h{wide}M{x} {y + high - 3}h{wide}"/>')
    middle = x + wide // 2
    for at, line in zip(count(1), box.lines, strict=False):
        parts.append(f'<text class="name" x="{middle}" y="{_y(box.y + at) + 5}">{escape(line)}</text>')
    return "".join(parts)


def _frame(frame: Frame) -> str:
    wide, high = (frame.width - 1) * CELL_W, (frame.height - 1) * CELL_H
    return f'<rect class="frame" x="{_x(frame.x)}" y="{_y(frame.y)}" width="{wide}" height="{high}" rx="4"/>'


def _frame_title(picture: Picture, frame: Frame) -> str:
    at, words = title_place(picture, frame)
    if not words:
        return ""
    x, y = _x(at + 1), _y(frame.y)
    return (
        f'<rect class="titlegap" x="{x - 4}" y="{y - 8}" width="{len(words) * 8 + 8}" height="16"/>'
        f'<text class="title" x="{x}" y="{y + 5}">{escape(words)}</text>'
    )
