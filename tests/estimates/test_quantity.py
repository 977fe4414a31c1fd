"""Numbers with units, authored and stated."""

import pytest

from coach.estimates.quantity import QuantityError, evaluate, parse, say
from coach.estimates.stated import stated


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("links / month", "38.6 /s"),
        ("links / month * 100", "3.9 k/s"),
        ("62 ** 7", "3.5 T"),
        ("5 * year * links / month * 500 * B", "3 TB"),
        ("ceil(7.2)", "8"),
        ("max(2 * GB, 300 * MB)", "2 GB"),
        ("400 * 10 ** 6 / day * 300 * B", "120 GB/day"),
    ],
)
def test_a_formula_gives_a_quantity_a_person_would_say(formula: str, expected: str) -> None:
    assert say(evaluate(formula, {"links": parse("100 M")})) == expected


@pytest.mark.parametrize(
    "formula",
    [
        "1 / 0",
        "9 ** 9 ** 9 ** 9",
        "GB + day",
        "__import__('os')",
        "unknown * 2",
        "2 ** 0.5",
        "x" * 500,
        "(1",
        "[1]",
        "10.0 ** 64 * 10.0 ** 64 ** 6",
    ],
)
def test_a_formula_that_cannot_be_computed_says_why(formula: str) -> None:
    with pytest.raises(QuantityError):
        evaluate(formula, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~4.6k/s writes", "4.6 k/s"),
        ("4,600 QPS", "4.6 k/s"),
        ("39 writes per second", "39 /s"),
        ("926k inserts/s", "926 k/s"),
        ("100M new links/month", "38.6 /s"),
        ("100 million posts a day", "1.2 k/s"),
        ("500 B each", "500 B"),
        ("2B users", "2 G"),
        ("8 Gb/s", "1 GB/s"),
        ("1.5 Gbps", "188 MB/s"),
        ("3.5 x 10^12 codes", "3.5 T"),
        ("6e9 rows", "6 G"),
        ("p99 under 50ms", "50 ms"),
    ],
)
def test_quantities_are_read_as_people_write_them(text: str, expected: str) -> None:
    assert expected in [say(one.quantity) for one in stated(text)]


def test_words_that_only_look_like_units_are_left_alone() -> None:
    assert [say(one.quantity) for one in stated("version v2 of table t1, phase 3 begins")] == ["3"]
