"""A stage for judgings by scripted models, hung up at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judge.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Tokens are estimated: whether this machine has a table makes no difference."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "no-tables"))
    found = Stage(tmp_path / "judgings")
    yield found
    found.close()
