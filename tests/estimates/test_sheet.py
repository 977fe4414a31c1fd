"""The number sheet: what stands beside each line while it is typed."""

import time

import pytest

from coach.estimates.sheet import MOST_LINES, Row, Sheet


def rows(text: str, *, typing: int | None = None) -> tuple[Row, ...]:
    return Sheet().read(text, typing=typing)


def results(text: str) -> list[str]:
    return [row.result for row in rows(text)]


def test_the_lines_of_an_estimation_read_as_a_person_would_say_them() -> None:
    text = """DAU = 10M
reads = DAU * 20 / day
reads in /s
peak = 3 * reads
storage = 500K/day * 500 KB * 5 years * 3
shards = ceil(storage / 2 TB)
ratio = 100:1
growth = 500K/day * 500 KB"""
    assert results(text) == ["10 M", "2.3 k/s", "2315/s", "6.9 k/s", "1.4 PB", "685", "100", "250 GB/day"]


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ("62^7", "3.5 T"),
        ("codes = 62^7", "3.5 T"),
        ("codes = 62^7 in sci", "3.52e12"),
        ("2-3x of 4k", "8-12 k"),
        ("a = 2-3 * 10 GB", "20-30 GB"),
        ("a = 5-3", "2"),
        ("rate = 1,000,000 / 86,400", "11.6"),
        ("a = ~10M x 20 / 86400", "2.3 k"),
        ("a = 20% of 450 GB", "90 GB"),
        ("a = 100 + 25%", "125"),
        ("a = log2(1024)", "10"),
        ("a = floor(7.9)", "7"),
        ("a = min(3 GB, 500 MB)", "500 MB"),
        ("a = max(1/s, 100/min)", "1.7 /s"),
        ("1 Gbps in MB/s", "125 MB/s"),
        ("a = 40k/s * 100 KB in Gbps", "32 Gbps"),
        ("a = 4 KiB * 1024", "4.2 MB"),
        ("a = 1 MiB in KiB", "1024 KiB"),
        ("a = 8 bits * 1M", "8 Mbit"),
        ("a = 12 per hour in /day", "288/day"),
        ("a = 1 month in days", "30 days"),
        ("a = 1 day in s", "86400 s"),
        ("- cache: 20% of 3.4 TB", "680 GB"),
        ("a = half a million users * 2", "1 M"),
        ("a = 10⁹ / 10⁵", "10 k"),
        ("a = 5 * (3 + 4", "35"),
        ("a = 3 * # later", "3"),
        ("a = 0.999^365 in %", "69.4 %"),
        ("a = 1 lakh requests/day", "1.2 /s"),
    ],
)
def test_what_people_write_is_understood(line: str, result: str) -> None:
    row = rows(line)[0]
    assert (row.result, row.is_error) == (result, False)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "We need to be quick, 3 replicas in 2 regions",
        "goal = low latency",
        "read-heavy system",
        "p99 < 250 ms",
        "user_id bigint",
        "https://example.com/a=b",
        "[red]bold[/red]",
        "{{ 7 * 7 }}",
    ],
)
def test_prose_stays_prose(line: str) -> None:
    assert rows(line)[0] == Row(line)


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("a = 5 GB + 3 req/s", "a size and a rate cannot be added"),
        ("a = 5 GB - 3 days", "a size and a time cannot be subtracted"),
        ("a = 1 / 0", "this divides by zero"),
        ("a = 5 / (3 - 3)", "this divides by zero"),
        ("a = 9^9^9^9", "this is too large to calculate"),
        ("a = 1e400", "this is too large to calculate"),
        ("a = 10^-400 ^ 2 * 0 + 1e308 * 10", "this is too large to calculate"),
        ("a = 5/s in GB", "a rate cannot be said in GB"),
        ("a = log2(0)", "log2 needs a number above zero"),
        ("a = 2 ^ (3 GB)", "a power has no unit"),
        ("a = posts * 2 KB", "posts has no value yet"),
        ("posts * 2 KB", "posts has no value yet"),
    ],
)
def test_what_cannot_be_calculated_says_why(line: str, note: str) -> None:
    assert rows(line)[0] == Row(line, note=note, is_error=True, name=rows(line)[0].name)


@pytest.mark.parametrize("line", ["٣ + ٤", "a = ３ * ４"])
def test_digits_of_other_scripts_are_named_instead_of_guessed(line: str) -> None:
    assert rows(line)[0] == Row(line, note="only the digits 0 to 9 are calculated", is_error=True)


