"""Topics, probes and curveballs of the last phase."""

from itertools import pairwise

import pytest

from coach.session.phases import CHANGE_SHARE, FAILURE_SHARE, WRAP_UP_SHARE
from tests.interviewer.problems import library
from tests.interviewer.stage import Stage

TALK = "We keep one row for each book."


def dive(**options: object) -> Stage:
    """A mock at the beginning of its deep dive, at the time planned for it."""
    stage = Stage(library(**options))
    stage.wait(25 / 45 * stage.state.planned.total_s)
    stage.enter("deep_dive")
    return stage


def topics(stage: Stage) -> list[str]:
    return stage.texts("topic")


def test_entering_opens_the_first_must_have_nothing_shows_yet() -> None:
    stage = dive()
    stage.wait(1)
    assert topics(stage) == ["Take me through holds."]
    assert stage.state.topics == ("holds",)


def test_a_must_have_the_notes_show_is_passed_over() -> None:
    stage = dive()
    stage.write("notes.high_level", "A queue of reservations for each book.")
    stage.wait(1)
    assert stage.state.topics == ("counts",)


def test_a_must_have_a_turn_showed_is_passed_over() -> None:
    stage = Stage(library(), mode="drill", only="deep_dive")
    stage.say("There is a queue for reservations and a lock for the counter.")
    stage.wait(1)
    assert stage.state.topics == ("fines",)


def test_each_answer_goes_one_probe_down_and_then_to_the_next_topic() -> None:
    stage = dive()
    stage.wait(1)
    for _ in range(5):
        stage.wait(50)
        stage.say(TALK)
    assert stage.texts("topic", "probe") == [
        "Take me through holds.",
        "First probe of holds.",
        "Second probe of holds.",
        "Third probe of holds.",
        "Take me through counts.",
        "First probe of counts.",
    ]


def test_a_question_in_between_is_answered_and_does_not_use_up_a_probe() -> None:
    stage = dive()
    stage.wait(50)
    assert [one.intent for one in stage.say("How many readers are there?")] == ["fact"]
    assert not stage.wait(20)
    assert [one.text for one in stage.say(TALK)] == ["First probe of holds."]


def test_an_answer_that_came_too_soon_is_probed_when_the_time_is_right() -> None:
    stage = dive()
    stage.wait(1)
    stage.wait(10)
    assert [one.intent for one in stage.say(TALK)] == ["acknowledgement"]
    assert [one.text for one in stage.wait(40)] == ["First probe of holds."]


def test_notes_that_grow_bring_the_next_probe_without_a_word_said() -> None:
    stage = dive()
    stage.wait(1)
    stage.write("notes.deep_dive", "word " * 40)
    assert not stage.wait(0.14 * 1200)
    assert [one.text for one in stage.wait(0.02 * 1200)] == ["First probe of holds."]
    assert not stage.wait(0.16 * 1200)


def test_silence_brings_no_probe_but_the_second_topic() -> None:
    stage = dive()
    stage.wait(0.44 * 1200 - 1)
    assert topics(stage) == ["Take me through holds."]
    stage.wait(0.1 * 1200)
    assert topics(stage) == ["Take me through holds.", "Take me through counts."]
    assert not stage.texts("probe")


@pytest.mark.parametrize("minutes", [45.0, 10.0, 120.0])
def test_one_change_and_one_failure_come_at_their_share(minutes: float) -> None:
    stage = Stage(library(), minutes=minutes)
    total = minutes * 60
    stage.wait(25 / 45 * total)
    stage.enter("deep_dive")
    stage.wait(20 / 45 * total)
    gap = total / 60
    change, failure = stage.times("curveball")
    assert CHANGE_SHARE * total <= change <= CHANGE_SHARE * total + gap + 1
    assert FAILURE_SHARE * total <= failure <= FAILURE_SHARE * total + gap + 1
    thrown = {ball.id: ball.kind for ball in library().curveballs}
    assert [thrown[one] for one in stage.state.curveballs] == ["change", "failure"]


@pytest.mark.parametrize("minutes", [20.0, 10.0])
def test_a_drill_has_them_at_the_same_share_of_the_deep_dive(minutes: float) -> None:
    stage = Stage(library(), mode="drill", only="deep_dive", minutes=minutes)
    total = minutes * 60
    stage.wait(total)
    change, failure = stage.times("curveball")
    assert change == pytest.approx(7 / 20 * total, abs=total / 60 + 1)
    assert failure == pytest.approx(13 / 20 * total, abs=total / 60 + 1)


def test_curveballs_wait_for_the_deep_dive() -> None:
    stage = Stage(library())
    stage.enter("high_level")
    stage.wait(35 * 60)
    assert not stage.texts("curveball")
    stage.enter("deep_dive")
    stage.wait(150)
    assert [one.intent for _, one in stage.spoken if one.intent in ("topic", "curveball")] == [
        "topic",
        "curveball",
    ]


def test_a_drill_of_another_phase_has_none() -> None:
    stage = Stage(library(), mode="drill", only="high_level", minutes=15)
    stage.wait(15 * 60)
    assert not stage.texts("curveball", "topic")


def test_which_curveballs_come_varies_between_sessions_and_never_within_one() -> None:
    def thrown(session: str) -> tuple[str, ...]:
        stage = Stage(library(), mode="drill", only="deep_dive", minutes=5, session=session)
        stage.wait(300)
        return stage.state.curveballs

    seen = {thrown(f"s{number}") for number in range(12)}
    assert len(seen) > 1
    assert thrown("s1") == thrown("s1")


def test_a_curveballs_own_probe_follows_the_next_answer() -> None:
    stage = dive()
    while not stage.state.curveballs:
        stage.wait(1)
    stage.wait(50)
    assert [one.text for one in stage.say(TALK)] == [f"What about {stage.state.curveballs[0]}?"]
    stage.wait(50)
    assert [one.text for one in stage.say(TALK)] == ["First probe of holds."]


def test_no_two_questions_of_its_own_come_close_together() -> None:
    stage = dive()
    for _ in range(110):
        stage.wait(10)
        stage.say("I would go with Redis for the list.")
        stage.write("notes.deep_dive", "We use one table.\n" * 60)
    asked = sorted(t for intent in ("challenge", "topic", "probe", "curveball") for t in stage.times(intent))
    assert len(asked) > 10
    assert min(later - earlier for earlier, later in pairwise(asked)) >= 45


def test_after_the_summary_is_asked_for_nothing_new_is_opened() -> None:
    stage = dive()
    for _ in range(40):
        stage.wait(30)
        stage.say(TALK)
    last = max(t for intent in ("topic", "probe", "curveball") for t in stage.times(intent))
    assert last <= WRAP_UP_SHARE * 2700


def test_a_toy_has_one_topic_and_no_surprises() -> None:
    stage = Stage(library(toy=True), minutes=2, mode="practice")
    stage.enter("deep_dive")
    for _ in range(30):
        stage.wait(3)
        stage.say("I would go with Redis.")
    assert stage.texts("challenge", "curveball") == []
    assert len(stage.texts("topic")) == 1
