"""What was learned of an endpoint is kept for a month, and a cache that cannot be used is as good as none."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from coach import paths
from coach.llm.abilities import FROM_REFUSAL, OUTPUTS, Abilities
from coach.llm.memory import KEPT_S, VERSION, Memory
from tests.fakes.clock import START
from tests.fakes.endpoint import FakeEndpoint
from tests.llm.line import ANSWER, OBJECT, asked, memory_at, profile_of

URL = "http://127.0.0.1:9/v1"
LEARNED = Abilities(
    output="object",
    limit="none",
    refused=("max_tokens", "seed"),
    merges=True,
    no_system=True,
    most=1024,
    thinks=True,
    factor=1.2,
    judging="able",
)


"""The window is not among it: every advice is to raise it, so it is looked up anew."""


def kept() -> Path:
    """The file it is kept in."""
    return paths.cache_dir() / "endpoints.json"


def test_everything_learned_is_read_back_by_the_next_program() -> None:
    memory_at().keep(profile_of(URL), LEARNED)
    assert memory_at().recall(profile_of(URL)) == LEARNED
    assert memory_at().recall(profile_of(URL, model="another")) == Abilities()
    assert memory_at().recall(profile_of("http://127.0.0.1:8/v1")) == Abilities()


def test_two_endpoints_are_kept_side_by_side() -> None:
    memory_at().keep(profile_of(URL), LEARNED)
    memory_at().keep(profile_of(URL, model="another"), Abilities(output="prompt"))
    assert memory_at().recall(profile_of(URL)) == LEARNED
    assert memory_at().recall(profile_of(URL, model="another")).output == "prompt"


@pytest.mark.parametrize(
    ("later", "is_known"),
    [(0.0, True), (KEPT_S, True), (KEPT_S + 1, False), (-1.0, False)],
    ids=["now", "after a month", "a second later", "the clock was set back"],
)
def test_after_a_month_a_server_is_asked_again(later: float, is_known: bool) -> None:
    memory_at().keep(profile_of(URL), LEARNED)
    known = memory_at(START + later).recall(profile_of(URL))
    assert known == (LEARNED if is_known else Abilities())


async def test_a_server_that_learned_a_new_trick_is_found_out_after_a_month() -> None:
    with FakeEndpoint(ANSWER, scenario="no_json_schema_400") as endpoint:
        await asked(endpoint, OBJECT)
        endpoint.scenario = ""
        within = await asked(endpoint, OBJECT, memory=memory_at(START + KEPT_S))
        after = await asked(endpoint, OBJECT, memory=memory_at(START + 2 * KEPT_S + 1))
    assert within.repairs == after.repairs == ()
    assert [call.body["response_format"]["type"] for call in endpoint.calls[-2:]] == [
        "json_object",
        "json_schema",
    ]


def test_a_window_a_page_told_is_kept_and_one_from_a_refusal_is_not() -> None:
    told = replace(LEARNED, window=8192, window_from="/api/ps of Ollama")
    memory_at().keep(profile_of(URL), told)
    assert memory_at().recall(profile_of(URL)) == told
    memory_at().keep(profile_of(URL), replace(told, window_from=FROM_REFUSAL))
    assert memory_at().recall(profile_of(URL)) == LEARNED


def test_the_window_a_user_wrote_is_used_and_never_kept() -> None:
    written = profile_of(URL, context_window=5000)
    known = memory_at().recall(written)
    assert (known.window, known.window_from) == (5000, "config.toml")
    memory_at().keep(written, replace(known, output="object"))
    assert memory_at().recall(profile_of(URL)) == Abilities(output="object")
    memory_at().keep(profile_of(URL), LEARNED)
    assert memory_at().recall(written).window == 5000


@pytest.mark.parametrize(
    ("url", "limit"),
    [
        ("https://api.openai.com/v1", "max_completion_tokens"),
        ("https://mine.openai.azure.com/openai/v1", "max_completion_tokens"),
        ("https://openai.com.example/v1", "max_tokens"),
        ("http://127.0.0.1:11434/v1", "max_tokens"),
    ],
)
def test_the_limit_begins_with_the_name_the_host_is_known_to_take(url: str, limit: str) -> None:
    assert memory_at().recall(profile_of(url)).limit == limit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"v": 1}',
        '{"v": 1, "endpoints": 3}',
        json.dumps({"v": VERSION, "endpoints": {f"{URL} m": {"at": START, "output": "object"}}}),
        json.dumps({"v": VERSION, "endpoints": {f"{URL} m": {"at": "yesterday"}}}),
    ],
)
def test_a_file_that_is_torn_is_forgotten_and_written_anew(text: str) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text(text)
    assert memory_at().recall(profile_of(URL)) == Abilities()
    memory_at().keep(profile_of(URL), LEARNED)
    assert memory_at().recall(profile_of(URL)) == LEARNED


def test_what_another_version_wrote_is_not_believed() -> None:
    memory_at().keep(profile_of(URL), LEARNED)
    kept().write_text(kept().read_text().replace(f'"v": {VERSION}', f'"v": {VERSION + 1}'))
    assert memory_at().recall(profile_of(URL)) == Abilities()


def test_a_cache_that_cannot_be_written_stops_nobody_and_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "endpoints.json").mkdir()
    memory = Memory(tmp_path / "endpoints.json", wall=START)
    memory.keep(profile_of(URL), LEARNED)
    assert memory.recall(profile_of(URL)) == Abilities()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_no_draft_is_left_beside_the_file() -> None:
    memory_at().keep(profile_of(URL), LEARNED)
    assert [path.name for path in kept().parent.iterdir()] == ["endpoints.json"]


@pytest.mark.parametrize(("counted", "factor"), [(120, 1.2), (60, 0.6), (250, 2.5), (59, 1.0), (251, 1.0)])
def test_how_a_server_counts_is_learned_unless_the_ratio_is_odd(counted: int, factor: float) -> None:
    """A prompt cut to half its tokens (C.9: 25) must not teach that texts are short."""
    assert Abilities().with_usage(counted=counted, guessed=100).factor == factor
    assert Abilities(factor=1.1).with_usage(counted=5, guessed=0).factor in (1.0, 1.1)


@pytest.mark.parametrize("entry", ["x", 3, [1]])
def test_a_kept_entry_that_is_none_is_forgotten(entry: object) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text(json.dumps({"v": VERSION, "endpoints": {f"{URL} m": entry}}))
    assert memory_at().recall(profile_of(URL)) == Abilities()


@pytest.mark.parametrize(
    ("field", "value"), [("output", "telepathy"), ("limit", 3), ("window", "big"), ("factor", None)]
)
def test_a_kept_value_of_another_kind_is_forgotten(field: str, value: object) -> None:
    """Else it would end in an error at the first refusal or count."""
    memory_at().keep(profile_of(URL), Abilities(output="object"))
    path = paths.cache_dir() / "endpoints.json"
    kept = json.loads(path.read_text())
    kept["endpoints"][f"{URL} m"][field] = value
    path.write_text(json.dumps(kept))
    known = memory_at().recall(profile_of(URL))
    assert known.output in OUTPUTS
    assert getattr(known, field) != value


def test_a_cache_folder_that_is_a_file_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    Memory(tmp_path / "file" / "endpoints.json", wall=START).keep(profile_of(URL), Abilities(merges=True))
