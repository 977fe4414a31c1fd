"""Pictures, judged by a reader that sees nothing but their text."""

from collections import Counter
from pathlib import Path

import pytest

from coach.board.draw import draw
from coach.board.graph import Board
from coach.board.layout import draw_board, lay_out, plan
from coach.board.legend import Labels
from coach.board.parse import read_board
from coach.board.picture import Look, Picture
from tests.board.drawn import Seen, read_drawing
from tests.board.graphs import random_board

FIXTURES = Path(__file__).parent / "fixtures"
LOOKS = (
    Look(),
    Look(gap=2, has_frames=False),
    Look(gap=1, has_frames=False, has_numbers=True, name_width=12),
)


def shown(
    board: Board, look: Look
) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[frozenset[str], str]]]:
    """The arrows a reader must see: one way, and both ways."""
    names = {box.id: box.shown for box in board.boxes}
    labels = Labels(board, look)
    one_way = Counter(
        (names[arrow.source], names[arrow.target], labels.shown(at))
        for at, arrow in enumerate(board.arrows)
        if not arrow.is_both
    )
    both = Counter(
        (frozenset((names[arrow.source], names[arrow.target])), labels.shown(at))
        for at, arrow in enumerate(board.arrows)
        if arrow.is_both
    )
    return one_way, both


def assert_reads_back(board: Board, picture: Picture) -> Seen:
    seen = read_drawing(draw(picture).text)
    one_way, both = shown(board, picture.look)
    assert not seen.problems
    assert len(seen.boxes) == len(board.boxes)
    assert Counter(seen.arrows) == one_way
    assert Counter((frozenset(pair[:2]), pair[2]) for pair in seen.both) == both
    legend = " ".join(picture.legend)
    for at, arrow in enumerate(board.arrows):
        label = Labels(board, picture.look).shown(at)
        assert label == arrow.label or arrow.label in legend
    return seen


@pytest.mark.parametrize("block", range(10))
def test_every_arrow_of_a_random_board_is_recovered_from_the_text(block: int):
    for seed in range(block * 50, block * 50 + 50):
        board = read_board(random_board(seed))
        planned = plan(board)
        for look in LOOKS if seed < 100 else (LOOKS[seed % len(LOOKS)],):
            assert_reads_back(board, lay_out(planned, look))


@pytest.mark.parametrize("name", ["url-shortener", "twitter-feed"])
@pytest.mark.parametrize("look", LOOKS)
def test_the_two_known_boards_are_drawn_completely(name: str, look: Look):
    board = read_board((FIXTURES / f"{name}.txt").read_text())
    assert_reads_back(board, draw_board(board, look))


def test_every_picture_on_the_way_reads_back_while_lines_are_added():
    lines = (FIXTURES / "twitter-feed.txt").read_text().splitlines()
    before = None
    for end in range(1, len(lines) + 1):
        board = read_board("\n".join(lines[:end]))
        before = lay_out(plan(board, before=before), Look(gap=2, has_frames=False))
        assert_reads_back(board, before)


