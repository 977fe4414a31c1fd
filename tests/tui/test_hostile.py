"""What people, files and models wrote is shown as it stands, and steers nothing."""

import unicodedata
from dataclasses import replace

import pytest
from textual import events

from coach.choice import Choice
from coach.errors import CoachError
from coach.session.commands import Speak
from coach.tui.foreign import one_line, shown, typed
from coach.tui.screens.ready import ReadyScreen
from tests.fakes.until import until
from tests.tui.doors import FakeDoors, FakeHeadline, fault, unfinished
from tests.tui.stage import NARROW, USUAL, WIDE, begin, opened, sees

NASTY = (
    "[bold]x[/bold] [/x] [@click=app.quit]y[/] \x1b[31mred\x1b[0m \x1b]0;title\x07\x9b2J \x07\x08 "
    "a\u200bb \u202eevil\u202c \u2066iso\u2069 עברית العربية 漢字 👩‍💻 é \ud83d <id> List<String>"
)
VISIBLE = ("[bold]x[/bold] [/x]", "[@click=app.quit]y[/]", "漢字", "List<String>")


def assert_harmless(pilot) -> None:
    """No cell of the screen carries a control character or one that reorders the others."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            for char in segment.text:
                assert unicodedata.category(char) not in ("Cc", "Cs"), repr(segment.text)
                assert char not in "\u202e\u2066", repr(segment.text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq#0;2\x1b\\image", "image"),
        ("\x9b2Jgone", "gone"),
        ("half \x1b", "half "),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("\x00\x07\x7f\x85end", "end"),
        ("[bold] [/x] <id> 漢字 👩‍💻 עברית", "[bold] [/x] <id> 漢字 👩‍💻 עברית"),
    ],
)
def test_terminal_sequences_go_and_text_stays(text: str, clean: str) -> None:
    assert typed(text) == clean


def test_what_is_shown_can_neither_reorder_nor_hide() -> None:
    assert shown("a\u202eb\u200bc\ufeffd\u2067e") == "abcde"
    assert one_line("  a \n\t b  ") == "a b"


@pytest.mark.parametrize("size", [WIDE, USUAL, NARROW])
async def test_home_survives_hostile_headlines_faults_and_sessions(size: tuple[int, int]) -> None:
    nasty = FakeHeadline("nasty", NASTY, asked_by=(NASTY,), tests=NASTY, prompt=NASTY, attempts=1, best=NASTY)
    doors = FakeDoors(
        cached=(nasty,),
        problems=(nasty,),
        faults=(replace(fault(), message=NASTY),),
        past=(unfinished(title=NASTY), unfinished("two", trouble=NASTY)),
    )
    async with opened(doors, size) as pilot:
        await sees(pilot, "[bold]x[/bold] [/x]")
        assert_harmless(pilot)
        await pilot.press("p")
        await sees(pilot, "Past sessions")
        assert_harmless(pilot)


@pytest.mark.parametrize("size", [WIDE, USUAL, NARROW])
async def test_an_interview_survives_a_hostile_problem_and_hostile_turns(size: tuple[int, int]) -> None:
    nasty = FakeHeadline("tinyurl", NASTY, prompt=NASTY)
    doors = FakeDoors(problems=(nasty,), text={"guidance": NASTY, "reference": NASTY})
    async with opened(doors, size, choice=Choice("tinyurl", mode="practice")) as pilot:
        await until(lambda: isinstance(pilot.app.screen, ReadyScreen))
        await sees(pilot, "[/x]")
        assert_harmless(pilot)
        screen = await begin(pilot, mode="practice")
        doors.host.do(Speak(NASTY, "fact"))
        await sees(pilot, "[/x]")
        assert_harmless(pilot)
        await pilot.press("f3", "ctrl+g")
        await sees(pilot, "List<String>")
        assert_harmless(pilot)
        for key in ("f9", "ctrl+l"):
            await pilot.press(key)
            await sees(pilot, "Esc closes")
            assert_harmless(pilot)
            await pilot.press("escape")
        doors.host.trouble = NASTY
        screen.tick()
        await sees(pilot, "NOT SAVED")
        assert_harmless(pilot)


@pytest.mark.parametrize("key", ["f2", "f3", "f4"])
async def test_pasted_escapes_never_get_into_what_is_written(doors: FakeDoors, key: str) -> None:
    async with opened(doors) as pilot:
        await begin(pilot)
        await pilot.press(key)
        area = pilot.app.focused
        area.post_message(events.Paste(NASTY + "\nsecond line"))
        await until(lambda: "second line" in area.text)
        assert "\x1b" not in area.text
        assert "עברית" in area.text
        for text in VISIBLE:
            assert text in area.text
        await sees(pilot, "[/x]")


async def test_hostile_errors_are_shown_in_words(doors: FakeDoors) -> None:
    doors.refuse = CoachError(NASTY, NASTY, hint=NASTY)
    async with opened(doors, session="old") as pilot:
        await sees(pilot, "[/x]")
        assert_harmless(pilot)


async def test_restored_text_with_escapes_is_cleaned_before_it_reaches_the_terminal(doors: FakeDoors) -> None:
    host = FakeDoors(clock=doors.clock).begin(Choice("tinyurl", minutes=45))
    host.state = replace(host.state, docs={"notes.requirements": "a\x1b[2Jb", "draft": "c\x1b]0;x\x07d"})
    doors.reopened["old"] = host
    async with opened(doors, session="old") as pilot:
        await sees(pilot, "ab")
        await pilot.press("f2")
        await sees(pilot, "cd")
