"""What reaches a server is what was asked for and its own key; nothing else, and nowhere else. C.9: 51, 52."""

import asyncio
import logging
import os
import pickle
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from coach import __version__
from coach.llm.port import ModelError
from coach.profile import Secret
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.exchange import Call, Line, Response
from tests.llm.line import ANSWER, KEY, OBJECT, Odd, asked, failure, opened, profile_of, streamed
from tests.llm.secure import CERTIFICATE, secure_endpoint

HEADERS = {"host", "accept", "accept-encoding", "connection", "user-agent"}
WITH_BODY = HEADERS | {"content-type", "content-length"}
PROXIES = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


class Noting(FakeEndpoint):
    """An endpoint that notes looks as well."""

    def __init__(self) -> None:
        super().__init__(ANSWER)
        self.looks: list[Call] = []

    def page(self, call: Call, line: Line) -> None:
        self.looks.append(call)
        super().page(call, line)


@pytest.fixture(autouse=True)
def no_proxy_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXIES, "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("key", [None, KEY])
@pytest.mark.parametrize("stream", [False, True])
async def test_51_nothing_of_openais_environment_reaches_a_server(
    monkeypatch: pytest.MonkeyPatch, key: str | None, stream: bool
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-ambient-1234567")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-ambient-1234567")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-ambient")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-ambient")
    monkeypatch.setenv("OPENAI_WEBHOOK_SECRET", "ambient")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/ambient")
    custom = "X-Ambient: ambient\nAuthorization: Bearer ambient\nUser-Agent: ambient\nCookie: ambient=1"
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", custom)
    with FakeEndpoint(ANSWER) as endpoint:
        await (streamed if stream else asked)(endpoint, OBJECT, key=key)
    (call,) = endpoint.calls
    assert "ambient" not in repr((call.headers, call.body, call.path))
    assert set(call.headers) == WITH_BODY | ({"authorization"} if key else set())
    assert call.headers["user-agent"] == f"coach/{__version__}"
    assert call.headers["host"] == endpoint.url.split("/")[2]


async def test_51_the_key_is_in_one_header_and_nowhere_else() -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        await asked(endpoint, OBJECT, key=KEY)
    (call,) = endpoint.calls
    assert call.headers.pop("authorization") == f"Bearer {KEY}"
    assert KEY not in repr((call.headers, call.body, call.path))


@pytest.mark.parametrize("around", ["{} ", "{}\n", "\t{}\r\n", "sk-live-4f9\n c0d2e71ab"])
async def test_51_a_key_with_blanks_is_sent_without_them(around: str) -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        await asked(endpoint, key=around.format(KEY))
    assert endpoint.calls[0].headers["authorization"] == f"Bearer {KEY}"


async def test_51_a_key_no_header_can_hold_is_not_shown_in_the_error() -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        error = await failure(asked(endpoint, key=f"{KEY}\x00x"))
    assert "(key)" in error.message
    assert endpoint.calls == []


@pytest.mark.parametrize("scenario", ["", "auth_401", "disconnect", "stream_error_event"])
async def test_51_no_log_shows_the_key(caplog: pytest.LogCaptureFixture, scenario: str) -> None:
    for name in ("openai", "httpx2", "httpcore2"):
        caplog.set_level(logging.DEBUG, logger=name)
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        for asking in (asked, streamed):
            try:
                await asking(endpoint, key=KEY)
            except ModelError:
                assert scenario
    assert len(caplog.records) > 4
    shown = "\n".join(f"{one.getMessage()} {one.args!r} {one.exc_text}" for one in caplog.records)
    assert KEY not in shown
    assert KEY not in caplog.text


async def test_51_no_repr_shows_the_key_and_it_is_kept_by_nobody_else() -> None:
    profile = profile_of("http://127.0.0.1:9/v1", key=KEY)
    async with opened("http://127.0.0.1:9/v1", key=KEY) as model:
        shown = [repr(one) for one in (model, vars(model), vars(model._client), model._http.headers)]
    shown += [repr(profile), f"{profile}", f"{profile.key}", f"{profile.key!s:>9}", f"{[profile.key]}"]
    assert KEY not in "".join(shown)
    with pytest.raises(TypeError, match="does not leave"):
        pickle.dumps(profile.key)
    assert Secret(KEY) != Secret(KEY)


async def test_a_look_at_the_server_carries_no_more_than_a_question_does() -> None:
    with Noting() as endpoint:
        async with opened(endpoint, key=KEY) as model:
            await model.look("./models")
            await model.look("/props")
    assert [call.path for call in endpoint.looks] == ["/v1/models", "/props"]
    for call in endpoint.looks:
        assert set(call.headers) == HEADERS | {"authorization"}


