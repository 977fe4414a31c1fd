"""One judging from start to end: decide, verify, compute, rank what would help most."""

from collections.abc import Sequence
from dataclasses import replace

from coach.content.rubric import ClassicMistake
from coach.errors import JudgeFailed
from coach.judge.card import Arithmetic, Card, CardDimension, CardMistake, Fix, Hashes, JudgeInfo, Versions
from coach.judge.checklist import Checklist
from coach.judge.conditions import Facts, applies
from coach.judge.evidence import is_verified
from coach.judge.findings import Caution, Evidence, Finding
from coach.judge.port import Judge, Verdicts
from coach.judge.scorecard import Result, compute, demonstrated, drop_other_topics
from coach.session.transcript import Transcript
from coach.terms import SENIORITIES, Dimension, Phase, Seniority

FAR_APART = 1.0
"""Points of score between two judges from which the reader is told."""
_HINTED: dict[str, Dimension] = {
    "requirements": "requirements",
    "estimation": "estimation",
    "high_level": "architecture",
}


def judge(
    judge_: Judge,
    checklist: Checklist,
    transcript: Transcript,
    *,
    seniority: Seniority,
    cautions: Sequence[Caution] = (),
    estimate: float | None = None,
) -> Card:
    """The scorecard of `transcript`. `JudgeFailed` when the judge left checks undecided.

    `estimate` is what the offline judge gives the same text: a large difference is worth a look.
    """
    verdicts = judge_.decide(checklist, transcript)
    decided = {finding.check for finding in verdicts.findings}
    missing = [check.id for check in checklist.checks if check.id not in decided]
    if missing:
        raise JudgeFailed(
            "The judge did not finish", f"{len(missing)} checks have no finding, {missing[0]} among them."
        )
    verified = tuple(_verified(one, transcript) for one in verdicts.findings)
    findings = drop_other_topics(checklist, verified, transcript.topics)
    facts = _facts(checklist, transcript, verdicts, findings)
    results = {one: compute(checklist, findings, seniority=one, facts=facts) for one in SENIORITIES}
    result = results[seniority]
    notes = [*cautions, *verdicts.cautions]
    if result.score is not None and estimate is not None and abs(result.score - estimate) >= FAR_APART:
        notes.append(_apart(result.score, estimate))
    if result.score is None:
        notes.append(Caution(code="too_little_assessed", text=result.reason))
    return Card(
        problem=checklist.problem.id,
        seniority=seniority,
        judge=_info(judge_, checklist, verdicts),
        verdict=result.verdict,
        level_demonstrated=demonstrated(results),
        score=_rounded(result.score),
        reason=result.reason,
        dimensions={one.dimension: CardDimension.of(one) for one in result.dimensions},
        arithmetic={one.dimension: Arithmetic.of(one) for one in result.dimensions if one.assessed},
        findings=findings,
        fixes=rank_fixes(checklist, findings, result, facts=facts),
        mistakes=_mistakes(checklist, verdicts, facts),
        warnings=tuple(notes),
        estimates=verdicts.estimates,
        board=verdicts.board,
    )


def _info(judge_: Judge, checklist: Checklist, verdicts: Verdicts) -> JudgeInfo:
    return JudgeInfo(
        kind=judge_.name.kind,
        name=judge_.name.name,
        versions=Versions(
            rubric=checklist.rubric.version,
            problem=checklist.problem.version,
            prompts=None if verdicts.account is None else verdicts.account.templates,
        ),
        calibrated=judge_.name.calibrated,
        hashes=Hashes.of(checklist.rubric, checklist.problem),
        account=verdicts.account,
    )


def rank_fixes(
    checklist: Checklist, findings: Sequence[Finding], result: Result, *, facts: Facts
) -> tuple[Fix, ...]:
    """Checks not fully met, by how much the whole score rises when that check alone is met."""
    if result.score is None:
        return ()
    fixes = []
    for at, finding in enumerate(findings):
        if finding.finding not in ("partly", "not_shown"):
            continue
        better = finding.model_copy(update={"finding": "met"})
        changed = (*findings[:at], better, *findings[at + 1 :])
        supposed = replace(facts, findings={**facts.findings, finding.check: better})
        score = compute(checklist, changed, seniority=result.seniority, facts=supposed).score
        gain = round((score or 0.0) - result.score, 2)
        if gain > 0:
            fixes.append(Fix(check=finding.check, dimension=finding.dimension, gain=gain, text=finding.tip))
    return tuple(sorted(fixes, key=lambda fix: (-fix.gain, fix.check)))


