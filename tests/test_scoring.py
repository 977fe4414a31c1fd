"""What can be judged at all."""

import pytest

from coach.errors import BadInput
from coach.paths import sessions_dir
from coach.scoring import handed_in
from coach.session.commands import Finish
from coach.session.shelf import Shelf
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import SETUP, begin


def test_the_warm_up_is_not_judged(clock: FakeClock) -> None:
    runner = begin(clock, problem="warm-up", is_toy=True)
    runner.do(Finish())
    runner.close()
    with pytest.raises(BadInput, match="The warm-up is not judged"):
        handed_in(Shelf(sessions_dir()), SETUP.session)
