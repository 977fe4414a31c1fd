"""A quote counts only when it is what it claims to be."""

import pytest

from coach.judge.evidence import is_verified
from coach.judge.findings import Evidence
from coach.session.transcript import Transcript, TranscriptLine

TRANSCRIPT = Transcript(
    "interview",
    (
        TranscriptLine(1, "interviewer", "talk", "Plan for 100 million new links a month."),
        TranscriptLine(2, "candidate", "notes", "Peak is 20K redirects per second, so we shard by code."),
        TranscriptLine(3, "candidate", "notes", "Read-through cache with “LRU” eviction — 33 GB."),
    ),
)


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (2, "Peak is 20K redirects per second"),
        (2, "peak is 20k REDIRECTS per second"),
        (3, 'cache with "LRU" eviction - 33 GB'),
        (2, "so we shard by code."),
    ],
)
def test_a_verbatim_quote_holds_whatever_its_case_quotes_and_dashes(line: int, quote: str) -> None:
    assert is_verified(Evidence(line=line, quote=quote), TRANSCRIPT)


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (2, "We replicate to three regions with quorum writes"),
        (2, "Peak is 900K redirects per second"),
        (2, "Peak is 20K redirects per second, with quorum writes"),
        (2, "3-region quorum"),
        (2, "redirects 20K is Peak second per"),
        (2, "Peak is 20K ... shard by code"),
        (1, "Plan for 100 million new links a month."),
        (3, "Peak is 20K redirects per second"),
        (9, "Peak is 20K redirects per second"),
        (2, ""),
        (2, "peak"),
    ],
)
def test_anything_else_is_rejected(line: int, quote: str) -> None:
    assert not is_verified(Evidence(line=line, quote=quote), TRANSCRIPT)
