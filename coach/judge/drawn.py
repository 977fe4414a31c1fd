"""What a candidate drew: on the board, or as arrows in notes and write-ups; and what the problem expects of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from coach.board.found import board_of, diagram_in
from coach.board.lint import RULES, Critique, Expected, Way, followed, lint
from coach.judge.findings import BoardFinding, Evidence
from coach.session.commands import NOTES_OF
from coach.text.match import Matcher
from coach.text.passages import Line, passages
from coach.text.words import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from coach.board.graph import Board, Box
    from coach.content.problem import Problem
    from coach.judge.reading import Reading
    from coach.session.state import State
    from coach.session.transcript import Transcript

FEWEST_ARROWS = 2
"""A board with fewer is no drawing yet; then arrows in the notes are looked at."""
_REMARK = 3
"""Words behind a name and a colon that explain it."""
_EXPLAINED_SHARE = 1 / 3
"""Share of the boxes that must be explained before drawing alone shows anything."""
_ALSO = {
    "lb": "load balancer", "db": "database|store|table", "database": "db|store|table", "gw": "gateway", "cdn": "edge",
    "api": "server|service|endpoint", "servers": "service|server", "server": "service|api", "service": "server|api",
    "workers": "worker|consumer|job", "worker": "consumer|job", "queue": "log|stream|topic", "cache": "memory|cached",
}  # fmt: skip


def expected(
    problem: Problem,
    board: Board,
    claims: Matcher | None,
    *,
    has_ways: bool = True,
    names: Names | None = None,
) -> Expected:
    """What `problem` expects of `board`, given what was claimed elsewhere; without `claims` nothing is said of that."""
    names = names or Names(problem)
    parts = names.parts(board)
    ways = [
        Way(
            request.name,
            tuple(frozenset().union(*(parts[name] for name in step.split("|"))) for step in request.path),
        )
        for request in problem.requests
    ]
    return Expected(
        is_read_heavy=problem.board.read_heavy,
        most_boxes=problem.allowance.components,
        ways=tuple(ways) if has_ways else (),
        explained=None if claims is None else _explained(problem, board, parts, claims),
        off=frozenset(problem.board.off),
        excused=names.excused(board),
    )


def boxes_of(problem: Problem, board: Board) -> dict[str, frozenset[str]]:
    """The boxes that stand for each of the problem's components, by their names."""
    return Names(problem).parts(board)


