"""What the interviewer never does, over whole interviews on the shipped problems with the shipped answers.

Four simulated candidates: one who asks and writes well, one who talks all the time, one who says nothing, one who
types rubbish.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from coach.content.library import read_problem
from coach.content.problem import Problem
from coach.content.samples import without_front_matter
from coach.interviewer import lines
from coach.session.commands import NextPhase
from coach.terms import PHASES
from tests.interviewer.stage import Stage

FOLDER = Path(__file__).parents[2] / "problems"
NAMES = ("twitter-feed", "tinyurl")
PRAISE = re.compile(
    r"\b(good (?:question|point|idea|job|start|thinking)|great|nice|excellent|perfect|awesome|impressive|brilliant"
    r"|well done|love it|that is (?:right|correct)|correct!|!)",
    re.IGNORECASE,
)
OPEN_ENDED = (
    "How many users are there? What is the read write ratio? Do we need analytics?",
    "Should I use SQL or NoSQL? Does that make sense?",
    "What are the requirements?",
    "Who pays for all of it?",
    "I assume we have one region, is that right?",
)


def sections(name: str, kind: str = "strong") -> list[str]:
    text = without_front_matter((FOLDER / f"{name}.samples" / f"{kind}.md").read_text("utf-8"))
    return [part.strip() for part in re.split(r"^## .*$", text, flags=re.MULTILINE)[1:]]


def asker(stage: Stage, name: str, minute: int) -> None:
    if minute < len(OPEN_ENDED):
        stage.say(OPEN_ENDED[minute])
    at = PHASES.index(stage.state.current.phase)
    text = sections(name)[at]
    share = min(1.0, stage.state.current.used_s(stage.t) / stage.state.current.planned_s + 0.1)
    stage.write(f"notes.{PHASES[at]}", text[: int(len(text) * share)])  # type: ignore[arg-type]


def talker(stage: Stage, name: str, minute: int) -> None:
    sentences = [one for part in sections(name, "unusual") for one in part.split(". ") if one.strip()]
    stage.say(sentences[minute % len(sentences)])


def silent(stage: Stage, name: str, minute: int) -> None:
    """Says and writes nothing."""


def babbler(stage: Stage, name: str, minute: int) -> None:
    stage.say(
        ("asdf jkl", "?", "??? ???", "no", "[/x] \u202eabc", "a" * 5000, "1 2 3 4", "and and and?")[
            minute % 8
        ]
    )


@cache
def interview(name: str, candidate: object) -> tuple[Problem, Stage]:
    problem = read_problem(FOLDER / f"{name}.yaml")
    stage = Stage(problem, mode="practice")
    while stage.t < 45 * 60:
        if (
            stage.state.current.used_s(stage.t) >= stage.state.current.planned_s
            and stage.state.current.phase != "deep_dive"
        ):
            stage.do(NextPhase())
        candidate(stage, name, int(stage.t // 60))  # type: ignore[operator]
        stage.wait(60)
        if stage.t % 600 == 0:
            stage.hint()
    return problem, stage


everyone = pytest.mark.parametrize("candidate", [asker, talker, silent, babbler])
everywhere = pytest.mark.parametrize("name", NAMES)


def authored(problem: Problem) -> set[str]:
    said = {fact.answer for fact in problem.facts}
    said |= {premise.correction for fact in problem.facts for premise in fact.premises}
    for dive in problem.deep_dives:
        said |= {dive.opening, *dive.probes, *dive.hints}
    for ball in problem.curveballs:
        said |= {ball.text, *ball.probes}
    for rungs in (problem.hints.requirements, problem.hints.estimation, problem.hints.high_level):
        said |= set(rungs)
    return said


def fixed() -> list[str]:
    tables = (
        *lines.YOUR_CALL,
        *lines.NOT_COVERED,
        *lines.REST_NOT_COVERED,
        *lines.ASSUMPTION_STANDS,
        *lines.ACKNOWLEDGEMENTS,
        *lines.REMARKS.values(),
        *lines.CHALLENGE_SAID,
        *lines.CHALLENGE_WROTE,
        lines.CHALLENGE_NUMBER,
        lines.TIME_LEFT,
        lines.HINT_IN_MOCK,
        lines.NO_HINT_LEFT,
        lines.NUDGE,
        lines.TIME_UP,
        lines.ALL_TIME_UP,
        lines.SUMMARY_REQUEST,
    )
    return [re.sub(r"\\\{\w+\\\}", ".+", re.escape(one)) for one in tables]


@everyone
@everywhere
def test_every_sentence_is_authored_or_fixed_or_a_quote(name: str, candidate: object) -> None:
    problem, stage = interview(name, candidate)
    known = authored(problem) | {f"{problem.prompt} {lines.GREETING}"}
    for text in stage.texts():
        assert text in known or any(re.fullmatch(one, text) for one in fixed()), text


@everyone
@everywhere
def test_a_quote_is_what_the_candidate_wrote(name: str, candidate: object) -> None:
    _, stage = interview(name, candidate)
    made = "\n".join(
        [
            *stage.state.docs.values(),
            *(turn.text for turn in stage.state.turns if turn.speaker == "candidate"),
        ]
    )
    for _, spoken in stage.spoken:
        assert spoken.quote is None or (spoken.quote in made and spoken.quote in spoken.text)


@everyone
@everywhere
def test_no_question_of_its_own_is_asked_twice(name: str, candidate: object) -> None:
    _, stage = interview(name, candidate)
    asked = stage.texts("topic", "probe", "curveball", "challenge", "summary_request")
    assert len(asked) == len(set(asked))


@everyone
@everywhere
def test_it_never_praises_and_never_shouts(name: str, candidate: object) -> None:
    problem, stage = interview(name, candidate)
    for text in [*stage.texts(), *authored(problem)]:
        assert not PRAISE.search(text), text


@everyone
@everywhere
def test_facts_are_only_told_when_asked(name: str, candidate: object) -> None:
    _, stage = interview(name, candidate)
    if candidate in (silent, babbler):
        assert stage.state.facts == {}
    if candidate is asker:
        assert stage.state.facts


@everywhere
def test_the_deep_dive_has_topics_and_both_curveballs(name: str) -> None:
    _, stage = interview(name, talker)
    assert len(stage.state.topics) >= 2
    assert len(stage.state.curveballs) == 2


@everywhere
def test_somebody_who_says_nothing_is_still_led_through(name: str) -> None:
    _, stage = interview(name, silent)
    assert len(stage.state.topics) >= 2
    assert len(stage.state.curveballs) == 2
    assert stage.texts("summary_request") == [lines.SUMMARY_REQUEST]


@everywhere
def test_challenges_come_at_most_once_per_phase(name: str) -> None:
    for candidate in (asker, talker):
        _, stage = interview(name, candidate)
        phases = [turn.phase for turn in stage.state.turns if turn.intent == "challenge"]
        assert len(phases) == len(set(phases))
