"""Hostile text in every field that people and files fill, through every command that prints or writes it."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml

from coach import paths
from tests.fakes.terminal import environment

SPOKEN = (
    "[bold]x[/bold] [@click=app.quit]y[/] \x1b[31mred\x1b[0m \x1b]0;title\x07\x9b2J a\u200bb \u202eevil\u202c "
    "{{ 7 * 7 }} {% raw %} </transcript> <script>alert(1)</script> $(id) `id` %s {0} \\n 漢字"
)
WORDS = ("[bold]x[/bold]", "{{ 7 * 7 }}", "<script>", "漢字")


def hostile(value: object, *, key: str = "") -> object:
    """The problem with hostile words behind every text a reader may get to see; patterns and ids stay."""
    if key in (
        "id",
        "cues",
        "stated",
        "signals",
        "partly",
        "synonyms",
        "does",
        "claims",
        "formula",
        "value",
        "path",
    ):
        return value
    if isinstance(value, dict):
        return {name: hostile(one, key=str(name)) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one, key=key) for one in value]
    is_prose = isinstance(value, str) and key in PROSE
    return f"{value} {SPOKEN}" if is_prose else value


PROSE = frozenset(
    "title prompt tests answer tip text opening probes hints label name correction topic because".split()
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "place"
    folder = place / "config" / "problems"
    folder.mkdir(parents=True)
    raw = yaml.safe_load((paths.shipped_dir("problems") / "tinyurl.yaml").read_text(encoding="utf-8"))
    nasty = hostile(raw | {"id": "nasty"})
    (folder / "nasty.yaml").write_text(yaml.safe_dump(nasty, allow_unicode=True), encoding="utf-8")
    return place


def run(home: Path, *arguments: str, text: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "coach.cli", *arguments],
        input=text.encode("utf-8", "surrogatepass"), capture_output=True, env=environment(home), timeout=120, check=False,
    )  # fmt: skip
    shown = done.stdout.decode() + done.stderr.decode()
    assert "Traceback" not in shown
    return shown


def assert_words_only(text: str) -> None:
    """Nothing that steers a terminal or hides or reorders letters; no template was filled."""
    steering = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"}
    assert steering == set()
    assert not set(text) & {"\u202e", "\u202c", "\u200b", "\u2066"}
    assert " 49 " not in text


SCRIPT = f"""How many? {SPOKEN}
/notes
{SPOKEN}
- create {SPOKEN}
/board
{SPOKEN} -> b: {SPOKEN}
/sheet
{SPOKEN} = 3 GB
/line {SPOKEN}
/{SPOKEN}
/finish
hire
"""


def test_a_hostile_problem_and_a_hostile_candidate_are_words_in_every_command(home: Path) -> None:
    shown = [
        run(home, "problems", "list"),
        run(home, "problems", "show", "nasty"),
        run(home, "problems", "lint", "nasty"),
    ]
    shown.append(run(home, "practice", "nasty", "--minutes", "1", "--plain", text=SCRIPT))
    [folder] = (home / "data" / "sessions").iterdir()
    shown += [
        run(home, *one)
        for one in (("sessions",), ("show", folder.name), ("rescore", folder.name, "--format", "md"))
    ]
    for text in shown:
        assert_words_only(text)
    assert all(word in "".join(shown) for word in WORDS)
    for arguments in (("rescore", folder.name), ("sessions",)):
        text = run(home, *arguments, "--format", "json")
        assert_words_only(text)
        json.loads(text)


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_hostile_answer_is_words_in_every_report(home: Path, form: str) -> None:
    answer = home / "[bold]\x1b[31m answer {{ 7 * 7 }}.md"
    heads = ("Requirements & scope", "Capacity estimation", "High-level design", "Deep dive")
    answer.write_text(
        "\n".join(f"## {head}\n{SPOKEN} 3 x 4 = 13\nWe cache {SPOKEN}\n" for head in heads), encoding="utf-8"
    )
    text = run(home, "grade", str(answer), "--problem", "tinyurl", "--format", form)
    assert_words_only(text)
    assert_words_only(run(home, "grade", str(answer) + "x", "--problem", SPOKEN))


@pytest.mark.parametrize("form", ["text", "svg", "mermaid", "excalidraw", "json"])
def test_a_hostile_drawing_is_words_in_every_export(home: Path, form: str) -> None:
    drawing = f"{SPOKEN} -> cache: {SPOKEN}\ncache -> [bold]db[/bold]: <script>\n"
    assert_words_only(run(home, "board", "-", "--format", form, text=drawing))


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_arithmetic_is_words_in_every_report(home: Path, form: str) -> None:
    assert_words_only(run(home, "sheet", "-", "--format", form, text=f"{SPOKEN}: 3 x 4 = 13 {SPOKEN}\n"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", SPOKEN),
        ("delete", SPOKEN),
        ("practice", SPOKEN),
        ("problems", "show", SPOKEN),
        ("problems", "lint", SPOKEN),
        ("--profile", SPOKEN, "doctor"),
        ("--base-url", SPOKEN, "doctor"),
        ("--base-url", "http://127.0.0.1:9/v1", "--model", SPOKEN, "doctor"),
        ("--format", SPOKEN),
        (SPOKEN,),
    ],
)
def test_a_hostile_argument_is_words_in_the_error(home: Path, arguments: tuple[str, ...]) -> None:
    assert_words_only(run(home, *arguments))
