"""A board as an Excalidraw file: boxes with their names, arrows bound at both ends, the same bytes every time.

Facts of the format as of `@excalidraw/excalidraw` 0.18: a name is a text bound to its box, an arrow and both its boxes
name each other, and a label stands beside the head as free text, for a bound one moves to the middle when it is loaded.
"""

import hashlib
import json
from dataclasses import dataclass, field

from coach.board.cells import width
from coach.board.draw import title_place
from coach.board.graph import Board
from coach.board.layout import draw_board
from coach.board.picture import Look, Picture, Placed
from coach.board.routes import Point, routes

CELL_W, CELL_H = 9, 18
FONT = 3
"""Cascadia, the one whose letters are all of one width."""
_INK, _SOFT = "#1e1e1e", "#868e96"
_COLOURS = {
    "client": "#1971c2", "cdn": "#1971c2", "lb": "#6741d9", "gateway": "#6741d9", "service": _INK, "worker": _INK,
    "cache": "#f08c00", "queue": "#e8590c", "db": "#2f9e44", "blob": "#2f9e44",
}  # fmt: skip
_DASHED = frozenset({"cdn", "worker"})
_ROUND = frozenset({"client", "cdn"})
_THICK = frozenset({"cache", "gateway"})

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Element = dict[str, Value]


def excalidraw_of(board: Board, *, look: Look | None = None) -> str:
    """The file."""
    scene = _Scene(draw_board(board, look))
    document = {
        "type": "excalidraw",
        "version": 2,
        "source": "coach",
        "elements": scene.elements(),
        "appState": {"viewBackgroundColor": "#ffffff", "gridSize": 20},
        "files": {},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


@dataclass(slots=True)
class _Scene:
    picture: Picture
    _made: list[Element] = field(default_factory=list)

    def elements(self) -> list[Element]:
        """Frames first, then boxes, arrows and labels: the order is what covers what."""
        picture = self.picture
        ways = routes(picture)
        loops = [at for at, one in enumerate(picture.board.arrows) if one.source == one.target]
        ends: dict[str, list[Value]] = {}
        for at in (*ways, *loops):
            arrow = picture.board.arrows[at]
            for name in dict.fromkeys((arrow.source, arrow.target)):
                ends.setdefault(name, []).append({"type": "arrow", "id": f"arrow-{at}"})
        for frame in picture.frames:
            self._frame(frame.group)
        for box in picture.boxes:
            self._box(box, ends.get(box.box.id, []))
        for at, points in ways.items():
            self._arrow(at, points)
        for at in loops:
            self._loop(at)
        for head in picture.heads:
            if head.label:
                self._text(
                    f"label-{head.arrow}", head.label, (head.x + 1) * CELL_W, head.y * CELL_H, colour=_SOFT
                )
        for at, line in enumerate(picture.legend):
            self._text(f"legend-{at}", line, 0, (picture.height + 1 + at) * CELL_H, colour=_SOFT)
        return self._made

    def _add(self, name: str, kind: str, x: int, y: int, *, wide: int, high: int, **more: Value) -> None:
        seed = int(hashlib.sha256(name.encode()).hexdigest()[:7], 16)
        element: Element = {
            "id": name, "type": kind, "x": x, "y": y, "width": wide, "height": high, "angle": 0, "strokeColor": _INK,
            "backgroundColor": "transparent", "fillStyle": "solid", "strokeWidth": 2, "strokeStyle": "solid", "roughness": 0,
            "opacity": 100, "groupIds": [], "frameId": None, "roundness": None, "seed": seed, "version": 1,
            "versionNonce": seed, "isDeleted": False, "boundElements": [], "updated": 1, "link": None, "locked": False,
        }  # fmt: skip
        self._made.append(element | more)

    def _box(self, box: Placed, ends: list[Value]) -> None:
        kind, name = box.box.kind, f"box-{box.box.line}-{box.x}-{box.y}"
        x, y = box.x * CELL_W, box.y * CELL_H + CELL_H // 2
        wide, high = box.width * CELL_W, (box.height - 1) * CELL_H
        self._add(
            self._id(box.box.id), "rectangle", x, y, wide=wide, high=high,
            strokeColor=_COLOURS[kind], strokeStyle="dashed" if kind in _DASHED else "solid",
            strokeWidth=4 if kind in _THICK else 2, roundness={"type": 3} if kind in _ROUND else None,
            boundElements=[{"type": "text", "id": f"{name}-name"}, *ends],
        )  # fmt: skip
        text = "\n".join(box.lines)
        self._text(
            f"{name}-name", text, x + wide // 2 - max(map(width, box.lines)) * CELL_W // 2, y + 5,
            container=self._id(box.box.id),
        )  # fmt: skip

    @staticmethod
    def _id(box: str) -> str:
        return f"box-{hashlib.sha256(box.encode()).hexdigest()[:12]}"

    def _text(
        self, name: str, text: str, x: int, y: int, *, colour: str = _INK, container: str | None = None
    ) -> None:
        lines = text.split("\n")
        self._add(
            name, "text", x, y, wide=max(map(width, lines)) * CELL_W, high=len(lines) * 20,
            strokeColor=colour, text=text, originalText=text, fontSize=15, fontFamily=FONT, lineHeight=1.25,
            textAlign="center" if container else "left", verticalAlign="middle" if container else "top",
            containerId=container, autoResize=True,
        )  # fmt: skip

    def _arrow(self, at: int, points: tuple[Point, ...]) -> None:
        arrow = self.picture.board.arrows[at]
        places = [(x * CELL_W + CELL_W // 2, y * CELL_H + CELL_H // 2) for x, y in points]
        self._line(at, places, both=arrow.is_both)

    def _loop(self, at: int) -> None:
        """An arrow to itself, at the box's right side."""
        box = self.picture.placed(self.picture.board.arrows[at].source)
        if box:
            x, y = (box.x + box.width) * CELL_W, box.y * CELL_H + CELL_H // 2
            high = (box.height - 1) * CELL_H
            self._line(at, [(x, y + 8), (x + 16, y + 8), (x + 16, y + high - 8), (x, y + high - 8)])

    def _line(self, at: int, places: list[Point], *, both: bool = False) -> None:
        arrow = self.picture.board.arrows[at]
        x, y = places[0]
        points: list[Value] = [[one[0] - x, one[1] - y] for one in places]
        across, down = [one[0] for one in places], [one[1] for one in places]
        self._add(
            f"arrow-{at}", "arrow", x, y,
            wide=max(across) - min(across),
            high=max(down) - min(down),
            points=points, lastCommittedPoint=None, elbowed=False,
            startBinding={"elementId": self._id(arrow.source), "focus": 0, "gap": 1, "fixedPoint": None},
            endBinding={"elementId": self._id(arrow.target), "focus": 0, "gap": 1, "fixedPoint": None},
            startArrowhead="arrow" if both else None, endArrowhead="arrow",
        )  # fmt: skip

    def _frame(self, group: int) -> None:
        frame = next(one for one in self.picture.frames if one.group == group)
        x, y = frame.x * CELL_W + CELL_W // 2, frame.y * CELL_H + CELL_H // 2
        wide, high = (frame.width - 1) * CELL_W, (frame.height - 1) * CELL_H
        self._add(
            f"group-{group}", "rectangle", x, y, wide=wide, high=high, strokeColor=_SOFT, strokeStyle="dashed"
        )
        at, _ = title_place(self.picture, frame)
        self._text(f"group-{group}-name", frame.title, (at + 1) * CELL_W, y - 10, colour=_SOFT)
