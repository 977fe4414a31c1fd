"""The one place that picks concrete parts: which clock, shelf, interviewer, judge and rubric."""

from __future__ import annotations

import json
import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from coach import config, paths
from coach.errors import BadInput

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from coach.judge.checklist import Checklist
    from coach.llm.memory import Memory
    from coach.llm.port import Line
    from coach.profile import Profile
    from coach.session.headline import Headline
    from coach.session.shelf import Shelf

RUBRIC = "standard"
_EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def shelf() -> Shelf:
    """The user's sessions."""
    from coach.session.shelf import Shelf

    return Shelf(paths.sessions_dir())


def token() -> str:
    """Four random characters that are easy to read aloud."""
    return "".join(secrets.choice(_EASY_LETTERS) for _ in range(4))


def pick(names: Sequence[str]) -> str:
    """One of `names` at random."""
    return secrets.choice(names)


def unfinished(session: str | None) -> str:
    """The id of the session to resume: the one named, or the latest unfinished one."""
    own = shelf()
    if session is not None:
        return own.find(session)
    for headline in own.unfinished():
        if not headline.is_toy:
            return headline.session
    raise BadInput(
        "Nothing to resume", "There is no unfinished session.", hint="Start one with: coach practice"
    )


def read_answer(name: str) -> str:
    """The written answer in the file `name`, or on standard input for `-`; `BadInput` says what is wrong with it."""
    from coach.judge.writeup import decode

    if name == "-":
        return decode(sys.stdin.buffer.read(), name="standard input")
    try:
        return decode(Path(name).read_bytes(), name=name)
    except FileNotFoundError as error:
        raise BadInput(
            "There is no such file",
            f"'{name}' does not exist.",
            hint="Check the path, or give - to read from standard input.",
        ) from error
    except OSError as error:
        raise BadInput("This file cannot be read", f"{name}: {error.strerror}.") from error


def checklist_of(problem: str) -> Checklist:
    """The checks of a problem under the standard rubric."""
    from coach.content.library import find_problem, find_rubric
    from coach.judge.checklist import compile_checks

    return compile_checks(find_problem(problem), find_rubric(RUBRIC))


def endpoint(arguments: Namespace) -> Profile:
    """The endpoint the command line, the environment or config.toml names; `BadInput` when none does, or no model."""
    profile = config.endpoint(wish_of(arguments))
    if profile is None:
        raise BadInput(
            "No model is configured",
            "Neither the command line, COACH_BASE_URL nor config.toml names an endpoint.",
            hint="Add --base-url and --model, or write a profile; coach doctor finds servers on this machine. "
            "The offline judge and the scripted interviewer need none.",
        )
    if not profile.model:
        raise BadInput(
            "Which model?",
            f"{profile.address.shown} may offer several.",
            hint="Add --model; coach doctor lists what is there.",
        )
    return profile


def wish_of(arguments: Namespace) -> config.Wish:
    """What the command line says about the endpoint."""
    return config.Wish(*(getattr(arguments, name, None) for name in ("profile", "base_url", "model")))


def line(profile: Profile) -> Line:
    """The way to the model of `profile`; opened when first used."""
    from coach.clock import SystemClock
    from coach.llm.line import OpenAILine

    clock = SystemClock()
    return OpenAILine(profile, memory(), clock=clock)


def memory() -> Memory:
    """What was learned of endpoints."""
    from coach.clock import SystemClock
    from coach.llm.memory import Memory

    return Memory(paths.cache_dir() / "endpoints.json", wall=SystemClock().wall())


def list_sessions(form: str) -> str:
    """Every session but warm-ups, the newest first, as `text` or `json`."""
    headlines = [one for one in shelf().list() if not one.is_toy]
    if form == "json":
        return json.dumps({"schema": 1, "sessions": [asdict(one) for one in headlines]}, indent=2) + "\n"
    if not headlines:
        return "No sessions yet. Start one with: coach practice\n"
    return "".join(f"{_session_line(one)}\n" for one in headlines)


def _session_line(one: Headline) -> str:
    from coach.report.words import VERDICTS, printable

    if one.trouble:
        return f"{one.session:<40} cannot be read: {printable(one.trouble.splitlines()[0])}"
    judged = VERDICTS.get(one.verdict or "", "") if one.verdict else ""
    score = f"{one.score:.2f}" if one.score is not None else ""
    return (
        f"{one.session:<40} {one.mode:<9} {one.seniority:<7} {one.status:<10} {judged:<15} {score}".rstrip()
    )
