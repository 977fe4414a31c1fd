"""A quote counts only when it is what it claims to be."""

import pytest

from coach.judge.evidence import check_quote, is_verified
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


NOTES = Transcript(
    "interview",
    (
        TranscriptLine(
            1, "interviewer", "talk", "What happens when a cache node dies at the peak of the day?"
        ),
        TranscriptLine(
            2,
            "candidate",
            "talk",
            "Peak is 20K redirects per second, so we shard by code and cache the hottest.",
        ),
        TranscriptLine(
            3, "candidate", "notes", "Read-through cache with “LRU” eviction — 33 GB (two nodes)."
        ),
        TranscriptLine(
            4, "candidate", "notes", "We do not replicate counters to a second region, it would be slow."
        ),
        TranscriptLine(
            5,
            "candidate",
            "notes",
            "We write to the log first, never to the table, and then the worker fills it.",
        ),
        TranscriptLine(6, "candidate", "notes", "我们用缓存来减少数据库的读取压力,每秒约200次请求"),
        TranscriptLine(7, "candidate", "notes", "Sharding"),
        TranscriptLine(8, "candidate", "notes", "No. The cache is filled by the first reader who misses."),
        TranscriptLine(
            9, "candidate", "notes", "Isn't it enough to keep one leader? Writes cannot go to a follower."
        ),
    ),
)
Parts = list[tuple[int, str]]
WHOLE, HALF = True, False


def check(line: int, quote: str) -> tuple[Parts, bool]:
    """What is left of a quote, and whether it counts whole."""
    found = check_quote(Evidence(line=line, quote=quote), NOTES)
    return [(one.line, one.quote) for one in found.evidence], found.is_whole


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("Peak is 20K redirects per second", "Peak is 20K redirects per second"),
        ("PEAK IS 20k redirects PER second", "Peak is 20K redirects per second"),
        ("we shard by code and cache the hottest.", "we shard by code and cache the hottest"),
        ("  Peak   is 20K\nredirects ", "Peak is 20K redirects"),
        ("“Peak is 20K redirects per second”", "Peak is 20K redirects per second"),
        ("Peak is 20K redirects per second; so we shard", "Peak is 20K redirects per second, so we shard"),
    ],
)
def test_the_words_of_a_line_are_kept_as_they_stand_there(quote: str, cut: str) -> None:
    assert check(2, quote) == ([(2, cut)], WHOLE)


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ('read-through cache with "LRU" eviction - 33 GB', "Read-through cache with “LRU” eviction — 33 GB"),
        ("cache with ‘LRU’ eviction – 33 GB (two nodes)", "cache with “LRU” eviction — 33 GB (two nodes)"),
    ],
)
def test_quotes_and_dashes_of_another_kind_are_the_same(quote: str, cut: str) -> None:
    assert check(3, quote) == ([(3, cut)], WHOLE)


@pytest.mark.parametrize("said", [4, 7, 1, 99])
def test_a_quote_moves_to_the_line_of_the_candidate_where_it_stands(said: int) -> None:
    assert check(said, "we shard by code and cache") == ([(2, "we shard by code and cache")], WHOLE)


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (2, "We replicate to three regions with quorum writes and a fencing token."),
        (2, "3-region quorum"),
        (2, "quorum reads"),
        (7, "Sharding by user"),
        (2, "redirects 20K is Peak second per so shard we"),
        (2, "the hottest cache and code by shard we so"),
        (2, "Peak is 900K redirects per second, so we shard by code and cache the hottest."),
        (2, "Peak is 2K redirects per second, so we shard by code and cache the hottest."),
        (2, "Peak is 20K redirects per 10 seconds, so we shard by code and cache the hottest."),
        (3, "Read-through cache with LRU eviction — 330 GB (two nodes)"),
        (3, "Read-through cache with LRU eviction, 33 GB on 33 nodes"),
        (2, "Peak is 20M redirects per second, so we shard by code and cache the hottest."),
        (2, "Peak is 20 redirects per second, so we shard by code and cache the hottest."),
        (3, "Read-through cache with LRU eviction, 33 TB (two nodes)"),
        (2, "peak"),
        (2, "20K"),
        (2, ""),
        (2, "..."),
        (2, "!?"),
        (2, "…"),
    ],
)
def test_invented_reordered_renumbered_and_empty_quotes_earn_nothing(line: int, quote: str) -> None:
    assert check(line, quote)[0] == []


@pytest.mark.parametrize(
    ("line", "why"),
    [(1, "interviewer"), (2, "interviewer"), (99, "interviewer")],
)
def test_the_interviewers_words_are_his_wherever_they_are_said_to_stand(line: int, why: str) -> None:
    found = check_quote(Evidence(line=line, quote="when a cache node dies at the peak"), NOTES)
    assert found.evidence == ()
    assert why in found.why


