"""Prompts from files: a user's own first, in a sandbox, where a missing value is an error. The one home of jinja2.

What people and models wrote goes in as values and is never read as a template.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from coach import paths
from coach.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment

SUFFIX = ".j2"


def render(name: str, values: Mapping[str, object]) -> str:
    """The template `name` filled with `values`; `BadInput` names the file and line that is wrong."""
    from jinja2 import TemplateError

    try:
        path = where(name)
        return _compiled(name, path, path.stat().st_mtime_ns).render(values).strip()
    except TemplateError as error:
        raise _wrong(name, error) from error
    except Exception as error:  # a user's template may divide by zero
        raise _wrong(name, error) from error


def where(name: str) -> Path:
    """The file `name` is read from."""
    for folder in paths.content_dirs("prompts"):
        if (path := folder / (name + SUFFIX)).is_file():
            return path
    raise BadInput(
        "A prompt is missing", f"There is no template {name}{SUFFIX}.", hint="Install the coach again."
    )


def fingerprint(names: Sequence[str]) -> str:
    """Twelve characters that change whenever one of these templates does."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + where(name).read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _environment() -> ImmutableSandboxedEnvironment:
    return _made(tuple(str(folder) for folder in paths.content_dirs("prompts")))


@lru_cache(maxsize=2)
def _made(folders: tuple[str, ...]) -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,  # it would not see a file of one's own that appears before a shipped one
    )


@lru_cache(maxsize=16)
def _compiled(name: str, path: Path, changed: int) -> Template:
    """The template as it stood in `path` at `changed`."""
    return _environment().get_template(name + SUFFIX)


def _wrong(name: str, error: Exception) -> BadInput:
    path, line = _place(error)
    path = path or getattr(error, "filename", None) or str(where(name))
    line = line or getattr(error, "lineno", None)
    place = f", line {line}" if line else ""
    return BadInput(
        "A prompt template is wrong",
        f"{path}{place}: {getattr(error, 'message', None) or error}",
        hint="Mend it, or delete your own copy to use the shipped one.",
    )


def _place(error: Exception) -> tuple[str, int | None]:
    """File and line of the innermost frame that belongs to a template."""
    found: tuple[str, int | None] = "", None
    frame = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename.endswith(SUFFIX):
            found = frame.tb_frame.f_code.co_filename, frame.tb_lineno
        frame = frame.tb_next
    return found
