"""Commands and flags. Everything else is imported inside the command that needs it, so that `--help` stays quick."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import BadInput, CoachError
from coach.flags import parser
from coach.terms import PHASES

if TYPE_CHECKING:
    from coach.choice import Choice
    from coach.plain.command import Plain
    from coach.report.review import Review
    from coach.scoring import Scoring
    from coach.terms import Mode

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 2 wrong use or bad input, 3 the judge could not finish."""
    _replace_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    try:
        code = _COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except CoachError as error:
        print(f"coach: {_printable(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("coach: stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`coach show X | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    return code


def _replace_closed_streams() -> None:
    """A program may be started with a standard stream closed; then it is empty, or takes what nobody reads."""
    for name, how in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(how, encoding="utf-8"))  # noqa: SIM115


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)


def _needs_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(
            "The interview needs a terminal",
            "Standard input or output is not one.",
            hint="Add --plain for lines of text, or judge a written answer: coach grade FILE --problem ID",
        )


def _home(arguments: argparse.Namespace) -> int:
    _needs_terminal()
    return _open_app(arguments)


def _practice(arguments: argparse.Namespace) -> int:
    from coach.choice import Choice

    mode: Mode = arguments.mode or ("drill" if arguments.phase else "mock")
    if arguments.phase and mode != "drill":
        raise BadInput(
            "A phase goes with a drill",
            f"--phase was given with --mode {mode}.",
            hint="Leave one of the two out.",
        )
    if mode == "drill" and not arguments.phase:
        raise BadInput(
            "A drill needs a phase",
            "Which phase do you want to drill?",
            hint="Add --phase with one of: " + ", ".join(PHASES),
        )
    if arguments.problem is None and arguments.plain:
        raise BadInput("Which problem?", "--plain needs one.", hint="coach problems list shows them.")
    if arguments.problem is None:
        return _home(arguments)
    from coach.content.library import find_problem

    choice = Choice(
        find_problem(arguments.problem).id,
        mode=mode,
        seniority=arguments.seniority,
        minutes=arguments.minutes,
        only=arguments.phase,
        strict=arguments.strict,
        interviewer=arguments.interviewer,
        judge=arguments.judge,
        persona=arguments.persona,
    )
    if choice.uses_model:
        from coach import wiring

        wiring.endpoint(arguments)
    if arguments.plain:
        return _plain(arguments).begin(choice)
    _needs_terminal()
    return _open_app(arguments, choice=choice)


def _resume(arguments: argparse.Namespace) -> int:
    from coach import wiring

    session = wiring.unfinished(arguments.session)
    if arguments.plain:
        return _plain(arguments).resume(session)
    _needs_terminal()
    return _open_app(arguments, session=session)


def _plain(arguments: argparse.Namespace) -> "Plain":
    from coach import wiring
    from coach.clock import SystemClock
    from coach.doors import Doors
    from coach.plain.command import Plain

    return Plain(Doors(wiring.shelf, SystemClock(), wiring.wish_of(arguments)))


def _open_app(
    arguments: argparse.Namespace, *, choice: "Choice | None" = None, session: str | None = None
) -> int:
    from coach import wiring
    from coach.clock import SystemClock
    from coach.doors import Doors
    from coach.tui.app import CoachApp

    doors = Doors(wiring.shelf, SystemClock(), wiring.wish_of(arguments))
    app = CoachApp(doors, choice=choice, session=session)
    app.run()
    return app.return_code or 0


def _grade(arguments: argparse.Namespace) -> int:
    from coach import wiring

    text = wiring.read_answer(arguments.file)
    return _judge(
        arguments,
        lambda scoring: scoring.of_text(text, problem=arguments.problem, seniority=arguments.seniority),
    )


def _rescore(arguments: argparse.Namespace) -> int:
    from coach import wiring

    shelf = wiring.shelf()
    session = shelf.find(arguments.session)
    return _judge(arguments, lambda scoring: scoring.of_session(shelf, session))


def _judge(arguments: argparse.Namespace, judged: "Callable[[Scoring], Review]") -> int:
    """Judge by whom the command line names, and print the report."""
    from coach.report.formats import render
    from coach.scoring import Scoring

    if arguments.judge == "model":
        from coach.endpoint_commands import judge_by_model

        return judge_by_model(arguments, judged, _write)
    if arguments.coaching:
        raise BadInput(
            "Coaching needs a model",
            "--coaching was given with the offline judge.",
            hint="Add --judge model.",
        )
    _write(render(judged(Scoring()), arguments.format), arguments.output)
    return 0


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            "The report cannot be written",
            f"{output}: {error.strerror}.",
            hint="Choose another place with -o.",
        ) from error
    print(f"Written to {output}", file=sys.stderr)


def _sessions(arguments: argparse.Namespace) -> int:
    from coach import wiring

    sys.stdout.write(wiring.list_sessions(arguments.format))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from coach import wiring
    from coach.report.formats import render
    from coach.scoring import review

    shelf = wiring.shelf()
    sys.stdout.write(render(review(shelf, shelf.find(arguments.session)), "text"))
    return 0


def _delete(arguments: argparse.Namespace) -> int:
    from coach import wiring

    shelf = wiring.shelf()
    session = shelf.find(arguments.session)
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise BadInput(
                "Nothing was deleted",
                "There is no terminal to ask on.",
                hint="Add --yes to delete without asking.",
            )
        if input(f"Delete {session} for good? Type yes: ").strip().lower() != "yes":
            print("Nothing was deleted.")
            return 0
    shelf.delete(session)
    print(f"Deleted {session}.")
    return 0


def _list_problems(arguments: argparse.Namespace) -> int:
    from coach.problem_commands import list_problems

    return list_problems(arguments)


def _show_problem(arguments: argparse.Namespace) -> int:
    from coach.problem_commands import show_problem

    return show_problem(arguments)


def _lint(arguments: argparse.Namespace) -> int:
    from coach.problem_commands import lint_problems

    return lint_problems(arguments)


def _sheet(arguments: argparse.Namespace) -> int:
    from coach.text_commands import sheet

    return sheet(arguments)


def _board(arguments: argparse.Namespace) -> int:
    from coach.text_commands import board

    return board(arguments)


def _doctor(arguments: argparse.Namespace) -> int:
    from coach.endpoint_commands import doctor

    return doctor(arguments)


def _show_prompt(arguments: argparse.Namespace) -> int:
    from coach.endpoint_commands import show_prompt

    return show_prompt(arguments)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "home": _home,
    "practice": _practice,
    "resume": _resume,
    "grade": _grade,
    "rescore": _rescore,
    "sessions": _sessions,
    "show": _show,
    "delete": _delete,
    "list_problems": _list_problems,
    "show_problem": _show_problem,
    "lint": _lint,
    "sheet": _sheet,
    "board": _board,
    "doctor": _doctor,
    "show_prompt": _show_prompt,
}

if __name__ == "__main__":
    sys.exit(main())
