"""The frame every runner of `judges.py` stands in: the clock from its first line, a bar on the way out, one answer a line.

Standard library only, so that it runs in each tool's own environment. Import it before anything else. Runners are told
what to judge on the first line of standard input, and to judge on every further one.
"""

import atexit
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, distribution
from ipaddress import ip_address
from pathlib import Path
from typing import Any

BEGAN = time.perf_counter()
Judge = Callable[[int], str]
"""Judges once, given the number of the run, and says in a line what came out; raises when the tool refuses."""

_BARRED: list[str] = []
_answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # what the tools print themselves is no answer


def serve(
    prepare: Callable[[dict[str, Any]], Judge], packages: Iterable[str], folders: Iterable[Path] = ()
) -> None:
    """Answer until standard input ends. `folders` belong to the size of a tool that is not installed as files."""
    imported = time.perf_counter() - BEGAN
    names = tuple(packages)
    judge = prepare(json.loads(sys.stdin.readline()))
    _say(
        ready=time.perf_counter() - BEGAN,
        imported=imported,
        size=_size(names) + sum(map(_bytes, (one for folder in folders for one in folder.rglob("*")))),
        versions={name: distribution(name).version for name in names},
    )
    for number, _ in enumerate(sys.stdin, start=1):
        began, worked = time.perf_counter(), time.process_time()
        try:
            outcome, refused = judge(number), ""
        except Exception as error:
            outcome, refused = "", f"{type(error).__name__}: {error}"
        took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
        _say(**took, outcome=outcome, refused=refused)


def _say(**what: object) -> None:
    _answers.write(json.dumps(what) + "\n")
    _answers.flush()


def _bar(event: str, arguments: tuple[Any, ...]) -> None:
    """Nothing leaves this machine: whoever tries is noted and stopped."""
    if event == "socket.connect":
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if host is not None and not _is_here(str(host)):
        _BARRED.append(str(host))
        raise ConnectionRefusedError(f"{host} is not this machine")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _size(packages: Iterable[str]) -> int:
    """Bytes of the packages with all they need, compiled files and optional extras left out."""
    total, seen, todo = 0, set(), list(packages)
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        total += sum(_bytes(Path(str(one.locate()))) for one in found.files or ())
        needed = [one for one in found.requires or () if "extra ==" not in one]
        todo += [match[0] for one in needed if (match := re.match(r"[\w.-]+", one))]
    return total


def _bytes(path: Path) -> int:
    return path.stat().st_size if path.suffix != ".pyc" and path.is_file() else 0


sys.addaudithook(_bar)
atexit.register(lambda: _say(barred=_BARRED))  # the first to be registered is the last to run
