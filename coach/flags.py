"""Commands and their flags, as argparse declares them. Imports nothing heavy: `--help` stays quick."""

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from coach import __version__
from coach.errors import nearest
from coach.terms import MODES, PHASES, SENIORITIES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _one_of(names: Sequence[str], what: str) -> Callable[[str], str]:
    def check(given: str) -> str:
        name = given.strip().lower().replace("-", "_")
        if name not in names:
            raise argparse.ArgumentTypeError(f"there is no {what} '{given}'. {nearest(name, list(names))}")
        return name

    return check


def _minutes(given: str) -> float:
    try:
        minutes = float(given)
    except ValueError:
        minutes = 0.0
    if not 1 <= minutes <= 120:
        raise argparse.ArgumentTypeError(f"minutes must be a number from 1 to 120, not '{given}'")
    return minutes


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="coach",
        description="A timed mock system design interview in your terminal. Without a command it opens the home screen.",
    )
    top.add_argument("--version", action="version", version=f"coach {__version__}")
    top.set_defaults(command="home")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    _add_interview(commands)
    _add_grade(commands)
    _add_sessions(commands)
    _add_problems(commands)
    return top


def _add_interview(commands: Commands) -> None:
    practice = commands.add_parser("practice", help="start an interview", description="Start an interview.")
    practice.add_argument(
        "problem", nargs="?", metavar="PROBLEM", help="a problem's id; without it you choose"
    )
    practice.add_argument(
        "--mode", type=_one_of(MODES, "mode"), metavar="MODE", help="mock (default), practice or drill"
    )
    practice.add_argument(
        "--phase", type=_one_of(PHASES, "phase"), metavar="PHASE", help="for a drill: " + ", ".join(PHASES)
    )
    practice.add_argument(
        "--seniority",
        type=_one_of(SENIORITIES, "seniority"),
        default="senior",
        metavar="SENIORITY",
        help="mid, senior (default) or staff",
    )
    practice.add_argument(
        "--minutes", type=_minutes, metavar="N", help="1 to 120; 45 by default, budgets scale"
    )
    practice.add_argument("--strict", action="store_true", help="cut each phase at the end of its budget")
    practice.set_defaults(command="practice")
    resume = commands.add_parser(
        "resume", help="go on with an unfinished session", description="Go on with an unfinished session."
    )
    resume.add_argument(
        "session", nargs="?", metavar="SESSION", help="a session's id or its beginning; the latest by default"
    )
    resume.set_defaults(command="resume")


def _add_grade(commands: Commands) -> None:
    grade = commands.add_parser(
        "grade",
        help="judge a written answer",
        description="Judge a written answer: Markdown with the headings Requirements & scope, Capacity estimation, "
        "High-level design and Deep dive.",
    )
    grade.add_argument("file", metavar="FILE", help="the answer, or - for standard input")
    grade.add_argument("--problem", required=True, metavar="ID", help="the problem it answers")
    grade.add_argument(
        "--seniority",
        type=_one_of(SENIORITIES, "seniority"),
        default="senior",
        metavar="SENIORITY",
        help="mid, senior (default) or staff",
    )
    grade.add_argument(
        "--judge", type=_one_of(("offline",), "judge"), default="offline", metavar="JUDGE", help="offline"
    )
    grade.add_argument(
        "--format",
        type=_one_of(("text", "json", "md"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default), json or md",
    )
    grade.add_argument("-o", "--output", metavar="OUT", help="write to this file instead of standard output")
    grade.set_defaults(command="grade")


def _add_sessions(commands: Commands) -> None:
    sessions = commands.add_parser(
        "sessions", help="list your sessions", description="List your sessions, newest first."
    )
    sessions.add_argument(
        "--format",
        type=_one_of(("text", "json"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default) or json",
    )
    sessions.set_defaults(command="sessions")
    show = commands.add_parser(
        "show", help="print a session's report", description="Print a session's report."
    )
    show.add_argument("session", metavar="SESSION", help="a session's id or its beginning")
    show.set_defaults(command="show")
    delete = commands.add_parser(
        "delete", help="delete a session", description="Delete a session and everything in it."
    )
    delete.add_argument("session", metavar="SESSION", help="a session's id or its beginning")
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(command="delete")


def _add_problems(commands: Commands) -> None:
    problems = commands.add_parser(
        "problems", help="list, show and check problems", description="List, show and check problems."
    )
    problems.set_defaults(command="list_problems")
    actions = problems.add_subparsers(title="actions", metavar="ACTION")
    listing = actions.add_parser("list", help="list the problems", description="List the problems.")
    listing.set_defaults(command="list_problems")
    show = actions.add_parser(
        "show", help="print a problem's prompt", description="Print a problem's prompt."
    )
    show.add_argument("problem", metavar="ID", help="a problem's id")
    show.set_defaults(command="show_problem")
    lint = actions.add_parser(
        "lint", help="check problem files", description="Check problem files: shape, ids, numbers, samples."
    )
    lint.add_argument("file", nargs="?", metavar="FILE", help="a file or a problem's id; all by default")
    lint.set_defaults(command="lint")
