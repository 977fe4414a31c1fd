"""What somebody wrote goes to a host only after a yes, which is asked for once."""

import io
import json
import os
import stat
from pathlib import Path

import pytest

from coach import agreement, hosts, paths
from coach.address import Address
from coach.errors import BadInput

HOSTED = Address.parse("https://models.example/v1")
LOCAL = Address.parse("http://127.0.0.1:8080/v1")


class Typed(io.StringIO):
    """What is typed at a terminal, or comes through a pipe."""

    def __init__(self, text: str, *, is_terminal: bool = True) -> None:
        super().__init__(text)
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def at_terminal(
    monkeypatch: pytest.MonkeyPatch, typed: str, *, stdin: bool = True, stderr: bool = True
) -> Typed:
    """Somebody sits there and will type `typed`; what they are shown."""
    shown = Typed("", is_terminal=stderr)
    monkeypatch.setattr("sys.stdin", Typed(typed, is_terminal=stdin))
    monkeypatch.setattr("sys.stderr", shown)
    return shown


def kept() -> Path:
    return paths.data_dir() / "hosts.json"


@pytest.mark.parametrize("typed", ["yes\n", " YES \n", "y\n", "Y"])
def test_a_new_host_is_asked_about_once(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    shown = at_terminal(monkeypatch, typed)
    agreement.require(HOSTED, yes=False)
    assert "Send what you wrote to models.example? It leaves this machine." in shown.getvalue()
    shown = at_terminal(monkeypatch, "")
    agreement.require(HOSTED, yes=False)
    assert shown.getvalue() == ""


def test_the_question_says_whether_it_leaves_this_machine() -> None:
    assert agreement.question(LOCAL) == "Send what you wrote to 127.0.0.1:8080? It stays on this machine."
    assert agreement.question(HOSTED).endswith("It leaves this machine.")


@pytest.mark.parametrize("typed", ["", "\n", "no\n", "n\n", "yes please\n", "maybe\nyes\n"])
def test_anything_but_a_yes_sends_nothing_and_is_not_remembered(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    at_terminal(monkeypatch, typed)
    with pytest.raises(BadInput) as caught:
        agreement.require(HOSTED, yes=False)
    assert caught.value.title == "Nothing was sent"
    assert "models.example" in caught.value.message
    assert caught.value.exit_code == 2
    assert not kept().exists()


@pytest.mark.parametrize(("stdin", "stderr"), [(False, True), (True, False), (False, False)])
def test_without_a_terminal_nobody_is_asked_and_the_flag_is_named(
    monkeypatch: pytest.MonkeyPatch, stdin: bool, stderr: bool
) -> None:
    shown = at_terminal(monkeypatch, "yes\n", stdin=stdin, stderr=stderr)
    with pytest.raises(BadInput) as caught:
        agreement.require(HOSTED, yes=False)
    assert caught.value.exit_code == 2
    assert "--yes" in caught.value.hint
    assert (shown.getvalue(), kept().exists()) == ("", False)


def test_the_flag_agrees_without_a_question_and_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = at_terminal(monkeypatch, "", stdin=False)
    agreement.require(HOSTED, yes=True)
    agreement.require(HOSTED, yes=False)
    assert shown.getvalue() == ""


@pytest.mark.parametrize(
    ("other", "is_known"),
    [
        ("https://models.example/v2/deep", True),
        ("https://models.example:443/v1", True),
        ("https://models.example:8443/v1", False),
        ("https://other.example/v1", False),
        ("https://example/v1", False),
        ("http://127.0.0.1:8080/v1", False),
    ],
)
def test_a_yes_is_for_one_host_and_port(other: str, is_known: bool) -> None:
    hosts.agree(HOSTED)
    assert hosts.is_agreed(HOSTED)
    assert hosts.is_agreed(Address.parse(other)) is is_known


def test_several_hosts_are_kept_in_a_file_only_their_owner_reads() -> None:
    before = os.umask(0)
    try:
        hosts.agree(HOSTED)
        hosts.agree(LOCAL)
        hosts.agree(HOSTED)
    finally:
        os.umask(before)
    assert json.loads(kept().read_text()) == {
        "v": 1,
        "hosts": ["http://127.0.0.1:8080", "https://models.example:443"],
    }
    assert stat.S_IMODE(kept().stat().st_mode) == 0o600
    assert stat.S_IMODE(kept().parent.stat().st_mode) == 0o700
    assert [path.name for path in kept().parent.iterdir()] == ["hosts.json"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"hosts": 3}', '{"v": 1}', '{"hosts": {"other": 1}}', "\x00"]
)
def test_a_file_that_is_torn_agrees_to_nothing_and_is_written_anew(text: str) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text(text)
    assert not hosts.is_agreed(HOSTED)
    hosts.agree(HOSTED)
    assert hosts.is_agreed(HOSTED)


def test_a_yes_that_cannot_be_written_is_good_for_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "file" / "data"))
    agreement.require(HOSTED, yes=True)
    assert not hosts.is_agreed(HOSTED)


def test_a_yes_to_a_secure_port_is_none_to_an_open_one() -> None:
    hosts.agree(Address.parse("https://models.example/v1"))
    assert not hosts.is_agreed(Address.parse("http://models.example/v1"))
