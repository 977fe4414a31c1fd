"""What every shipped problem must hold: numbers that follow, levels that can be reached, nothing given away."""

import re

import pytest

from coach import wiring
from coach.content.library import find_problem, load_bank
from coach.content.numbers import compute
from coach.estimates.quantity import parse
from coach.terms import DIMENSIONS
from coach.text.match import Matcher
from coach.text.passages import Line, passages

LISTED = [one.id for one in load_bank().listed()]


@pytest.mark.parametrize("name", LISTED)
def test_every_number_follows_from_its_formula(name: str) -> None:
    numbers = find_problem(name).numbers
    results = compute(numbers)
    for reference in numbers.references:
        assert parse(reference.value).is_near(results[reference.id], factor=1.05), reference.id


@pytest.mark.parametrize("name", LISTED)
def test_every_dimension_has_checks_at_every_level(name: str) -> None:
    checklist = wiring.checklist_of(name)
    for dimension in DIMENSIONS:
        assert {one.level for one in checklist.checks if one.dimension == dimension} >= {2, 3, 4}, dimension


@pytest.mark.parametrize("name", LISTED)
def test_every_check_can_be_decided_offline(name: str) -> None:
    checklist = wiring.checklist_of(name)
    silent = [
        one.id for one in checklist.checks if not one.signals and not one.measure and one.kind != "component"
    ]
    assert silent == []


@pytest.mark.parametrize("name", LISTED)
def test_the_prompt_shows_no_fact_and_names_no_part(name: str) -> None:
    problem = find_problem(name)
    matcher = Matcher(passages([Line(1, problem.prompt)]))
    assert [fact.id for fact in problem.facts if matcher.any(fact.stated)] == []
    given = [
        part.id
        for part in problem.components
        if any(f" {one} " in f" {problem.prompt.lower()} " for one in part.synonyms)
    ]
    assert given == []


@pytest.mark.parametrize("name", LISTED)
def test_no_interviewer_text_shouts_or_praises(name: str) -> None:
    problem = find_problem(name)
    spoken = [fact.answer for fact in problem.facts]
    spoken += [text for dive in problem.deep_dives for text in (dive.opening, *dive.probes, *dive.hints)]
    spoken += [ball.text for ball in problem.curveballs]
    for text in spoken:
        assert "!" not in text
        assert not {"great", "excellent", "perfect", "awesome"} & set(text.lower().split()), text


@pytest.mark.parametrize("name", LISTED)
def test_an_answer_is_one_to_three_sentences(name: str) -> None:
    for fact in find_problem(name).facts:
        sentences = [one for one in re.split(r"[.?](?:\s|$)", fact.answer) if len(one.split()) > 2]
        assert 1 <= len(sentences) <= 3, fact.id
