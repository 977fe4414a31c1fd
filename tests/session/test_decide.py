"""What is possible when, and what it leads to."""

import pytest

from coach.errors import CoachError
from coach.session import commands as do
from coach.session.decide import Refused, decide
from coach.session.events import (
    CurveballThrown,
    FactGiven,
    HintTaken,
    ReferenceShown,
    Reopened,
    Said,
    Spoke,
    TopicOpened,
)
from coach.session.state import SelfRating, State
from tests.fakes.sessions import Interview, kinds, setup

OVER = [do.Finish(), do.Abandon()]


@pytest.mark.parametrize(
    "command",
    [
        do.Edit("draft", "x"),
        do.Say("x"),
        do.NextPhase(),
        do.Pause(),
        do.Finish(),
        do.Reopen(1.0),
        do.RateSelf("hire"),
    ],
)
def test_nothing_but_start_is_possible_before_the_start(command: do.Command) -> None:
    with pytest.raises(Refused, match="not started"):
        decide(State(), command, 0.0)


def test_starting_twice_is_refused() -> None:
    with pytest.raises(Refused, match="already"):
        Interview().do(do.Start(setup()), 1.0)


@pytest.mark.parametrize("minutes", [0, 0.5, -3, 121, float("nan"), float("inf")])
def test_impossible_lengths_are_refused_with_the_range(minutes: float) -> None:
    with pytest.raises(CoachError) as caught:
        Interview(minutes=minutes)
    assert "1 to 120" in caught.value.hint


def test_a_drill_needs_a_phase_and_only_a_drill_takes_one() -> None:
    with pytest.raises(Refused):
        Interview(mode="drill")
    with pytest.raises(Refused):
        Interview(mode="mock", only="estimation")


@pytest.mark.parametrize("end", OVER)
@pytest.mark.parametrize(
    "command",
    [
        do.Edit("notes.requirements", "x"),
        do.Say("x"),
        do.Speak("x", "probe"),
        do.NextPhase(),
        do.Pause(),
        do.Unpause(),
        do.Reopen(1.0),
        do.ShowGuidance(),
        do.Finish(),
        do.Abandon(),
    ],
)
def test_nothing_can_be_added_after_the_end(end: do.Command, command: do.Command) -> None:
    interview = Interview(mode="practice")
    interview.do(end, 10.0)
    with pytest.raises(Refused, match="over") as caught:
        interview.do(command, 11.0)
    assert caught.value.hint
    assert interview.do(do.Tick(), 9999.0) == ()


def test_a_mock_has_no_pause_no_guidance_no_hints_and_no_reference_before_the_end() -> None:
    interview = Interview()
    interview.do(do.NextPhase(), 5.0)
    refused: list[do.Command] = [
        do.Pause(),
        do.ShowGuidance(),
        do.Speak("look at the reads", "hint", rung=1),
        do.ShowReference("requirements", ()),
    ]
    for command in refused:
        with pytest.raises(Refused, match="mock"):
            interview.do(command, 10.0)


def test_practice_pauses_and_goes_on() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Pause(), 10.0)
    assert interview.state.status == "paused"
    for command in (do.Say("hello"), do.NextPhase(), do.Pause()):
        with pytest.raises(Refused, match="stopped"):
            interview.do(command, 10.0)
    interview.do(do.Edit("notes.requirements", "kept while paused"), 10.0)
    interview.do(do.Unpause(42.0), 10.0)
    assert (interview.state.status, interview.state.pauses, interview.state.paused_s) == ("running", 1, 42.0)
    with pytest.raises(Refused, match="already"):
        interview.do(do.Unpause(), 11.0)


@pytest.mark.parametrize("mode", ["mock", "practice"])
def test_reopening_charges_a_mock_and_is_a_pause_in_practice(mode: str) -> None:
    interview = Interview(mode=mode)
    (reopened,) = interview.do(do.Reopen(90.0), 100.0)
    assert reopened == Reopened(away_s=90.0, charged=mode == "mock")
    assert (interview.state.pauses, interview.state.paused_s) == ((0, 0) if mode == "mock" else (1, 90.0))


def test_reopening_while_paused_counts_the_absence_once() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Pause(), 10.0)
    interview.do(do.Reopen(60.0), 10.0)
    interview.do(do.Unpause(100.0), 10.0)
    assert (interview.state.pauses, interview.state.paused_s) == (1, 100.0)


def test_reopening_a_mock_after_its_end_tells_that_time_ran_out() -> None:
    interview = Interview()
    events = interview.do(do.Reopen(86400.0), 90000.0)
    assert kinds(events) == ["reopened", "nudged", "nudged", "summary_asked", "time_ran_out"]
    assert interview.state.status == "time_up"


def test_after_time_ran_out_say_and_edit_work_and_moving_on_or_pausing_do_not() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Tick(), 2700.0)
    interview.do(do.Edit("draft", "so in short"), 2701.0)
    interview.do(do.Say("so in short, caches"), 2702.0)
    interview.do(do.Speak("Thank you.", "time_up"), 2703.0)
    for command in (do.NextPhase(), do.Pause()):
        with pytest.raises(Refused, match="time is up"):
            interview.do(command, 2704.0)
    assert kinds(interview.do(do.Finish(), 2705.0)) == ["finished"]


def test_a_turn_clears_the_draft() -> None:
    interview = Interview()
    interview.do(do.Edit("draft", "how many us"), 1.0)
    assert interview.do(do.Say("how many users?"), 2.0) == (Said(text="how many users?"),)
    assert interview.state.docs["draft"] == ""
    assert interview.do(do.Edit("draft", "next"), 3.0)
    assert interview.state.docs["draft"] == "next"


