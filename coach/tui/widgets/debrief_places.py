"""Where things of the debrief are read."""

from coach.tui.widgets.debrief_blocks import Place


def line_place(line: int) -> Place:
    """Where a line of the transcript is read."""
    return Place("transcript", key=f"line {line}")
