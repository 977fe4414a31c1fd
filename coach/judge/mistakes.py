"""Mistakes made and machinery counted. Avoiding a mistake earns nothing; making one can cap a score."""

from coach.judge.port import MadeMistake
from coach.judge.reading import Reading

_DECLINED = (
    "left out|leave out|leaving out|out of scope|not needed|no need|not need|without|skip|not yet|instead of",
)


def find_mistakes(reading: Reading) -> tuple[MadeMistake, ...]:
    """The problem's own mistakes that a claim makes and nothing excuses."""
    found = []
    for mistake in reading.checklist.problem.mistakes:
        hit = reading.matcher.any(mistake.signals)
        if hit is None or reading.matcher.any(mistake.unless) is not None:
            continue
        quotes = reading.quote(hit)
        if quotes:
            found.append(MadeMistake(mistake.id, quotes[0].line, quotes[0].quote))
    return tuple(found)


def count_machinery(reading: Reading) -> int:
    """Distinct parts a design names: the problem's components and the rubric's kinds of machinery."""
    problem, rubric = reading.checklist.problem, reading.checklist.rubric
    parts = ["|".join(part.synonyms) for part in problem.components]
    known = {word for part in problem.components for word in part.synonyms}
    kinds = ["|".join(words) for words in rubric.machinery.values() if not known & set(words)]
    declined = {id(hit.passage) for pattern in _DECLINED for hit in reading.names.find(pattern)}
    return sum(
        any(id(hit.passage) not in declined for hit in reading.names.find(pattern))
        for pattern in (*parts, *kinds)
    )


def find_excess(reading: Reading) -> tuple[str, ...]:
    """Ids of the machinery this problem's numbers do not call for, where it is claimed and not excused."""
    return tuple(
        one.id
        for one in reading.checklist.problem.allowance.excess
        if reading.matcher.any(one.signals) is not None and reading.matcher.any(one.unless) is None
    )
