"""The window is read from whatever page a server has, within seconds, and no page is needed. C.9: 45."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import pytest

from coach.llm import window as window_room
from coach.llm.abilities import Abilities
from coach.llm.window import LOCAL_PORTS, Window, find_window, with_window
from coach.profile import Profile
from tests.fakes.endpoint import FakeEndpoint
from tests.llm.line import ANSWER, WORDS, asked_for_object, opened, profile_of

PROPS = {"/props": {"default_generation_settings": {"n_ctx": 8192}}}
OLLAMA = {"/api/ps": {"models": [{"name": "fake-model", "model": "fake-model", "context_length": 4096}]}}
ASLEEP = {"/api/ps": {"models": []}}
STUDIO = {
    "/api/v0/models": {
        "data": [
            {"id": "another", "max_context_length": 999_999},
            {"id": "fake-model", "max_context_length": 131_072, "loaded_context_length": 6144},
        ]
    }
}
RESTING = {"/api/v0/models": {"data": [{"id": "fake-model", "max_context_length": 131_072}]}}
NAMES = ("fake-model",)


async def found_at(endpoint: FakeEndpoint, model: str = "fake-model") -> Window:
    """What is found out by asking."""
    async with opened(endpoint, model=model) as line:
        return await find_window(line)


@pytest.mark.parametrize(
    ("pages", "entry", "expected"),
    [
        (PROPS, {}, Window(8192, "/props of llama.cpp", "llama.cpp", NAMES)),
        ({}, {"meta": {"n_ctx": 16_384}}, Window(16_384, "its list of models", "llama.cpp", NAMES)),
        (OLLAMA, {}, Window(4096, "/api/ps of Ollama", "Ollama", NAMES)),
        (ASLEEP, {}, Window(None, "", "Ollama", NAMES)),
        (RESTING, {}, Window(models=NAMES)),
        (STUDIO, {}, Window(6144, "/api/v0/models of LM Studio", "LM Studio", NAMES)),
        ({}, {"max_model_len": 32_768}, Window(32_768, "max_model_len in its list of models", "vLLM", NAMES)),
        ({}, {"context_length": 9000}, Window(9000, "context_length in its list of models", "", NAMES)),
        ({}, {"context_window": 9000}, Window(9000, "context_window in its list of models", "", NAMES)),
        ({}, {}, Window(models=NAMES)),
        (PROPS, {"max_model_len": 131_072}, Window(8192, "/props of llama.cpp", "llama.cpp", NAMES)),
        ({}, {"meta": {"n_ctx_train": 131_072}}, Window(models=NAMES)),
    ],
    ids=str,
)
async def test_each_kind_of_server_tells_it_in_its_own_place(
    pages: dict[str, Any], entry: dict[str, Any], expected: Window
) -> None:
    with FakeEndpoint(model=entry, pages=pages) as endpoint:
        assert await found_at(endpoint) == expected
    assert endpoint.calls == []


@pytest.mark.parametrize("pages", [{}, OLLAMA, STUDIO], ids=["vllm", "ollama", "lm studio"])
async def test_the_window_of_another_model_is_not_taken(pages: dict[str, Any]) -> None:
    with FakeEndpoint(model={"max_model_len": 32_768}, pages=pages) as endpoint:
        found = await found_at(endpoint, model="mine")
    assert (found.tokens, found.models) == (None, NAMES)


@pytest.mark.parametrize("value", ["8192", True, 0, -1, 128, 8192.0, None, [8192], {"n": 8192}])
async def test_a_size_that_is_none_is_not_believed(value: object) -> None:
    settings = {"default_generation_settings": {"n_ctx": value}}
    with FakeEndpoint(model={"max_model_len": value}, pages={"/props": settings}) as endpoint:
        assert await found_at(endpoint) == Window(models=NAMES)


@pytest.mark.parametrize("page", [[], "words", 3, None, {"data": 3}, {"data": [1, None, "x"]}, {"models": 3}])
async def test_a_page_of_another_kind_is_passed_over(page: object) -> None:
    odd = dict.fromkeys(("/v1/models", "/props", "/api/v0/models", "/api/ps"), page)
    with FakeEndpoint(pages=odd) as endpoint:
        found = await found_at(endpoint)
    assert (found.tokens, found.models) == (None, ())


@pytest.mark.parametrize(
    "scenario", ["list_models_404", "html_200", "server_500", "auth_401", "forbidden_403_html"]
)
async def test_45_a_server_without_a_list_of_models_is_no_trouble(scenario: str) -> None:
    with FakeEndpoint(ANSWER, scenario=scenario) as endpoint:
        found = await found_at(endpoint)
        endpoint.scenario = "list_models_404"
        answered = await asked_for_object(endpoint)
    assert (found.tokens, found.models) == (None, ())
    assert (answered.repairs, len(endpoint.calls)) == ((), 1)


async def test_a_list_that_is_missing_hides_no_other_page() -> None:
    with FakeEndpoint(scenario="list_models_404", pages=PROPS) as endpoint:
        assert await found_at(endpoint) == Window(8192, "/props of llama.cpp", "llama.cpp")


async def test_pages_that_hang_are_left_after_the_time_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_room, "LOOKING_S", 0.3)
    with FakeEndpoint(scenario="silent_probes") as endpoint:
        began = time.monotonic()
        assert await found_at(endpoint) == Window()
        assert 0.2 < time.monotonic() - began < 3


async def test_one_page_that_hangs_is_left_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    from coach.llm import openai_chat

    monkeypatch.setattr(openai_chat, "LOOK_S", 0.1)
    with FakeEndpoint(scenario="silent_probes") as endpoint:
        began = time.monotonic()
        async with opened(endpoint) as model:
            assert await model.look("/props") is None
        assert time.monotonic() - began < 3


class Pages:
    """A model of which only its pages are known; which were looked at is noted."""

    def __init__(self, profile: Profile, pages: Mapping[str, object]) -> None:
        self.profile = profile
        self.pages = pages
        self.seen: list[str] = []

    async def look(self, path: str) -> object:
        self.seen.append(path)
        return self.pages.get(path)


LISTED = {"data": [{"id": "m", "context_length": 200_000}]}


@pytest.mark.parametrize(
    ("url", "seen", "tokens"),
    [
        ("https://api.openai.com/v1", [], None),
        ("https://mine.openai.azure.com/openai/v1", [], None),
        ("https://models.example/v1", ["./models"], 200_000),
        ("http://192.168.1.7:8080/v1", ["./models", "/props"], 8192),
        ("http://127.0.0.1:8080/v1", ["./models", "/props"], 8192),
    ],
)
async def test_only_what_may_have_a_page_is_asked_for_it(
    url: str, seen: list[str], tokens: int | None
) -> None:
    model = Pages(profile_of(url), {"./models": LISTED, **PROPS})
    found = await find_window(model)  # type: ignore[arg-type]
    assert (model.seen, found.tokens) == (seen, tokens)


def test_what_the_user_wrote_stays() -> None:
    found = Window(8192, "/props of llama.cpp", "llama.cpp")
    written = Abilities(window=5000, window_from="config.toml")
    assert with_window(written, found) == written
    assert with_window(Abilities(), Window()) == Abilities()
    known = with_window(Abilities(window=4096, window_from="/api/ps of Ollama"), found)
    assert (known.window, known.window_from) == (8192, "/props of llama.cpp")


def test_the_usual_ports_are_the_ones_their_servers_document() -> None:
    assert LOCAL_PORTS == {11434: "Ollama", 1234: "LM Studio", 8080: "llama.cpp", 8000: "vLLM"}


class _Hanging:
    """A model whose list of models answers and whose other pages hang."""

    def __init__(self) -> None:
        self.profile = profile_of("http://127.0.0.1:9/v1")

    async def look(self, path: str) -> object:
        if path != "./models":
            await asyncio.Event().wait()
        return {"data": [{"id": "m", "max_model_len": 8192}]}


async def test_a_window_that_was_listed_is_kept_when_other_pages_hang(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(window_room, "LOOKING_S", 0.2)
    assert (await find_window(_Hanging())).tokens == 8192  # type: ignore[arg-type]


async def test_a_forgotten_v1_hides_no_window() -> None:
    with FakeEndpoint(ANSWER, model={"id": "m", "max_model_len": 8192}) as endpoint:
        async with opened(endpoint, url=endpoint.url.removesuffix("/v1")) as model:
            await model.complete(WORDS)
            assert (await find_window(model)).tokens == 8192
