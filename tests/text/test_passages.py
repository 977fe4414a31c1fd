"""Sentences, bullets and wrapped paragraphs, each word with its line."""

import pytest

from coach.text.passages import Line, Passage, passages


def read(text: str) -> list[Passage]:
    return passages(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))


def words(passage: Passage) -> str:
    return " ".join(token.word for token in passage.tokens)


def test_sentences_of_a_wrapped_paragraph_keep_their_lines() -> None:
    first, second = read(
        "The write path puts the new row into the primary database and then\nanswers. Readers ask the cache."
    )
    assert words(first).endswith("then answers")
    assert {token.line for token in first.tokens} == {1, 2}
    assert second.line == 2


def test_short_typed_lines_are_thoughts_of_their_own() -> None:
    assert [words(one) for one in read("reads go to replicas\nwrites go to the primary")] == [
        "reads go to replicas",
        "writes go to the primary",
    ]


def test_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    assert len(read("Use a store, e.g. a key-value one, for 4.6 k rows.")) == 1


def test_a_question_is_told_apart() -> None:
    question, claim = read("How many users are there? We assume ten million.")
    assert question.is_question
    assert not claim.is_question


@pytest.mark.parametrize(
    "text",
    [
        "cache, queue, shard, replica, failover, idempotency",
        "Kafka Redis Cassandra Kubernetes CDN",
        "- sharding replication partitioning caching",
        "requested, accepted, arrived, started, completed, cancelled",
    ],
)
def test_a_bare_list_of_terms_is_no_claim(text: str) -> None:
    assert not any(one.is_claim for one in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "hot links in cache, TTL 1h",
        "client -> api -> primary",
        "We keep the rows sorted by time.",
        "writes go to one primary because 39/s is little",
    ],
)
def test_telegraphic_notes_are_claims(text: str) -> None:
    assert all(one.is_claim for one in read(text))


def test_a_wall_of_words_is_cut() -> None:
    assert len(read("word " * 500)) > 5


def test_every_sentence_of_a_long_text_is_read() -> None:
    assert len(read("\n".join("- one went. two came. three stayed" for _ in range(3000)))) == 9000
