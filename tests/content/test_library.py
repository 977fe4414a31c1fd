"""Content files: what is found, what is refused, and where the message points."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from coach import paths
from coach.content.library import ContentError, find_problem, find_rubric, load_bank, read_problem
from coach.content.lint import lint
from coach.content.problem import Component
from coach.content.samples import read_sample
from coach.errors import BadInput

SHIPPED = paths.shipped_dir("problems")


@pytest.fixture
def own() -> Path:
    folder = paths.config_dir() / "problems"
    folder.mkdir(parents=True)
    return folder


def broken(own: Path, text: str, name: str = "mine.yaml") -> ContentError:
    path = own / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_problem(path)
    return caught.value


def test_shipped_problems_are_without_fault() -> None:
    bank = load_bank()
    assert {"twitter-feed", "tinyurl"} <= {one.id for one in bank.listed()}
    assert bank.faults == ()


def test_the_warm_up_is_there_but_not_listed() -> None:
    assert find_problem("warm-up").toy
    assert "warm-up" not in {one.id for one in load_bank().listed()}


def test_the_shipped_rubric_can_be_read() -> None:
    assert len(find_rubric().dimensions) == 8


def test_an_unknown_problem_names_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        find_problem("tinyrul")
    assert "tinyurl" in caught.value.hint


def test_a_broken_file_is_listed_with_its_place_and_hides_no_other(own: Path) -> None:
    (own / "broken.yaml").write_text("schema: 1\nid: broken\nfacts: [\n", encoding="utf-8")
    bank = load_bank()
    assert {"twitter-feed", "tinyurl"} <= {one.id for one in bank.listed()}
    [fault] = bank.faults
    assert (fault.path.name, fault.line) == ("broken.yaml", 4)


def test_an_own_problem_comes_before_a_shipped_one(own: Path) -> None:
    text = (SHIPPED / "tinyurl.yaml").read_text(encoding="utf-8")
    (own / "tinyurl.yaml").write_text(
        text.replace("title: Design TinyURL", "title: My TinyURL"), encoding="utf-8"
    )
    assert find_problem("tinyurl").title == "My TinyURL"


def test_an_unknown_key_is_named_where_it_stands(own: Path) -> None:
    text = (
        (SHIPPED / "tinyurl.yaml").read_text(encoding="utf-8").replace("\nprompt:", "\ncolour: red\nprompt:")
    )
    error = broken(own, text, "tinyurl.yaml")
    [fault] = error.faults
    assert "colour" in fault.message
    assert text.splitlines()[fault.line - 1].startswith("colour")
    assert fault.column == 1


def test_a_number_that_does_not_follow_is_named_with_what_does(own: Path) -> None:
    text = (SHIPPED / "tinyurl.yaml").read_text(encoding="utf-8").replace("value: 39 /s", "value: 390 /s")
    error = broken(own, text, "tinyurl.yaml")
    [fault] = error.faults
    assert "38.6 /s" in fault.message
    assert "390 /s" in text.splitlines()[fault.line - 1]


def test_an_id_must_be_the_files_name(own: Path) -> None:
    text = (SHIPPED / "tinyurl.yaml").read_text(encoding="utf-8")
    error = broken(own, text, "other.yaml")
    assert "other.yaml" in error.faults[0].message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("a: 1\na: 2\n", "stands twice"),
        ("a: &x [*x]\n", "refers to itself"),
        ("a: [1, 2\n", "expected"),
        ("\tb: 1\n", "token"),
        ("- 1\n- 2\n", "dictionary"),
        ("a: !!python/object/apply:os.system ['true']\n", "could not determine a constructor"),
        ("[" * 5000, ""),
    ],
)
def test_what_is_no_problem_file_is_refused(own: Path, text: str, says: str) -> None:
    error = broken(own, text)
    assert says in str(error)
    assert error.faults[0].line >= 1


def test_aliases_cannot_blow_a_small_file_up(own: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "too many values" in str(broken(own, "\n".join(rows)))


def test_a_file_that_is_not_utf8_or_too_large_is_refused(own: Path) -> None:
    (own / "a.yaml").write_bytes(b"id: \xff\n")
    (own / "b.yaml").write_bytes(b"x" * 2_000_000)
    messages = [fault.message for fault in load_bank().faults]
    assert any("UTF-8" in one for one in messages)
    assert any("larger" in one for one in messages)


def test_words_stay_words_and_times_stay_text(own: Path) -> None:
    text = (SHIPPED / "tinyurl.yaml").read_text(encoding="utf-8").replace('version: "3"', "version: no")
    (own / "tinyurl.yaml").write_text(text, encoding="utf-8")
    assert read_problem(own / "tinyurl.yaml").version == "no"


def test_a_sample_needs_its_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "strong.md"
    path.write_text("## Deep dive\nwords\n", encoding="utf-8")
    with pytest.raises(ContentError, match="front matter"):
        read_sample(path)


def test_lint_finds_nothing_in_what_we_ship_and_looks_at_everything() -> None:
    files, faults = lint(None)
    assert {"twitter-feed.yaml", "tinyurl.yaml", "warm-up.yaml"} <= {path.name for path in files}
    assert faults == []


def test_lint_of_something_that_is_not_there_says_so() -> None:
    with pytest.raises(BadInput):
        lint("nowhere.yaml")


@pytest.mark.parametrize("phrase", ["device table & index", "device table|devices", "devices:"])
def test_a_name_of_a_part_that_cannot_be_read_is_a_fault(phrase: str) -> None:
    with pytest.raises(ValidationError):
        Component.model_validate(
            {"id": "directory", "name": "a directory", "synonyms": [phrase], "tip": "Say it."}
        )
