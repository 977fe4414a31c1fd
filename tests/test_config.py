"""Which endpoint is meant, and what a file that is wrong says."""

from pathlib import Path

import pytest

from coach import config
from coach.profile import HOSTED_S, LOOPBACK_S
from tests.config_file import LOCAL, found, key_of, write, wrong


def test_without_a_word_there_is_no_endpoint() -> None:
    assert config.endpoint() is None
    assert config.read_file().profiles == {}


def test_an_ambient_openai_key_alone_configures_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-ambient")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    monkeypatch.setenv("COACH_API_KEY", "sk-own")
    assert config.endpoint() is None


def test_a_profile_is_read_whole() -> None:
    write(LOCAL)
    profile = found()
    assert (profile.name, profile.address.url, profile.model) == ("local", "http://127.0.0.1:8080/v1", "qwen")
    assert (profile.context_window, profile.timeout_s, profile.parallel) == (8192, 30, 2)
    assert (profile.price_in, profile.price_out, profile.price_cached) == (0.5, 1, 0.05)
    assert profile.extra_body == {"temperature": 0.2, "chat_template_kwargs": {"thinking": False}}
    assert profile.ca_file == str(Path.home() / "ca.pem")
    assert (profile.deadline_s, profile.lanes, key_of(profile)) == (30, 2, (None, ""))


@pytest.mark.parametrize(
    ("url", "deadline", "lanes"),
    [("http://127.0.0.1:1234/v1", LOOPBACK_S, 1), ("https://models.example/v1", HOSTED_S, 4)],
)
def test_a_server_on_this_machine_is_given_more_time_and_one_question_at_once(
    url: str, deadline: float, lanes: int
) -> None:
    profile = found(base_url=url, model="m")
    assert (profile.deadline_s, profile.lanes) == (deadline, lanes)


@pytest.mark.parametrize(
    ("wish", "environment", "expected"),
    [
        ({}, {}, ("local", "http://127.0.0.1:8080/v1", "qwen")),
        ({}, {"COACH_MODEL": "m2"}, ("local", "http://127.0.0.1:8080/v1", "m2")),
        ({}, {"COACH_BASE_URL": "http://env.example/v1"}, ("", "http://env.example/v1", "qwen")),
        ({"model": "m3"}, {"COACH_MODEL": "m2"}, ("local", "http://127.0.0.1:8080/v1", "m3")),
        (
            {"base_url": "http://flag.example/v1", "model": "m3"},
            {"COACH_BASE_URL": "http://env.example/v1", "COACH_MODEL": "m2"},
            ("", "http://flag.example/v1", "m3"),
        ),
        ({"profile": "openai"}, {}, ("openai", "https://api.openai.com/v1", "gpt")),
        (
            {"profile": "openai"},
            {"COACH_BASE_URL": "http://env.example/v1", "COACH_MODEL": "m2"},
            ("openai", "https://api.openai.com/v1", "gpt"),
        ),
        ({"profile": "openai", "model": "m3"}, {}, ("openai", "https://api.openai.com/v1", "m3")),
    ],
)
def test_flags_go_before_the_environment_and_that_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
    wish: dict[str, str],
    environment: dict[str, str],
    expected: tuple[str, str, str],
) -> None:
    write(LOCAL)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    profile = found(**wish)
    assert (profile.name, profile.address.url, profile.model) == expected


def test_a_model_alone_means_openai_or_where_its_own_variable_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(model=" m ").address.url == "https://api.openai.com/v1"
    assert found(model=" m ").model == "m"
    monkeypatch.setenv("OPENAI_BASE_URL", "http://gateway.example/v1")
    assert found(model="m").address.url == "http://gateway.example/v1"


def test_an_address_without_a_model_is_an_endpoint_to_look_at() -> None:
    assert found(base_url="http://127.0.0.1:8080/v1").model == ""


