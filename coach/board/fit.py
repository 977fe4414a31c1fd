"""A picture that fits a pane: as roomy as it can be, then closer and closer, at last wider than the pane."""

from collections.abc import Iterator
from dataclasses import replace

from coach.board.arrange import Plan
from coach.board.graph import Board
from coach.board.layout import lay_out, plan
from coach.board.picture import Look, Picture

SCROLLED = Look(gap=2, has_frames=False)
"""What is scrolled when nothing fits: a closer look would only be harder to read."""
LOOKS = (
    Look(),
    Look(gap=2),
    SCROLLED,
    Look(gap=1, has_frames=False, name_width=14, label_width=16),
    Look(gap=1, has_frames=False, has_numbers=True, name_width=12),
)
"""From roomy to tight."""
LIVE_BOXES = 60
"""Boxes up to which a picture is drawn with every key; a larger one follows when the keys rest."""


def fit(board: Board, *, width: int, before: Picture | None = None, is_new_pane: bool = False) -> Picture:
    """The roomiest picture that is no wider than `width` columns; one to be scrolled when there is none.

    Near to the picture `before`. A roomier one than that is only tried when the pane is new or the board has shrunk.
    """
    planned = plan(board, before=before)
    looks = _looks(board, before, is_new_pane=is_new_pane)
    was_too_wide = before is not None and before.width > width
    if was_too_wide and lay_out(replace(planned, pulls={}), LOOKS[-1]).width > width:
        # Most likely it still is, and the closest look tells at once.
        return lay_out(planned, SCROLLED)
    for look in looks:
        for way in _ways(planned):
            picture = lay_out(way, look)
            if picture.width <= width:
                return picture
    return lay_out(planned, SCROLLED)


def _looks(board: Board, before: Picture | None, *, is_new_pane: bool) -> tuple[Look, ...]:
    looks = (
        LOOKS if board.groups else tuple(look for look in LOOKS if look.has_frames is False or look.gap > 2)
    )
    if (
        before is None
        or is_new_pane
        or len(before.board.arrows) > len(board.arrows)
        or before.look not in looks
    ):
        return looks
    return looks[looks.index(before.look) :]


def _ways(planned: Plan) -> Iterator[Plan]:
    """As near to the picture before as may be; then, where that is too wide, by itself in the same order."""
    yield planned
    if planned.pulls:
        yield replace(planned, pulls={})
