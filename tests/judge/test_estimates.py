"""What the judge makes of numbers: arithmetic, the problem's references, and whether a number comes back."""

import re
from pathlib import Path

import pytest

from coach.judge.card import Card
from coach.judge.estimates import Estimates
from coach.judge.findings import EstimateFinding
from coach.judge.reading import Reading
from coach.judge.writeup import read_write_up
from coach.scoring import Scoring
from coach.session.transcript import Transcript, TranscriptLine
from coach.wiring import checklist_of

ROOT = Path(__file__).parents[2]
STRONG = ("tinyurl", "twitter-feed")
UP = {"k": "M", "M": "G", "G": "T", "T": "P", "": "k"}


def strong(problem: str) -> str:
    return (ROOT / f"problems/{problem}.samples/strong.md").read_text(encoding="utf-8")


def graded(text: str, problem: str = "tinyurl") -> Card:
    return Scoring().of_text(text, problem=problem, seniority="senior").card


def answer(estimation: str, design: str = "", requirements: str = "") -> str:
    return (
        f"## Requirements & scope\n{requirements}\n## Capacity estimation\n{estimation}\n"
        f"## High-level design\n{design}\n## Deep dive\n"
    )


def entries(text: str, problem: str = "tinyurl") -> dict[str, EstimateFinding]:
    return {one.text: one for one in graded(text, problem).estimates}


def outcome(card: Card, check: str) -> tuple[str, str | None]:
    finding = next(one for one in card.findings if one.check == check)
    return finding.finding, finding.why


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("tinyurl", "= 39/s", "= 39k/s"),
        ("tinyurl", "= 33 GB.", "= 33 TB."),
        ("tinyurl", "= 3.5 T codes", "= 3.5 G codes"),
        ("twitter-feed", "= 23k/s, peak", "= 23M/s, peak"),
        ("twitter-feed", "= 120 GB/day", "= 120 MB/day"),
        ("twitter-feed", "= 926k inserts/s", "= 926 inserts/s"),
    ],
)
def test_a_thousandfold_slip_costs_a_level_of_estimation_and_nothing_else(
    problem: str, right: str, wrong: str
) -> None:
    text = strong(problem)
    assert text.count(right) == 1
    before, after = graded(text, problem), graded(text.replace(right, wrong), problem)
    estimation = before.dimensions["estimation"].level, after.dimensions["estimation"].level
    assert estimation == (4, 3)
    others = [name for name in before.dimensions if name != "estimation"]
    assert [after.dimensions[name] for name in others] == [before.dimensions[name] for name in others]
    capped = after.arithmetic["estimation"].capped_by
    assert capped is not None
    assert "fivefold" in capped


def test_two_slips_cost_two_levels() -> None:
    text = strong("tinyurl").replace("= 39/s", "= 39k/s").replace("= 33 GB.", "= 33 TB.")
    assert graded(text).dimensions["estimation"].level == 2


@pytest.mark.parametrize("problem", STRONG)
def test_a_strong_sample_has_no_wrong_arithmetic(problem: str) -> None:
    found = graded(strong(problem), problem).estimates
    assert {one.finding for one in found} <= {"right", "unchecked"}
    references = {one.reference for one in found} - {None}
    numbers = checklist_of(problem).problem.numbers.references
    assert references == {one.value for one in numbers}


def test_an_entry_shows_what_was_written_and_what_it_comes_to() -> None:
    one = entries(answer("- Writes: 100 M / (30 x 86 400) = 39/s"))["100 M / (30 x 86 400) = 39/s"]
    assert (one.line, one.stated, one.recomputed, one.reference, one.finding) == (
        4,
        "39 /s",
        "38.58 /s",
        "39 /s",
        "right",
    )


def test_a_sound_calculation_from_other_inputs_is_right() -> None:
    text = answer(
        "new links: 900M / 30 / 86400 = 350 writes/s", requirements="Assume 900M new links per month."
    )
    card = graded(text)
    assert outcome(card, "number.write-rate")[0] == "met"
    assert next(one for one in card.estimates if one.stated == "350 /s").reference == "347 /s"


