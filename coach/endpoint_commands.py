"""The commands about models: `coach doctor` and `coach prompts show`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from coach import config, wiring
from coach.clock import SystemClock
from coach.errors import BadInput
from coach.report.formats import as_json
from coach.report.words import printable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from coach.llm.port import Line
    from coach.prompting import Prompt
    from coach.report.review import Review
    from coach.scoring import Scoring

NOT_FIT = 3
EVERY_S = 0.2


def doctor(arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 0 when it will do."""
    from coach.checkup import Checkup, advice, as_text, examine
    from coach.llm.neighbours import find_neighbours
    from coach.watching import Watching

    profile = config.endpoint(wiring.wish_of(arguments))
    neighbours = find_neighbours()
    found = None
    if profile is not None and profile.model:
        line, clock = wiring.line(profile), SystemClock()
        watching = Watching(clock, where=profile.address.shown)
        try:
            with watching.shown():
                found = line.run(lambda model: examine(model, clock=clock, tell=watching.tell)).result()
        finally:
            line.close()
    elif profile is not None:
        models = next((one.models for one in neighbours if one.url == profile.address.url), ())
        found = Checkup(
            profile.address.shown,
            "",
            profile.name,
            profile.key_from,
            models=models,
            trouble="No model.\nAdd --model.",
        )
    if arguments.format == "json":
        shown = {
            "schema": 1,
            "neighbours": [asdict(one) for one in neighbours],
            "endpoint": None
            if found is None
            else {**asdict(found), "go": found.is_fine, "advice": advice(found)},
        }
        sys.stdout.write(as_json(shown))
    else:
        sys.stdout.write(printable(as_text(found, neighbours)) + "\n")
    return 0 if found is None or found.is_fine else NOT_FIT


def judge_by_model(
    arguments: argparse.Namespace,
    judged: Callable[[Scoring], Review],
    write: Callable[[str, str | None], None],
) -> int:
    """Judge, print the report, and let the model coach when that was asked for."""
    from coach import agreement
    from coach.report.formats import render
    from coach.scoring import Scoring
    from coach.watching import Watching

    profile = wiring.endpoint(arguments)
    agreement.require(profile.address, yes=arguments.yes)
    clock = SystemClock()
    line, watching = wiring.line(profile), Watching(clock, where=profile.address.shown)
    audit = not arguments.no_audit
    try:
        with watching.shown():
            review = judged(Scoring(line, tell=watching.tell, audit=audit, wall=clock.wall()))
        write(render(review, arguments.format), arguments.output)
        if arguments.coaching:
            _coach(review, line, audit=audit)
    finally:
        line.close()
    return 0


def _coach(review: Review, line: Line, *, audit: bool) -> None:
    """Print what the model writes as it comes; to standard error, so that a report in a pipe stays one."""
    from coach.coaching import Coaching

    coaching = Coaching(review, line, review.kept_in, audit=audit)
    shown, is_done = 0, False
    while not is_done:
        is_done = coaching.wait(EVERY_S)
        lines = coaching.text.split("\n")
        whole = len(lines) if is_done else len(lines) - 1
        for text in lines[shown:whole]:
            print(printable(text), file=sys.stderr, flush=True)
        shown = max(shown, whole)
    if coaching.error is not None:
        raise coaching.error


def show_prompt(arguments: argparse.Namespace) -> int:
    """Print what would be sent, and its tokens. Nothing is sent and no endpoint is needed."""
    from coach.llm.tokens import counter

    profile = config.endpoint(wiring.wish_of(arguments))
    model = profile.model if profile else ""
    host = (
        f"it would go to {model} at {profile.address.shown}"
        if profile and model
        else "no model is configured"
    )
    sys.stdout.write(printable(_prompt(arguments).as_text(counter(model), host=host)) + "\n")
    return 0


def _prompt(arguments: argparse.Namespace) -> Prompt:
    from coach import prompting, scoring

    if arguments.session is not None:
        shelf = wiring.shelf()
        session = shelf.find(arguments.session)
        match arguments.which:
            case "judge":
                return prompting.judge_prompt(scoring.handed_in(shelf, session))
            case "interviewer":
                return prompting.interviewer_prompt(shelf, session)
            case _:
                return prompting.coaching_prompt(shelf, session)
    if arguments.problem is None:
        raise BadInput(
            "Which problem?", "A written answer needs the problem it answers.", hint="Add --problem ID."
        )
    if arguments.which == "interviewer":
        raise BadInput(
            "A written answer asked nobody",
            "There is no interviewer to show a prompt of.",
            hint="Give --session.",
        )
    text = wiring.read_answer(arguments.file)
    if arguments.which == "judge":
        return prompting.judge_prompt(scoring.written(text, problem=arguments.problem, seniority="senior"))
    return prompting.coaching_prompt_of_text(text, problem=arguments.problem, seniority="senior")
