"""Calculations found in what people write, and what is said of them."""

import pytest

from coach.estimates.statements import Estimate, estimates


def found(text: str) -> list[Estimate]:
    return list(estimates(enumerate(text.split("\n"), 1)))


def only(text: str) -> Estimate:
    (one,) = found(text)
    return one


def test_both_sides_are_recomputed() -> None:
    one = only("10M x 20 / 86400 = 2300/s")
    assert (one.stated, one.recomputed, one.finding, one.why) == ("2300 /s", "2315 /s", "right", None)


@pytest.mark.parametrize(
    "text",
    [
        "~500 KB * 500K = 250GB a day",
        "2.3k/s = 200M / 86400",
        "12 TB, i.e. 400 GB * 30",
        "100M/month ≈ 40/s",
        "| daily | 500K x 500 KB | 250 GB |",
        "- 15 million users times 6 reads is 90 million a day",
        "40M/day / 100k = 400/s, x3 = 1.2k/s at peak",
        "10 Gbps / 8 = 1.25 GB/s",
        "4 MB at 10 Mbps = 3.2 s",
        "128 shards x 6 replicas... = 768",
        "62⁷ ≈ 3.5·10¹²",
        "36 TB / 5 TB = 7.2 -> 8 shards",
        "1B * 20B = 20GB",
        "2,5 * 4 = 10",
        "sms bill: 20M x 1 ct = 200k$/day",
        "20 M SMS x 1 cent = 200k dollars a day",
        "3 cents x 5 = 15 cents",
    ],
)
def test_right_arithmetic_is_right_however_it_is_written(text: str) -> None:
    assert {one.finding for one in found(text) if one.recomputed} == {"right"}


@pytest.mark.parametrize(
    ("text", "slip", "recomputed"),
    [
        ("10 Gbps link = 10 GB/s", "bits_bytes", "1.25 GB/s"),
        ("5k/s * 70KB = 350 Mbps", "bits_bytes", "2800 Mbit/s"),
        ("400M * 2 KB = 800 MB/day", "thousand", "800 GB/day"),
        ("500M/day / 3600 = 139k/s", "day_second", "5.787 k/s"),
        ("20 GB/day x 12 = 240 GB per year", "day_second", "7300 GB/year"),
        ("30M x 40 = 120M reads/day", "power", "1200 M/day"),
        ("62^7 = 57 billion", "power", "3522 G"),
        ("18M * 7 = 106M/day", "plain", "126 M/day"),
    ],
)
def test_a_slip_is_named_with_the_right_value(text: str, slip: str, recomputed: str) -> None:
    one = only(text)
    assert (one.finding, one.slip, one.recomputed) == ("wrong", slip, recomputed)
    assert one.why


@pytest.mark.parametrize(
    "text",
    [
        "about 2.3k QPS",
        "DAU = 75M",
        "peak QPS = 2 * avg QPS",
        "quorum = 2/3 nodes",
        "needs to be up 24/7",
        "interview 14/05/2025 10:30-11:15",
        "LB :443 -> app :8080",
        "timeout 5 s -> 1 min",
        "10k -> 50k -> 100k users growth",
        "3 AZs x 2 regions, RF=3",
        "40M/day / 86400 -> 3 servers",
        "10M * 20 so 3 replicas",
        "POST /v1/urls -> 201",
        "A zone (1/3 = 33M) goes dark",
    ],
)
def test_what_does_not_state_both_sides_is_not_called_wrong(text: str) -> None:
    assert {one.finding for one in found(text)} <= {"unchecked"}


def test_names_of_earlier_lines_are_known() -> None:
    right, wrong = found("dau = 35M\nreads = 12\ndau * reads = 420M/day\ndau * reads = 350M/day")
    assert (right.line, right.finding) == (3, "right")
    assert (wrong.line, wrong.finding) == (4, "wrong")


@pytest.mark.parametrize(
    "text", ["9^9^9^9 = 1", "1/0 = 5", "1e400 * 2 = 3 GB", "(" * 3000 + "= 5", "5 = " * 400]
)
def test_bombs_are_neither_right_nor_wrong(text: str) -> None:
    assert {one.finding for one in found(text)} <= {"unchecked", "right"}