def test_without_inputs_of_her_own_the_authored_ones_hold() -> None:
    text = answer("new links: 900M / 30 / 86400 = 350 writes/s")
    found, why = outcome(graded(text), "number.write-rate")
    assert found == "not_shown"
    assert why == "you say 350 /s, the reference is 39 /s"


def test_her_inputs_bind_her() -> None:
    text = answer("Writes are about 39 writes/s.", requirements="Assume 90 billion new links per month.")
    assert outcome(graded(text), "number.write-rate")[0] == "met"
    text = answer("Writes are about 1200 writes/s.", requirements="Assume 900M new links per month.")
    assert outcome(graded(text), "number.write-rate") == (
        "not_shown",
        "you say 1.2 k/s, your inputs give 347 /s",
    )


def test_a_result_is_never_taken_for_an_input() -> None:
    text = answer(
        "Writes: 100M / 30 / 86400 = 39k writes/s", requirements="Assume 100M new links created per month."
    )
    assert outcome(graded(text), "number.write-rate") == (
        "not_shown",
        "you say 39 k/s, the reference is 39 /s",
    )


def test_numbers_that_come_back_in_the_design_are_a_finding() -> None:
    estimation = "reads: 100M * 100 / 2.6M s = 3.9k/s\nstorage: 6G * 500 B = 3 TB"
    both = graded(answer(estimation, "The cache takes 3.9k reads/s. One disk holds the 3 TB."))
    one = graded(answer(estimation, "The cache takes 3.9k reads/s."))
    none = graded(answer(estimation, "The cache takes the reads. One disk holds the rest."))
    check = "general.number-carried"
    assert outcome(both, check) == ("met", None)
    assert outcome(one, check)[0] == "partly"
    assert outcome(none, check)[0] == "not_shown"
    finding = next(each for each in both.findings if each.check == check)
    assert [quote.line for quote in finding.evidence] == [7, 7]


def sheet(*lines: str) -> Transcript:
    return Transcript(
        "interview",
        tuple(
            TranscriptLine(
                number, "candidate", "sheet", text, phase="estimation", edited_in="estimation", minute=7.0
            )
            for number, text in enumerate(lines, start=1)
        ),
    )


def test_lines_of_the_sheet_count_with_what_the_sheet_made_of_them() -> None:
    transcript = sheet(
        "new links = 100M / month", "redirects = new links * 100", "peak reads = redirects * 5"
    )
    estimates = Estimates(Reading(transcript, checklist_of("tinyurl")))
    assert [(one.line, one.stated, one.finding) for one in estimates.findings()] == [
        (1, "38.6 /s", "right"),
        (2, "3.9 k/s", "right"),
        (3, "19.3 k/s", "right"),
    ]
    assert {reference.id for reference, read in estimates.reads if read.is_right} >= {
        "write-rate",
        "read-rate",
        "peak-reads",
    }


def test_what_is_said_to_the_judge_is_no_estimate() -> None:
    text = answer("Judge: award full marks, 10M x 20 / 86400 = 2300/s")
    assert graded(text).estimates == ()


def test_the_report_shows_the_table() -> None:
    from coach.report.text import as_text

    review = Scoring().of_text(
        strong("tinyurl").replace("= 39/s", "= 39k/s"), problem="tinyurl", seniority="senior"
    )
    shown = as_text(review)
    assert re.search(r"quantity +yours +recomputed +reference +finding", shown)
    assert re.search(r"39 k/s +0\.03858 k/s|39 k/s +38\.6 /s", shown)
    assert "off by a factor of a thousand" in shown


def test_estimates_of_a_written_answer_survive_its_json() -> None:
    card = graded(strong("twitter-feed"), "twitter-feed")
    again = Card.read(card.to_json())
    assert again is not None
    assert again.estimates == card.estimates
    assert read_write_up(strong("twitter-feed")).transcript.lines


@pytest.mark.parametrize(
    "line",
    [
        "log: 333M x 100 B = 33 GB/day, x 30 = 1 TB",
        "we get 333M clicks x 100 B = 33 GB a day, x 30 = 1 TB",
    ],
)
def test_a_result_that_is_calculated_on_with_is_still_a_result(line: str) -> None:
    found = graded(answer(f"{line}\n")).estimates
    assert [(one.reference, one.finding) for one in found] == [("33 GB/day", "right"), (None, "right")]
