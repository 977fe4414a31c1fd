"""What of a transcript may count as the candidate's own claims, and what the reader must be warned of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coach.content.problem import Problem
from coach.content.rubric import Rubric
from coach.judge.checklist import Checklist
from coach.judge.findings import Evidence
from coach.session.transcript import Transcript, TranscriptLine
from coach.terms import Phase
from coach.text.match import Hit, Matcher
from coach.text.passages import Line, Passage, passages
from coach.text.words import LINKS, Token, tokens

if TYPE_CHECKING:
    from coach.judge.drawn import Drawn
    from coach.judge.estimates import Estimates

_SHINGLE, _ECHO_SHARE = 4, 0.6
_SIGNS = frozenset("x b kb mb gb tb pb k m g t s ms h d bit bits byte bytes qps rps".split())
"""Letters of a calculation, which are no words: `1.22B x 500 B = 610 GB a day`."""
_SHORT_SHINGLE, _SHORT = 3, 7
"""A passage of fewer than `_SHORT` words is an echo only when all of it is."""
_LONGEST_QUOTE = 160

_TO_THE_JUDGE = (
    "ignore|disregard|forget & instruction|instructions|previous|above|rubric|prompt",
    "judge|evaluator|assessor & score|award|give|mark|rate|note|attention|must|please",
    "award|give|grant|assign|deserves|mark & full marks|full credit|level 4|strong hire|4 out|highest score|top score|maximum score|perfect score",
    "all checks|every check|all criteria|every criterion|all findings & met|passed|satisfied|fulfilled",
    "system prompt|system message|new instructions|you are now|act as",
    "verdict & strong hire|strong_hire",
)
_TO_THE_JUDGE_EXACTLY = (
    "grader|scorer|reviewer & score|award|give|mark|rate|note|attention|must|please|grade",
)
"""Without typos: a `grader` is no `grade` of service, a `scorer` no `score` of a post."""
_MARKERS = (
    "<|im_start|>",
    "<|im_end|>",
    "[inst]",
    "[/inst]",
    "</s>",
    "<system>",
    "</transcript>",
    "<transcript",
    '"finding"',
    '"verdict"',
)
_FOREIGN = (
    frozenset(
        """el los las una unos que por para con del como está der die das und nicht mit ein eine ist werden auf für le les
    des une est pas dans avec qui sur pour il gli che di per non è são uma não com os de het een van niet voor""".split()
    )
    - LINKS
)
_FEWEST_LANGUAGE_WORDS = 25


@dataclass(frozen=True)
class Reading:
    """One transcript, taken apart once. `claims` are statements of the candidate's own making."""

    transcript: Transcript
    checklist: Checklist

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        """Everything the candidate wrote or said, questions and lists included."""
        return tuple(
            passages(
                Line(line.number, line.text, line.source in ("talk", "board", "sheet"))
                for line in self._own_lines
            )
        )

    @cached_property
    def claims(self) -> tuple[Passage, ...]:
        """Statements: no questions, lists, echoes, repetitions or words to the judge."""
        left_out = {id(one) for one in (*self.echoes, *self.tampering)}
        seen: set[tuple[str, ...]] = set()
        kept = []
        for passage in self.own:
            if (
                passage.is_claim
                and passage.line not in self._drawn_lines
                and not passage.is_question
                and id(passage) not in left_out
                and passage.stems not in seen
            ):
                seen.add(passage.stems)
                kept.append(passage)
        return tuple(kept)

    @cached_property
    def matcher(self) -> Matcher:
        """Finds patterns in the claims."""
        return Matcher(self.claims)

    @cached_property
    def names(self) -> Matcher:
        """Finds names of parts anywhere, lists and arrow lines included, echoes not."""
        left_out = {id(one) for one in (*self.echoes, *self.tampering)}
        return Matcher([one for one in self.own if id(one) not in left_out and not one.is_question])

    @cached_property
    def estimates(self) -> "Estimates":
        """What it says in numbers."""
        from coach.judge.estimates import Estimates

        return Estimates(self)

    @cached_property
    def drawn(self) -> "Drawn":
        """What it draws."""
        from coach.judge.drawn import Drawn

        return Drawn(self)

    @cached_property
    def echoes(self) -> tuple[Passage, ...]:
        """Passages that read the prompt, the rubric, the reference or the interviewer back."""
        known = _shingles(self._foreign_texts())
        return tuple(one for one in self.own if _is_echo(_stems(one.tokens), known))

    @cached_property
    def tampering(self) -> tuple[Passage, ...]:
        """Passages that talk to the judge instead of the interviewer."""
        matcher = Matcher(self.own, allow_denied=True)
        exact = Matcher(self.own, allow_denied=True, forgive_typos=False)
        found = {id(hit.passage) for pattern in _TO_THE_JUDGE for hit in matcher.find(pattern)}
        found |= {id(hit.passage) for pattern in _TO_THE_JUDGE_EXACTLY for hit in exact.find(pattern)}
        marked = {
            line.number for line in self._own_lines if any(mark in line.text.casefold() for mark in _MARKERS)
        }
        return tuple(
            one for one in self.own if id(one) in found or marked & {token.line for token in one.tokens}
        )

    @cached_property
    def is_readable(self) -> bool:
        """Whether the text is in a language this judge can read: English."""
        letters = [char for line in self._own_lines for char in line.text if char.isalpha()]
        words = [token.word for passage in self.own for token in passage.tokens if token.kind == "word"]
        if letters and sum(char < "\u0250" for char in letters) < len(letters) / 2:
            return False
        counts = Counter(words)
        foreign = sum(count for word, count in counts.items() if word in _FOREIGN)
        english = sum(count for word, count in counts.items() if word in LINKS)
        return len(words) < _FEWEST_LANGUAGE_WORDS or foreign < len(words) * 0.08 or foreign < english

    def phase_of(self, passage: Passage) -> Phase | None:
        """The phase of a passage's first line."""
        return self._phases.get(passage.line)

    def quote(self, hit: Hit | Passage) -> tuple[Evidence, ...]:
        """The words behind a hit, one quote per line they stand on, verbatim."""
        chosen = hit.tokens
        whole = hit.passage.tokens if isinstance(hit, Hit) else hit.tokens
        found = []
        for number in dict.fromkeys(token.line for token in chosen):
            own = [token for token in whole if token.line == number] or [
                t for t in chosen if t.line == number
            ]
            quoted = self._cut(number, own, [token for token in chosen if token.line == number])
            if quoted:
                found.append(Evidence(line=number, quote=quoted))
        return tuple(found[:3])

    def _cut(self, number: int, whole: Sequence[Token], chosen: Sequence[Token]) -> str:
        line = self.transcript.line(number)
        if line is None or not whole:
            return ""
        start, end = whole[0].start, whole[-1].end
        if end - start > _LONGEST_QUOTE:
            start = max(start, min(token.start for token in chosen) - 20)
            end = min(end, start + _LONGEST_QUOTE)
            start = line.text.rfind(" ", 0, start) + 1 if start else 0
            end = (
                line.text.rfind(" ", start, end)
                if end < len(line.text) and " " in line.text[start:end]
                else end
            )
        while end < len(line.text) and line.text[end] in ")]}%":
            end += 1
        return line.text[start:end].strip()

    @cached_property
    def _own_lines(self) -> tuple[TranscriptLine, ...]:
        return tuple(line for line in self.transcript.lines if line.speaker == "candidate")

    @cached_property
    def _drawn_lines(self) -> frozenset[int]:
        """Lines that are boxes and arrows, not words about them: of the board, and in fenced blocks."""
        from coach.board.found import fenced_in
        from coach.board.words import has_arrow

        lines = [line for line in self._own_lines if line.source == "board"]
        written = ((line.number, line.text) for line in self._own_lines if line.source in ("notes", "file"))
        return frozenset(
            (
                *(line.number for line in lines if has_arrow(line.text)),
                *(number for number, text in fenced_in(written) if has_arrow(text)),
            )
        )

    @cached_property
    def _phases(self) -> dict[int, Phase | None]:
        return {line.number: line.phase for line in self.transcript.lines}

    def _foreign_texts(self) -> Iterable[str]:
        yield from _problem_texts(self.checklist.problem)
        yield from _rubric_texts(self.checklist.rubric)
        yield from (text for check in self.checklist.checks for text in (check.text, check.tip))
        yield from (line.text for line in self.transcript.lines if line.speaker == "interviewer")


