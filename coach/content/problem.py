"""The shape of a problem file, version 1. `docs/problem-format.md` explains it to authors."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from coach.board.lint import Rule
from coach.content.words import Id, Level, Phrase, Point, Shape, Signal, SupportedLevel, Text
from coach.terms import DIMENSIONS, Dimension, Phase, Seniority, Verdict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Classic = Literal[
    "no_clarifying",
    "over_engineering",
    "no_tradeoffs",
    "no_failure_modes",
    "drawing_without_explaining",
    "single_point_of_failure",
]
Concern = Literal["consistency", "store_choice", "stateless", "idempotency", "observability", "security"]


class Premise(Shape):
    """Something false a candidate may assert, and how the interviewer puts it right."""

    claims: tuple[Signal, ...] = Field(min_length=1)
    correction: Text


class Fact(Shape):
    """Something the interviewer knows and tells only when asked."""

    id: Id
    topic: Text = Field(description="Two or three words for the debrief; gives nothing away.")
    answer: Text = Field(description="One to three sentences the interviewer says.")
    crux: bool = Field(default=False, description="It changes the design.")
    level: SupportedLevel = 3
    weight: float = Field(default=1.0, gt=0, le=5)
    cues: tuple[Signal, ...] = Field(min_length=1, description="Any of these in a question asks for it.")
    stated: tuple[Signal, ...] = Field(
        min_length=1, description="Any of these in a written answer's passage shows she took it into account."
    )
    premises: tuple[Premise, ...] = ()
    tip: Text


class Input(Shape):
    """A number the estimates start from."""

    value: Text = Field(description="A quantity with its unit: `100 M/month`, `500 B`.")
    fact: Id | None = Field(default=None, description="The fact that gives it; none: an assumption of ours.")
    synonyms: tuple[Signal, ...] = Field(
        default=(),
        description="A passage that states another value for it matches one; references follow that value.",
    )


class Reference(Shape):
    """A number a good estimate arrives at, as a formula over the inputs."""

    id: Id
    label: Text
    formula: Text = Field(
        description="Arithmetic over input names, earlier reference ids (- as _) and units."
    )
    value: Text = Field(description="The result as a person would say it, recomputed by the lint: `39 /s`.")
    tolerance: float = Field(default=2.0, gt=1, le=20, description="Right within this factor either way.")
    synonyms: tuple[Signal, ...] = Field(min_length=1, description="A passage that states it matches one.")
    level: SupportedLevel = 3
    weight: float = Field(default=1.0, gt=0, le=5)
    tip: Text


class Numbers(Shape):
    inputs: dict[Name, Input] = Field(default_factory=dict)
    references: tuple[Reference, ...] = ()


class Component(Shape):
    """A part of a sound design, by what it does; no product is ever required."""

    id: Id
    name: Text
    synonyms: tuple[Phrase, ...] = Field(min_length=1, description="Phrases that name it.")
    does: tuple[Signal, ...] = Field(
        default=(), description="Met when a passage that names it also matches one; only named: partly."
    )
    must: bool = False
    level: SupportedLevel = 3
    weight: float = Field(default=1.0, gt=0, le=5)
    tip: Text


class Request(Shape):
    """Something a caller does, and the parts its path needs, in order."""

    id: Id
    name: Text
    cues: tuple[Signal, ...] = Field(min_length=1)
    path: tuple[Text, ...] = Field(min_length=2, description="Component ids; `a|b` where either will do.")
    level: SupportedLevel = 3
    weight: float = Field(default=1.0, gt=0, le=5)
    tip: Text


class Excess(Shape):
    """Machinery this problem's numbers do not call for."""

    id: Id
    text: Text
    signals: tuple[Signal, ...] = Field(min_length=1)
    unless: tuple[Signal, ...] = Field(default=(), description="Any of these anywhere excuses it.")
    tip: Text


class Allowance(Shape):
    """How much machinery a sound answer may have before it counts as over-building."""

    components: int = Field(ge=3, le=60, description="Distinct parts named before it counts as too many.")
    spare: int = Field(default=1, ge=0, description="How many excesses are forgiven.")
    excess: tuple[Excess, ...] = ()


class Excuse(Shape):
    """Something that looks wrong on a board and is right in this problem."""

    rule: Rule
    names: tuple[Text, ...] = Field(
        min_length=1, description="Phrases in the names of the boxes it is about."
    )
    because: Text


class BoardRules(Shape):
    """What the board's critique must know of this problem."""

    read_heavy: bool = Field(default=False, description="Reads outnumber writes by ten or more.")
    off: tuple[Rule, ...] = Field(default=(), description="Rules that do not apply.")
    excused: tuple[Excuse, ...] = ()


class DeepDive(Shape):
    """A topic of the last phase: an opening question, three probes, three hints, what to show."""

    id: Id
    title: Text
    opening: Text
    must: bool = False
    shown: tuple[Signal, ...] = Field(default=(), description="Notes that match show it already.")
    probes: tuple[Text, ...] = Field(min_length=1, max_length=4)
    hints: tuple[Text, ...] = Field(min_length=3, max_length=3, description="Nudge, category, statement.")
    points: tuple[Point, ...] = Field(min_length=1)