def test_a_line_that_is_not_there_is_called_that() -> None:
    assert "no line 99" in check_quote(Evidence(line=99, quote="we fail over by hand"), NOTES).why
    assert "line 2" in check_quote(Evidence(line=2, quote="we fail over by hand"), NOTES).why


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        (
            "Peak is 20K redirects per second, so we write by quorum to three regions",
            "Peak is 20K redirects per second, so we",
        ),
        (
            "Quorum writes mean that we shard by code and cache the hottest",
            "we shard by code and cache the hottest",
        ),
        ("Peak is 20K redirects per second with failover", "Peak is 20K redirects per second"),
    ],
)
def test_of_a_real_beginning_or_end_with_an_invention_the_real_part_counts_half(quote: str, cut: str) -> None:
    assert check(2, quote) == ([(2, cut)], HALF)


@pytest.mark.parametrize(
    "quote",
    [
        "we shard by quorum writes to three regions",
        "Peak is reached at night and then we write by quorum to three regions at once",
        "redirects per second",
    ],
)
def test_a_real_part_that_is_short_or_the_lesser_half_is_nothing(quote: str) -> None:
    expected: Parts = [(2, quote)] if quote == "redirects per second" else []
    assert check(2, quote)[0] == expected


def test_an_invention_is_not_excused_by_another_line() -> None:
    """Verbatim words may be moved; a half-true quote stays where the judge put it."""
    assert check(4, "Peak is 20K redirects per second, so we write by quorum") == ([], WHOLE)


def test_an_ellipsis_joins_two_pieces_of_one_line() -> None:
    for dots in ("...", "…", "[...]", "....."):
        found = check(2, f"Peak is 20K redirects {dots} shard by code")
        assert found == ([(2, "Peak is 20K redirects"), (2, "shard by code")], WHOLE), dots


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (5, "to the log ... table, and then"),
        (5, "We write to the log first ... to the table"),
        (4, "We do … to a second region, it would be slow"),
        (4, "We do ... replicate counters"),
        (2, "shard by code ... Peak is 20K"),
        (2, "Peak is 20K ... 33 GB"),
        (2, "so we shard ... 33 GB (two nodes)"),
        (2, "so we shard ... quorum writes"),
        (2, "Peak ... hottest"),
    ],
)
def test_an_ellipsis_hides_no_not_and_joins_no_two_lines(line: int, quote: str) -> None:
    assert check(line, quote)[0] == []


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (4, "replicate counters to a second region"),
        (5, "to the table, and then the worker fills it"),
        (9, "go to a follower"),
        (9, "it enough to keep one leader"),
    ],
)
def test_words_cut_off_right_behind_a_not_earn_nothing(line: int, quote: str) -> None:
    found = check_quote(Evidence(line=line, quote=quote), NOTES)
    assert found.evidence == ()
    assert "denies it" in found.why


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        (4, "do not replicate counters to a second region"),
        (4, "not replicate counters"),
        (8, "The cache is filled by the first reader"),
        (9, "Writes cannot go to a follower"),
    ],
)
def test_a_quote_with_its_not_or_behind_a_full_stop_holds(line: int, quote: str) -> None:
    assert check(line, quote) == ([(line, quote)], WHOLE)


@pytest.mark.parametrize("quote", ["用缓存来减少", "数据库的读取压力", "每秒约200次请求"])
def test_scripts_without_blanks_are_quoted_by_their_signs(quote: str) -> None:
    assert check(6, quote) == ([(6, quote)], WHOLE)


@pytest.mark.parametrize("quote", ["缓", "三个地区各有一个副本", "每秒约900次请求"])
def test_in_them_too_inventions_and_numbers_are_found_out(quote: str) -> None:
    assert check(6, quote)[0] == []


def test_one_word_is_a_quote_only_where_it_is_the_whole_line() -> None:
    assert check(7, "sharding") == ([(7, "Sharding")], WHOLE)
    assert check(2, "redirects")[0] == []


@pytest.mark.parametrize(
    "quote",
    [
        "[bold]we shard by code and cache[/bold]",
        "**we shard by code and cache**",
        "`we shard by code and cache`",
        "\x1b[1mwe shard by code and cache\x1b[0m",
        "we shard\x07 by code\x1b]0;title\x07 and cache",
        "<b>we shard by code and cache</b>",
        "we shard by code and cache {{ 7 * 7 }}",
    ],
)
def test_nothing_a_model_puts_around_a_quote_gets_into_the_evidence(quote: str) -> None:
    for _, kept in check(2, quote)[0]:
        assert kept in NOTES.lines[1].text


def test_what_is_left_of_a_quote_is_verified_again_and_holds() -> None:
    for quote in (
        "Peak is 20K redirects ... shard by code",
        "Peak is 20K redirects per second with failover",
    ):
        for one in check_quote(Evidence(line=2, quote=quote), NOTES).evidence:
            assert is_verified(one, NOTES)