def test_a_pasted_spreadsheet_is_kept_and_says_so() -> None:
    text = "region\tTB\tnodes\nEU\t120\t12\nUS\t300\t30\na = 120 + 300"
    found = rows(text)
    assert [row.note for row in found] == ["", *["cells of a table are kept as text"] * 2, ""]
    assert found[-1].result == "420"


def test_a_b_behind_a_number_is_read_by_what_stands_beside_it_and_says_so() -> None:
    size, count, forced, billion = rows("a = 400M/day * 500B\nb = 2B users\nc = 500 bytes\nd = 20 bn / day")
    assert size.result == "200 GB/day"
    assert "read as bytes" in size.note
    assert count.result == "2 G"
    assert "read as billion" in count.note
    assert (forced.result, forced.note) == ("500 B", "")
    assert (billion.result, billion.note) == ("231 k/s", "")


def test_names_are_known_before_they_are_defined_and_in_any_case() -> None:
    assert results("peak = 3 * Avg Reads\navg reads = 1k/s") == ["3 k/s", "1 k/s"]


def test_a_name_means_its_nearest_definition_above() -> None:
    assert results("n = 1\na = n * 2\nn = 5\nb = n * 2") == ["1", "2", "5", "10"]


def test_names_that_need_each_other_say_so_and_nothing_else_suffers() -> None:
    found = rows("a = b + 1\nb = a + 1\nc = 2 * 3\nd = d + 1")
    assert [row.is_error for row in found] == [True, True, False, True]
    assert "needs itself" in found[0].note
    assert found[2].result == "6"


@pytest.mark.parametrize(
    "line", ["reads = DAU * 20 / day", "a = ceil(5 GB / 2 MB) + min(3, 4)", "x = 2-3x of 4k"]
)
def test_no_half_typed_line_raises_or_shows_an_error(line: str) -> None:
    for end in range(len(line) + 1):
        row = rows(f"DAU = 10M\n{line[:end]}", typing=1)[1]
        assert not row.is_error
        assert row.text == line[:end]


def test_an_unfinished_line_keeps_the_result_of_what_is_there() -> None:
    assert [rows(f"a = 10M * 2{end}", typing=0)[0].result for end in ("", " *", " * (", " /")] == ["20 M"] * 4


def test_an_error_shows_once_the_line_is_left() -> None:
    text = "a = 5 GB + 3 req/s\n"
    assert not rows(text, typing=0)[0].is_error
    assert rows(text, typing=1)[0].is_error


@pytest.mark.parametrize(
    "text",
    [
        "٣ + ٤",
        "a = ３ * ４",
        "a = nan * 2",
        "a = inf",
        "a = 1" + "0" * 1500,
        "a = " + "(" * 1500,
        "a = " + "1 + " * 600,
        "a = " + "-" * 900 + "1",
        "a = 2" + "^2" * 400,
        "a = " + "max(" * 300,
        "\x1b[31m a = 5 \x07",
        "a = 1e999 / 1e999",
        "a = " + "9" * 2000,
        "==== a = = = 5",
        "a = 5 % % %",
        "/ / day per per",
        "a b c d e f = 5",
    ],
)
def test_bad_input_is_a_note_on_its_line_and_costs_nothing(text: str) -> None:
    sheet = Sheet()
    began = time.process_time()
    found = sheet.read(f"{text}\nb = 2 * 3")
    assert time.process_time() - began < 0.25
    assert found[-1].result == "6"


def test_ten_thousand_lines_are_kept_and_the_first_are_calculated() -> None:
    text = "\n".join(f"a{number} = a{number + 1} + 1" for number in range(10_000))
    began = time.process_time()
    found = Sheet().read(text)
    assert time.process_time() - began < 2
    assert len(found) == 10_000
    assert found[MOST_LINES].is_error
    assert [row.text for row in found] == text.split("\n")


def test_only_what_changed_is_calculated_again() -> None:
    sheet = Sheet()
    first = sheet.read("a = 2\nb = a * 3\nc = 5 * 5")
    second = sheet.read("a = 4\nb = a * 3\nc = 5 * 5")
    assert [row.result for row in second] == ["4", "12", "25"]
    assert second[2] is first[2]


def test_the_sheet_remembers_no_more_than_it_needs() -> None:
    sheet = Sheet()
    for number in range(9000):
        sheet.read(f"a = {number}")
    assert len(sheet._lines) <= 4001