@pytest.mark.parametrize(
    "wish", [{"model": "another"}, {"base_url": "http://127.0.0.1:9/v1"}], ids=["model", "server"]
)
def test_a_window_and_prices_are_not_taken_over_for_another_model(wish: dict[str, str]) -> None:
    write(LOCAL)
    profile = found(**wish)
    assert profile.context_window is None
    assert (profile.price_in, profile.price_out, profile.price_cached) == (None, None, None)
    is_same_server = "model" in wish
    assert (profile.extra_body != {}, profile.ca_file is not None) == (is_same_server, is_same_server)


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ('[profiles.a]\nbase_ulr = "x"', "profiles.a has no key 'base_ulr'", "Did you mean base_url?"),
        ('[profiles.a]\nModel = "x"', "profiles.a has no key 'Model'", "Did you mean model?"),
        ("[profils.a]", "no key 'profils'", "Did you mean profile"),
        ('base_url = "x"', "no key 'base_url'", ""),
        ("profiles = 3", "profiles is not a table", ""),
        ("[profiles]\na = 3", "profiles.a is not a table", "[profiles.a]"),
        ("[profiles.a]\nmodel = 3", "profiles.a.model must be text in quotes", ""),
        ("[profiles.a]\nkeyring = 1", "profiles.a.keyring must be true or false", ""),
        ("[profiles.a]\ncontext_window = 8e3", "profiles.a.context_window must be a whole number", ""),
        ("[profiles.a]\ncontext_window = true", "profiles.a.context_window must be a whole number", ""),
        ("[profiles.a]\ncontext_window = 0", "profiles.a.context_window must be 1 or more", ""),
        ("[profiles.a]\nparallel = -1", "profiles.a.parallel must be 1 or more", ""),
        ("[profiles.a]\ntimeout_s = nan", "profiles.a.timeout_s must be 1 or more", ""),
        ("[profiles.a]\ntimeout_s = inf", "profiles.a.timeout_s must be 1 or more", ""),
        ("[profiles.a]\nprice_in = -0.1", "profiles.a.price_in must be 0 or more", ""),
        ('[profiles.a]\nprice_in = "1"', "profiles.a.price_in must be a number", ""),
        ("[profiles.a]\nextra_body = 1", "profiles.a.extra_body must be a table", ""),
        ('[profiles.a]\nextra_body = { model = "x" }', "profiles.a.extra_body may not hold 'model'", ""),
        (
            "[profiles.a]\nextra_body = { max_tokens = 9 }",
            "profiles.a.extra_body may not hold 'max_tokens'",
            "",
        ),
        ('profile = "lokal"\n[profiles.local]', "no profile 'lokal'", "Did you mean local?"),
        ("[profiles.a]\nmodel = 'x'\nmodel = 'y'\n\n", "line 3", ""),
        ("[profiles.a\n", "line 1", "Mend that line."),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong_in_it(text: str, says: str, hint: str) -> None:
    path = write(text)
    error = wrong()
    assert str(path) in error.message
    assert says in error.message
    assert hint in error.hint
    assert error.exit_code == 2


def test_a_profile_nobody_wrote_is_told_with_those_there_are() -> None:
    path = write(LOCAL)
    assert "Did you mean hosted?" in wrong(profile="hostd").hint
    path.unlink()
    assert wrong(profile="mine").hint == f"Write [profiles.mine] into {path}."


@pytest.mark.parametrize("content", [b"profile = '\xff'", None])
def test_a_file_that_cannot_be_read_is_named(content: bytes | None) -> None:
    path = write("")
    path.unlink()
    path.mkdir() if content is None else path.write_bytes(content)
    assert str(path) in wrong().message


def test_an_address_in_the_file_is_checked_as_one_on_the_command_line() -> None:
    write('profile = "a"\n[profiles.a]\nbase_url = "127.0.0.1:8080"\nmodel = "m"')
    assert "http://127.0.0.1:8080" in wrong().hint


@pytest.mark.parametrize("text", ['[profile.local]\nmodel = "m"', 'profile = ["local"]\n[profiles.local]'])
def test_a_default_profile_that_is_no_name_is_told(text: str) -> None:
    """[profile.local] in place of [profiles.local] is easily written."""
    path = write(text)
    assert str(path) in wrong().message
