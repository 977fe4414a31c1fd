"""Pictures in panes, and pictures while lines are added."""

from pathlib import Path

import pytest

from coach.board.fit import LOOKS, SCROLLED, fit
from coach.board.layout import lay_out, plan
from coach.board.parse import read_board
from coach.board.picture import Look, Picture
from tests.board.graphs import random_board

FIXTURES = Path(__file__).parent / "fixtures"
SHORTENER = (FIXTURES / "url-shortener.txt").read_text()
TWITTER = (FIXTURES / "twitter-feed.txt").read_text()
FAR = 6
"""Columns a box may move and still be found without looking."""


def test_a_wide_pane_gets_frames_and_room_a_narrow_one_a_closer_look():
    board = read_board(TWITTER)
    assert fit(board, width=200).look == LOOKS[0]
    assert fit(board, width=110).look == SCROLLED
    narrow = fit(board, width=92)
    assert narrow.look.has_numbers
    assert len(narrow.legend) == 28 + 3
    assert fit(board, width=60).look == SCROLLED


def test_the_shortener_fits_a_pane_beside_the_talk():
    assert fit(read_board(SHORTENER), width=68).width <= 68


def test_a_pane_does_not_grow_roomier_while_one_types():
    board = read_board(TWITTER)
    before = fit(board, width=110)
    assert fit(board, width=200, before=before).look == before.look
    assert fit(board, width=200, before=before, is_new_pane=True).look == LOOKS[0]


def test_a_picture_that_outgrows_its_pane_closes_up():
    before = None
    for end in range(1, len(SHORTENER.splitlines()) + 1):
        board = read_board("\n".join(SHORTENER.splitlines()[:end]))
        before = fit(board, width=68, before=before)
        assert before.width <= 68


def moved(lines: list[str], look: Look) -> tuple[int, int]:
    """How many boxes moved further than `FAR` while the lines were added, and of how many."""
    before: Picture | None = None
    far = total = 0
    for end in range(1, len(lines) + 1):
        picture = lay_out(plan(read_board("\n".join(lines[:end])), before=before), look)
        for name, column in before.columns.items() if before else ():
            total += 1
            far += abs(picture.columns[name] - column) > FAR
        before = picture
    return far, total


@pytest.mark.parametrize("look", [LOOKS[0], SCROLLED])
def test_under_a_tenth_of_the_boxes_move_when_a_line_is_added(look: Look):
    counts = [moved(random_board(seed, groups=False).splitlines(), look) for seed in range(25)]
    assert sum(far for far, _ in counts) < 0.1 * sum(total for _, total in counts)


def test_the_feed_stays_in_place_while_it_is_typed():
    far, total = moved(TWITTER.splitlines(), SCROLLED)
    assert far < 0.12 * total


def test_typing_a_label_moves_nothing_far():
    lines = SHORTENER.splitlines()
    before = lay_out(plan(read_board("\n".join(lines))), SCROLLED)
    for end in range(1, len("a longer label")):
        text = "\n".join([*lines[:-1], f"Analytics worker -> URL DB: {'a longer label'[:end]}"])
        picture = lay_out(plan(read_board(text), before=before), SCROLLED)
        assert all(abs(picture.columns[name] - column) <= FAR for name, column in before.columns.items())
        before = picture


def test_a_box_stays_where_it_is_while_its_name_is_typed():
    base = SHORTENER.rstrip("\n")
    before = None
    for end in range(1, len("metrics store") + 1):
        text = f"{base}\nKafka -> {'metrics store'[:end]}"
        board = read_board(text, cursor=(text.count("\n"), len(text.rsplit("\n", maxsplit=1)[-1])))
        picture = lay_out(plan(board, before=before), SCROLLED)
        typed = next((box.id for box in board.boxes if box.is_typing), None)
        old = next((box.id for box in before.board.boxes if box.is_typing), None) if before else None
        if typed and old:
            assert abs(picture.columns[typed] - before.columns[old]) <= FAR
        before = picture


def test_a_picture_drawn_step_by_step_is_hardly_more_tangled_than_a_fresh_one():
    kept = fresh = 0
    for seed in range(25):
        lines = random_board(seed, groups=False).splitlines()
        before = None
        for end in range(1, len(lines) + 1):
            planned = plan(read_board("\n".join(lines[:end])), before=before)
            before = lay_out(planned, SCROLLED)
        kept += planned.crossings
        fresh += plan(read_board("\n".join(lines))).crossings
    assert kept <= 1.3 * fresh
