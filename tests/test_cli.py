"""The command line as other tools call it: exit codes, streams, formats."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from coach import paths
from coach.cli import main

STRONG = paths.shipped_dir("problems") / "tinyurl.samples" / "strong.md"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_json_stands_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "grade", str(STRONG), "--problem", "tinyurl", "--format", "json")
    card = json.loads(out)
    assert code == 0
    assert err == ""
    assert card["verdict"] in ("hire", "strong_hire")


def test_the_answer_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(STRONG.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    code, out, _ = run(capsys, "grade", "-", "--problem", "tinyurl", "--format", "json")
    assert code == 0
    assert json.loads(out)["problem"] == "tinyurl"


def test_line_numbers_are_those_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "grade", str(STRONG), "--problem", "tinyurl", "--format", "json")
    lines = STRONG.read_text(encoding="utf-8").split("\n")
    quotes = [quote for one in json.loads(out)["findings"] for quote in one["evidence"]]
    assert len(quotes) > 20
    assert all(quote["quote"] in lines[quote["line"] - 1] for quote in quotes)


def test_a_report_can_be_written_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    code, out, err = run(
        capsys, "grade", str(STRONG), "--problem", "tinyurl", "--format", "md", "-o", str(target)
    )
    assert (code, out) == (0, "")
    assert str(target) in err
    assert target.read_text(encoding="utf-8").startswith("# Design TinyURL")


def test_the_text_report_shows_the_arithmetic_and_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "grade", str(STRONG), "--problem", "tinyurl")
    assert "offline estimate" in out
    assert "not calibrated" in out
    assert "(1 + " in out
    assert "line " in out
    assert max(map(len, out.splitlines())) <= 96


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade", "missing.md", "--problem", "tinyurl"], "missing.md"),
        (["grade", str(STRONG), "--problem", "tinyrul"], "tinyurl"),
        (["grade", str(STRONG), "--problem", "tinyurl", "--seniority", "staf"], "staff"),
        (["grade", str(STRONG), "--problem", "tinyurl", "--judge", "model"], "offline"),
        (["practice", "tinyrul"], "tinyurl"),
        (["practice", "tinyurl", "--phase", "deepdive"], "deep_dive"),
        (["practice", "tinyurl", "--mode", "mok"], "mock"),
        (["practice", "tinyurl", "--mode", "mock", "--phase", "deep_dive"], "drill"),
        (["practice", "tinyurl", "--mode", "drill"], "deep_dive"),
        (["practice", "tinyurl", "--minutes", "500"], "120"),
        (["practice", "tinyurl", "--minutes", "nan"], "120"),
        (["resume"], "coach practice"),
        (["resume", "nothing"], "No such session"),
        (["show", "nothing"], "No such session"),
        (["delete", "nothing"], "No such session"),
        (["problems", "show", "nothing"], "tinyurl"),
        (["problems", "lint", "nothing.yaml"], "nothing.yaml"),
        (["frobnicate"], "frobnicate"),
        ([], "needs a terminal"),
        (["practice", "tinyurl"], "needs a terminal"),
    ],
)
def test_wrong_use_says_what_to_do_and_exits_with_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert says in err
    assert "Traceback" not in err


def test_an_escape_in_a_file_name_does_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "grade", "\x1b[31mred.md", "--problem", "tinyurl")
    assert code == 2
    assert "\x1b" not in err


def test_sessions_are_empty_at_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "sessions")[:2] == (0, "No sessions yet. Start one with: coach practice\n")
    _, out, _ = run(capsys, "sessions", "--format", "json")
    assert json.loads(out) == {"schema": 1, "sessions": []}


def test_problems_are_listed_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "problems", "list")
    assert "tinyurl" in out
    assert "twitter-feed" in out
    code, out, err = run(capsys, "problems", "lint")
    assert (code, out) == (0, "")
    assert "0 faults" in err


def test_lint_points_at_file_line_and_column(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("schema: 1\nid: Mine Own\n", encoding="utf-8")
    code, out, _ = run(capsys, "problems", "lint", str(path))
    assert code == 2
    assert f"{path}:2:1: id:" in out


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    script = f"{sys.executable} -m coach.cli grade {STRONG} --problem tinyurl | head -1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert "Design TinyURL" in done.stdout
    assert done.stderr == ""


def test_an_ascii_terminal_still_gets_the_report() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", "grade", str(STRONG), "--problem", "tinyurl"],
        capture_output=True,
        timeout=60,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0
    assert done.stderr == b""
