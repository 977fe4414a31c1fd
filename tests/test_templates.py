"""A prompt is a file: a user's own goes first, a wrong one is named, and what people wrote is never a template."""

import os
from itertools import count
from pathlib import Path

import pytest

from coach import paths
from coach.errors import BadInput
from coach.templates import fingerprint, render, where

SHIPPED = "judge-system"
_TICKS = count(1_700_000_000)


def put(name: str, text: str) -> Path:
    """A user's own template."""
    path = paths.config_dir() / "prompts" / f"{name}.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    # Two writes within one tick of a file system's clock are one to whoever looks at the time.
    os.utime(path, ns=(0, next(_TICKS) * 1_000_000_000))
    return path


def wrong(name: str, /, **values: object) -> BadInput:
    with pytest.raises(BadInput) as caught:
        render(name, values)
    return caught.value


def test_a_users_own_template_goes_before_the_shipped_one() -> None:
    shipped = where(SHIPPED)
    assert shipped.parent == paths.shipped_dir("prompts")
    assert str(shipped) in wrong(SHIPPED).message, (
        "rendered before there is another: it must not be remembered"
    )
    own = put(SHIPPED, "  Mine: {{ name }}.\n\n")
    assert where(SHIPPED) == own
    assert render(SHIPPED, {"name": "Ada"}) == "Mine: Ada."
    own.unlink()
    assert where(SHIPPED) == shipped
    assert str(shipped) in wrong(SHIPPED).message


def test_a_template_that_was_just_mended_is_read_again() -> None:
    put("own", "{{ nobody }}")
    assert wrong("own").title == "A prompt template is wrong"
    put("own", "mended and longer")
    assert render("own", {}) == "mended and longer"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("one\ntwo {{ nobody }}", 2, "'nobody' is undefined"),
        ("one\n\n{% if nobody %}x{% endif %}", 3, "'nobody' is undefined"),
        ("{{ some.nothing }}", 1, "nothing"),
        ("one\n{% for x in y %}", 2, "Unexpected end of template"),
        ("one\ntwo\n{{ 1 + }}", 3, "unexpected"),
        ("one\n{{ 1 // 0 }}", 2, "zero"),
        ("one\n{{ 'a' + 1 }}", 2, "str"),
        ("{{ name | nofilter }}", 1, "nofilter"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(text: str, line: int, says: str) -> None:
    path = put("own", text)
    error = wrong("own", some={"thing": 1}, name="Ada", y=[1])
    assert error.message.startswith(f"{path}, line {line}: ")
    assert says in error.message
    assert "shipped" in error.hint
    assert error.exit_code == 2


def test_a_missing_template_is_named() -> None:
    assert wrong("nothing").message == "There is no template nothing.j2."
    with pytest.raises(BadInput, match="no template nothing"):
        fingerprint(["nothing"])


def test_a_file_that_is_no_text_is_named() -> None:
    path = put("own", "")
    path.write_bytes(b"\xff\xfe\x00")
    assert str(path) in wrong("own").message


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ ''['__class__']['__mro__'] }}",
        "{{ some.append(1) }}",
        "{{ some.clear() }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{{ ('%s' | attr('format')).__globals__ }}",
        "{{ '{0.__class__.__mro__}'.format(3) }}",
        "{% for x in range(999999999) %}x{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{% include '../config.toml' %}",
    ],
)
def test_a_template_cannot_reach_out_of_its_sandbox(text: str) -> None:
    (paths.config_dir()).mkdir(parents=True, exist_ok=True)
    (paths.config_dir() / "config.toml").write_text("secret")
    put("own", text)
    some = [1, 2]
    with pytest.raises(BadInput):
        render("own", {"some": some})
    assert some == [1, 2]


@pytest.mark.parametrize(
    "words", ["{{ 7 * 7 }}", "{% include 'own.j2' %}", "{{ ''.__class__ }}", "{# gone #}", "<b>&amp;</b>"]
)
def test_what_somebody_wrote_is_neither_rendered_nor_escaped(words: str) -> None:
    put("own", "They said: {{ words }}|{% for one in lines %}{{ one }}{% endfor %}")
    assert render("own", {"words": words, "lines": [words]}) == f"They said: {words}|{words}"


def test_a_line_that_is_only_a_tag_leaves_no_blank_line() -> None:
    put("own", "one\n  {% if true %}\ntwo\n  {% endif %}\nthree\n")
    assert render("own", {}) == "one\ntwo\nthree"


def test_a_fingerprint_changes_with_any_file_and_with_nothing_else() -> None:
    names = [SHIPPED, "own"]
    put("own", "first")
    before = fingerprint(names)
    assert fingerprint(names) == before
    assert len(before) == 12
    put("unused", "x")
    assert fingerprint(names) == before
    put("own", "second")
    changed = fingerprint(names)
    put(SHIPPED, "mine")
    assert len({before, changed, fingerprint(names), fingerprint(["own"])}) == 4
    put("own", "first")
    (paths.config_dir() / "prompts" / f"{SHIPPED}.j2").unlink()
    assert fingerprint(names) == before
    assert fingerprint([*names, "unused"]) != before


def test_every_shipped_template_has_a_fingerprint() -> None:
    shipped = sorted(path.stem for path in paths.shipped_dir("prompts").glob("*.j2"))
    assert SHIPPED in shipped
    assert len({fingerprint([name]) for name in shipped}) == len(shipped)


def test_a_fault_in_an_included_template_names_that_file() -> None:
    folder = paths.config_dir() / "prompts"
    folder.mkdir(parents=True)
    (folder / "own.j2").write_text("one\n{% include 'other.j2' %}")
    (folder / "other.j2").write_text("one\ntwo\n{{ nobody }}")
    with pytest.raises(BadInput) as caught:
        render("own", {})
    assert "other.j2, line 3" in caught.value.message
