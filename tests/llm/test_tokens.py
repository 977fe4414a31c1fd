"""Tokens are counted where a table is at hand, else estimated, and nothing is ever fetched. C.9: 53."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import tiktoken.load
import tiktoken.model
import tiktoken.registry

from coach.llm import tokens
from coach.llm.port import Message
from coach.llm.tokens import ESTIMATE, Table, counter, estimate

URL = "https://tables.example/tiny.tiktoken"
FILE = hashlib.sha1(URL.encode()).hexdigest()
RANKS = [bytes([byte]) for byte in range(256)] + [b"ab", b"abab"]
TINY = b"".join(base64.b64encode(one) + b" %d\n" % rank for rank, one in enumerate(RANKS))
SHA256 = hashlib.sha256(TINY).hexdigest()
NAME = "o200k_base"


def _tiny() -> dict[str, Any]:
    """An encoding that knows two words, as tiktoken's own constructors make theirs."""
    ranks = tiktoken.load.load_tiktoken_bpe(URL, expected_hash=SHA256)
    return {
        "name": NAME,
        "pat_str": r"\w+|\W",
        "mergeable_ranks": ranks,
        "special_tokens": {"<|endoftext|>": 258},
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where tiktoken keeps its tables; a tiny one stands in for the usual one, and fetching fails the test."""
    fetched = []

    def fetch(path: str) -> bytes:
        # Noted, because whoever counts takes any error for a reason to estimate.
        fetched.append(path)
        raise OSError("nothing is fetched here")

    tiktoken.registry._find_constructors()
    constructors: dict[str, Callable[[], dict[str, Any]]] = tiktoken.registry.ENCODING_CONSTRUCTORS or {}
    monkeypatch.setitem(constructors, NAME, _tiny)
    monkeypatch.delitem(tiktoken.registry.ENCODINGS, NAME, raising=False)
    monkeypatch.setattr(tiktoken.load, "read_file", fetch)
    monkeypatch.setattr(tokens, "TABLES", {NAME: Table(FILE, SHA256)})
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "tables"))
    (tmp_path / "tables").mkdir()
    yield tmp_path / "tables"
    assert fetched == []


@pytest.fixture(autouse=True)
def forget_the_tiny_one() -> Iterator[None]:
    """No other test must count with two words."""
    before = dict(tiktoken.registry.ENCODINGS)
    yield
    tiktoken.registry.ENCODINGS.clear()
    tiktoken.registry.ENCODINGS.update(before)


@pytest.mark.parametrize("model", ["gpt-4o-mini", "qwen3:8b", ""])
def test_a_table_that_lies_there_is_used_and_named(folder: Path, model: str) -> None:
    (folder / FILE).write_bytes(TINY)
    count = counter(model)
    assert (count.how, count.is_estimate) == ("counted with o200k_base", False)
    assert [count.text(text) for text in ("", "abab", "ab", "abc", "é")] == [0, 1, 1, 2, 2]
    assert count.messages([Message("system", "abab"), Message("user", "ab")]) == 1 + 1 + 2 * 4


def test_the_old_name_of_the_folder_works_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).write_bytes(TINY)
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setenv("DATA_GYM_CACHE_DIR", str(folder))
    assert not counter("gpt-4o").is_estimate


def test_without_a_variable_it_is_looked_for_where_tiktoken_looks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert counter("gpt-4o") is ESTIMATE
    folder.rename(tmp_path / "data-gym-cache")
    (tmp_path / "data-gym-cache" / FILE).write_bytes(TINY)
    assert not counter("gpt-4o").is_estimate


def test_special_tokens_in_what_somebody_wrote_are_plain_text(folder: Path) -> None:
    (folder / FILE).write_bytes(TINY)
    assert counter("gpt-4o").text("<|endoftext|>") > 5


def test_53_without_a_table_tokens_are_estimated_and_nothing_is_fetched(folder: Path) -> None:
    count = counter("gpt-4o")
    assert count is ESTIMATE
    assert (count.how, count.is_estimate) == ("estimated", True)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("content", [b"", TINY[:-30], TINY + b"x", b"<html>a captive portal</html>"])
def test_53_a_wrong_table_is_neither_used_nor_deleted_nor_replaced(folder: Path, content: bytes) -> None:
    """tiktoken itself would delete it and fetch another."""
    (folder / FILE).write_bytes(content)
    assert counter("gpt-4o") is ESTIMATE
    assert (folder / FILE).read_bytes() == content
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_53_a_folder_in_place_of_the_table_is_no_trouble(folder: Path) -> None:
    (folder / FILE).mkdir()
    assert counter("gpt-4o") is ESTIMATE


def test_53_a_model_of_another_encoding_is_estimated_and_its_table_not_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / FILE).write_bytes(TINY)
    monkeypatch.setattr(tiktoken.model, "encoding_name_for_model", lambda _: "r50k_base")
    monkeypatch.delitem(tiktoken.registry.ENCODINGS, "r50k_base", raising=False)
    assert counter("davinci") is ESTIMATE


def test_53_a_library_that_fails_costs_no_interview(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> object:
        raise RuntimeError("no wheel for this machine")

    (folder / FILE).write_bytes(TINY)
    monkeypatch.setattr(tiktoken, "get_encoding", broken)
    assert counter("gpt-4o") is ESTIMATE


def test_the_tables_are_the_ones_tiktoken_itself_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name and hash are read out of tiktoken's own constructors."""
    asked: dict[str, tuple[str, str | None]] = {}

    def note(url: str, expected_hash: str | None = None) -> dict[bytes, int]:
        asked[url.rpartition("/")[2].removesuffix(".tiktoken")] = (
            hashlib.sha1(url.encode()).hexdigest(),
            expected_hash,
        )
        return {}

    import tiktoken_ext.openai_public as public

    monkeypatch.setattr(public, "load_tiktoken_bpe", note)
    for name in tokens.TABLES:
        public.ENCODING_CONSTRUCTORS[name]()
    assert {name: Table(*found) for name, found in asked.items() if found[1]} == tokens.TABLES


@pytest.mark.parametrize(
    ("text", "tokens_"),
    [
        ("", 0),
        ("x", 2),
        ("x" * 4000, 1000),
        ("a b c d e f g h i j", 14),
        ("設計一個短網址服務", 9),
        ("ссылка", 6),
        ("🚀🚀", 2),
        ("QPS = 10_000 × 5 → 50k", 10),
    ],
)
def test_an_estimate_counts_letters_words_and_other_scripts(text: str, tokens_: int) -> None:
    assert estimate(text) == tokens_


def test_an_estimate_is_no_less_for_chinese_than_characters() -> None:
    """Four characters a token would be three or four times too few."""
    text = "讀多寫少，所以用快取；寫入先進佇列。" * 100
    assert estimate(text) >= len(text)
    assert ESTIMATE.messages([Message("user", text)]) == estimate(text) + 4


@pytest.mark.parametrize("elsewhere", ["DATA_GYM_CACHE_DIR", "tempfile.tempdir", "here"])
def test_53_told_to_keep_no_tables_nothing_is_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, elsewhere: str
) -> None:
    """An empty TIKTOKEN_CACHE_DIR makes tiktoken download every time, whatever lies elsewhere."""
    (folder / FILE).write_bytes(TINY)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    if elsewhere == "DATA_GYM_CACHE_DIR":
        monkeypatch.setenv(elsewhere, str(folder))
    elif elsewhere == "here":
        monkeypatch.chdir(folder)
    else:
        folder.rename(tmp_path / "data-gym-cache")
        monkeypatch.setattr(elsewhere, str(tmp_path))
    assert counter("gpt-4o") is ESTIMATE
