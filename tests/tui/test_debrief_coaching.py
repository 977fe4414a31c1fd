"""The coaching in a debrief: it comes in bit by bit, can be skipped and asked for again, and is no judging."""

from typing import Any

from coach.errors import CoachError
from tests.fakes.interviewers import COACHING
from tests.fakes.screen_text import screen_text
from tests.fakes.until import until
from tests.tui.model_doors import ModelDoors, come_in, judged_by, keys, known, reading
from tests.tui.stage import sees, sees_no, toasts
from tests.tui.test_hostile import assert_harmless

HALF = COACHING[: COACHING.index("Three fixes")]


async def test_coaching_comes_in_bit_by_bit_after_a_models_judging() -> None:
    doors = ModelDoors()
    doors.judge_may_end.set()
    async with reading(doors) as pilot:
        await until(lambda: doors.coachings)
        await sees(pilot, "judged by")
        await pilot.press("c")
        await sees(pilot, "Waiting for the first words. x stops it.")
        doors.coachings[0].text = HALF
        await sees(pilot, "You named what you leave out")
        await sees(pilot, "Writing. x stops it.")
        assert "stop" in keys(pilot)
        doors.coachings[0].end(COACHING)
        await sees_no(pilot, "Writing.")
        await sees(pilot, "Three fixes")
        await sees(pilot, "Written by qwen3:14b at llm.example:8080. A model wrote this, not a judge.")
        assert len(doors.coachings) == 1


async def test_the_reader_stays_where_she_is_while_coaching_comes_in() -> None:
    doors = ModelDoors()
    doors.judge_may_end.set()
    async with reading(doors) as pilot:
        await until(lambda: doors.coachings)
        await pilot.press("2", "down")
        await sees(pilot, "[2 Levels]")
        focused, before = pilot.app.focused, screen_text(pilot.app)
        doors.coachings[0].text = HALF
        await until(lambda: "leave out" in pilot.app.screen.query_one("#coaching")._words)
        await pilot.pause()
        assert pilot.app.focused is focused
        assert screen_text(pilot.app) == before


async def test_x_skips_the_coaching_and_c_asks_again() -> None:
    doors = ModelDoors()
    doors.judge_may_end.set()
    async with reading(doors) as pilot:
        await until(lambda: doors.coachings)
        await pilot.press("c")
        doors.coachings[0].text = HALF
        await sees(pilot, "Writing.")
        await pilot.press("x")
        await sees(pilot, "Stopped before the end. c asks again.")
        assert doors.coachings[0].stopped == 1
        assert "stop" not in keys(pilot)
        await pilot.press("c")
        await until(lambda: len(doors.coachings) == 2)
        doors.coachings[1].end("Strongest moment\nAnother text.")
        await sees(pilot, "Another text.")
        await sees_no(pilot, "You named")


async def test_c_asks_the_first_time_reads_what_is_there_and_asks_again_only_on_its_page() -> None:
    doors = ModelDoors(known=judged_by("offline"))
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await until(lambda: len(doors.coachings) == 1)
        await pilot.press("c")
        assert len(doors.coachings) == 1, "one at a time"
        doors.coachings[0].end(COACHING)
        await sees(pilot, "You named what you leave out")
        await until(lambda: pilot.app.screen.coaching is None)
        await pilot.press("1", "c")
        await sees(pilot, "You named what you leave out")
        assert len(doors.coachings) == 1
        await pilot.press("c")
        await until(lambda: len(doors.coachings) == 2)


async def test_a_coaching_that_was_kept_is_read_and_not_asked_for() -> None:
    doors = ModelDoors(known=known(is_whole=False))
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await sees(pilot, "You named what you leave out")
        await pilot.press("end")
        await sees(pilot, "Stopped before the end. c asks again.")
        assert doors.coachings == []


async def test_words_that_are_not_the_candidates_are_pointed_out() -> None:
    made_up = 'Strongest moment\nYou said "we shard the boxes by parcel number".'
    async with reading(ModelDoors(known=known(made_up))) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await sees(pilot, '! It quotes words that are not yours: "we shard the boxes by parcel')


async def test_a_coaching_that_fails_is_told_on_its_page_and_one_that_cannot_begin_in_a_toast() -> None:
    doors = ModelDoors(known=judged_by("offline"))
    async with reading(doors) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await until(lambda: doors.coachings)
        doors.coachings[0].fail(CoachError("No answer in time", "It took too long.", hint="Try again."))
        await sees(pilot, "No answer in time: It took too long. Try again. c asks again.")
        doors.cannot_coach = CoachError("Nothing was sent", "Nobody has agreed.")
        await pilot.press("c")
        await until(lambda: toasts(pilot) == ["Nothing was sent: Nobody has agreed."])


async def test_a_million_characters_of_coaching_do_not_stop_the_screen() -> None:
    async with reading(ModelDoors(known=known("word [x] \x1b[2J" * 80_000))) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await sees(pilot, "word [x]")
        assert_harmless(pilot)


async def test_a_coaching_goes_on_for_whoever_comes_back() -> None:
    doors = ModelDoors(known=judged_by("model"))
    async with reading(doors) as pilot:
        await sees(pilot, "judged by")
        await pilot.press("c")
        await until(lambda: doors.coachings)
        await leave_deep(pilot)
        await come_in(pilot)
        await sees(pilot, "judged by")
        await pilot.press("c")
        await pilot.pause()
        assert len(doors.coachings) == 1


async def leave_deep(pilot: Any) -> None:
    while pilot.app.screen.query("ContentSwitcher"):
        await pilot.press("escape")
        await pilot.pause()


async def test_half_a_coaching_is_checked_for_made_up_quotations_too() -> None:
    made_up = 'Strongest moment\nYou said "we shard the boxes by parcel number". And'
    async with reading(ModelDoors(known=known(made_up, is_whole=False))) as pilot:
        await sees(pilot, "offline estimate")
        await pilot.press("c")
        await sees(pilot, "Stopped before the end.")
        assert "not yours" in screen_text(pilot.app)
