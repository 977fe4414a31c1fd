"""Conditions a rubric states over findings: for caps and for the six classic mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from coach.content.rubric import When
from coach.judge.findings import Finding
from coach.terms import Dimension, Phase


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions may look at, besides the arithmetic. `caps` are bounds set outside the rubric."""

    findings: Mapping[str, Finding]
    mistakes: frozenset[str] = frozenset()
    over_building: bool = False
    only_named: bool = False
    wrong_numbers: bool = False
    slips: int = 0
    phases: frozenset[Phase] = frozenset()
    caps: tuple[tuple[Dimension, float, str], ...] = ()

    def matching(self, patterns: Sequence[str]) -> list[Finding]:
        """The assessed findings whose check id matches one of `patterns`."""
        return [
            finding
            for check, finding in self.findings.items()
            if finding.finding != "not_assessed" and any(fnmatchcase(check, pattern) for pattern in patterns)
        ]


def applies(when: When, facts: Facts) -> bool:
    """Whether every part of the condition holds. A part about checks nobody could assess does not hold."""
    parts = []
    if when.none_met:
        found = facts.matching(when.none_met)
        parts.append(bool(found) and all(one.credit == 0 for one in found))
    if when.none_met_in:
        within = [one for one in facts.matching(("*",)) if one.dimension in when.none_met_in]
        parts.append(bool(within) and all(one.credit == 0 for one in within))
    if when.none_fully_met:
        found = facts.matching(when.none_fully_met)
        parts.append(bool(found) and all(one.finding != "met" for one in found))
    if when.mistake:
        parts.append(any(one in facts.mistakes for one in when.mistake))
    if when.over_building:
        parts.append(facts.over_building)
    if when.only_named:
        parts.append(facts.only_named)
    if when.wrong_numbers:
        parts.append(facts.wrong_numbers)
    if when.slips:
        parts.append(facts.slips >= when.slips)
    return all(parts)
