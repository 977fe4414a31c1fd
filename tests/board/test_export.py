"""Boards for other programs: valid, complete, and the same bytes every time."""

import importlib.util
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from coach.board.excalidraw import excalidraw_of
from coach.board.export import json_of, text_of
from coach.board.graph import Board
from coach.board.layout import draw_board
from coach.board.mermaid import mermaid_of
from coach.board.parse import read_board
from coach.board.routes import routes
from coach.board.svg import svg_of
from tests.board.graphs import random_board

FIXTURES = Path(__file__).parent / "fixtures"
GOLDEN = Path(__file__).parents[1] / "golden" / "board"
NAMES = ("url-shortener", "twitter-feed")
HOSTILE = (
    'a "quoted" <b>name</b> & more -> x | y; [z] (w) {v}: <script>alert(1)</script> #35; "&amp;" `code`\n'
    "back\\slash -> end: ]]> --> %%\ngraph -> subgraph: style\n数据库 -> café ☕: 读取\nloop -> loop: again\nboth <-> ways\n"
    "A / B {\n  inner: cache\n}\n"
)


def boards() -> list[Board]:
    texts = [(FIXTURES / f"{name}.txt").read_text() for name in NAMES]
    return [read_board(text) for text in (*texts, HOSTILE, *(random_board(seed) for seed in range(25)))]


def shape(board: Board) -> tuple[list[tuple[str, str, int, str]], Counter[tuple[str, str, str, bool]]]:
    """A board without ids and lines."""
    names = {box.id: box.name for box in board.boxes}
    boxes = sorted((box.name, box.kind, box.replicas, box.group) for box in board.boxes)
    ends = Counter((names[one.source], names[one.target], one.label, one.is_both) for one in board.arrows)
    return boxes, ends


@pytest.mark.parametrize("name", NAMES)
def test_the_known_boards_as_text(name: str):
    path = GOLDEN / f"{name}.txt"
    text = text_of(read_board((FIXTURES / f"{name}.txt").read_text()))
    assert text == path.read_text(encoding="utf-8")


def test_exports_are_the_same_bytes_every_time():
    for board in boards()[:4]:
        again = read_board((FIXTURES / "twitter-feed.txt").read_text())
        assert svg_of(again) == svg_of(again)
        assert excalidraw_of(board) == excalidraw_of(board)
        assert mermaid_of(board) == mermaid_of(board)
        assert json_of(board) == json_of(board)


def test_json_names_nodes_edges_and_notes():
    board = read_board("api x3 -> db: rows\napi <-> lb\nWrite path {\n  worker -> \n}")
    found = json.loads(json_of(board))
    assert found["schema"] == 1
    assert found["nodes"][0] == {
        "id": "api", "name": "api", "kind": "service", "replicas": 3, "group": None, "line": 1,
    }  # fmt: skip
    assert found["nodes"][3]["group"] == "Write path"
    assert found["edges"] == [
        {"from": "api", "to": "db", "label": "rows", "line": 1},
        {"from": "api", "to": "lb", "label": "", "line": 2},
        {"from": "lb", "to": "api", "label": "", "line": 2},
    ]
    assert found["notes"] == [{"line": 4, "text": "the arrow has no target yet"}]


def test_mermaid_reads_back_as_the_same_board():
    for board in boards():
        assert shape(read_board(mermaid_of(board))) == shape(board)


@pytest.mark.skipif(
    importlib.util.find_spec("merman") is None, reason="merman, a Mermaid parser, is not installed"
)
def test_mermaid_is_valid():
    import merman  # type: ignore[import-not-found]

    reader = merman.Merman()
    for board in boards():
        found = json.loads(reader.parse_json(mermaid_of(board), None))
        result = reader.validate(mermaid_of(board), None)
        assert result.valid, result
        assert len(found["edges"]) == len(board.arrows)
        assert len(found["nodes"]) == len(board.boxes)


def test_svg_is_well_formed_and_holds_every_name_and_label_as_text():
    for board in boards():
        root = ET.fromstring(svg_of(board))
        texts = " ".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))
        squeezed = texts.replace(" ", "").replace("×", "")
        for box in board.boxes:
            assert box.name.replace(" ", "")[:40] in squeezed
        for arrow in board.arrows:
            assert arrow.label.replace(" ", "") in squeezed
        assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
        assert "prefers-color-scheme: dark" in svg_of(board)


def test_nothing_foreign_comes_alive_in_svg():
    svg = svg_of(read_board(HOSTILE))
    assert "<script" not in svg
    assert "<b>" not in svg
    assert not re.search(r"(?:href|src|url)\s*[=(]", svg)


def test_excalidraw_binds_every_arrow_at_both_ends_and_names_every_box():
    for board in boards():
        document = json.loads(excalidraw_of(board))
        assert document["type"] == "excalidraw"
        elements = {one["id"]: one for one in document["elements"]}
        assert len(elements) == len(document["elements"])
        arrows = [one for one in elements.values() if one["type"] == "arrow"]
        assert len(arrows) == len(board.arrows)
        for arrow in arrows:
            for end in ("startBinding", "endBinding"):
                box = elements[arrow[end]["elementId"]]
                assert {"type": "arrow", "id": arrow["id"]} in box["boundElements"]
            assert arrow["points"][0] == [0, 0]
            assert len(arrow["points"]) >= 2
        bound = [one for one in elements.values() if one["type"] == "text" and one["containerId"]]
        assert len(bound) == len(board.boxes)
        for text in bound:
            assert {"type": "text", "id": text["id"]} in elements[text["containerId"]]["boundElements"]


def test_routes_lead_from_the_border_of_the_source_to_that_of_the_target():
    for board in boards():
        picture = draw_board(board)
        for at, points in routes(picture).items():
            arrow = board.arrows[at]
            ends = [(arrow.source, points[0]), (arrow.target, points[-1])]
            for name, (x, y) in ends:
                box = picture.placed(name)
                assert box is not None
                assert box.x <= x < box.x + box.width
                assert y in (box.y, box.y + box.height - 1)


def test_names_and_groups_that_found_no_room_stand_below_the_text():
    text = text_of(read_board("a -> b: " + "word " * 20))
    assert " 1 a → b: word word" in text
