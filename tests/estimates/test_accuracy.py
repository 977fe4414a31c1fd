"""How often the arithmetic check is right, on calculations whose authors had not seen it. Figures: benchmarks/estimates.md."""

import json
from collections import Counter
from pathlib import Path

import pytest

from coach.estimates.calculations import Reader

CORPUS = Path(__file__).parent / "corpus"


def items(name: str) -> list[dict[str, str]]:
    lines = (CORPUS / f"calculations-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def judged(text: str) -> str:
    reader = Reader()
    verdicts = {one.found.verdict for line in text.split("\n") for one in reader.read(line)}
    return next((one for one in ("wrong", "right") if one in verdicts), "unchecked")


def met(name: str) -> Counter[tuple[str, str]]:
    return Counter((item["finding"], judged(item["text"])) for item in items(name))


def test_the_sets_are_large_enough_to_say_something() -> None:
    labels = Counter(item["finding"] for name in "bc" for item in items(name))
    assert labels["right"] >= 200
    assert labels["wrong"] >= 100


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_right_arithmetic_is_called_wrong_less_than_once_in_fifty(name: str) -> None:
    found = met(name)
    right = sum(count for (label, _), count in found.items() if label == "right")
    assert found["right", "wrong"] < 0.02 * right


@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("a", 0.99, 0.99), ("b", 0.95, 0.84), ("c", 0.84, 0.62)]
)
def test_most_arithmetic_is_decided(name: str, right: float, wrong: float) -> None:
    found = met(name)
    for label, least in (("right", right), ("wrong", wrong)):
        of_label = sum(count for (one, _), count in found.items() if one == label)
        assert found[label, label] >= least * of_label


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_what_states_no_calculation_is_never_called_wrong(name: str) -> None:
    assert met(name)["unchecked", "wrong"] == 0