def _problem_texts(problem: Problem) -> Iterable[str]:
    yield problem.prompt
    yield problem.tests
    yield from problem.concerns.values()
    for notes in (problem.reference, problem.guidance):
        yield from (notes.requirements, notes.estimation, notes.high_level, notes.deep_dive)
    yield from (mistake.text for mistake in problem.mistakes)
    yield from (ball.text for ball in problem.curveballs)
    yield from (text for dive in problem.deep_dives for text in (dive.opening, *dive.probes, *dive.hints))


def _rubric_texts(rubric: Rubric) -> Iterable[str]:
    for rule in rubric.dimensions.values():
        yield from (rule.anchors.of(level) for level in (1, 2, 3, 4))
        yield from (rule.expected.mid, rule.expected.senior, rule.expected.staff)
    yield from (mistake.text for mistake in rubric.mistakes)


Shingles = frozenset[tuple[str, ...]]


def _shingles(texts: Iterable[str]) -> Shingles:
    """Every run of three and of four words in `texts`."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        stems = _stems(token for line in text.split("\n") for token in tokens(line))
        for size in (_SHORT_SHINGLE, _SHINGLE):
            found.update(tuple(stems[at : at + size]) for at in range(len(stems) - size + 1))
    return frozenset(found)


def _stems(some: Iterable[Token]) -> list[str]:
    """Words only: two people who compute the same thing write the same numbers in the same units."""
    return [token.stem for token in some if token.kind == "word" and token.word not in _SIGNS]


def _is_echo(stems: list[str], known: Shingles) -> bool:
    if len(stems) < _SHORT:
        return len(stems) >= _SHORT_SHINGLE and _covered(stems, known, size=_SHORT_SHINGLE) == len(stems)
    return _covered(stems, known, size=_SHINGLE) >= len(stems) * _ECHO_SHARE


def _covered(stems: list[str], known: Shingles, *, size: int) -> int:
    """How many of the words lie in a run of `size` words that is known."""
    covered: set[int] = set()
    for at in range(len(stems) - size + 1):
        if tuple(stems[at : at + size]) in known:
            covered.update(range(at, at + size))
    return len(covered)
