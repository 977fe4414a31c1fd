"""Everything that reads foreign text, each as one function of bytes: it returns, or raises what a user is told."""

import os
from collections.abc import Callable
from pathlib import Path

from coach.content.library import read_problem
from coach.errors import CoachError
from coach.estimates.calculations import Reader
from coach.estimates.sheet import Sheet
from coach.judge.writeup import decode, read_write_up
from coach.llm.structured import find_object
from coach.session.evolve import replay
from coach.session.journal import read
from coach.session.transcript import freeze
from tests.board.test_bad_input import everything


def text_of(raw: bytes) -> str:
    """Any bytes as some text, lone surrogates included."""
    return raw.decode("utf-8", "surrogateescape")


def journal(raw: bytes) -> None:
    path = Path(os.environ["HOME"]) / "session.jsonl"
    path.write_bytes(raw)
    try:
        reading = read(path)
    except CoachError:
        return
    if reading.records and reading.records[0].event.kind == "started":
        state = replay(reading.records)
        if state.phases:
            freeze(reading.records)


def write_up(raw: bytes) -> None:
    try:
        text = decode(raw, name="answer.md")
    except CoachError:
        return
    read_write_up(text)


def problem(raw: bytes) -> None:
    path = Path(os.environ["HOME"]) / "warm-up.yaml"
    path.write_bytes(raw)
    try:
        read_problem(path)
    except CoachError as error:
        assert str(error)  # noqa: PT017


def board(raw: bytes) -> None:
    everything(text_of(raw))


def sheet(raw: bytes) -> None:
    text = text_of(raw)
    Sheet().read(text, typing=None)
    reader = Reader()
    for line in text.split("\n"):
        reader.read(line)


def answer(raw: bytes) -> None:
    find_object(text_of(raw), "facts")


READERS: dict[str, Callable[[bytes], None]] = {
    "journal": journal,
    "write_up": write_up,
    "problem": problem,
    "board": board,
    "sheet": sheet,
    "answer": answer,
}
