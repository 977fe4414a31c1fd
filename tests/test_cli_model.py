"""The command line with a model behind it: streams, exit codes, agreement, and no key anywhere."""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach import agreement, hosts, paths, wiring
from coach.address import Address
from coach.errors import BadInput
from coach.session.commands import Edit, Finish
from tests.fakes.clock import FakeClock
from tests.fakes.command import Ran, run
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.judges import attentive, read
from tests.fakes.refusals import RIGHT_KEY
from tests.fakes.sessions import SETUP, begin
from tests.judge import ferry

ANSWER = Path(__file__).parent / "judge" / "answers" / "tinyurl" / "1-telegraphic.md"
WRONG_KEYS = ("sk-proj-0123456789abcdefWRONG", "correct horse battery staple".replace(" ", "."))
"""One that looks like a key and one that does not."""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few checks; nothing else listens on this machine, and nobody is there to be asked."""
    monkeypatch.setattr("coach.llm.neighbours.find_neighbours", lambda: ())
    monkeypatch.setattr(wiring, "checklist_of", lambda _: ferry.checklist())
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint(attentive) as found:
        yield found


def at(endpoint: FakeEndpoint) -> tuple[str, ...]:
    return ("--base-url", endpoint.url, "--model", "fake-model")


def grade(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, *more: str) -> Ran:
    arguments = ("--problem", "tinyurl", "--judge", "model", *at(endpoint), *more)
    return run(capsys, "grade", str(ANSWER), *arguments)


def test_json_of_a_model_stands_alone_on_standard_output(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint
) -> None:
    ran = grade(capsys, endpoint, "--yes", "--format", "json")
    card = json.loads(ran.out)
    host = endpoint.url.split("/")[2]
    assert ran.code == 0
    assert (card["judge"]["kind"], card["judge"]["name"]) == ("model", "fake-model")
    assert card["judge"]["account"]["host"] == host
    assert card["judge"]["account"]["calls"] == len(endpoint.calls)
    assert ran.err.splitlines()[0] == f"Reading for all dimensions ({host})"


def test_a_report_of_a_model_says_who_judged_and_that_it_is_not_calibrated(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    target = tmp_path / "report.txt"
    ran = grade(capsys, endpoint, "--yes", "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    text = target.read_text(encoding="utf-8")
    assert "fake-model" in text
    assert "NOT CALIBRATED" in text


def test_nothing_is_sent_that_nobody_asked_for(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint
) -> None:
    grade(capsys, endpoint, "--yes", "--format", "json")
    assert {call.params for call in endpoint.calls} == {
        ("max_tokens", "messages", "model", "response_format")
    }
    assert all("authorization" not in call.headers for call in endpoint.calls)
    assert endpoint.connections <= 2, "one for the questions, perhaps one for the look around"


@pytest.mark.parametrize(
    ("scenario", "title", "cause", "step"),
    [
        ("auth_401", "A key is needed", "none was sent", "COACH_API_KEY"),
        ("quota_429", "No credit left", "exceeded your current quota", "Add credit"),
        ("rate_429_long", "Too many requests", "wait 10 minutes", "Wait and try again"),
        ("not_found_404", "There is no such model", "does not know 'fake-model'", "coach doctor"),
        ("server_500", "The server failed", "answered 500", "log"),
        ("html_200", "That is a web page", "/v1", "base_url"),
        ("error_in_200", "The server is not ready", "Provider returned error", "Try again"),
        ("refusal", "The model refused", "can't help", "offline judge"),
        ("azure_filter_400", "Stopped by a content filter", "content management policy", "offline judge"),
        ("unknown_400", "The server refused the request", "flux is misaligned", "coach doctor"),
        ("empty_content", "The answer was empty", "twice", "another model"),
        ("think_unclosed", "It thought until the end", "began to answer", "extra_body"),
        ("ctx_400_openai", "Too long for this model", "tokens", "Raise"),
    ],
)
def test_a_failure_is_told_with_its_cause_and_the_next_step_and_exits_with_3(
    capsys: pytest.CaptureFixture[str],
    endpoint: FakeEndpoint,
    scenario: str,
    title: str,
    cause: str,
    step: str,
) -> None:
    endpoint.scenario = scenario
    endpoint.window = 600 if scenario.startswith("ctx") else None
    ran = grade(capsys, endpoint, "--yes", "--format", "json")
    assert (ran.code, ran.out) == (3, "")
    told, hint = ran.err.splitlines()[-2:]
    assert told.startswith(f"coach: {title}")
    assert cause in told
    assert step in hint
    assert "Traceback" not in ran.err


def test_nobody_there_is_told_as_that(capsys: pytest.CaptureFixture[str]) -> None:
    gone = FakeEndpoint(attentive).start()
    gone.stop()
    ran = grade(capsys, gone, "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "The server cannot be reached" in ran.err
    assert "Start the server" in ran.err


def test_a_host_nobody_agreed_to_gets_nothing(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint
) -> None:
    ran = grade(capsys, endpoint)
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was sent" in ran.err
    assert endpoint.url.split("/")[2] in ran.err
    assert "--yes" in ran.err
    assert endpoint.calls == []
    assert endpoint.connections == 0


def test_a_host_is_agreed_to_once(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint) -> None:
    assert grade(capsys, endpoint, "--yes").code == 0
    assert grade(capsys, endpoint).code == 0
    with FakeEndpoint(attentive) as other:
        assert grade(capsys, other).code == 2
        assert other.calls == []


class Terminal(io.StringIO):
    """Somebody sits there and types this."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "agrees"), [("yes\n", True), ("Y\n", True), ("no\n", False), ("\n", False), ("", False)]
)
def test_on_a_terminal_it_is_asked(monkeypatch: pytest.MonkeyPatch, typed: str, agrees: bool) -> None:
    asked = Terminal()
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    monkeypatch.setattr(sys, "stderr", asked)
    address = Address.parse("https://models.example/v1")
    if agrees:
        agreement.require(address, yes=False)
    else:
        with pytest.raises(BadInput, match="did not agree"):
            agreement.require(address, yes=False)
    assert "models.example" in asked.getvalue()
    assert "It leaves this machine." in asked.getvalue()
    assert hosts.is_agreed(address) is agrees


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--judge", "model"), "coach doctor"),
        (("--judge", "model", "--base-url", "http://127.0.0.1:9/v1"), "Add --model"),
        (("--judge", "model", "--base-url", "nonsense", "--model", "m"), "http://"),
        (("--judge", "model", "--profile", "nobody"), "no profile 'nobody'"),
    ],
)
def test_an_endpoint_that_is_not_named_well_is_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    ran = run(capsys, "grade", str(ANSWER), "--problem", "tinyurl", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


@pytest.fixture
def session(clock: FakeClock) -> str:
    runner = begin(clock)
    text = ANSWER.read_text(encoding="utf-8").split("---\n", 2)[2]
    runner.do(Edit("notes.requirements", text))
    clock.advance(600)
    runner.do(Finish())
    runner.close()
    return SETUP.session


def test_a_session_is_judged_again_by_a_model_and_back(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, session: str
) -> None:
    judges = []
    for more in (("--judge", "model", *at(endpoint), "--yes"), ("--judge", "offline"), ()):
        ran = run(capsys, "rescore", session[:20], "--format", "json", *more)
        assert ran.code == 0
        judges.append(json.loads(ran.out)["judge"]["kind"])
    assert judges == ["model", "offline", "offline"]
    assert len(list((paths.sessions_dir() / session / "scores").glob("*.jsonl"))) == 3
    sent = read(endpoint.calls[0]).lines
    assert any("Long url in, short url out" in text for _, text in sent.values())


def test_a_rescore_that_fails_keeps_what_there_was(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, session: str
) -> None:
    before = run(capsys, "rescore", session, "--format", "json").out
    endpoint.scenario = "quota_429"
    ran = run(capsys, "rescore", session, "--judge", "model", *at(endpoint), "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "offline" in run(capsys, "show", session).out
    assert json.loads(before)["verdict"] in run(capsys, "sessions", "--format", "json").out


def kept() -> Iterator[tuple[Path, str]]:
    """Every file the coach has written."""
    for root in (paths.data_dir(), paths.cache_dir(), paths.config_dir(), Path(os.environ["HOME"])):
        for path in root.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("key", WRONG_KEYS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_key_the_server_repeats_is_printed_nowhere_and_kept_nowhere(
    capsys: pytest.CaptureFixture[str],
    endpoint: FakeEndpoint,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
    key: str,
) -> None:
    monkeypatch.setenv("COACH_BASE_URL", endpoint.url)
    monkeypatch.setenv("COACH_API_KEY", key)
    endpoint.scenario = "auth_401"
    for ran in (
        grade(capsys, endpoint, "--yes", "--format", form),
        run(capsys, "doctor", *at(endpoint), "--format", form),
    ):
        assert ran.code == 3
        assert key not in ran.out + ran.err
        assert key[8:] not in ran.out + ran.err
        assert "did not take the key" in ran.out + ran.err or "The key was not accepted" in ran.out
    assert endpoint.calls[0].headers["authorization"] == f"Bearer {key}"
    assert [path for path, text in kept() if key in text] == []


def test_a_key_that_works_is_kept_nowhere_either(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch, session: str
) -> None:
    monkeypatch.setenv("COACH_BASE_URL", endpoint.url)
    monkeypatch.setenv("COACH_API_KEY", RIGHT_KEY)
    endpoint.scenario = "auth_401"
    ran = run(capsys, "rescore", session, "--judge", "model", *at(endpoint), "--yes", "--format", "json")
    assert ran.code == 0
    assert RIGHT_KEY not in ran.out + ran.err
    files = list(kept())
    assert len(files) >= 4
    assert [path for path, text in files if RIGHT_KEY in text] == []


def test_without_audit_no_prompt_is_kept(capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint) -> None:
    assert grade(capsys, endpoint, "--yes", "--no-audit").code == 0
    assert [path for path, text in kept() if "You check one system design interview" in text] == []
    assert grade(capsys, endpoint, "--yes").code == 0
    assert [path for path, text in kept() if "You check one system design interview" in text]
