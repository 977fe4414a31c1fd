"""Authoring checks on problem files: shape, ids, numbers, samples."""

from pathlib import Path

from coach.content.library import ContentError, Fault, problem_files, read_problem
from coach.content.samples import read_sample
from coach.errors import BadInput


def lint(target: str | None) -> tuple[list[Path], list[Fault]]:
    """The files looked at and every fault in them; `target` is a file, a problem's id or None for all."""
    files = [_file(target)] if target is not None else problem_files()
    return files, [fault for path in files for fault in lint_problem(path)]


def lint_problem(path: Path) -> list[Fault]:
    """What is wrong with one problem file and its samples."""
    faults: list[Fault] = []
    try:
        read_problem(path)
    except ContentError as error:
        faults += error.faults
    for sample in sorted(path.parent.glob(f"{path.stem}.samples/*.md")):
        try:
            read_sample(sample)
        except ContentError as error:
            faults += error.faults
    return faults


def _file(target: str) -> Path:
    path = Path(target)
    if path.is_file():
        return path
    named = next((one for one in problem_files() if one.stem == target), None)
    if named is None:
        raise BadInput(
            "Nothing to check",
            f"'{target}' is neither a file nor a problem.",
            hint="Give a path to a problem's YAML file.",
        )
    return named
