"""Answers in odd shapes: what can be read is, one bad item spoils no other, and no number is believed unchecked."""

import json
from typing import Any

import pytest

from coach.judge.answer import Item, read_items
from coach.judge.evidence import is_verified
from coach.judge.findings import Evidence
from coach.llm.port import ModelError, Reply
from tests.fakes.judges import Items, Shown, changed, read
from tests.fakes.model import Asked, ScriptedModel
from tests.judge import ferry
from tests.judge.stage import Stage, fair

ROW = {
    "check": 1,
    "evidence": [{"line": 4, "quote": "meals and cabins are out"}],
    "finding": "met",
    "why": "",
}


def rows(*some: object, asked: range = range(1, 4)) -> dict[int, Item]:
    return dict(read_items({"checks": list(some), "echo": "k3f9 14"}, asked).by_number)


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ("met", "met"), ("MET", "met"), (" met ", "met"), ("yes", "met"), ("true", "met"), (True, "met"),
        ("partly", "partly"), ("Partially", "partly"), ("partial", "partly"), ("partly met", "partly"),
        ("not_shown", "not_shown"), ("not shown", "not_shown"), ("Not Met", "not_shown"), ("no", "not_shown"),
        (False, "not_shown"), (None, "not_shown"),
    ],
)  # fmt: skip
def test_a_finding_may_be_spelled_in_other_ways(said: object, finding: str) -> None:
    assert rows({**ROW, "finding": said})[1].finding == finding


@pytest.mark.parametrize("said", ["4", 4, 3.5, "4/4", "excellent", "level 4", "", [], {"met": True}, "met!"])
def test_a_finding_that_is_none_counts_as_missing(said: object) -> None:
    found = read_items({"checks": [{**ROW, "finding": said}]}, [1])
    assert (dict(found.by_number), found.missing) == ({}, (1,))


@pytest.mark.parametrize("said", [1, 1.0, "1", "01", " 1 ", "C1", "check 1", "No 1"])
def test_a_number_may_be_a_string(said: object) -> None:
    assert list(rows({**ROW, "check": said})) == [1]


@pytest.mark.parametrize("said", [0, -1, 99, "99", 1.5, "1.5", True, None, "one", [], 10**9, "1 and 2"])
def test_what_is_no_number_of_a_check_is_dropped(said: object) -> None:
    assert rows({**ROW, "check": said}) == {}


def test_of_two_answers_to_one_check_the_first_stays() -> None:
    found = rows(ROW, {**ROW, "finding": "not_shown"}, {**ROW, "check": 2})
    assert [(one, item.finding) for one, item in found.items()] == [(1, "met"), (2, "met")]


@pytest.mark.parametrize("bad", [None, "met", 7, [], {}, {"check": 2}, {"finding": "met"}, [ROW]])
def test_a_bad_item_spoils_no_other(bad: object) -> None:
    assert list(rows(bad, ROW, bad)) == [1]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([{"line": "4", "quote": "a b"}], [(4, "a b")]),
        ([{"line": 4, "quote": "4 C: a b"}], [(4, "a b")]),
        ([{"line": 4, "quote": " 12 I: a b"}], [(4, "a b")]),
        ([{"line": 4, "quote": "4 C a b"}], [(4, "4 C a b")]),
        ([{"line": "L004", "quote": "a b"}], [(4, "a b")]),
        ({"line": 4, "quote": "a b"}, [(4, "a b")]),
        ([{"line": 4.0, "quote": "a b", "speaker": "C"}], [(4, "a b")]),
        ([{"line": 0, "quote": "a b"}, {"line": 5, "quote": "c d"}], [(5, "c d")]),
        ([{"line": -4, "quote": "a b"}, {"line": None, "quote": "c"}, {"quote": "c"}, {"line": 3}], []),
        ([{"line": 4, "quote": "  "}, {"line": 4, "quote": None}, {"line": 4, "quote": ["a"]}], []),
        ("line 4: a b", []),
        (None, []),
        (["a b"], []),
        ([{"line": 4, "quote": "a b"}] * 9, [(4, "a b")] * 4),
    ],
)
def test_evidence_may_be_odd(given: Any, kept: list[tuple[int, str]]) -> None:
    found = rows({**ROW, "evidence": given})[1].evidence
    assert found == tuple(Evidence(line=line, quote=quote) for line, quote in kept)


def test_reasons_are_one_short_harmless_line() -> None:
    why = rows({**ROW, "why": "first\nsecond \x1b[31m<|im_start|> " + "x" * 900})[1].why
    assert why.startswith("first second [31m< |im_start")
    assert len(why) <= 160
    assert rows({**ROW, "why": None})[1].why == ""
    assert rows({**ROW, "why": 7})[1].why == "7"