@pytest.mark.parametrize("text", ["", "  \n\t", "\x1b\x07"])
def test_an_empty_turn_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="nothing to send"):
        Interview().do(do.Say(text), 1.0)


def test_earlier_and_later_notes_can_be_edited_at_any_time() -> None:
    interview = Interview()
    interview.do(do.NextPhase(), 10.0)
    interview.do(do.Edit("notes.requirements", "added later"), 20.0)
    interview.do(do.Edit("notes.deep_dive", "a plan for later"), 21.0)
    assert interview.state.docs["notes.requirements"] == "added later"


def test_a_drill_has_only_its_own_notes() -> None:
    interview = Interview(mode="drill", only="estimation", minutes=5)
    interview.do(do.Edit("notes.estimation", "x"), 1.0)
    with pytest.raises(Refused, match="no notes"):
        interview.do(do.Edit("notes.deep_dive", "x"), 1.0)


def test_an_answer_of_the_interviewer_leaves_its_references_as_events() -> None:
    interview = Interview(mode="practice")
    first = do.Speak("100 million a day, and yes.", "fact", facts=("writes", "custom", "writes"))
    assert interview.do(first, 1.0) == (
        Spoke(text="100 million a day, and yes.", intent="fact", facts=("writes", "custom", "writes")),
        FactGiven(fact="writes", how="asked"),
        FactGiven(fact="custom", how="asked"),
    )
    again = do.Speak("As I said: yes.", "fact", facts=("custom", "reads"))
    assert interview.do(again, 2.0)[1:] == (FactGiven(fact="reads", how="asked"),)
    assert interview.do(do.Speak("Try the ratio.", "hint", rung=2, item="caching"), 3.0)[1:] == (
        HintTaken(item="caching", rung=2),
    )
    assert interview.do(do.Speak("Think.", "hint", rung=1), 4.0)[1:] == (
        HintTaken(item="requirements", rung=1),
    )
    interview.do(do.Speak("First rung again.", "hint", rung=1, item="caching"), 4.5)
    assert interview.state.hints == {"caching": 2, "requirements": 1}
    topic = do.Speak("Let us look at keys.", "topic", topic="keys")
    assert interview.do(topic, 5.0)[1:] == (TopicOpened(topic="keys"),)
    assert interview.do(topic, 6.0)[1:] == ()
    ball = do.Speak("A region is lost.", "curveball", curveball="region")
    assert interview.do(ball, 7.0)[1:] == (CurveballThrown(curveball="region"),)
    assert interview.do(ball, 8.0)[1:] == ()
    assert interview.state.topics == ("keys",)
    assert interview.state.curveballs == ("region",)


def test_a_challenge_is_remembered_for_its_phase() -> None:
    interview = Interview()
    interview.do(do.NextPhase(), 1.0)
    interview.do(do.Speak("Why not SQL?", "challenge", quote="we use NoSQL"), 2.0)
    assert interview.state.challenged == {"estimation"}


def test_an_answer_that_arrives_during_a_pause_is_kept() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Pause(), 1.0)
    assert interview.do(do.Speak("Ten million.", "fact", facts=("users",)), 1.0)


def test_reference_notes_of_a_past_phase_give_its_facts_away() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Speak("Yes.", "fact", facts=("custom",)), 1.0)
    with pytest.raises(Refused, match="not over"):
        interview.do(do.ShowReference("requirements", ("custom", "ttl")), 2.0)
    interview.do(do.NextPhase(), 3.0)
    assert interview.do(do.ShowReference("requirements", ("custom", "ttl")), 4.0) == (
        ReferenceShown(phase="requirements"),
        FactGiven(fact="ttl", how="shown"),
    )
    interview.do(do.Speak("As you read: a year.", "fact", facts=("ttl",)), 5.0)
    assert interview.state.facts == {"custom": "asked", "ttl": "shown"}
    assert interview.do(do.ShowReference("requirements", ("ttl",)), 6.0) == ()


@pytest.mark.parametrize("mode", ["mock", "practice"])
def test_after_the_end_every_reference_may_be_read(mode: str) -> None:
    interview = Interview(mode=mode)
    interview.do(do.Finish(), 1.0)
    assert kinds(interview.do(do.ShowReference("deep_dive", ()), 2.0)) == ["reference_shown"]


def test_guidance_is_recorded_once_per_phase() -> None:
    interview = Interview(mode="practice")
    assert kinds(interview.do(do.ShowGuidance(), 1.0)) == ["guidance_shown"]
    assert interview.do(do.ShowGuidance(), 2.0) == ()
    interview.do(do.NextPhase(), 3.0)
    assert kinds(interview.do(do.ShowGuidance(), 4.0)) == ["guidance_shown"]


def test_self_rating_comes_after_the_end_and_stands() -> None:
    interview = Interview()
    with pytest.raises(Refused, match="still running") as caught:
        interview.do(do.RateSelf("hire"), 1.0)
    assert caught.value.hint == "Hand in first."
    interview.do(do.Abandon(), 2.0)
    interview.do(do.RateSelf("no_hire", (("depth", 2),)), 3.0)
    assert interview.state.self_rating == SelfRating("no_hire", {"depth": 2})
    with pytest.raises(Refused, match="already"):
        interview.do(do.RateSelf("hire"), 4.0)


def test_a_pause_can_be_ended_by_handing_in() -> None:
    interview = Interview(mode="practice")
    interview.do(do.Pause(), 10.0)
    interview.do(do.Finish(), 10.0)
    assert interview.state.status == "finished"
    assert interview.state.phases[0].used_s(999) == 10