def _verified(finding: Finding, transcript: Transcript) -> Finding:
    """`finding` with the evidence that holds; a credited check whose quotes all fail earns nothing."""
    held = tuple(one for one in finding.evidence if is_verified(one, transcript))
    if held == finding.evidence:
        return finding
    if held or finding.credit == 0:
        return finding.model_copy(update={"evidence": held})
    return finding.model_copy(update={"finding": "not_shown", "why": "evidence rejected", "evidence": ()})


def _facts(
    checklist: Checklist, transcript: Transcript, verdicts: Verdicts, findings: Sequence[Finding]
) -> Facts:
    allowance = checklist.problem.allowance
    parts = [one for one in findings if one.check.startswith("component.")]
    named, explained = (
        sum(one.finding == "partly" for one in parts),
        sum(one.finding == "met" for one in parts),
    )
    phases: set[Phase] = {
        one.phase for one in transcript.lines if one.speaker == "candidate" and one.phase is not None
    }
    made = {one.mistake for one in verdicts.made}
    classics = {one.classic for one in checklist.problem.mistakes if one.id in made and one.classic}
    known = Facts(
        findings={one.check: one for one in findings},
        mistakes=frozenset(made | classics),
        over_building=len(verdicts.excess) > allowance.spare
        or len(verdicts.machinery) > allowance.components,
        only_named=(named >= 2 and named > explained) or verdicts.unexplained > verdicts.drawn / 2,
        wrong_numbers=_are_mostly_wrong([one for one in findings if one.check.startswith("number.")]),
        slips=verdicts.slips,
        phases=frozenset(phases),
        caps=(*_mistake_caps(checklist, made), *_hint_caps(checklist, transcript)),
    )
    general = {one.id for one in checklist.rubric.mistakes if applies(one.when, known)}
    return replace(known, mistakes=known.mistakes | general)


def _are_mostly_wrong(numbers: Sequence[Finding]) -> bool:
    """Whether at least half of the numbers that were stated are off; one slip is no pattern."""
    right = sum(one.finding == "met" for one in numbers)
    wrong = sum(one.finding == "not_shown" and bool(one.evidence) for one in numbers)
    return wrong >= 2 and wrong >= right


def _mistake_caps(checklist: Checklist, made: set[str]) -> list[tuple[Dimension, float, str]]:
    return [
        (one.dimension, one.cap, f"Mistake: {one.text}")
        for one in checklist.problem.mistakes
        if one.id in made and one.cap is not None
    ]


def _hint_caps(checklist: Checklist, transcript: Transcript) -> list[tuple[Dimension, float, str]]:
    cost = checklist.rubric.hint_cost
    return [
        (
            _HINTED.get(item, "depth"),
            cost.one if rung == 1 else cost.two,
            f"{rung} hint{'s' * (rung > 1)} taken on {item}",
        )
        for item, rung in transcript.hints.items()
    ]


def _mistakes(checklist: Checklist, verdicts: Verdicts, facts: Facts) -> tuple[CardMistake, ...]:
    """The six classic ones, each made or avoided, then the problem's own that were made."""
    shown = {one.mistake: Evidence(line=one.line, quote=one.quote) for one in verdicts.made}
    own = {one.id: one for one in checklist.problem.mistakes}
    found = [
        CardMistake(
            mistake=classic.id,
            name=classic.name,
            made=classic.id in facts.mistakes,
            evidence=tuple(quote for name, quote in shown.items() if own[name].classic == classic.id)
            or (_excess(verdicts) if classic.id == "over_engineering" else ()),
            tip=_tip(checklist, verdicts, classic),
        )
        for classic in checklist.rubric.mistakes
    ]
    found += [
        CardMistake(mistake=name, name=own[name].text, made=True, evidence=(quote,), tip=own[name].tip)
        for name, quote in shown.items()
    ]
    return tuple(found)


def _excess(verdicts: Verdicts) -> tuple[Evidence, ...]:
    return tuple(Evidence(line=one.line, quote=one.quote) for one in verdicts.excess)


def _tip(checklist: Checklist, verdicts: Verdicts, classic: ClassicMistake) -> str:
    """The mistake's tip; for too many parts also which ones were counted."""
    allowed = checklist.problem.allowance.components
    if classic.id != "over_engineering" or len(verdicts.machinery) <= allowed:
        return classic.tip
    return f"{classic.tip} Counted {len(verdicts.machinery)} parts, {allowed} are fine: {', '.join(verdicts.machinery)}."


def _apart(score: float, estimate: float) -> Caution:
    return Caution(
        code="judges_differ",
        text=f"The offline estimate of the same text is {estimate:.2f}, far from {score:.2f}: read the evidence before "
        "you trust either.",
    )


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 2)