class Curveball(Shape):
    """A changed requirement or a failure, injected during the deep dive."""

    id: Id
    kind: Literal["change", "failure"]
    text: Text
    probes: tuple[Text, ...] = ()
    points: tuple[Point, ...] = Field(min_length=1)


class Mistake(Shape):
    """A mistake people make on this problem; it costs, avoiding it earns nothing."""

    id: Id
    text: Text
    classic: Classic | None = None
    dimension: Dimension
    signals: tuple[Signal, ...] = Field(min_length=1)
    unless: tuple[Signal, ...] = ()
    cap: float | None = Field(default=None, ge=1, le=4, description="The dimension's score when it is made.")
    tip: Text


class Hints(Shape):
    """The three-rung ladder for a phase without topics of its own: nudge, category, statement."""

    requirements: tuple[Text, Text, Text]
    estimation: tuple[Text, Text, Text]
    high_level: tuple[Text, Text, Text]


class Notes(Shape):
    """One text per phase."""

    requirements: Text
    estimation: Text
    high_level: Text
    deep_dive: Text

    def of(self, phase: Phase) -> str:
        text: str = getattr(self, phase)
        return text


class Problem(Shape):
    """A whole problem file; `id` is the file's name."""

    schema_version: Literal[1] = Field(alias="schema")
    id: Id
    version: Text
    title: Text
    toy: bool = Field(default=False, description="For the warm-up: not listed, may leave sections empty.")
    asked_by: tuple[Text, ...] = ()
    tests: Text = Field(description="What it tests; hidden in mock until attempted.")
    prompt: Text
    concerns: dict[Concern, Text] = Field(
        default_factory=dict, description="Which ones matter here, and why."
    )
    facts: tuple[Fact, ...] = Field(min_length=1)
    numbers: Numbers = Numbers()
    components: tuple[Component, ...] = ()
    requests: tuple[Request, ...] = ()
    allowance: Allowance
    board: BoardRules = BoardRules()
    deep_dives: tuple[DeepDive, ...] = Field(min_length=1)
    curveballs: tuple[Curveball, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    points: tuple[Point, ...] = Field(default=(), description="Further points of the high-level design.")
    hints: Hints
    guidance: Notes = Field(description="What to do in each phase; hidden in mock.")
    seniority: dict[Seniority, Text] = Field(default_factory=dict)
    reference: Notes

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Self:
        for kind, ids in self._ids().items():
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"two {kind} share the id {', '.join(twice)}")
        facts = {fact.id for fact in self.facts}
        for name, given in self.numbers.inputs.items():
            if given.fact is not None and given.fact not in facts:
                raise ValueError(f"input {name} names the fact {given.fact}, which does not exist")
        parts = {part.id for part in self.components}
        for request in self.requests:
            for step in request.path:
                missing = [one for one in step.split("|") if one not in parts]
                if missing:
                    raise ValueError(f"request {request.id} passes {missing[0]}, which is no component")
        if not self.toy:
            self._is_complete()
        return self

    def _ids(self) -> dict[str, list[str]]:
        return {
            "facts": [one.id for one in self.facts],
            "references": [one.id for one in self.numbers.references],
            "components": [one.id for one in self.components],
            "requests": [one.id for one in self.requests],
            "deep dives": [one.id for one in self.deep_dives],
            "curveballs": [one.id for one in self.curveballs],
            "mistakes": [one.id for one in self.mistakes],
            "points": [one.id for one in self.points]
            + [f"{dive.id}/{point.id}" for dive in self.deep_dives for point in dive.points]
            + [f"{ball.id}/{point.id}" for ball in self.curveballs for point in ball.points],
        }

    def _is_complete(self) -> None:
        kinds = {ball.kind for ball in self.curveballs}
        if kinds != {"change", "failure"}:
            raise ValueError("a problem needs a curveball of kind change and one of kind failure")
        for needed in ("components", "requests", "mistakes", "asked_by", "concerns"):
            if not getattr(self, needed):
                raise ValueError(f"{needed} is empty")
        if not self.numbers.references:
            raise ValueError("numbers.references is empty")
        if set(self.seniority) != {"mid", "senior", "staff"}:
            raise ValueError("seniority needs a note for mid, senior and staff")
        if not any(fact.crux for fact in self.facts):
            raise ValueError("no fact is marked crux")


class SampleHeader(Shape):
    """The front matter of a graded sample: what its author expects the judge to say."""

    kind: Literal["strong", "solid", "hand-waved", "weak", "unusual", "stuffed", "empty"]
    seniority: Seniority = "senior"
    verdict: Verdict
    levels: dict[Dimension, Level]
    note: Text

    @model_validator(mode="after")
    def _every_dimension_has_a_level(self) -> Self:
        missing = [name for name in DIMENSIONS if name not in self.levels]
        if missing:
            raise ValueError(f"levels lacks {', '.join(missing)}")
        return self
