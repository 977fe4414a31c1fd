"""Judgings of the ferry that are kept: an interview on the shelf, a model that asks in parts, and the files it leaves."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach import paths
from coach.judge.slices import PER_ANSWER, PER_QUESTION
from coach.llm.abilities import Abilities
from coach.llm.port import ModelError
from coach.report.review import Review
from coach.scoring import Scoring
from coach.session import commands as ask
from coach.session.shelf import Shelf
from coach.terms import PHASES
from tests.fakes.clock import FakeClock
from tests.fakes.judges import read
from tests.fakes.model import Answer, Asked, ScriptedModel
from tests.fakes.sessions import SETUP, begin
from tests.judge import ferry
from tests.judge.stage import Stage, fair

SHORT = Abilities(most=PER_ANSWER + (4 + sum(one.is_control for one in ferry.asked())) * PER_QUESTION)
"""Answers so short that the ferry is asked four checks at a time at most."""
PARTS, PARTS_OF_TEXT = 5, 6
"""Of the interview, and of the written answer."""
WALL = 1_800_000_000.0


def shelf() -> Shelf:
    return Shelf(paths.sessions_dir())


def interviewed(clock: FakeClock) -> str:
    """A finished interview about the ferry on the shelf."""
    runner = begin(clock, problem="ferry", title="Design ferry bookings", mode="practice")
    runner.do(ask.Say("How many cars fit on the boat?"))
    runner.do(ask.Speak("Forty cars fit on one crossing.", "fact", facts=("capacity",)))
    for phase in PHASES:
        mine = [text for who, _, text, when in ferry.SAID if who == "candidate" and when == phase]
        runner.do(ask.Edit(ask.NOTES_OF[phase], "\n".join(mine)))
        clock.advance(200)
        if phase != PHASES[-1]:
            runner.do(ask.NextPhase())
    runner.do(ask.Finish())
    runner.close()
    return SETUP.session


def model(script: Callable[[Asked], Answer] | None = None, **more: Any) -> ScriptedModel:
    return ScriptedModel(script or fair(), **{"abilities": SHORT, **more})


def failing(at: int) -> Callable[[Asked], Answer]:
    """The fair judge, until the server breaks down at one call."""
    return lambda asked: ModelError("server", "Down", "It is down.") if asked.number == at else fair()(asked)


def judged(stage: Stage, behind: ScriptedModel, session: str = "", **more: Any) -> Review:
    """A session, or the written answer without one, judged by a model."""
    scoring = Scoring(stage.line(behind), wall=WALL, **more)
    if session:
        return scoring.of_session(shelf(), session)
    return scoring.of_text(ferry.ANSWER, problem="ferry", seniority="senior")


def files() -> list[Path]:
    """The judgings there are, by name."""
    return sorted(one for one in paths.data_dir().rglob("*.jsonl") if one.name != "session.jsonl")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def kinds(path: Path) -> list[str]:
    """What the lines of a judging are, but for how it was planned."""
    return [kind for one in lines(path) if (kind := one.get("kind", "card")) != "planned"]


def real(asked: list[Asked]) -> list[int]:
    """The numbers of the checks that were asked, controls left out."""
    return [number for one in asked for number in read(one).real]
