"""The candidate's own editor: a private file out, its text back, and the notes unharmed when it fails."""

from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.tui.editor import edit_outside
from tests.fakes.until import until
from tests.tui.doors import FakeDoors
from tests.tui.stage import begin, opened, toasts


def program(folder: Path, body: str) -> tuple[str, ...]:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)
    return (str(path),)


@pytest.mark.parametrize("text", ["", "a", "a\nb", "a\n", "é 漢字\n\n"])
def test_text_nobody_changed_comes_back_as_it_was(tmp_path: Path, text: str) -> None:
    assert edit_outside(text, program(tmp_path, "exit 0"), name="notes") == text


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    assert edit_outside("a", program(tmp_path, 'echo b >> "$1"'), name="notes") == "a\nb"


def test_the_file_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    edit_outside(
        "a", program(tmp_path, f'ls -l "$1" > {tmp_path}/seen; echo "$1" > {tmp_path}/path'), name="notes"
    )
    assert (tmp_path / "seen").read_text().startswith("-rw-------")
    assert not Path((tmp_path / "path").read_text().strip()).exists()


@pytest.mark.parametrize(
    ("body", "title"), [("exit 3", "Nothing was taken over"), ('rm "$1"', "Nothing was taken over")]
)
def test_a_failing_editor_takes_nothing_over(tmp_path: Path, body: str, title: str) -> None:
    with pytest.raises(CoachError) as caught:
        edit_outside("a", program(tmp_path, body), name="notes")
    assert caught.value.title == title


def test_an_editor_that_is_not_there_or_not_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no-such-editor"):
        edit_outside("a", (str(tmp_path / "no-such-editor"),), name="notes")
    with pytest.raises(CoachError, match="EDITOR is not set"):
        edit_outside("a", (), name="notes")


async def test_a_terminal_that_cannot_be_lent_is_explained(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f3", "a", "ctrl+o")
        await until(lambda: toasts(pilot))
        assert toasts(pilot) == ["No editor here: This terminal cannot be lent to another program."]
        assert screen.notes.area.text == "a"


async def test_what_comes_back_replaces_the_notes_and_can_be_undone(doors: FakeDoors) -> None:
    async with opened(doors) as pilot:
        screen = await begin(pilot)
        await pilot.press("f3", "a")
        screen.notes.area.take_over("b\x1b[2J\nc")
        assert screen.notes.area.text == "b\nc"
        await pilot.press("ctrl+z")
        assert screen.notes.area.text == "a"
        screen.tick()
        assert doors.host.state.docs["notes.requirements"] == "a"
