"""What breaks, waits or hangs loose on a board: each finding with its line and the reason in one sentence.

Everything here follows from the drawn graph and what the problem expects of it; nothing is a matter of taste.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from coach.board.graph import STORES, Arrow, Board, Box

Rule = Literal[
    "single-point", "orphan", "unreachable", "slow-write", "no-cache", "no-path", "unexplained", "too-many"
]
RULES: tuple[Rule, ...] = get_args(Rule)

_WRITES = re.compile(
    r"(?<![^\W_])(?:post|put|patch|delete|writ\w*|creat\w*|upload\w*|send\w*|publish\w*|submit\w*|insert\w*|updat\w*|sav\w*"
    r"|order\w*|book\w*|pay\w*|tweet|shorten\w*|comment\w*|like)(?![^\W_])",
    re.I,
)
_READS = re.compile(
    r"(?<![^\W_])(?:get|read\w*|fetch\w*|redirect\w*|view\w*|list\w*|search\w*|quer\w*|open\w*|load\w*|follow\w*|browse\w*"
    r"|watch\w*|feed|timeline|lookup|resolve\w*)(?![^\W_])",
    re.I,
)
_SLOW = re.compile(
    r"(?<![^\W_])(?:fan.?out\w*|transcod\w*|encod\w*|e?mails?|sms|push notif\w*|notif\w*|thumbnail\w*|resiz\w*|index(?:er|ing)"
    r"|analytics|crawl\w*|moderat\w*|virus|scan\w*|webhooks?|third.?part\w*|external|provider|train\w*|rank\w* model|report\w*"
    r"|export\w*|batch\w*)(?![^\W_])",
    re.I,
)
_LATER = re.compile(
    r"(?<![^\W_])(?:async\w*|later|event\w*|enqueue\w*|background|every|periodic\w*|nightly|cdc|stream\w*)(?![^\W_])",
    re.I,
)
_ENTRIES = frozenset({"client", "lb", "gateway", "cdn"})
_FEWEST_STEPS, _MOST_STEPS = 2, 0.6
"""Steps of a request, and the share of them, that must be boxes; not everything a request needs is one."""
_NAMED = 3
"""Boxes a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Way:
    """A request of the problem: for each step the boxes that would do."""

    name: str
    steps: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a problem expects of a board, and what was written about it elsewhere."""

    is_read_heavy: bool = False
    most_boxes: int | None = None
    ways: tuple[Way, ...] = ()
    explained: frozenset[str] | None = None
    """Boxes that notes, talk or a remark say something of; None when that is not known."""
    off: frozenset[str] = frozenset()
    """Rules that do not apply."""
    excused: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """`(rule, box) -> reason` for what is right in this problem."""


@dataclass(frozen=True, slots=True)
class Critique:
    """One finding."""

    rule: Rule
    line: int
    text: str
    boxes: tuple[str, ...] = ()
    """The ids it is about."""


def lint(board: Board, expected: Expected | None = None) -> tuple[Critique, ...]:
    """Everything found, by line. Boxes still being typed are left out."""
    return tuple(
        one
        for one in sorted(_Lint(board, expected or Expected()).findings(), key=lambda one: one.line)
        if not (
            expected
            and (one.rule in expected.off or any((one.rule, box) in expected.excused for box in one.boxes))
        )
    )


def followed(board: Board, ways: Iterable[Way]) -> frozenset[str]:
    """The names of the ways that are drawn by their own boxes."""
    drawn = _Lint(board, Expected())
    return frozenset(way.name for way in ways if drawn.is_drawn(way))


class _Lint:
    def __init__(self, board: Board, expected: Expected) -> None:
        self._board = board
        self._expected = expected
        self._boxes = {box.id: box for box in board.boxes if not box.is_typing}
        self._out: dict[str, list[tuple[str, Arrow]]] = {one: [] for one in self._boxes}
        self._called: set[str] = set()
        self._joined: set[str] = set()
        for source, target, arrow in board.hops:
            if source in self._boxes and target in self._boxes and source != target:
                self._out[source].append((target, arrow))
                self._called.add(target)
                self._joined |= {source, target}
        self._clients = [box.id for box in self._boxes.values() if box.kind == "client"]

    def findings(self) -> Iterator[Critique]:
        if not self._joined:
            return
        yield from self._single_points()
        yield from self._loose()
        yield from self._slow_writes()
        if self._expected.is_read_heavy:
            yield from self._uncached_reads()
        yield from self._missing_ways()
        yield from self._unexplained()
        yield from self._too_many()

    def _reach(self, starts: Iterable[str], *, without: str = "") -> set[str]:
        """Every box one can come to from `starts`, themselves included."""
        seen = {one for one in starts if one != without}
        stack = list(seen)
        while stack:
            for target, _ in self._out[stack.pop()]:
                if target not in seen and target != without:
                    seen.add(target)
                    stack.append(target)
        return seen

    @property
    def _starts(self) -> list[str]:
        """Where requests come from: clients; on a board without one, what nothing calls."""
        return self._clients or [
            one for one in self._boxes if one in self._joined and one not in self._called
        ]

    def _single_points(self) -> Iterator[Critique]:
        # What may be lost in this problem makes nothing else a single point either.
        stores = {
            one
            for one, box in self._boxes.items()
            if box.kind in STORES and ("single-point", one) not in self._expected.excused
        }
        held = self._reach(self._starts) & stores
        for one, box in self._boxes.items():
            if box.is_many or box.kind in ("client", "cdn", "blob") or one in self._starts:
                continue
            lost = held - self._reach(self._starts, without=one)
            if lost - {one}:
                names = self._names(sorted(lost - {one}, key=list(self._boxes).index))
                text = f"{box.name} is a single point of failure: without it {names} cannot be reached. Write x2 or more, or say what takes over."
            elif one in lost:
                text = f"{box.name} stands alone: when it is gone, so is what it holds. Write x2 or more, or draw its replica."
            else:
                continue
            yield Critique("single-point", box.line, text, (one,))

    def _loose(self) -> Iterator[Critique]:
        for one, box in self._boxes.items():
            if one not in self._joined:
                yield Critique(
                    "orphan",
                    box.line,
                    f"{box.name} is joined to nothing: draw who uses it, or leave it out.",
                    (one,),
                )
        if not self._clients:
            return
        # Workers start by themselves; of everything else that nothing calls only the first box is named.
        uncalled = [one for one in self._joined if one not in self._called and one not in self._clients]
        idle = sorted(
            (one for one in uncalled if self._boxes[one].kind != "worker"), key=list(self._boxes).index
        )
        reached = self._reach([*self._clients, *uncalled])
        circles = [one for one in self._boxes if one in self._joined and one not in reached]
        for one in [*idle, *circles[:1]]:
            box = self._boxes[one]
            yield Critique(
                "unreachable",
                box.line,
                f"Nothing a client does comes to {box.name}: draw the arrow that calls it.",
                (one,),
            )

    def _slow_writes(self) -> Iterator[Critique]:
        """Slow work that is done while a caller waits; once for each box."""
        found: set[str] = set()
        for source, target, arrow in self._board.hops:
            box = self._boxes.get(source)
            if (
                not box
                or box.kind not in _ENTRIES
                or target not in self._boxes
                or not _WRITES.search(arrow.label)
            ):
                continue
            for slow, by in self._waited_for(target):
                if slow.id not in found:
                    found.add(slow.id)
                    text = f"The caller of {arrow.label} waits while {slow.name} works: put a queue before it, or say why it may wait."
                    yield Critique("slow-write", by.line, text, (slow.id,))

    def _waited_for(self, start: str) -> Iterator[tuple[Box, Arrow]]:
        """Slow boxes a request meets before it meets a queue, with the arrow that leads there."""
        seen, stack = {start}, [start]
        while stack:
            for target, arrow in self._out[stack.pop()]:
                box = self._boxes[target]
                if target in seen or box.kind in ("queue", "client") or _LATER.search(arrow.label):
                    continue
                seen.add(target)
                is_slow = box.kind == "worker" or (
                    box.kind == "service" and (_SLOW.search(box.name) or _SLOW.search(arrow.label))
                )
                if is_slow:
                    yield box, arrow
                else:
                    stack.append(target)

    def _uncached_reads(self) -> Iterator[Critique]:
        """Reads of which none meets a cache or a CDN on its way to a store, or beside it."""
        marked = [
            (target, arrow)
            for source, target, arrow in self._board.hops
            if source in self._boxes
            and target in self._boxes
            and self._boxes[source].kind in _ENTRIES
            and _READS.search(arrow.label)
        ]
        if not marked and self._clients:
            first = next(iter(self._out[self._clients[0]]), None)
            marked = [(self._clients[0], first[1])] if first else []
        unmet = []
        for target, arrow in marked:
            before = {arrow.source} if self._boxes[arrow.source].kind == "cdn" else set()
            kinds = {self._boxes[one].kind for one in self._reach([target]) | before}
            if kinds & {"cache", "cdn"}:
                return
            if kinds & STORES:
                unmet.append((target, arrow))
        for target, arrow in unmet[:1]:
            what = arrow.label or "what the client asks for"
            text = f"Reads are most of the traffic, and {what} meets no cache or CDN before the store."
            yield Critique("no-cache", arrow.line, text, (target,))

    def _missing_ways(self) -> Iterator[Critique]:
        last = max((arrow.line for arrow in self._board.arrows), default=1)
        for way in self._expected.ways:
            if not self.is_drawn(way, substitute=True):
                yield Critique("no-path", last, f"No way is drawn for this request: {way.name}.")

    def is_drawn(self, way: Way, *, substitute: bool = False) -> bool:
        """Whether the first step that is drawn leads to all the others, and most are drawn.

        To `substitute`, any service stands for a first step that has no box of its own: one server may do it all.
        """
        steps = [step & self._boxes.keys() for step in way.steps]
        if substitute and not steps[0]:
            steps[0] = frozenset(one for one, box in self._boxes.items() if box.kind == "service")
        drawn = [step for step in steps if step]
        if len(drawn) < _FEWEST_STEPS or len(drawn) < len(steps) * _MOST_STEPS:
            return False
        ahead = self._reach(drawn[0])
        # What pulls is drawn against the flow.
        pulls = [one for one in self._boxes if any(target in ahead for target, _ in self._out[one])]
        ahead |= self._reach(one for one in pulls if self._boxes[one].kind == "worker")
        return all(step & ahead for step in drawn)

    def _unexplained(self) -> Iterator[Critique]:
        if self._expected.explained is None:
            return
        for one, box in self._boxes.items():
            if box.kind != "client" and one in self._joined and one not in self._expected.explained:
                yield Critique(
                    "unexplained",
                    box.line,
                    f"{box.name} is drawn but not explained: say in a sentence what it does.",
                    (one,),
                )

    def _too_many(self) -> Iterator[Critique]:
        most = self._expected.most_boxes
        counted = [box for box in self._boxes.values() if box.kind != "client"]
        if most is not None and len(counted) > most:
            text = (
                f"{len(counted)} parts are drawn; {most} are enough for the numbers here. Say which could go."
            )
            yield Critique("too-many", counted[most].line, text)

    def _names(self, ids: list[str]) -> str:
        names = [self._boxes[one].name for one in ids[:_NAMED]]
        if len(ids) > _NAMED:
            return f"{', '.join(names)} and {len(ids) - _NAMED} more"
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
