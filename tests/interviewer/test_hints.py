"""The three-rung ladder of help."""

from tests.interviewer.problems import library
from tests.interviewer.stage import Stage


def test_a_phase_has_three_rungs_and_then_nothing() -> None:
    stage = Stage(library(), mode="practice")
    assert [hint and hint.text for hint in (stage.hint(), stage.hint(), stage.hint(), stage.hint())] == [
        "Nudge on scope.",
        "Category of scope.",
        "Statement of scope.",
        None,
    ]
    assert stage.state.hints == {"requirements": 3}


def test_each_phase_has_its_own_ladder() -> None:
    stage = Stage(library(), mode="practice")
    stage.hint()
    stage.enter("estimation")
    assert stage.hint().text == "Nudge on numbers."  # type: ignore[union-attr]


def test_in_the_deep_dive_hints_are_on_the_open_topic() -> None:
    stage = Stage(library(), mode="drill", only="deep_dive")
    assert stage.hint() is None
    stage.wait(1)
    assert stage.hint().text == "Nudge on holds."  # type: ignore[union-attr]
    assert stage.hint().text == "Category of holds."  # type: ignore[union-attr]
    assert stage.state.hints == {"holds": 2}


def test_a_mock_has_no_hints() -> None:
    stage = Stage(library(), mode="mock")
    assert stage.hint() is None
    stage.enter("deep_dive")
    stage.wait(1)
    assert stage.hint() is None
