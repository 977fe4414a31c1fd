"""Parts of a design and the paths through them, read from prose and arrow lines; lists of names show nothing."""

from collections.abc import Sequence

from coach.content.problem import Component, Problem
from coach.judge.findings import Evidence, Outcome
from coach.judge.reading import Reading
from coach.terms import Phase
from coach.text.match import Hit
from coach.text.passages import Passage

Decided = tuple[Outcome, str | None, tuple[Evidence, ...]]
_FOLLOWING = 6
"""Passages after the one that names a request in which its path may go on."""
_DESIGN: tuple[Phase | None, ...] = ("high_level", "deep_dive", None)


class PartReader:
    """Looks components and requests up in one text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        problem = reading.checklist.problem
        self._components = {part.id: part for part in problem.components}
        self._requests = {request.id: request for request in problem.requests}
        self._places = {part.id: self._named_in(part) for part in problem.components}

    def component(self, name: str) -> Decided:
        """Met when a passage names the part and says what it does; partly when it is only named."""
        part = self._components[name]
        synonyms = "|".join(part.synonyms)
        for does in part.does or ("",):
            pattern = f"{synonyms} & {does}" if does else synonyms
            for hit in self._reading.matcher.find(pattern):
                return "met", None, self._reading.quote(hit)
        named = next(self._reading.matcher.find(synonyms), None)
        if named is None:
            drawn = self._reading.drawn.shows(name)
            return ("partly", "drawn, but not explained", drawn) if drawn else ("not_shown", None, ())
        return "partly", "named, but not what it does", self._reading.quote(named)

    def request(self, name: str) -> Decided:
        """Met when most parts of the path stand where the request is told; partly from half of them."""
        request = self._requests[name]
        best: tuple[float, Sequence[Passage]] = (0.0, ())
        for cue in request.cues:
            for hit in self._reading.matcher.find(cue):
                told = self._told_from(hit)
                share = sum(self._passes(step, told) for step in request.path) / len(request.path)
                if share > best[0]:
                    best = (share, told)
        evidence = tuple(one for passage in best[1][:3] for one in self._reading.quote(passage)[:1])
        drawn = self._reading.drawn.leads(name)
        if best[0] >= 0.75 or (best[0] >= 0.5 and drawn):
            return "met", None, (*evidence, *drawn[: 1 if best[0] < 0.75 else 0])
        missing = [
            self._components[step.split("|")[0]].name
            for step in request.path
            if not self._passes(step, best[1])
        ]
        if best[0] >= 0.5:
            return "partly", f"the path does not show: {', '.join(missing)}", evidence
        return ("partly", "drawn, but not told", drawn) if drawn else ("not_shown", None, ())

    def _told_from(self, hit: Hit) -> Sequence[Passage]:
        """The passages in which a request is told: from the one that names it, within its phase."""
        rows = self._reading.matcher.passages
        at = next(number for number, one in enumerate(rows) if one is hit.passage)
        phase = self._reading.phase_of(hit.passage)
        if phase not in _DESIGN:
            return ()
        return [one for one in rows[at : at + _FOLLOWING + 1] if self._reading.phase_of(one) == phase]

    def _passes(self, step: str, told: Sequence[Passage]) -> bool:
        wanted = {id(one) for one in told}
        return any(self._places[name] & wanted for name in step.split("|"))

    def _named_in(self, part: Component) -> set[int]:
        return {id(hit.passage) for hit in self._reading.matcher.find("|".join(part.synonyms))}


def must_haves(problem: Problem) -> tuple[Component, ...]:
    """The load-bearing parts."""
    return tuple(part for part in problem.components if part.must)