class Names:
    """What the names of boxes stand for in one problem. Each name is looked up once: while one draws, few are new."""

    def __init__(self, problem: Problem) -> None:
        self._patterns = {part.id: "|".join(part.synonyms) for part in problem.components}
        self._excuses = [(one.rule, "|".join(one.names), one.because) for one in problem.board.excused]
        self._known: dict[str, tuple[frozenset[str], tuple[tuple[str, str], ...]]] = {}

    def parts(self, board: Board) -> dict[str, frozenset[str]]:
        """For each component the ids of its boxes."""
        stands = {box.id: self._read(box.name)[0] for box in board.boxes}
        return {
            part: frozenset(box for box, parts in stands.items() if part in parts) for part in self._patterns
        }

    def excused(self, board: Board) -> dict[tuple[str, str], str]:
        """`(rule, box) -> reason` for what is right in this problem."""
        return {(rule, box.id): because for box in board.boxes for rule, because in self._read(box.name)[1]}

    def _read(self, name: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
        if name not in self._known:
            matcher = Matcher(passages([Line(1, name, stands_alone=True)]), allow_denied=True)
            parts = frozenset(
                part for part, pattern in self._patterns.items() if next(matcher.find(pattern), None)
            )
            excuses = tuple(
                (rule, because)
                for rule, pattern, because in self._excuses
                if next(matcher.find(pattern), None)
            )
            self._known[name] = (parts, excuses)
        return self._known[name]


def _explained(
    problem: Problem, board: Board, parts: Mapping[str, frozenset[str]], claims: Matcher
) -> frozenset[str]:
    """Boxes that a claim speaks of, under their own name or as the component they are."""
    said = {part.id for part in problem.components if next(claims.find("|".join(part.synonyms)), None)}
    found = {box for name in said for box in parts[name]}
    for box in board.boxes:
        if len(box.remark.split()) >= _REMARK or _is_said(box, claims):
            found.add(box.id)
    return frozenset(found)


def _is_said(box: Box, claims: Matcher) -> bool:
    words = [word for word in plain_words(box.name) if word[0].isalpha()][:4]
    if not words:
        return True
    pattern = " & ".join(f"{word}|{_ALSO[word]}" if word in _ALSO else word for word in words)
    return next(claims.find(pattern), None) is not None


def critique(board: Board, problem: Problem | None = None) -> tuple[BoardFinding, ...]:
    """What a board by itself shows, with what `problem` expects of it; lines are the board's own."""
    wants = Expected() if problem is None else expected(problem, board, None)
    found = [
        BoardFinding(line=one.line, rule=one.rule, text=one.text, excused=None) for one in lint(board, wants)
    ]
    return (*found, *_excused(board, wants, lambda line: line))


def _excused(board: Board, wants: Expected, number: Callable[[int], int]) -> Iterable[BoardFinding]:
    """What would be found if the problem did not say why it is right."""
    plain = {(one.rule, box) for one in lint(board, replace(wants, excused={})) for box in one.boxes}
    for box in board.boxes:
        for rule in RULES:
            because = wants.excused.get((rule, box.id))
            if because and (rule, box.id) in plain:
                yield BoardFinding(line=number(box.line), rule=rule, text=box.name, excused=because)


def board_in(transcript: Transcript) -> tuple[Board, tuple[int, ...]]:
    """The candidate's board and the transcript line behind each of its lines; else the arrows in what she wrote."""
    lines = [line for line in transcript.lines if line.speaker == "candidate"]
    board, numbers = board_of((line.number, line.text) for line in lines if line.source == "board")
    if len(board.arrows) >= FEWEST_ARROWS:
        return board, numbers
    written = ((line.number, line.text) for line in lines if line.source in ("notes", "file"))
    elsewhere = board_of(diagram_in(written))
    return elsewhere if len(elsewhere[0].arrows) >= FEWEST_ARROWS else (board, numbers)


class Expectations:
    """What a problem expects of a board while the interview goes on: what notes and talk say is read when they change."""

    def __init__(self, problem: Problem, state: Callable[[], State]) -> None:
        self._problem = problem
        self._names = Names(problem)
        self._state = state
        self._read: tuple[str, ...] = ()
        self._claims = Matcher(())

    def __call__(self, board: Board) -> Expected:
        """For `board`. The ways of requests are told only when their phase is over: their names give parts away."""
        state = self._state()
        texts = (
            *(state.docs.get(doc, "") for doc in NOTES_OF.values()),
            *(turn.text for turn in state.turns if turn.speaker == "candidate"),
        )
        if texts != self._read:
            self._read = texts
            lines = [line for text in texts for line in text.split("\n")]
            self._claims = Matcher(
                [one for one in passages(Line(at, line) for at, line in enumerate(lines, 1)) if one.is_claim]
            )
        is_late = state.phase == "deep_dive"
        return expected(
            self._problem, board, self._claims if is_late else None, has_ways=is_late, names=self._names
        )


@dataclass(frozen=True)
class Drawn:
    """The drawing of one reading."""

    reading: Reading

    @cached_property
    def _read(self) -> tuple[Board, tuple[int, ...]]:
        return board_in(self.reading.transcript)

    @property
    def board(self) -> Board:
        return self._read[0]

    def line(self, number: int) -> int:
        """The transcript line behind a line of the board."""
        numbers = self._read[1]
        return numbers[min(max(number, 1), len(numbers)) - 1]

    @cached_property
    def expected(self) -> Expected:
        return expected(self.reading.checklist.problem, self.board, self.reading.matcher)

    @cached_property
    def critiques(self) -> tuple[Critique, ...]:
        """What breaks, waits or hangs loose; nothing where nothing is drawn."""
        return lint(self.board, self.expected) if len(self.board.arrows) >= FEWEST_ARROWS else ()

    def findings(self) -> tuple[BoardFinding, ...]:
        """The critiques with the lines they point at, and what is right in this problem although it looks wrong."""
        found = [
            BoardFinding(line=self.line(one.line), rule=one.rule, text=one.text, excused=None)
            for one in self.critiques
        ]
        return (*found, *_excused(self.board, self.expected, self.line))

    @cached_property
    def is_drawing(self) -> bool:
        """Whether there is a drawing that is explained enough for its boxes to count."""
        boxes = [box for box in self.board.boxes if box.kind != "client"]
        explained = self.expected.explained or frozenset()
        return (
            len(self.board.arrows) >= FEWEST_ARROWS
            and sum(box.id in explained for box in boxes) >= len(boxes) * _EXPLAINED_SHARE
        )

    @property
    def unexplained(self) -> int:
        """How many boxes nothing is said of."""
        return sum(one.rule == "unexplained" for one in self.critiques)

    def shows(self, component: str) -> tuple[Evidence, ...]:
        """The line that draws a component, joined to something; nothing where it is not drawn."""
        if not self.is_drawing:
            return ()
        joined = {end for arrow in self.board.arrows for end in (arrow.source, arrow.target)}
        ids = self._parts[component] & joined
        return next((self._quote(box.line) for box in self.board.boxes if box.id in ids), ())

    def leads(self, request: str) -> tuple[Evidence, ...]:
        """Lines that draw the way of a request; nothing where it cannot be followed."""
        if not self.is_drawing:
            return ()
        name = next(one.name for one in self.reading.checklist.problem.requests if one.id == request)
        if name not in self._followed:
            return ()
        way = next(one for one in self.expected.ways if one.name == name)
        on_way = frozenset().union(*way.steps)
        lines = [arrow.line for arrow in self.board.arrows if {arrow.source, arrow.target} & on_way]
        return tuple(one for line in dict.fromkeys(lines[:2]) for one in self._quote(line))

    @cached_property
    def _followed(self) -> frozenset[str]:
        return followed(self.board, self.expected.ways)

    @cached_property
    def _parts(self) -> dict[str, frozenset[str]]:
        return boxes_of(self.reading.checklist.problem, self.board)

    def _quote(self, line: int) -> tuple[Evidence, ...]:
        found = self.reading.transcript.line(self.line(line))
        return (Evidence(line=found.number, quote=found.text.strip()[:160]),) if found else ()
