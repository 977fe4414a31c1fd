"""Coverage-guided fuzzing of every reader: `make fuzz-guided` (FUZZ_S seconds each, 60 by default).

What crashes a reader, or keeps it busy for over a second, is kept in `tests/fuzz/corpus/<reader>/`, where the tests
read it again from then on.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = HERE / "corpus"
GROWTH_MB = 1024
SLOWED_BY = 4.0
"""Instrumented code is slower; the tests hold what is kept here to one second without."""


def seeds() -> dict[str, list[bytes]]:
    """Sound texts to begin from."""
    from tests.fuzz.test_fuzz import ANSWER, JOURNAL

    samples = [path.read_bytes()[:3000] for path in sorted((ROOT / "problems").glob("*.samples/*.md"))]
    boards = [
        path.read_bytes() for path in sorted((ROOT / "tests/board/fixtures").rglob("*")) if path.is_file()
    ]
    sheets = [path.read_bytes()[:2000] for path in sorted((ROOT / "tests/estimates/corpus").glob("*"))]
    return {
        "journal": [JOURNAL],
        "write_up": samples,
        "problem": [(ROOT / "problems/warm-up.yaml").read_bytes()],
        "board": [*(one[:2000] for one in boards), b"client -> api: GET /x\napi -> db x2\n"],
        "sheet": [*sheets, b"writes = 100M / month\nx = writes * 500 B in GB/day\n"],
        "answer": [ANSWER.encode()],
    }


def fuzz(name: str, seconds: int, start: Path) -> None:
    """One reader in this process; ends with it."""
    import atheris

    with atheris.instrument_imports(include=["coach"]):
        from tests.fuzz.readers import READERS
    read = READERS[name]

    def once(raw: bytes) -> None:
        before = time.process_time()
        read(raw)
        took = time.process_time() - before
        if took > SLOWED_BY:
            raise TimeoutError(f"{took:.1f} s")

    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    flags = [f"-max_total_time={seconds}", "-timeout=30", f"-rss_limit_mb={GROWTH_MB}", "-max_len=4000"]
    atheris.Setup(
        [name, *flags, f"-artifact_prefix={kept}/", "-print_final_stats=1", "-verbosity=1", str(start)], once
    )
    atheris.Fuzz()


def main() -> int:
    """Every reader, one after the other; the exit code is 1 when one failed."""
    seconds = int(os.environ.get("FUZZ_S", "60"))
    failed = False
    for name, texts in seeds().items():
        with tempfile.TemporaryDirectory() as home:
            start = Path(home) / "seeds"
            start.mkdir()
            for number, text in enumerate(texts):
                (start / str(number)).write_bytes(text)
            done = subprocess.run(
                [sys.executable, __file__, name, str(seconds), str(start)],
                env=os.environ | {"HOME": home, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
                cwd=home, capture_output=True, text=True, check=False,
            )  # fmt: skip
        told = [
            line for line in done.stderr.splitlines() if "cov:" in line or "number_of_executed_units" in line
        ]
        print(f"{name:<9} {'failed' if done.returncode else 'clean'}  {told[-2:] if told else ''}")
        if done.returncode:
            failed = True
            print(done.stdout[-1500:], done.stderr[-1500:])
    return int(failed)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.path[:0] = [str(ROOT)]
        sys.exit(main())
