"""The README tells the truth: its commands exist, its keys are bound, its scorecard and links are real."""

import re
import shlex
from pathlib import Path

import pytest

from coach.cli import main
from coach.flags import parser
from coach.tui.keys import KEYS
from tests.fakes.documents import README, ROOT, section, update
from tests.fakes.screen_text import IS_UPDATING

DOCS = [README, *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md"]
PLACES = {"answer.md": "a.md", "FILE": "a.md", "ID": "tinyurl", "SESSION": "x"}


def commands() -> list[str]:
    found = re.findall(r"^    (coach(?: .*)?)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.split(r"\s{2,}", one)[0] for one in found]


@pytest.mark.parametrize("command", commands())
def test_every_command_in_the_readme_can_be_parsed(command: str) -> None:
    words = [PLACES.get(word, word) for word in shlex.split(command)[1:]]
    assert parser().parse_args(words).command


def test_every_command_there_is_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    for name in (
        "practice",
        "resume",
        "grade",
        "rescore",
        "doctor",
        "prompts show",
        "sheet",
        "board",
        "sessions",
        "show",
        "delete",
        "problems list",
        "problems show",
        "problems lint",
    ):
        assert f"coach {name}" in text, name


def test_the_key_table_is_the_one_the_program_uses() -> None:
    rows = ["| key | in the interview |", "| --- | --- |"]
    rows += [
        f"| {one.shown_key} | {one.tooltip} |"
        for one in KEYS
        if one.key and one.area in ("interview", "everywhere")
    ]
    update("keys", "\n".join(rows), when=IS_UPDATING)
    assert section("keys").split("\n") == rows


def test_the_scorecard_is_a_real_one(capsys: pytest.CaptureFixture[str]) -> None:
    main(["grade", str(ROOT / "problems/tinyurl.samples/solid.md"), "--problem", "tinyurl"])
    shown = capsys.readouterr().out.split("\n")
    end = next(number for number, line in enumerate(shown) if line.startswith("Classic"))
    text = "\n".join(["```text", *shown[: end - 1], "```"])
    update("card", text, when=IS_UPDATING)
    assert section("card") == text


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_prose_neither_shouts_nor_sells(path: Path) -> None:
    prose = re.sub(
        r"```.*?```|`[^`]*`|^    .*$|<!--.*?-->",
        "",
        path.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    assert "!" not in prose
    assert not {"amazing", "awesome", "powerful", "seamless"} & set(prose.lower().split())


def test_the_changelog_names_this_version() -> None:
    from coach import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
