"""The arithmetic from findings to levels, scores and a verdict."""

from dataclasses import replace

import pytest

from coach import wiring
from coach.judge.checklist import Check, Checklist
from coach.judge.conditions import Facts
from coach.judge.findings import Finding, Outcome
from coach.judge.scorecard import compute, demonstrated, drop_other_topics
from coach.terms import DIMENSIONS


@pytest.fixture(scope="module")
def checklist() -> Checklist:
    return wiring.checklist_of("tinyurl")


def finding(check: Check, outcome: Outcome) -> Finding:
    return Finding(
        check=check.id, dimension=check.dimension, phase=check.phase, finding=outcome, tip=check.tip
    )


def all_found(checklist: Checklist, outcome: Outcome) -> tuple[Finding, ...]:
    return tuple(finding(check, outcome) for check in checklist.checks)


def facts_of(findings: tuple[Finding, ...]) -> Facts:
    return Facts(
        findings={one.check: one for one in findings},
        phases=frozenset({"requirements", "estimation", "high_level", "deep_dive"}),
    )


def small(checklist: Checklist, *checks: tuple[str, int, float]) -> Checklist:
    """A checklist of estimation checks only: id, level, weight."""
    base = next(check for check in checklist.checks if check.dimension == "estimation")
    made = tuple(
        replace(base, id=name, level=level, weight=weight, kind="general") for name, level, weight in checks
    )
    return replace(checklist, checks=made)


def score(checklist: Checklist, outcomes: dict[str, Outcome]) -> tuple[int | None, float | None]:
    findings = tuple(finding(check, outcomes.get(check.id, "not_shown")) for check in checklist.checks)
    facts = Facts(findings={one.check: one for one in findings})
    one = compute(checklist, findings, seniority="senior", facts=facts).of("estimation")
    return one.level, one.score


def test_everything_met_is_a_strong_hire_at_level_4_everywhere(checklist: Checklist) -> None:
    findings = all_found(checklist, "met")
    result = compute(checklist, findings, seniority="senior", facts=facts_of(findings))
    assert result.verdict == "strong_hire"
    assert result.score == pytest.approx(4.0)
    assert {one.level for one in result.dimensions} == {4}


def test_nothing_shown_is_level_1_not_zero(checklist: Checklist) -> None:
    findings = all_found(checklist, "not_shown")
    result = compute(checklist, findings, seniority="senior", facts=facts_of(findings))
    assert result.verdict == "strong_no_hire"
    assert result.score == pytest.approx(1.0)


def test_unscored_is_not_a_score(checklist: Checklist) -> None:
    findings = all_found(checklist, "not_assessed")
    result = compute(checklist, findings, seniority="senior", facts=facts_of(findings))
    assert (result.score, result.verdict) == (None, None)
    assert all(one.score is None and not one.assessed for one in result.dimensions)
    assert demonstrated({"mid": result, "senior": result, "staff": result}) is None


def test_under_half_of_the_weight_gives_no_verdict(checklist: Checklist) -> None:
    findings = tuple(
        finding(check, "met" if check.dimension in ("requirements", "estimation") else "not_assessed")
        for check in checklist.checks
    )
    result = compute(checklist, findings, seniority="senior", facts=facts_of(findings))
    assert (result.score, result.verdict) == (None, None)
    assert result.of("requirements").score == pytest.approx(4.0)


def test_the_level_is_the_whole_part_of_the_score(checklist: Checklist) -> None:
    for outcome in ("met", "partly", "not_shown"):
        findings = all_found(checklist, outcome)
        for one in compute(checklist, findings, seniority="senior", facts=facts_of(findings)).dimensions:
            assert one.score is not None
            assert one.level == int(one.score + 1e-9)


def test_a_level_fills_by_the_weight_of_what_is_met(checklist: Checklist) -> None:
    checks = small(checklist, ("two", 2, 1.0), ("three-a", 3, 3.0), ("three-b", 3, 1.0), ("four", 4, 1.0))
    need = checks.rubric.needs_of("estimation", "senior").level_3 * 4.0
    level, points = score(checks, {"two": "met", "three-b": "met"})
    assert level == 2
    assert points == pytest.approx(2 + 1.0 / need)


def test_partly_counts_half(checklist: Checklist) -> None:
    checks = small(checklist, ("two", 2, 1.0), ("three", 3, 4.0))
    _, whole = score(checks, {"two": "met", "three": "met"})
    _, half = score(checks, {"two": "met", "three": "partly"})
    assert whole is not None
    assert half is not None
    assert half < whole


def test_credit_of_a_higher_level_fills_a_lower_one_first(checklist: Checklist) -> None:
    checks = small(checklist, ("two", 2, 1.0), ("three", 3, 1.0), ("four", 4, 1.0))
    level, points = score(checks, {"four": "met"})
    needs = checks.rubric.needs_of("estimation", "senior")
    assert level == 2
    assert points == pytest.approx(2 + (1 - needs.level_2) / needs.level_3)