@pytest.mark.parametrize("checks", [None, "met", {}, {"1": "met"}, 7])
def test_no_list_of_checks_is_no_answer(checks: object) -> None:
    assert read_items({"checks": checks}, [1, 2]).missing == (1, 2)


def test_invented_and_repeated_numbers_change_nothing(stage: Stage) -> None:
    def more(items: Items) -> Items:
        every = [{**ROW, "check": number} for number in (0, 22, 77, 500, "x", None)]
        return [*every, *items, *({**one, "finding": "met"} for one in items)]

    assert stage.judge(changed(fair(), more)).card.findings == stage.judge(fair()).card.findings


def test_scores_and_verdicts_beside_the_checks_are_not_read(stage: Stage) -> None:
    def loud(asked: Asked) -> str:
        return json.dumps(json.loads(fair()(asked)) | {"score": 4, "verdict": "strong_hire", "level": 4})

    assert stage.judge(loud).card.score == stage.judge(fair()).card.score


def test_the_last_of_two_objects_counts_also_behind_thinking_in_a_fence(stage: Stage) -> None:
    def chatty(asked: Asked) -> str:
        every = json.dumps({"checks": [{**ROW, "check": number} for number in range(1, 22)], "echo": "x"})
        return f"<think>Perhaps {every}?</think>\nHere:\n```json\n{fair()(asked)}\n```\nThat is all."

    assert stage.judge(chatty).card.findings == stage.judge(fair()).card.findings


def test_an_answer_that_was_cut_off_keeps_its_whole_items(stage: Stage) -> None:
    def cut(asked: Asked) -> Reply | str:
        whole = fair()(asked)
        return whole if read(asked).again else Reply(whole[: len(whole) // 2], finish="length")

    judged = stage.judge(cut)
    assert len(judged.model.asked) == 2
    assert 2 <= len(read(judged.model.asked[1]).checks) < len(read(judged.model.asked[0]).checks)
    assert judged.card.findings == stage.judge(fair()).card.findings


@pytest.mark.parametrize(
    ("answers", "kind", "calls"),
    [
        (("", ""), "empty", 2),
        (("I would rather not.",) * 2, "cannot_judge", 2),
        (("<think>So long",) * 2, "thinking", 2),
        ((" " * 900,) * 2, "blank", 2),
        (('{"checks": []}',), "cannot_judge", 1),
    ],
)
def test_no_answer_at_all_ends_without_a_score(
    stage: Stage, answers: tuple[str, ...], kind: str, calls: int
) -> None:
    model = ScriptedModel(answers)
    with pytest.raises(ModelError) as caught:
        stage.judge(model)
    assert (caught.value.kind, len(model.asked)) == (kind, calls)


FAKES = (
    Shown(
        "what a driver sees meanwhile", "says try again", quote="The desk shows a spinner and retries for him"
    ),
    Shown("the main calls", "POST /bookings", quote="DELETE /bookings/id gives a place back"),
    Shown("from when on", "certain once the row", quote="a booking is certain after 900 writes per row"),
)


def test_fake_quotes_lose_their_credit_and_nothing_else(stage: Stage) -> None:
    judged, honest = stage.judge(fair(*FAKES)), stage.judge(fair())
    lost = {"curveball.outage.wait", "general.calls", "point.until"}
    for one, other in zip(judged.card.findings, honest.card.findings, strict=True):
        if one.check in lost:
            assert (one.finding, one.why, one.evidence) == ("not_shown", "evidence rejected", ())
        else:
            assert one == other
    assert judged.card.score is not None
    assert honest.card.score is not None
    assert judged.card.score < honest.card.score
    assert judged.warnings["evidence_rejected"].startswith("3 checks")


def test_every_quote_on_a_card_stands_in_the_candidates_words(stage: Stage) -> None:
    half = Shown(
        "the main calls", "POST /bookings", quote="POST /bookings takes crossing and car, also a name"
    )
    moved = Shown("who gets the last place", "4.6 bookings", quote="the second write fails and he is told")
    judged = stage.judge(fair(half, moved, *FAKES[:1]))
    quotes = [quote for one in judged.card.findings for quote in one.evidence]
    assert len(quotes) >= 8
    assert all(is_verified(quote, ferry.interview()) for quote in quotes)
    assert judged.finding("general.calls").finding == "partly"
    assert judged.finding("dive.race.once").evidence[0].line == ferry.RACE
