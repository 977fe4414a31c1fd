"""Commands and their flags, as argparse declares them. Imports nothing heavy: `--help` stays quick."""

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from coach import __version__
from coach.errors import nearest
from coach.terms import INTERVIEWERS, JUDGES, MODES, PERSONAS, PHASES, SENIORITIES

PROMPTS = ("judge", "interviewer", "coaching")
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
    _endpoint_flags(top)
    _add_interview(commands)
    _add_grade(commands)
    _add_sheet(commands)
    _add_board(commands)
    _add_sessions(commands)
    _add_problems(commands)
    _add_endpoint(commands)
    return top


def _endpoint_flags(command: argparse.ArgumentParser) -> None:
    """Where the model is. Suppressed where not given, so that they may stand before or after the command."""
    group = command.add_argument_group("model", "Any OpenAI-compatible endpoint; see coach doctor.")
    group.add_argument(
        "--profile", default=argparse.SUPPRESS, metavar="NAME", help="a profile of config.toml"
    )
    group.add_argument(
        "--base-url", default=argparse.SUPPRESS, metavar="URL", help="such as http://127.0.0.1:11434/v1"
    )
    group.add_argument("--model", default=argparse.SUPPRESS, metavar="MODEL", help="the model's name there")


def _judge_flag(command: argparse.ArgumentParser, default: str | None, words: str) -> None:
    command.add_argument(
        "--judge", type=_one_of(JUDGES, "judge"), default=default, metavar="JUDGE", help=words
    )


def _model_judge_flags(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--coaching", action="store_true", help="have the model say what was strongest and how to do better"
    )
    command.add_argument("--no-audit", action="store_true", help="do not keep prompts and raw answers")
    command.add_argument("--yes", action="store_true", help="agree to a host the answer never went to before")


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
    practice.add_argument(
        "--interviewer",
        type=_one_of(INTERVIEWERS, "interviewer"),
        metavar="WHO",
        help="scripted or model; the model where one is configured",
    )
    practice.add_argument(
        "--persona",
        type=_one_of(PERSONAS, "persona"),
        default="neutral",
        metavar="PERSONA",
        help="of a model: neutral (default), friendly, terse or adversarial",
    )
    practice.add_argument("--plain", action="store_true", help="lines of text: for pipes and screen readers")
    _judge_flag(practice, None, "offline or model; the model where one is configured")
    _endpoint_flags(practice)
    practice.set_defaults(command="practice")
    resume = commands.add_parser(
        "resume", help="go on with an unfinished session", description="Go on with an unfinished session."
    )
    resume.add_argument(
        "session", nargs="?", metavar="SESSION", help="a session's id or its beginning; the latest by default"
    )
    resume.add_argument("--plain", action="store_true", help="lines of text: for pipes and screen readers")
    _endpoint_flags(resume)
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
    _judge_flag(grade, "offline", "offline (default) or model")
    grade.add_argument(
        "--format",
        type=_one_of(("text", "json", "md"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default), json or md",
    )
    grade.add_argument("-o", "--output", metavar="OUT", help="write to this file instead of standard output")
    _model_judge_flags(grade)
    _endpoint_flags(grade)
    grade.set_defaults(command="grade")
    rescore = commands.add_parser(
        "rescore",
        help="judge a session again",
        description="Judge a session again; earlier scorecards are kept.",
    )
    rescore.add_argument("session", metavar="SESSION", help="a session's id or its beginning")
    _judge_flag(rescore, "offline", "offline (default) or model")
    rescore.add_argument(
        "--format",
        type=_one_of(("text", "json", "md"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default), json or md",
    )
    rescore.add_argument(
        "-o", "--output", metavar="OUT", help="write to this file instead of standard output"
    )
    _model_judge_flags(rescore)
    _endpoint_flags(rescore)
    rescore.set_defaults(command="rescore")


def _add_sheet(commands: Commands) -> None:
    sheet = commands.add_parser(
        "sheet",
        help="check the arithmetic of a text",
        description="Check the calculations of any text: both sides recomputed, wrong results with the right one.",
    )
    sheet.add_argument("file", metavar="FILE", help="the text, or - for standard input")
    sheet.add_argument(
        "--format",
        type=_one_of(("text", "json"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default) or json",
    )
    sheet.set_defaults(command="sheet")


def _add_board(commands: Commands) -> None:
    board = commands.add_parser(
        "board",
        help="draw an architecture written as text",
        description="Draw boxes and arrows written as text, Mermaid or simple D2; or say what breaks in them.",
    )
    board.add_argument("file", metavar="FILE", help="the text, or - for standard input")
    board.add_argument(
        "--format",
        type=_one_of(("text", "svg", "mermaid", "excalidraw", "json"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default), svg, mermaid, excalidraw or json",
    )
    board.add_argument("-o", "--output", metavar="OUT", help="write to this file")
    board.add_argument("--lint", action="store_true", help="say what breaks, waits or hangs loose")
    board.add_argument("--problem", metavar="ID", help="with --lint: also what this problem expects")
    board.set_defaults(command="board")


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


def _add_endpoint(commands: Commands) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="check the model you would talk to",
        description="Find local servers, try the chosen endpoint, and say whether it will do. Nothing you wrote is sent.",
    )
    doctor.add_argument(
        "--format",
        type=_one_of(("text", "json"), "format"),
        default="text",
        metavar="FORMAT",
        help="text (default) or json",
    )
    _endpoint_flags(doctor)
    doctor.set_defaults(command="doctor")
    prompts = commands.add_parser(
        "prompts", help="show what a model would be sent", description="Show what a model would be sent."
    )
    actions = prompts.add_subparsers(title="actions", metavar="ACTION", required=True)
    show = actions.add_parser(
        "show",
        help="print a prompt and its tokens",
        description="Print what would be sent, and its tokens. Sends nothing.",
    )
    show.add_argument(
        "which", type=_one_of(PROMPTS, "prompt"), metavar="PROMPT", help="judge, interviewer or coaching"
    )
    source = show.add_mutually_exclusive_group(required=True)
    source.add_argument("--session", metavar="SESSION", help="for this session")
    source.add_argument("--file", metavar="FILE", help="for this written answer")
    show.add_argument("--problem", metavar="ID", help="the problem the written answer is about")
    _endpoint_flags(show)
    show.set_defaults(command="show_prompt")
