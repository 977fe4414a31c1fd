"""`coach board`: any text drawn, exported or criticised; bad input ends in a sentence."""

import io
import json
from pathlib import Path

import pytest

from coach.cli import main

TEXT = "client -> LB -> api x2: GET /feed\napi -> posts DB\n"


@pytest.fixture
def board(tmp_path: Path) -> str:
    path = tmp_path / "board.txt"
    path.write_text(TEXT)
    return str(path)


def test_a_board_is_drawn_from_a_file_and_from_standard_input(
    board: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["board", board]) == 0
    drawn = capsys.readouterr().out
    assert "│ api ×2 │" in drawn
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["board", "-"]) == 0
    assert capsys.readouterr().out == drawn


@pytest.mark.parametrize(
    ("how", "begins"),
    [("svg", "<svg"), ("mermaid", "flowchart"), ("excalidraw", "{"), ("json", "{"), ("text", " ")],
)
def test_every_format_goes_to_a_file(board: str, how: str, begins: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["board", board, "--format", how, "-o", str(out)]) == 0
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_of_a_markdown_document_the_diagrams_are_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answer.md"
    path.write_text(
        "## High-level design\nWords about it.\n- client -> LB -> api -> redis\n```\napi -> posts DB\n```\n"
    )
    assert main(["board", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found["nodes"]] == ["client", "LB", "api", "redis", "posts DB"]


def test_lint_says_what_breaks_by_line_and_with_a_problem_what_that_expects(
    board: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["board", board, "--lint"]) == 0
    plain = capsys.readouterr().out
    assert "line 1: [single-point] LB is a single point of failure" in plain
    assert "no-cache" not in plain
    assert main(["board", board, "--lint", "--problem", "twitter-feed"]) == 0
    assert "[no-cache]" in capsys.readouterr().out
    assert main(["board", board, "--lint", "--problem", "twitter-feed", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    assert {"line", "rule", "text", "excused"} == set(found["findings"][0])


def test_what_is_right_in_a_problem_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "board.txt"
    path.write_text("client -> api x2 -> links DB x2\napi -> stats DB\n")
    assert main(["board", str(path), "--lint", "--problem", "tinyurl"]) == 0
    assert "stats DB: fine here." in capsys.readouterr().out


def test_a_sound_board_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "board.txt"
    path.write_text("client -> api x2 -> db x2\n")
    assert main(["board", str(path), "--lint"]) == 0
    assert capsys.readouterr().out == "Nothing was found to break, wait or hang loose.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["missing.txt"], "missing.txt"),
        (["{board}", "--lint", "--problem", "tinyulr"], "tinyurl"),
        (["{board}", "--lint", "--format", "svg"], "text or json"),
        (["{board}", "-o", "/nowhere/at/all.svg"], "cannot be written"),
        (["{words}"], "Nothing to draw"),
        (["{blank}"], "This text is blank"),
        (["{folder}"], "Is a directory"),
    ],
)
def test_bad_input_ends_in_a_sentence(
    board: str, tmp_path: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("These are only words about a system that has no boxes and no arrows at all.\n")
    blank = tmp_path / "blank.txt"
    blank.write_text("\n \n")
    given = [one.format(board=board, words=words, blank=blank, folder=tmp_path) for one in arguments]
    assert main(["board", *given]) != 0
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
