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


def name_machinery(reading: Reading) -> tuple[str, ...]:
    """Names of the distinct parts a design has: the problem's components and the rubric's kinds of machinery.

    Parts that are only mentioned where something is left out do not count.
    """
    problem, rubric = reading.checklist.problem, reading.checklist.rubric
    known = {word for part in problem.components for word in part.synonyms}
    parts = {part.name: part.synonyms for part in problem.components}
    parts |= {kind: words for kind, words in rubric.machinery.items() if not known & set(words)}
    declined = {id(hit.passage) for pattern in _DECLINED for hit in reading.names.find(pattern)}
    return tuple(
        name.replace("-", " ")
        for name, words in parts.items()
        if any(id(hit.passage) not in declined for hit in reading.names.find("|".join(words)))
    )


def find_excess(reading: Reading) -> tuple[MadeMistake, ...]:
    """The machinery this problem's numbers do not call for, where it is claimed and not excused."""
    found = []
    for one in reading.checklist.problem.allowance.excess:
        hit = reading.matcher.any(one.signals)
        if hit is not None and reading.matcher.any(one.unless) is None:
            found += [MadeMistake(one.id, quote.line, quote.quote) for quote in reading.quote(hit)[:1]]
    return tuple(found)
