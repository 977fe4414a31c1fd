"""What a judge gets: numbered lines, and for each note line when and in which phase it was last touched."""

import random

from coach.session.commands import Edit, Finish, NextPhase, Say, ShowReference, Speak, Tick
from coach.session.linestamps import LineStamps
from coach.session.transcript import Transcript, TranscriptLine, freeze
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import Interview, begin, kill, reopen


def frozen(interview: Interview) -> Transcript:
    return freeze(tuple(interview.records))


def notes(transcript: Transcript) -> dict[str, tuple[str | None, float | None]]:
    return {one.text: (one.edited_in, one.minute) for one in transcript.lines if one.source == "notes"}


def test_the_sheet_comes_last_each_line_with_the_phase_and_minute_of_its_last_edit() -> None:
    interview = Interview()
    interview.do(Edit("sheet", "DAU = 10M\n\nreads = DAU * 20 / day"), 30.0)
    interview.do(Edit("notes.requirements", "- shorten"), 60.0)
    interview.do(NextPhase(), 120.0)
    interview.do(Edit("sheet", "DAU = 10M\n\nreads = DAU * 25 / day\npeak = 3 * reads"), 150.0)
    assert frozen(interview).lines == (
        TranscriptLine(1, "candidate", "notes", "- shorten", "requirements", "requirements", 1.0),
        TranscriptLine(2, "candidate", "sheet", "DAU = 10M", "requirements", "requirements", 0.5),
        TranscriptLine(3, "candidate", "sheet", "reads = DAU * 25 / day", "estimation", "estimation", 2.5),
        TranscriptLine(4, "candidate", "sheet", "peak = 3 * reads", "estimation", "estimation", 2.5),
    )


def test_the_board_stands_between_notes_and_sheet() -> None:
    interview = Interview()
    interview.do(Edit("sheet", "a = 5"), 10.0)
    interview.do(Edit("board", "client -> api\n\napi -> db"), 20.0)
    interview.do(Edit("notes.requirements", "- shorten"), 30.0)
    assert [(line.source, line.text) for line in frozen(interview).lines] == [
        ("notes", "- shorten"),
        ("board", "client -> api"),
        ("board", "api -> db"),
        ("sheet", "a = 5"),
    ]


def test_the_sheet_can_be_typed_into_in_every_drill() -> None:
    interview = Interview(mode="drill", only="deep_dive")
    interview.do(Edit("sheet", "a = 5"), 30.0)
    assert [line.text for line in frozen(interview).lines] == ["a = 5"]


def test_turns_come_first_in_time_order_then_the_notes_numbered_once_without_blank_lines() -> None:
    interview = Interview()
    interview.do(Edit("notes.estimation", "100 GB"), 30.0)
    interview.do(Say("How many users?\n\nAnd how many writes?"), 60.0)
    interview.do(Speak("100 million.\nRead heavy.", "fact", facts=("users",)), 66.0)
    interview.do(Edit("notes.requirements", "\n- shorten\n\n  - custom\n"), 90.0)
    interview.do(NextPhase(), 120.0)
    interview.do(Say("Moving on."), 150.0)
    assert frozen(interview).lines == (
        TranscriptLine(1, "candidate", "talk", "How many users?", "requirements", "requirements", 1.0),
        TranscriptLine(2, "candidate", "talk", "And how many writes?", "requirements", "requirements", 1.0),
        TranscriptLine(3, "interviewer", "talk", "100 million.", "requirements", "requirements", 1.1),
        TranscriptLine(4, "interviewer", "talk", "Read heavy.", "requirements", "requirements", 1.1),
        TranscriptLine(5, "candidate", "talk", "Moving on.", "estimation", "estimation", 2.5),
        TranscriptLine(6, "candidate", "notes", "- shorten", "requirements", "requirements", 1.5),
        TranscriptLine(7, "candidate", "notes", "  - custom", "requirements", "requirements", 1.5),
        TranscriptLine(8, "candidate", "notes", "100 GB", "estimation", "requirements", 0.5),
    )


def test_everything_else_a_judge_may_know_is_filled_in() -> None:
    interview = Interview(mode="practice")
    interview.do(Speak("Yes.", "fact", facts=("custom",)), 1.0)
    interview.do(Speak("Think of reads.", "hint", rung=2, item="caching"), 2.0)
    interview.do(NextPhase(), 10.0)
    interview.do(ShowReference("requirements", ("ttl",)), 11.0)
    interview.do(Speak("Keys?", "topic", topic="keys"), 12.0)
    interview.do(Speak("A region is lost.", "curveball", curveball="region"), 13.0)
    interview.do(Tick(), 2581.5)
    interview.do(Finish(), 2600.0)
    transcript = frozen(interview)
    assert transcript.medium == "interview"
    assert transcript.facts == {"custom": "asked", "ttl": "shown"}
    assert transcript.hints == {"caching": 2}
    assert transcript.topics == ("keys",)
    assert transcript.curveballs == ("region",)
    assert transcript.summary_after_s == 2581.5
    assert [(one.phase, one.used_s(0)) for one in transcript.times] == [
        ("requirements", 10),
        ("estimation", 2590),
    ]
    assert transcript.planned_phases == ("requirements", "estimation", "high_level", "deep_dive")


