"""A key goes to the endpoint it belongs to, and is shown to nobody."""

import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.config_file import LOCAL, found, key_of, write, wrong

URL = "https://models.example/v1"
OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("base_url", "environment", "expected"),
    [
        (OPENAI, {"OPENAI_API_KEY": "o"}, ("o", "OPENAI_API_KEY")),
        (OPENAI, {"OPENAI_API_KEY": " o\n"}, ("o", "OPENAI_API_KEY")),
        (OPENAI, {"OPENAI_API_KEY": "o", "OPENAI_BASE_URL": URL}, (None, "")),
        (URL, {"OPENAI_API_KEY": "o"}, (None, "")),
        ("https://openai.com/v1", {"OPENAI_API_KEY": "o"}, (None, "")),
        ("http://api.openai.com/v1", {"OPENAI_API_KEY": "o"}, (None, "")),
        ("https://api.openai.com:8443/v1", {"OPENAI_API_KEY": "o"}, (None, "")),
        (f"{URL}/deep", {"OPENAI_API_KEY": "o", "OPENAI_BASE_URL": URL}, ("o", "OPENAI_API_KEY")),
        ("http://127.0.0.1:8080/v1", {"OPENAI_API_KEY": "o"}, (None, "")),
        (URL, {"COACH_API_KEY": "c"}, ("c", "COACH_API_KEY")),
        (URL, {"COACH_API_KEY": "c", "COACH_BASE_URL": URL}, ("c", "COACH_API_KEY")),
        (URL, {"COACH_API_KEY": "c", "COACH_BASE_URL": "https://other.example/v1"}, (None, "")),
        (URL, {"COACH_API_KEY": "c", "COACH_BASE_URL": "http://models.example/v1"}, (None, "")),
        (URL, {"COACH_API_KEY": "c", "COACH_BASE_URL": "nonsense"}, (None, "")),
        (OPENAI, {"COACH_API_KEY": "c", "OPENAI_API_KEY": "o"}, ("c", "COACH_API_KEY")),
        (
            OPENAI,
            {"COACH_API_KEY": "c", "COACH_BASE_URL": URL, "OPENAI_API_KEY": "o"},
            ("o", "OPENAI_API_KEY"),
        ),
        (URL, {"COACH_API_KEY": "  "}, (None, "")),
    ],
)
def test_a_key_goes_only_where_it_belongs(
    monkeypatch: pytest.MonkeyPatch,
    base_url: str,
    environment: dict[str, str],
    expected: tuple[str | None, str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert key_of(found(base_url=base_url, model="m")) == expected


def test_a_profiles_own_variable_goes_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    write(LOCAL)
    monkeypatch.setenv("COACH_API_KEY", "c")
    monkeypatch.setenv("MODELS_KEY", " sk-mine ")
    assert key_of(found(profile="hosted")) == ("sk-mine", "MODELS_KEY")


def test_a_profiles_key_does_not_follow_to_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    write(LOCAL.replace('profile = "local"', 'profile = "hosted"'))
    monkeypatch.setenv("MODELS_KEY", "sk-mine")
    assert key_of(found(base_url="https://other.example/v1", model="m")) == (None, "")
    monkeypatch.setenv("COACH_BASE_URL", "https://other.example/v1")
    assert key_of(found()) == (None, "")


@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_a_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    write(LOCAL)
    if value is not None:
        monkeypatch.setenv("MODELS_KEY", value)
    error = wrong(profile="hosted")
    assert error.title == "The key is missing"
    assert "hosted" in error.message
    assert "export MODELS_KEY=" in error.hint


def put_keyring(monkeypatch: pytest.MonkeyPatch, get_password: Any) -> None:
    module = ModuleType("keyring")
    module.__dict__["get_password"] = get_password
    monkeypatch.setitem(sys.modules, "keyring", module)


def test_the_keyring_is_asked_for_the_profiles_key(monkeypatch: pytest.MonkeyPatch) -> None:
    write(LOCAL)
    kept = {("coach", "ring"): "sk-kept\n"}
    put_keyring(monkeypatch, lambda service, name: kept.get((service, name)))
    assert key_of(found(profile="ring")) == ("sk-kept", "keyring")
    kept.clear()
    assert "keyring set coach ring" in wrong(profile="ring").hint


def test_a_keyring_that_fails_or_is_missing_is_told_without_what_it_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(LOCAL)
    put_keyring(monkeypatch, lambda *_: SimpleNamespace()[0])
    assert "TypeError" in wrong(profile="ring").message
    monkeypatch.setitem(sys.modules, "keyring", None)
    error = wrong(profile="ring")
    assert error.title == "The keyring is not installed"
    assert "api_key_env" in error.hint


@pytest.mark.parametrize("key", ["api_key", "key", "token"])
def test_a_key_in_the_file_is_refused_and_not_shown(key: str) -> None:
    write(f'[profiles.local]\nbase_url = "{URL}"\n{key} = "sk-secret"\n')
    error = wrong(profile="local")
    assert f"profiles.local has no key '{key}'" in error.message
    assert "api_key_env" in error.hint
    assert "keyring" in error.hint
    assert "sk-secret" not in str(error)
