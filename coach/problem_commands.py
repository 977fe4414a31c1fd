"""Commands over problem files: `coach problems list`, `show` and `lint`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coach.report.words import printable

if TYPE_CHECKING:
    import argparse


def list_problems(_: argparse.Namespace) -> int:
    """Every problem that can be used, and what is wrong with the rest."""
    from coach.content.library import load_bank

    bank = load_bank()
    for problem in bank.listed():
        print(printable(f"{problem.id:<20} {problem.title:<32} {', '.join(problem.asked_by)}"))
    for fault in bank.faults:
        print(printable(str(fault)), file=sys.stderr)
    return 0


def show_problem(arguments: argparse.Namespace) -> int:
    """What the candidate sees of one problem."""
    from coach.content.library import find_problem

    problem = find_problem(arguments.problem)
    asked_by = f"\n\nAsked by: {', '.join(problem.asked_by)}" if problem.asked_by else ""
    print(printable(f"{problem.title}\n\n{problem.prompt}{asked_by}"))
    return 0


def lint_problems(arguments: argparse.Namespace) -> int:
    """Check problem files; the exit code is 2 when something is wrong."""
    from coach.content.lint import lint

    files, faults = lint(arguments.file)
    for fault in faults:
        print(printable(str(fault)))
    print(f"{len(files)} checked, {len(faults)} faults", file=sys.stderr)
    return 2 if faults else 0
