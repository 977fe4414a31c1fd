"""Everything that reads foreign text, against texts nobody would write: no crash, nothing slower than a second.

`make fuzz` looks for longer. What once failed stands in the examples.
"""

import json
import os
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coach.llm.structured import find_object
from coach.session.commands import Edit, NextPhase, Say, Speak
from tests.board.test_bad_input import everything
from tests.fakes.sessions import Interview
from tests.fuzz import readers
from tests.fuzz.readers import READERS

ROOT = Path(__file__).parents[2]
EXAMPLES = int(os.environ.get("COACH_FUZZ", "60"))
GROWTH_MB = 200
KEPT = sorted(path for path in (Path(__file__).parent / "corpus").rglob("*") if path.is_file())
usual = settings(
    max_examples=EXAMPLES,
    deadline=timedelta(seconds=1) if EXAMPLES > 100 else None,
    derandomize=EXAMPLES <= 100,
    database=None,
    suppress_health_check=list(HealthCheck),
)
WARM_UP = (ROOT / "problems" / "warm-up.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def warm() -> None:
    """Hypothesis builds its tables of all characters when it first draws text, in a fresh checkout with much memory."""

    @settings(max_examples=10, database=None, deadline=None)
    @given(st.text(), st.characters())
    def draw(_: str, __: str) -> None:
        pass

    draw()


@pytest.fixture(autouse=True)
def memory(warm: None) -> Iterator[None]:
    """What is read must not stay."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < GROWTH_MB


def journal() -> bytes:
    """A journal with a bit of everything."""
    one = Interview(mode="practice")
    one.do(Edit("notes.requirements", "- shorten"), 10.0)
    one.do(Edit("notes.requirements", "- shorten links"), 12.0)
    one.do(Say("How many?"), 20.0)
    one.do(Speak("100 million.", "fact", facts=("volume",)), 21.0)
    one.do(Edit("board", "client -> api"), 30.0)
    one.do(Edit("sheet", "a = 5"), 31.0)
    one.do(NextPhase(), 60.0)
    return b"".join(record.model_dump_json().encode() + b"\n" for record in one.records)


JOURNAL = journal()
SNIPPETS = st.sampled_from(
    [
        "{",
        "}",
        '"',
        ":",
        ",",
        "[",
        "]",
        "\n",
        "\0",
        "null",
        "1e999",
        "-1",
        '"kind":',
        '"edited"',
        "\\u0000",
        "\\ud800",
        "é",
        " " * 50,
    ]
)


@st.composite
def cut_up(draw: st.DrawFn, text: str) -> str:
    """`text` with some stretches removed, doubled or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        kind = draw(st.sampled_from(["cut", "double", "put"]))
        middle = {
            "cut": "",
            "double": text[start:end] * 2,
            "put": draw(st.one_of(SNIPPETS, st.text(max_size=10))),
        }[kind]
        text = text[:start] + middle + text[end:]
    return text


@usual
@given(cut_up(JOURNAL.decode()))
@example("\n" * 5000)
@example(JOURNAL.decode().replace('"t":', '"t":1e999,"x":', 1))
def test_journals(text: str) -> None:
    readers.journal(text.encode("utf-8", "surrogatepass"))


@usual
@given(
    st.one_of(
        st.binary(max_size=400),
        cut_up("# T\n\n## Requirements & scope\n\n- a 5 GB\n\n```\na -> b\n```\n## Deep dive\nx\n").map(
            str.encode
        ),
    )
)
@example(b"\xef\xbb\xbf## deep dive")
@example(b"#" * 900)
def test_written_answers(raw: bytes) -> None:
    readers.write_up(raw)


@usual
@given(cut_up(WARM_UP))
@example("a: &a [*a]")
@example("? [x]\n: y")
@example("a: !!python/object:os.system x")
@example("{" * 200)
def test_problem_files(text: str) -> None:
    readers.problem(text.encode("utf-8", "surrogatepass"))


BOARD = st.lists(
    st.one_of(
        st.sampled_from(
            ["client", "api", "db", " -> ", " <-> ", "->", "-", "--", ":", "|", "{", "}", "[", "]", "(", ")", '"', ",", "&", "x3", "\n",
             "subgraph ", "end", "#", "//", "数", "👩‍💻", "\t", "a.shape: ", "style.", "-- text -->", "@{"]
        ),
        st.text(max_size=4),
    ),
    max_size=60,
).map("".join)  # fmt: skip


@usual
@given(BOARD)
@example("-- " * 700)
@example("a -> " * 400)
def test_boards(text: str) -> None:
    everything(text)


SHEET = st.lists(
    st.one_of(
        st.sampled_from(
            ["a", "=", "5", "10M", " GB", "/day", " * ", "^", "(", ")", "x", "%", "..", "-", "~", ",", "1e9", " in ", "KB", "\n", "log2(",
             "ceil(", "9" * 40, "/", "|", ":", "100:1", "2-3", "²", "½", "٣"]
        ),
        st.text(max_size=3),
    ),
    max_size=50,
).map("".join)  # fmt: skip


@usual
@given(SHEET)
@example("9^9^9^9")
@example("(" * 500)
@example("a=b\nb=a")
def test_sheets_and_calculations(text: str) -> None:
    readers.sheet(text.encode("utf-8", "surrogateescape" if text.isascii() else "replace"))


ANSWER = json.dumps({"facts": ["volume"], "kind": "answer", "new": [], "say": "About 100 million."})


@usual
@given(st.one_of(cut_up(ANSWER), st.text(max_size=300), st.lists(SNIPPETS, max_size=200).map("".join)))
@example("{" * 3000)
@example("[" * 3000 + '{"facts": []}')
@example('{"facts": "' + "\\" * 2001)
def test_answers_of_models(text: str) -> None:
    find_object(text, "facts")


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: f"{kept.parent.name}-{kept.name[:16]}")
def test_what_guided_fuzzing_once_found(kept: Path) -> None:
    before = time.process_time()
    READERS[kept.parent.name](kept.read_bytes())
    assert time.process_time() - before < 1.0
