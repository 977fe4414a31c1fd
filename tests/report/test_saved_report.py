"""The report that is written next to a session, and what a debrief reads of it."""

import pytest

from coach.doors import Doors
from coach.errors import BadInput, CoachError
from coach.paths import sessions_dir
from coach.session.commands import Edit, Finish
from coach.session.shelf import Shelf
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import SETUP, begin


@pytest.fixture
def doors(clock: FakeClock) -> Doors:
    return Doors(lambda: Shelf(sessions_dir()), clock)


def finish(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(60)
    runner.do(Edit("notes.requirements", "Links never expire. About 100 million new links a month."))
    runner.do(Finish())
    runner.close()


def test_the_report_is_markdown_only_its_owner_can_read(doors: Doors, clock: FakeClock) -> None:
    finish(clock)
    path = doors.save_report(SETUP.session)
    assert path == sessions_dir() / SETUP.session / "report.md"
    assert path.read_text().startswith("# ")
    assert path.stat().st_mode & 0o777 == 0o600
    assert doors.save_report(SETUP.session) == path, "a second time replaces it"


def test_a_report_that_cannot_be_written_is_an_error_that_says_what_to_do(
    doors: Doors, clock: FakeClock
) -> None:
    finish(clock)
    (sessions_dir() / SETUP.session / "report.md").mkdir()
    with pytest.raises(CoachError) as caught:
        doors.save_report(SETUP.session)
    assert "COACH_DATA_DIR" in caught.value.hint


def test_an_unfinished_session_has_no_report(doors: Doors, clock: FakeClock) -> None:
    begin(clock).close()
    with pytest.raises(BadInput):
        doors.save_report(SETUP.session)


def test_records_tell_what_happened_in_order(doors: Doors, clock: FakeClock) -> None:
    finish(clock)
    kinds = [record.event.kind for record in doors.records(SETUP.session)]
    assert kinds[0] == "started"
    assert kinds[-1] == "finished"
