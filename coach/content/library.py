"""Finds, reads and validates problems and rubrics. Errors name file, line and column."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from coach import paths
from coach.content.numbers import check_numbers
from coach.content.problem import Problem
from coach.content.rubric import Rubric
from coach.errors import BadInput, nearest

MOST_BYTES = 1_000_000
MOST_VALUES = 100_000
MOST_FAULTS = 20
Shape = TypeVar("Shape", bound=BaseModel)
Path_ = tuple[str | int, ...]
Mark = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a content file. Line and column count from 1."""

    path: Path
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class ContentError(BadInput):
    """A content file that cannot be used; carries every fault found."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        super().__init__(
            "This content file cannot be used",
            "\n".join(map(str, faults)),
            hint=f"Mend the file, then check it with: coach problems lint {path}",
        )
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Bank:
    """Every problem that can be used, and what is wrong with the rest."""

    problems: tuple[Problem, ...]
    faults: tuple[Fault, ...]

    def listed(self) -> tuple[Problem, ...]:
        """The problems to choose from, without the warm-up."""
        return tuple(problem for problem in self.problems if not problem.toy)


def load_bank() -> Bank:
    """All problems, a user's own before a shipped one of the same id; a broken file never hides the others."""
    problems: dict[str, Problem] = {}
    faults: list[Fault] = []
    for path in problem_files():
        if path.stem in problems:
            continue
        try:
            problems[path.stem] = read_problem(path)
        except ContentError as error:
            faults.extend(error.faults)
    ordered = sorted(problems.values(), key=lambda problem: problem.title)
    return Bank(tuple(ordered), tuple(faults))


def problem_files() -> list[Path]:
    """Every problem file, a user's own first."""
    return [
        path
        for folder in paths.content_dirs("problems")
        if folder.is_dir()
        for path in sorted(folder.glob("*.yaml"))
    ]


def find_problem(name: str) -> Problem:
    """The problem with this id; `BadInput` names the nearest ones."""
    for path in problem_files():
        if path.stem == name:
            return read_problem(path)
    raise BadInput(
        "Unknown problem",
        f"There is no problem '{name}'.",
        hint=nearest(name, sorted({path.stem for path in problem_files()} - {"warm-up"})),
    )


def find_rubric(name: str = "standard") -> Rubric:
    """The rubric with this id."""
    for folder in paths.content_dirs("rubrics"):
        path = folder / f"{name}.yaml"
        if path.is_file():
            return read_rubric(path)
    raise BadInput("Unknown rubric", f"There is no rubric '{name}'.")


def read_problem(path: Path) -> Problem:
    """One problem file, numbers recomputed; `ContentError` when it cannot be used."""
    problem, marks = _read(path, Problem)
    faults = [Fault(path, *_place(marks, one.where), one.message) for one in check_numbers(problem.numbers)]
    if problem.id != path.stem:
        faults.append(
            Fault(path, *_place(marks, ("id",)), f"the id is '{problem.id}' but the file is {path.name}")
        )
    if faults:
        raise ContentError(path, faults)
    return problem


def read_rubric(path: Path) -> Rubric:
    """One rubric file."""
    return _read(path, Rubric)[0]


def _read(path: Path, shape: type[Shape]) -> tuple[Shape, dict[Path_, Mark]]:
    data, marks = parse_yaml(path, read_text(path))
    return validate(path, shape, data, marks), marks


def read_text(path: Path) -> str:
    """The text of a content file, or a fault that says why there is none."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(path, [Fault(path, 1, 1, f"cannot be read: {error.strerror}")]) from error
    if len(raw) > MOST_BYTES:
        raise ContentError(path, [Fault(path, 1, 1, f"is larger than {MOST_BYTES // 1000} KB")])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(path, [Fault(path, line, 1, "is not UTF-8 text")]) from error


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 scalars: `no`, `on`, `12:30` and dates stay text. Ten times faster where libyaml is there."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _add_scalars() -> None:
    import re

    _Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
    _Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?\d+$"), list("-0123456789"))


_add_scalars()


def parse_yaml(path: Path, text: str) -> tuple[Any, dict[Path_, Mark]]:
    """Plain data and the place of each value."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                raise ContentError(path, [Fault(path, 1, 1, "is empty")])
            marks: dict[Path_, Mark] = {}
            faults = _walk(node, (), marks)
            if faults:
                raise ContentError(path, [Fault(path, *mark, message) for mark, message in faults])
            return loader.construct_document(node), marks
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ContentError(path, [Fault(path, line, column, str(error.problem or error.context))]) from error
    except yaml.YAMLError as error:
        first = str(error).strip().split("\n")[0]
        raise ContentError(path, [Fault(path, 1, 1, first)]) from error
    except (RecursionError, ValueError) as error:
        raise ContentError(
            path, [Fault(path, 1, 1, "is nested too deeply or holds an impossible value")]
        ) from error


def _walk(
    node: yaml.Node, at: Path_, marks: dict[Path_, Mark], *, above: tuple[int, ...] = ()
) -> list[tuple[Mark, str]]:
    """Note where each value stands; aliases are followed, but neither into themselves nor without bound."""
    mark = (node.start_mark.line + 1, node.start_mark.column + 1)
    marks[at] = mark
    if id(node) in above or len(marks) > MOST_VALUES:
        return [(mark, "an alias (*name) refers to itself, or the file holds too many values")]
    above = (*above, id(node))
    found: list[tuple[Mark, str]] = []
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            found += _walk(item, (*at, number), marks, above=above)
            if found:
                return found
    elif isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            here = (key.start_mark.line + 1, key.start_mark.column + 1)
            if name in keys:
                found.append((here, f"the key '{name}' stands twice"))
            keys.add(name)
            found += _walk(value, (*at, name), marks, above=above)
            marks[(*at, name)] = here
            if len(found) > MOST_FAULTS:
                return found
    return found


def validate(path: Path, shape: type[Shape], data: Any, marks: dict[Path_, Mark]) -> Shape:
    """`data` as `shape`, or the faults with their places."""
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        faults = []
        for one in error.errors():
            where: Path_ = tuple(part for part in one["loc"])
            name = ".".join(map(str, where)) or "the file"
            message = one["msg"].removeprefix("Value error, ")
            faults.append(Fault(path, *_place(marks, where), f"{name}: {_plain(message, one['type'])}"))
        raise ContentError(path, faults) from error


def _plain(message: str, kind: str) -> str:
    words = {"missing": "is missing", "extra_forbidden": "is not a known key"}
    return words.get(kind, message[:1].lower() + message[1:])


def _place(marks: dict[Path_, Mark], where: Path_) -> Mark:
    """The place of the value at `where`, or of the nearest thing around it."""
    for length in range(len(where), -1, -1):
        if where[:length] in marks:
            return marks[where[:length]]
    return 1, 1