def test_meeting_one_more_check_never_lowers_a_score(checklist: Checklist) -> None:
    outcomes: dict[str, Outcome] = {}
    last = 0.0
    for check in checklist.checks:
        outcomes[check.id] = "met"
        findings = tuple(finding(one, outcomes.get(one.id, "not_shown")) for one in checklist.checks)
        now = compute(checklist, findings, seniority="senior", facts=facts_of(findings)).score
        assert now is not None
        assert now >= last - 1e-9
        last = now


def test_what_could_not_be_assessed_drops_out_of_the_weights(checklist: Checklist) -> None:
    checks = small(checklist, ("two", 2, 1.0), ("three-a", 3, 1.0), ("three-b", 3, 1.0), ("four", 4, 1.0))
    _, counted = score(checks, {"two": "met", "three-a": "met", "four": "not_shown"})
    _, dropped = score(
        checks, {"two": "met", "three-a": "met", "three-b": "not_assessed", "four": "not_shown"}
    )
    assert counted is not None
    assert dropped is not None
    assert dropped >= counted


def test_a_gate_at_level_1_forbids_a_hire(checklist: Checklist) -> None:
    findings = tuple(
        finding(check, "not_shown" if check.dimension == "depth" else "met") for check in checklist.checks
    )
    result = compute(checklist, findings, seniority="senior", facts=facts_of(findings))
    assert result.verdict == "no_hire"
    assert "depth" in result.reason


def test_only_the_best_topics_count(checklist: Checklist) -> None:
    best = {dive.id for dive in checklist.problem.deep_dives[-2:]}
    findings = tuple(
        finding(check, "met" if check.topic in best or check.topic is None else "not_shown")
        for check in checklist.checks
    )
    counted = drop_other_topics(checklist, findings, opened=())
    result = compute(checklist, counted, seniority="senior", facts=facts_of(counted))
    assert result.of("depth").score == pytest.approx(4.0)
    assert {one.finding for one in counted if one.check.startswith("dive.")} == {"met", "not_assessed"}


def test_depth_is_scored_however_many_topics_a_problem_offers(checklist: Checklist) -> None:
    extra = [
        replace(check, id=f"{check.id}-{number}", topic=f"{check.topic}-{number}")
        for check in checklist.checks
        for number in range(3)
        if check.topic
    ]
    offered = replace(checklist, checks=(*checklist.checks, *extra))
    best = {dive.id for dive in checklist.problem.deep_dives[:2]}
    findings = tuple(
        finding(one, "met" if one.topic in best or one.topic is None else "not_assessed")
        for one in offered.checks
    )
    depth = compute(offered, findings, seniority="senior", facts=facts_of(findings)).of("depth")
    assert depth.score == pytest.approx(4.0)


def test_of_topics_nobody_showed_those_the_interviewer_opened_count(checklist: Checklist) -> None:
    opened = [dive.id for dive in checklist.problem.deep_dives[-2:]]
    counted = drop_other_topics(checklist, all_found(checklist, "not_shown"), opened=opened)
    asked = {
        one.check.split(".")[1]
        for one in counted
        if one.finding == "not_shown" and one.check.startswith("dive.")
    }
    assert asked == set(opened)


def test_a_cap_bounds_a_score_and_says_so(checklist: Checklist) -> None:
    findings = all_found(checklist, "met")
    facts = replace(facts_of(findings), caps=(("depth", 2.5, "two hints"),))
    depth = compute(checklist, findings, seniority="senior", facts=facts).of("depth")
    assert (depth.score, depth.level, depth.capped_by) == (2.5, 2, "two hints")


def test_a_cap_that_needs_a_missing_phase_is_not_applied(checklist: Checklist) -> None:
    caps = [cap for cap in checklist.rubric.caps if cap.needs_phase == "high_level"]
    assert caps, "the rubric has a cap that needs the high-level phase"
    findings = tuple(
        finding(check, "not_shown" if check.dimension == caps[0].dimension else "met")
        for check in checklist.checks
    )
    facts = replace(facts_of(findings), phases=frozenset())
    assert (
        compute(checklist, findings, seniority="senior", facts=facts).of(caps[0].dimension).capped_by is None
    )


def test_weights_change_with_seniority(checklist: Checklist) -> None:
    findings = tuple(
        finding(check, "met" if check.dimension in ("requirements", "architecture") else "partly")
        for check in checklist.checks
    )
    facts = facts_of(findings)
    mid = compute(checklist, findings, seniority="mid", facts=facts).score
    staff = compute(checklist, findings, seniority="staff", facts=facts).score
    assert mid is not None
    assert staff is not None
    assert mid > staff


def test_every_dimension_can_reach_level_4(checklist: Checklist) -> None:
    for name in DIMENSIONS:
        assert {check.level for check in checklist.checks if check.dimension == name} >= {2, 3, 4}, name
