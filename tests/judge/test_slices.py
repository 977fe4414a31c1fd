"""One call where everything fits; else as few as possible, a dimension at a time, with the controls in each."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coach.judge.questions import Question
from coach.judge.slices import (
    MOST_PARTS,
    PER_ANSWER,
    PER_QUESTION,
    SPARE,
    THINKING,
    Part,
    longest_answer,
    rejoin,
    split,
)
from coach.llm.abilities import Abilities
from coach.llm.port import ModelError
from coach.llm.tokens import MARGIN
from coach.terms import DIMENSIONS, Dimension

PREFIX, EACH = 1_000, 20
"""Tokens of rules and transcript, and of one question."""


def some(*counts: int, controls: int = 2) -> list[Question]:
    """So many questions of one dimension after the other, and controls among them."""
    kinds: list[tuple[str, Dimension | None]] = [
        ("check", name) for name, count in zip(DIMENSIONS, counts, strict=False) for _ in range(count)
    ]
    for at in range(controls):
        kinds.insert(at * 3 + 1, ("absent", None))
    return [
        Question(number, kind, f"q{number}", "t", dimension or "", dimension)  # type: ignore[arg-type]
        for number, (kind, dimension) in enumerate(kinds, start=1)
    ]


def tokens_of(asked: Sequence[Question]) -> int:
    return PREFIX + EACH * len(asked)


def room_for(questions: int) -> int:
    """The window that just holds so many questions with their answers."""
    return int((PREFIX + EACH * questions) * MARGIN) + PER_QUESTION * questions + PER_ANSWER + 1


def parts(asked: Sequence[Question], **known: object) -> tuple[Part, ...]:
    return split(asked, replace(Abilities(), **known), tokens_of, host="h")  # type: ignore[arg-type]


def sizes(found: Sequence[Part]) -> list[int]:
    return [len([one for one in part.questions if not one.is_control]) for part in found]


def test_without_a_window_everything_is_one_part() -> None:
    asked = some(9, 9, 9, 9, 9, 9, 9, 9)
    assert parts(asked) == (Part(tuple(asked)),)


def test_a_window_that_holds_everything_changes_nothing() -> None:
    asked = some(9, 9, 9)
    assert len(parts(asked, window=room_for(29))) == 1
    assert len(parts(asked, window=room_for(29) - 2)) > 1


def test_dimensions_stay_together_and_share_a_part_where_they_fit() -> None:
    found = parts(some(4, 4, 3, 6), window=room_for(10))
    assert sizes(found) == [8, 3, 6]
    assert [len({one.dimension for one in part.questions} - {None}) for part in found] == [2, 1, 1]


def test_a_dimension_that_does_not_fit_is_halved() -> None:
    found = parts(some(9, 2), window=room_for(7))
    assert sizes(found) == [4, 5, 2]
    assert sizes(parts(some(9), window=room_for(4))) == [2, 2, 2, 1, 2]


@pytest.mark.parametrize("room", [5, 6, 9, 14, 40])
def test_every_question_is_asked_once_under_its_number_and_the_controls_every_time(room: int) -> None:
    asked = some(5, 6, 7, 4)
    found = parts(asked, window=room_for(room))
    real = [one for part in found for one in part.questions if not one.is_control]
    assert real == [one for one in asked if not one.is_control]
    controls = [one for one in asked if one.is_control]
    for part in found:
        assert [one for one in part.questions if one.is_control] == controls
        assert [one.number for one in part.questions] == sorted(one.number for one in part.questions)


@pytest.mark.parametrize("room", [5, 6, 9])
def test_no_part_is_larger_than_the_window(room: int) -> None:
    window = room_for(room)
    for part in parts(some(5, 6, 7, 4), window=window):
        answer = longest_answer(len(part.questions), Abilities()) // SPARE
        assert tokens_of(part.questions) * MARGIN + answer <= window


def test_parts_have_the_same_names_in_every_run() -> None:
    asked = some(5, 6, 7)
    names = [[part.name for part in parts(asked, window=room_for(8))] for _ in range(2)]
    assert names[0] == names[1]
    assert len(set(names[0])) == len(names[0]) == 4


@pytest.mark.parametrize("room", [5, 6, 9, 40])
def test_parts_are_found_again_by_their_names(room: int) -> None:
    asked = some(5, 6, 7, 4)
    found = parts(asked, window=room_for(room))
    assert rejoin(asked, [part.name for part in found]) == found


@pytest.mark.parametrize("names", [(), ("1-7",), ("1-24", "1-24"), ("2-24",), ("controls",), ("x-y",), ("",)])
def test_names_that_do_not_make_up_everything_are_no_parts(names: tuple[str, ...]) -> None:
    assert rejoin(some(5, 6, 7, 4), names) is None


def test_a_server_that_counts_more_tokens_than_we_do_gets_smaller_parts() -> None:
    asked = some(5, 6, 7)
    assert len(parts(asked, window=2600, factor=1.5)) > len(parts(asked, window=2600))


def test_the_longest_answer_a_server_gives_splits_too() -> None:
    asked = some(5, 5, 5, controls=0)
    found = parts(asked, most=PER_ANSWER + 5 * PER_QUESTION)
    assert sizes(found) == [5, 5, 5]


def test_room_to_think_is_added_to_the_answer() -> None:
    assert longest_answer(4, Abilities()) == SPARE * (4 * PER_QUESTION + PER_ANSWER)
    assert longest_answer(4, Abilities(thinks=True)) == longest_answer(4, Abilities()) + THINKING


def test_a_window_too_small_for_one_question_is_refused_with_what_is_needed() -> None:
    with pytest.raises(ModelError) as caught:
        parts(some(5, 6), window=900)
    assert caught.value.kind == "context"
    assert "It needs about 1," in caught.value.message
    assert "the window holds 900" in caught.value.message
    assert "Raise the server's context window" in caught.value.hint


@pytest.mark.parametrize("window", range(1_100, 1_320, 20))
def test_what_is_needed_is_always_more_than_what_there_is(window: int) -> None:
    try:
        parts(some(5, 6), window=window)
    except ModelError as error:
        needed = int(error.message.split("about ")[1].split(" ")[0].replace(",", ""))
        assert needed > window


def test_answers_that_may_not_be_long_enough_are_no_matter_of_the_window() -> None:
    with pytest.raises(ModelError) as caught:
        parts(some(5, 6), most=PER_ANSWER + PER_QUESTION)
    assert "window" not in str(caught.value)
    assert "answers of 210 tokens" in caught.value.message


def test_a_window_that_would_take_more_than_a_dozen_calls_is_refused() -> None:
    asked = some(5, 6, 7, 4)
    assert len(parts(asked, window=room_for(5))) <= MOST_PARTS
    with pytest.raises(ModelError) as caught:
        parts(asked, window=room_for(3))
    assert caught.value.kind == "context"


def test_nothing_left_to_ask_is_still_a_part_with_the_controls() -> None:
    found = parts(some(controls=2))
    assert [(part.name, len(part.questions)) for part in found] == [("controls", 2)]


def test_the_window_named_for_a_dozen_calls_is_larger_than_the_one_there_is() -> None:
    asked = some(5, 6, 7, 4)
    for room in (3, 4):
        with pytest.raises(ModelError) as caught:
            parts(asked, window=room_for(room))
        assert int(caught.value.message.split("about ")[1].split(" ")[0].replace(",", "")) > room_for(room)


def test_too_many_calls_because_of_short_answers_are_no_matter_of_the_window() -> None:
    with pytest.raises(ModelError) as caught:
        parts(some(5, 6, 7, 4), most=PER_ANSWER + 3 * PER_QUESTION)
    assert "window" not in str(caught.value)
