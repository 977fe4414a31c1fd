"""Servers on this machine are found on their usual ports, and what else listens there is left alone."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from coach.llm import neighbours
from coach.llm.neighbours import Neighbour, find_neighbours
from tests.fakes.endpoint import FakeEndpoint


def port_of(endpoint: FakeEndpoint) -> int:
    return int(endpoint.url.split(":")[2].split("/")[0])


def found_at(endpoint: FakeEndpoint, usual: str = "usual") -> tuple[Neighbour, ...]:
    return find_neighbours({port_of(endpoint): usual})


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        ({"/api/version": {"version": "0.33"}}, "Ollama"),
        ({"/api/v0/models": {"data": []}}, "LM Studio"),
        ({"/props": {"default_generation_settings": {}}}, "llama.cpp"),
        ({"/version": {"version": "0.11"}}, "vLLM"),
        ({}, "usual"),
        ({"/props": []}, "usual"),
    ],
)
def test_a_server_gives_its_kind_away_or_is_what_usually_listens_there(
    pages: Mapping[str, Any], kind: str
) -> None:
    with FakeEndpoint(pages=pages) as endpoint:
        assert found_at(endpoint) == (Neighbour(kind, endpoint.url, ("fake-model",)),)


@pytest.mark.parametrize("page", [{"data": None}, {"data": [3, {"name": "x"}]}, {}])
def test_a_server_without_models_is_a_server(page: Mapping[str, Any]) -> None:
    with FakeEndpoint(pages={"/v1/models": page}) as endpoint:
        assert found_at(endpoint) == (Neighbour("usual", endpoint.url, ()),)


@pytest.mark.parametrize("scenario", ["html_200", "list_models_404", "server_500", "auth_401"])
def test_what_speaks_no_models_is_no_neighbour(scenario: str) -> None:
    with FakeEndpoint(scenario=scenario) as endpoint:
        assert found_at(endpoint) == ()


def test_where_nobody_listens_nobody_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert find_neighbours({port: "usual"}) == ()
    assert find_neighbours({}) == ()


def test_several_are_asked_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "KNOCK_S", 0.5)
    with (
        FakeEndpoint(scenario="silent_probes") as one,
        FakeEndpoint(scenario="silent_probes") as two,
        FakeEndpoint(scenario="silent_probes") as three,
        FakeEndpoint() as awake,
    ):
        began = time.monotonic()
        found = find_neighbours({port_of(each): "usual" for each in (one, two, three, awake)})
        assert time.monotonic() - began < 1.4
    assert [each.url for each in found] == [awake.url]


def test_no_proxy_is_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    with FakeEndpoint() as endpoint:
        assert len(found_at(endpoint)) == 1


@contextmanager
def _listening(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that does `speak` with each visitor."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                visitor, _ = server.accept()
                with visitor, suppress(OSError):
                    visitor.recv(1000)
                    speak(visitor)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def test_a_port_that_speaks_no_http_is_no_neighbour() -> None:
    with _listening(lambda visitor: visitor.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")) as port:
        assert find_neighbours({port: "usual"}) == ()


def test_a_page_that_drips_is_left_after_its_second(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def drip(visitor: socket.socket) -> None:
        visitor.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n")
        for _ in range(30):
            over.wait(0.05)
            visitor.sendall(b" ")

    monkeypatch.setattr(neighbours, "KNOCK_S", 0.2)
    with _listening(drip) as port:
        began = time.monotonic()
        find_neighbours({port: "usual"})
        assert time.monotonic() - began < 1.0