def test_the_reader_notices_an_erased_cell():
    board = read_board((FIXTURES / "twitter-feed.txt").read_text())
    text = draw(draw_board(board, LOOKS[1])).text
    one_way, _ = shown(board, LOOKS[1])
    lines = [at for at, one in enumerate(text) if one in "│─╭╮╰╯├┤┬┴┼▼"]
    noticed = 0
    for at in lines[:: max(1, len(lines) // 100)]:
        seen = read_drawing(text[:at] + " " + text[at + 1 :])
        noticed += (
            bool(seen.problems) or Counter(seen.arrows) != one_way or len(seen.boxes) != len(board.boxes)
        )
    assert noticed >= 90


def test_the_same_board_is_drawn_the_same_to_the_cell():
    text = random_board(7)
    assert draw(draw_board(read_board(text))).text == draw(draw_board(read_board(text))).text


def test_no_two_nets_share_a_cell_in_the_same_direction_and_no_line_enters_a_box():
    for seed in range(60):
        board = read_board(random_board(seed))
        picture = draw_board(board)
        taken: dict[tuple[int, int, bool], int] = {}
        inner = {
            (x, y)
            for box in picture.boxes
            for x in range(box.x, box.x + box.width)
            for y in range(box.y + 1, box.y + box.height - 1)
        }
        for stroke in picture.strokes:
            upright = stroke.x1 == stroke.x2
            for x in range(min(stroke.x1, stroke.x2), max(stroke.x1, stroke.x2) + 1):
                for y in range(min(stroke.y1, stroke.y2), max(stroke.y1, stroke.y2) + 1):
                    assert taken.setdefault((x, y, upright), stroke.net) == stroke.net, (seed, x, y)
                    assert (x, y) not in inner, (seed, x, y)


def test_frames_hold_their_boxes_and_nobody_elses():
    for seed in range(80):
        board = read_board(random_board(seed, groups=True))
        picture = draw_board(board)
        for frame in picture.frames:
            for box in picture.boxes:
                is_inside = (
                    frame.x < box.x
                    and box.x + box.width < frame.x + frame.width
                    and frame.y < box.y
                    and box.y + box.height < frame.y + frame.height
                )
                is_apart = (
                    box.x + box.width <= frame.x
                    or frame.x + frame.width <= box.x
                    or box.y + box.height <= frame.y
                    or frame.y + frame.height <= box.y
                )
                assert is_inside if box.group == frame.group else is_apart, (seed, frame.title, box.box.name)


def test_kinds_have_borders_of_their_own():
    kinds = "client, cdn, lb, gateway, service, worker, cache, queue, db, blob"
    text = "\n".join(f"thing {n}: {kind}" for n, kind in enumerate(kinds.split(", ")))
    rows = draw(draw_board(read_board(text))).rows
    borders = {
        part.what: part.text
        for row in rows
        for part in row
        if part.text.strip() and part.what not in ("name", "")
    }
    assert len({border[0] + border[1] for border in borders.values()}) == 10 or len(borders) == 10


@pytest.mark.parametrize(
    "text",
    [
        "a -> a\na -> a: again",
        "a <-> b\nb <-> a",
        "a -> b\nb -> c\nc -> a",
        "数据库 -> 缓存: 读取\n👩‍💻 engineer -> 数据库",
        "e\u0301te\u0301 -> na\u00efve\nשלום -> עולם: קרא",
        "│ box ┼ -> ▼ other",
        "a\x1b[31m -> b\x07: c\u202e\u200b",
        "-> -> ->",
        "client -> " + "x" * 500 + ": " + "label " * 60,
        " ".join(["word"] * 100) + " -> b",
        "a -> b: one\na -> b: two\na -> b: three",
    ],
)
def test_odd_boards_are_drawn_and_read_back(text: str):
    board = read_board(text)
    picture = draw_board(board)
    drawing = draw(picture)
    assert "\x1b" not in drawing.text
    seen = read_drawing(drawing.text)
    assert not seen.problems
    assert len(seen.boxes) == len(board.boxes)
    assert len(seen.arrows) + len(seen.both) == len(board.arrows)


def test_a_long_name_is_wrapped_and_kept_whole_in_the_legend():
    board = read_board("client -> " + " ".join(["ledger"] * 40))
    picture = draw_board(board)
    assert max(box.height for box in picture.boxes) == 5
    assert any("ledger ledger" in line for line in picture.legend)


def test_groups_without_frames_are_listed():
    board = read_board((FIXTURES / "twitter-feed.txt").read_text())
    picture = draw_board(board, LOOKS[1])
    assert "Social graph: Graph service, Graph DB, Notifier" in picture.legend


def test_boxes_without_arrows_share_rows():
    picture = draw_board(read_board("\n".join(f"part {n}" for n in range(20))))
    assert picture.width < 80
