"""The six classic mistakes with the lines that show them: what made one, or what avoided it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from coach.content.rubric import When
from coach.judge.card import CardMistake
from coach.judge.findings import Evidence, Finding
from coach.report.review import Review

LINES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class MistakeView:
    """One mistake as shown. `lines` made it when it was made, and otherwise speak against it; there may be none."""

    mistake: CardMistake
    text: str
    lines: tuple[Evidence, ...]


def classic_mistakes(review: Review) -> tuple[MistakeView, ...]:
    """The six, in the rubric's order."""
    rules = {one.id: one for one in review.rubric.mistakes}
    found = []
    for mistake in review.card.mistakes:
        rule = next((rule for name, rule in rules.items() if name == mistake.mistake), None)
        if rule is not None:
            lines = mistake.evidence if mistake.made else tuple(_against(review, rule.when))[:LINES_SHOWN]
            found.append(MistakeView(mistake, rule.text, lines))
    return tuple(found)


def own_mistakes(review: Review) -> tuple[MistakeView, ...]:
    """Mistakes people make on this problem that were made here."""
    classic = {str(one.id) for one in review.rubric.mistakes}
    return tuple(
        MistakeView(one, one.name, one.evidence)
        for one in review.card.mistakes
        if one.made and one.mistake not in classic
    )


def _against(review: Review, when: When) -> Iterator[Evidence]:
    """One line for each finding whose absence would have made the mistake, the fully met ones first."""
    seen: set[int] = set()
    for finding in sorted(review.card.findings, key=lambda one: -one.credit):
        quote = next(iter(finding.evidence), None)
        if quote is not None and quote.line not in seen and _speaks_against(finding, when):
            seen.add(quote.line)
            yield quote


def _speaks_against(finding: Finding, when: When) -> bool:
    def is_among(patterns: tuple[str, ...]) -> bool:
        return any(fnmatchcase(finding.check, pattern) for pattern in patterns)

    is_shown = finding.credit > 0 and (is_among(when.none_met) or finding.dimension in when.none_met_in)
    return is_shown or (finding.finding == "met" and is_among(when.none_fully_met))