def test_a_drill_plans_one_phase_and_an_unfinished_phase_ends_now() -> None:
    interview = Interview(mode="drill", only="high_level", minutes=15)
    interview.do(Say("hello"), 100.0)
    transcript = frozen(interview)
    assert transcript.planned_phases == ("high_level",)
    assert [one.used_s(99999) for one in transcript.times] == [100]
    assert transcript.summary_after_s is None


def test_a_line_added_later_carries_its_own_phase_and_the_others_keep_theirs() -> None:
    interview = Interview()
    interview.do(Edit("notes.requirements", "- shorten\n- redirect"), 60.0)
    interview.do(NextPhase(), 120.0)
    interview.do(Edit("notes.requirements", "- shorten\n- expire\n- redirect"), 180.0)
    interview.do(NextPhase(), 200.0)
    interview.do(Edit("notes.requirements", "- shorten\n- expire\n- redirect fast"), 240.0)
    assert notes(frozen(interview)) == {
        "- shorten": ("requirements", 1.0),
        "- expire": ("estimation", 3.0),
        "- redirect fast": ("high_level", 4.0),
    }


def test_pressing_enter_around_a_line_or_moving_it_does_not_touch_it() -> None:
    interview = Interview()
    interview.do(Edit("notes.requirements", "one\ntwo"), 60.0)
    for n, text in enumerate(("one\n\ntwo", "\none\n\ntwo", "\none\n\ntwo\n", "\n  one\n\ntwo\n\n\nthree")):
        interview.do(Edit("notes.requirements", text), 120.0 + n)
    assert notes(frozen(interview)) == {
        "  one": ("requirements", 1.0),
        "two": ("requirements", 1.0),
        "three": ("requirements", 123 / 60),
    }


def test_an_editor_that_hands_over_many_changes_at_once_touches_only_the_changed_lines() -> None:
    interview = Interview()
    lines = [f"line {n}" for n in range(40)]
    interview.do(Edit("notes.requirements", "\n".join(lines)), 60.0)
    lines[2], lines[37] = "line 2, changed", "line 37, changed"
    interview.do(Edit("notes.requirements", "\n".join(lines)), 120.0)
    touched = [text for text, (_, minute) in notes(frozen(interview)).items() if minute == 2.0]
    assert touched == ["line 2, changed", "line 37, changed"]


def test_a_line_deleted_and_typed_again_is_new() -> None:
    interview = Interview()
    interview.do(Edit("notes.requirements", "a\nb"), 60.0)
    interview.do(Edit("notes.requirements", "a"), 90.0)
    interview.do(Edit("notes.requirements", "a\nb"), 120.0)
    assert notes(frozen(interview)) == {"a": ("requirements", 1.0), "b": ("requirements", 2.0)}


def test_stamps_stay_in_step_with_the_lines_through_any_edits() -> None:
    rng = random.Random(7)
    stamps = LineStamps()
    text = ""
    for n in range(2000):
        start = rng.randint(0, len(text))
        end = rng.randint(start, min(len(text), start + 12))
        text = text[:start] + "".join(rng.choices("ab \n", k=rng.randint(0, 8))) + text[end:]
        before = dict(zip(stamps.lines, stamps.stamps, strict=True))
        stamps.follow(text, t=float(n), phase="requirements")
        assert stamps.lines == text.split("\n")
        assert len(stamps.stamps) == len(stamps.lines)
        unheard = [
            line for line in stamps.lines if line not in before and line.strip() not in map(str.strip, before)
        ]
        assert all(stamps.stamps[stamps.lines.index(line)] == (float(n), "requirements") for line in unheard)


def test_text_of_any_script_and_odd_separators_stays_on_its_line() -> None:
    interview = Interview()
    interview.do(Edit("notes.requirements", "漢字\u2028same line\u2029still\nשלום 🙂"), 1.0)
    interview.do(Say("a\x0bb\x0cc\x1cd\x85e"), 2.0)
    assert [one.text for one in frozen(interview).lines] == [
        "abcde",
        "漢字\u2028same line\u2029still",
        "שלום 🙂",
    ]


def test_an_unsent_draft_is_not_a_turn() -> None:
    interview = Interview()
    interview.do(Edit("draft", "never sent"), 1.0)
    assert frozen(interview).lines == ()


def test_a_line_is_found_by_its_number() -> None:
    interview = Interview()
    interview.do(Say("one\ntwo"), 1.0)
    transcript = frozen(interview)
    second = transcript.line(2)
    assert second is not None
    assert second.text == "two"
    assert transcript.line(3) is None


def test_the_runner_freezes_what_was_typed_up_to_now(clock: FakeClock) -> None:
    runner = begin(clock)
    clock.advance(30)
    runner.type("notes.requirements", "just typed")
    assert [one.text for one in runner.transcript().lines] == ["just typed"]
    runner.do(Finish())
    kill(runner)
    runner = reopen(clock)
    assert [one.text for one in runner.transcript().lines] == ["just typed"]
    runner.close()