async def test_52_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, url in zip(PROXIES, ["http://127.0.0.1:1"] * 4 + ["socks5://127.0.0.1:1"] * 2, strict=True):
        monkeypatch.setenv(name, url)
    with FakeEndpoint(ANSWER) as endpoint:
        reply = await asked(endpoint)
        async with opened(endpoint) as model:
            assert await model.look("./models") is not None
    assert (reply.text, reply.repairs) == (ANSWER, ())


async def test_a_proxy_is_asked_for_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeEndpoint(ANSWER) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))
        reply = await asked("http://models.example/v1", key=KEY)
    assert reply.text == ANSWER
    assert proxy.calls[0].path == "http://models.example/v1/chat/completions"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "gopher://127.0.0.1:1"])
async def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    error = await failure(asked("http://models.example/v1", key=KEY))
    assert error.kind == "proxy"
    assert "ALL_PROXY" in error.message
    assert error.hint


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_told_and_not_followed(status: int) -> None:
    with FakeEndpoint(ANSWER) as other:
        elsewhere = f"{other.url}/chat/completions"
        with Odd(refuse=lambda _: Response(status, "", {"Location": elsewhere})) as endpoint:
            error = await failure(asked(endpoint, OBJECT, key=KEY))
    assert (error.kind, len(endpoint.calls), other.calls) == ("redirected", 1, [])
    assert elsewhere in error.message
    assert "base_url" in error.hint


async def test_the_last_look_stops_what_would_go_to_another_host() -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        async with opened(endpoint, key=KEY) as model:
            model._client.base_url = endpoint.url.replace("127.0.0.1", "localhost")
            await failure(model.complete(OBJECT))
    assert endpoint.calls == []


async def test_a_query_of_the_address_stands_behind_the_path() -> None:
    with FakeEndpoint(ANSWER) as endpoint:
        await asked(endpoint, url=f"{endpoint.url}/chat/completions?api-version=2024-10-21")
    assert endpoint.calls[0].path == "/v1/chat/completions?api-version=2024-10-21"


async def test_52_a_certificate_of_ones_own_works_with_ca_file_and_not_without() -> None:
    with secure_endpoint() as url:
        reply = await asked(url, ca_file=str(CERTIFICATE), key=KEY)
        error = await failure(asked(url, key=KEY))
    assert reply.text == "over TLS"
    assert error.kind == "tls"
    assert "ca_file" in error.hint
    assert url.split("/")[2] in error.message


async def test_52_https_to_a_port_without_it_says_so() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await failure(asked(f"https://127.0.0.1:{port}/v1"))
    assert error.kind == "tls"
    assert "http://" in error.hint


@pytest.mark.parametrize("what", ["missing.pem", "folder", "words.pem"])
async def test_52_a_ca_file_that_is_none_is_named(tmp_path: Path, what: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "words.pem").write_text("not a certificate")
    error = await failure(asked("https://127.0.0.1:9/v1", ca_file=str(tmp_path / what), key=KEY))
    assert error.kind == "tls"
    assert str(tmp_path / what) in error.message
    assert "ca_file in config.toml" in error.hint


async def test_a_host_in_punycode_gets_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def found(host: object, *rest: object, **named: object) -> object:
        return real("127.0.0.1" if "mnchen" in str(host) else host, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with FakeEndpoint(ANSWER) as endpoint:
        url = endpoint.url.replace("127.0.0.1", "xn--mnchen-3ya.localhost")
        assert (await asked(url)).text == ANSWER


@pytest.mark.parametrize(
    "header", ["Host: ambient.example", "Accept: text/ambient", "Content-Type: ambient/x"]
)
async def test_no_header_of_the_environment_leaves(monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", header)
    with FakeEndpoint(ANSWER) as endpoint:
        await asked(endpoint)
    assert "ambient" not in repr(endpoint.calls[0].headers)


def test_52_no_log_asked_for_by_another_program_shows_the_words() -> None:
    """OPENAI_LOG=debug makes the library write every request to stderr, over the screen."""
    code = (
        "import asyncio\n"
        "from tests.fakes.endpoint import FakeEndpoint\n"
        "from tests.llm.line import OBJECT, asked\n"
        "with FakeEndpoint('{}') as endpoint: asyncio.run(asked(endpoint, OBJECT))\n"
    )
    environment = {**os.environ, "OPENAI_LOG": "debug"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
