"""The notes as one file, the sheet among them."""

from coach.judge.writeup import read_write_up
from coach.session.commands import Edit, Finish
from coach.session.notes import board_text, notes_text
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import Interview, begin, journal_path


def test_the_sheet_stands_below_the_notes_of_the_estimation_and_reads_back_as_such() -> None:
    interview = Interview()
    interview.do(Edit("notes.estimation", "- 10M a day"), 30.0)
    interview.do(Edit("sheet", "DAU = 10M\nreads = DAU * 20 / day"), 60.0)
    text = notes_text(interview.state)
    assert "## Capacity estimation\n\n- 10M a day\n\nDAU = 10M\nreads = DAU * 20 / day\n" in text
    lines = read_write_up(text).transcript.lines
    assert [(line.text, line.phase) for line in lines if "=" in line.text] == [
        ("DAU = 10M", "estimation"),
        ("reads = DAU * 20 / day", "estimation"),
    ]


def test_in_a_drill_of_another_phase_the_sheet_stands_under_that() -> None:
    interview = Interview(mode="drill", only="deep_dive")
    interview.do(Edit("sheet", "a = 5 GB"), 60.0)
    assert "## Deep dive\n\na = 5 GB\n" in notes_text(interview.state)


def test_the_board_stands_fenced_below_the_high_level_design() -> None:
    interview = Interview()
    interview.do(Edit("board", "client -> api\napi -> db"), 30.0)
    assert "## High-level design\n\n```board\nclient -> api\napi -> db\n```\n" in notes_text(interview.state)
    interview.do(Edit("board", "```\nclient -> api\n```"), 40.0)
    assert "````board\n```\nclient -> api\n```\n````\n" in notes_text(interview.state)


def test_the_drawn_board_is_a_file_of_its_own() -> None:
    interview = Interview()
    assert board_text(interview.state) == ""
    interview.do(Edit("board", "client -> api"), 30.0)
    assert "│ client │" in board_text(interview.state)


def test_a_finished_session_keeps_notes_and_drawn_board(clock: FakeClock) -> None:
    runner = begin(clock)
    runner.type("board", "client -> api")
    runner.do(Finish())
    runner.close()
    assert "│ client │" in journal_path().with_name("board.txt").read_text(encoding="utf-8")
