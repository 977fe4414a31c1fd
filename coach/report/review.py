"""Everything a reader of one scored answer sees, gathered once; every format draws from here."""

from dataclasses import dataclass
from pathlib import Path

from coach.content.problem import Fact, Problem
from coach.content.rubric import Rubric
from coach.judge.card import Card, CardLevel, Fix
from coach.judge.checklist import Check, Checklist
from coach.judge.findings import Finding
from coach.judge.tape import Coached
from coach.report.words import VERDICTS
from coach.session.phases import NAMES
from coach.session.state import State
from coach.session.transcript import Transcript
from coach.terms import DIMENSIONS, Dimension, Phase

TOP_FIXES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A check and what the judge found."""

    check: Check
    finding: Finding


@dataclass(frozen=True, slots=True)
class DimensionView:
    """One dimension as shown: numbers, the anchor its level stands for, and its findings."""

    dimension: Dimension
    name: str
    level: int | None
    score: float | None
    weight: float
    anchor: str
    arithmetic: str
    capped_by: str | None
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class PhaseView:
    """Planned against used minutes of one phase."""

    phase: Phase
    name: str
    planned_min: float
    used_min: float
    over_min: float


@dataclass(frozen=True, slots=True)
class Review:
    """A scored answer with everything around it."""

    card: Card
    checklist: Checklist
    transcript: Transcript
    state: State | None = None
    """The interview itself; None for a written answer."""
    kept_in: Path | None = None
    """The judging this scorecard is kept in; None where none is kept."""
    coaching: Coached | None = None
    """What a model said about it afterwards."""

    @property
    def problem(self) -> Problem:
        return self.checklist.problem

    @property
    def rubric(self) -> Rubric:
        return self.checklist.rubric

    @property
    def headline(self) -> str:
        """The verdict in one line, or why there is none."""
        card = self.card
        if card.verdict is None or card.score is None:
            return "Not scored"
        shown = {"below_mid": "below mid"}.get(card.level_demonstrated or "", card.level_demonstrated or "")
        return f"{VERDICTS[card.verdict]}   score {card.score:.2f} of 4   level demonstrated: {shown}"

    @property
    def judge_line(self) -> str:
        """Who judged, and how far that can be trusted."""
        info = self.card.judge
        trust = "calibrated" if info.calibrated else "NOT CALIBRATED" if info.account else "not calibrated"
        return f"{info.name} ({trust}), rubric {self.rubric.id} {info.versions.rubric}, problem {info.versions.problem}"

    @property
    def account_line(self) -> str:
        """What a model's judging took and rested on; empty for the offline judge."""
        one = self.card.judge.account
        if one is None:
            return ""
        calls = "1 call" if one.calls == 1 else f"{one.calls} calls"
        tokens = f"{one.prompt_tokens:,} tokens read, {one.answer_tokens:,} written"
        parts = [f"{one.model} at {one.host}", calls, tokens if one.is_usage_known else "tokens not counted"]
        parts += [f"{one.seconds:.0f} s", f"{one.held} of {one.quotes} quotes held"]
        return ", ".join(parts) + (f", cost {one.cost:.4f}" if one.cost is not None else "")

    def dimensions(self) -> tuple[DimensionView, ...]:
        """The eight dimensions in order."""
        return tuple(self._dimension(name) for name in DIMENSIONS if name in self.card.dimensions)

    def top_fixes(self) -> tuple[Fix, ...]:
        """The fixes that move the score most."""
        return self.card.fixes[:TOP_FIXES]

    def phases(self) -> tuple[PhaseView, ...]:
        """Planned against used minutes; empty where no clock ran."""
        return tuple(
            PhaseView(
                one.phase,
                NAMES[one.phase],
                one.planned_s / 60,
                one.used_s(one.left_s if one.left_s is not None else one.entered_s) / 60,
                max(0.0, one.used_s(one.left_s if one.left_s is not None else one.entered_s) - one.budget_s)
                / 60,
            )
            for one in self.transcript.times
        )

    def facts(self) -> tuple[tuple[Fact, str], ...]:
        """Every hidden fact and how it came out: found, given, assumed or missed."""
        outcomes = {one.check: one.finding for one in self.card.findings}

        def how(fact: Fact) -> str:
            given = self.transcript.facts.get(fact.id)
            if given is not None:
                return "found" if given == "asked" else "given"
            return {"met": "found", "partly": "assumed"}.get(
                outcomes.get(f"fact.{fact.id}", "not_shown"), "missed"
            )

        return tuple((fact, how(fact)) for fact in self.problem.facts)

    def _dimension(self, name: Dimension) -> DimensionView:
        one, rule = self.card.dimensions[name], self.rubric.dimensions[name]
        sums = self.card.arithmetic.get(name)
        return DimensionView(
            dimension=name,
            name=rule.name,
            level=one.level,
            score=one.score,
            weight=one.weight,
            anchor=rule.anchors.of(one.level) if one.level is not None else "",
            arithmetic="" if sums is None else _sum(sums.shares),
            capped_by=None if sums is None else sums.capped_by,
            judged=tuple(
                Judged(self.checklist.by_id[finding.check], finding)
                for finding in self.card.findings
                if finding.dimension == name and finding.check in self.checklist.by_id
            ),
        )


def _sum(shares: tuple[CardLevel, ...]) -> str:
    """`1 + 1 + 0.8 + 0 = 2.80`: what each level adds, before caps."""
    parts = " + ".join(["1", *(f"{share.filled:.2g}" for share in shares)])
    return f"{parts} = {1 + sum(share.filled for share in shares):.2f}"
