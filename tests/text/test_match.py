"""Cues and signals: what meets, what does not, and what a denial does."""

import pytest

from coach.text.match import Matcher
from coach.text.passages import Line, passages
from coach.text.pattern import Pattern, PatternError


def matches(pattern: str, text: str, *, allow_denied: bool = False) -> bool:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return Matcher(passages(lines), allow_denied=allow_denied).any([pattern]) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("cache & expire", "Cached entries are expired after an hour."),
        ("load balancer", "A loadbalancer sits in front of the api"),
        ("load balancer", "The load-balancers spread requests."),
        ("hot link", "One hot short link gets all the traffic."),
        ("replic*", "We run two replicas behind it."),
        ("# & peak", "Peak is 19k per second."),
        ("#rate", "about 4,600 writes per second"),
        ("#time & p99", "p99 stays under 50 ms"),
        ("#size", "500 bytes a row"),
        ("#percent", "99.9% of the time"),
        ("#money", "it costs $200 a day"),
        ("consistency", "We need consistancy here."),
        ("follower", "How many folowers does a user have?"),
        ("no single point", "There is no single point of failure here."),
        ("advertising", "If the table cannot be reached, advertising stops."),
    ],
)
def test_a_pattern_meets_its_words_in_any_form(pattern: str, text: str) -> None:
    assert matches(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("cache & expire", "We use a cache.\n\nTokens expire."),
        ("cost", "We post to the feed."),
        ("write", "the white box is ready"),
        ("queue", "There is no queue needed here."),
        ("queue", "We do it without a queue."),
        ("queue", "Call it directly instead of a queue."),
        ("cache & !database", "The cache sits before the database."),
        ("hot link", "Hot and very much loved short links exist."),
        ("#time", "there are 5 boxes in it"),
        ("shard", "The account is shared by both."),
        ("several", "One server is enough."),
        ("reply", "We replay the log."),
        ("stale", "The result is stable by then."),
        ("queue", "We have no cache, queue or search."),
    ],
)
def test_a_pattern_does_not_meet_what_is_not_said(pattern: str, text: str) -> None:
    assert not matches(pattern, text)


def test_a_question_may_deny_what_it_asks_for() -> None:
    assert matches("analytics", "Do we not need analytics?", allow_denied=True)


def test_groups_meet_across_two_sentences_of_a_paragraph_but_not_across_paragraphs() -> None:
    assert matches("cache & ttl", "A cache holds hot links. The TTL is an hour.")
    assert not matches("cache & ttl", "A cache holds hot links.\n\nThe TTL is an hour.")


def test_a_bullet_is_read_with_the_line_that_introduces_it() -> None:
    assert matches("cache & ttl", "For the cache:\n- TTL of one hour")


def test_words_too_far_apart_do_not_meet() -> None:
    filler = "and then it goes on about many other things " * 5
    assert not matches("cache & ttl", f"A cache {filler} has a ttl")


@pytest.mark.parametrize("text", ["", "a &", "| b", "!only", "#speed", "a & & b", "send: & message"])
def test_a_broken_pattern_says_so(text: str) -> None:
    with pytest.raises(PatternError):
        Pattern.parse(text)


def test_a_hit_points_at_the_words_that_carried_it() -> None:
    found = passages([Line(7, "Hot links stay in the cache with a TTL.")])
    hit = Matcher(found).any(["cache & ttl"])
    assert hit is not None
    assert [(token.word, token.line) for token in hit.tokens] == [("cache", 7), ("ttl", 7)]
