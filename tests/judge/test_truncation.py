"""A server that drops a part of the prompt without a word gets no number out of us, through the whole program."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from coach import paths
from coach.address import Address
from coach.clock import SystemClock
from coach.judge.card import Card
from coach.judge.probe import probe
from coach.llm.line import OpenAILine
from coach.llm.memory import Memory
from coach.llm.port import ChatModel, ModelError, Reply, Usage
from coach.llm.tokens import ESTIMATE
from coach.profile import Profile
from tests.fakes.command import Ran, run
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.judges import attentive
from tests.fakes.model import Asked, ScriptedModel, uncounted
from tests.judge.stage import Stage, fair

ANSWER = Path(__file__).parent / "answers" / "tinyurl" / "1-numbers.md"
"""With its checks it makes a prompt of some 3,400 tokens."""
STRONG = paths.shipped_dir("problems") / "tinyurl.samples" / "strong.md"


def grade(
    capsys: pytest.CaptureFixture[str], endpoint: FakeEndpoint, *more: str, answer: Path = ANSWER
) -> Ran:
    where = ("--base-url", endpoint.url, "--model", "fake-model", "--yes")
    return run(capsys, "grade", str(answer), "--problem", "tinyurl", "--judge", "model", *where, *more)


@pytest.mark.parametrize(
    ("scenario", "window", "title"),
    [
        ("ollama_truncate", 2200, "It did not read everything"),
        ("ollama_truncate_head_tail", 2200, "It did not read everything"),
        ("lmstudio_truncate_middle", 1900, "It did not read everything"),
        ("no_usage+ollama_truncate", 1500, "This model cannot judge"),
        ("null_usage+ollama_truncate_head_tail", 1500, "This model cannot judge"),
        ("no_usage+lmstudio_truncate_middle", 1200, "This model cannot judge"),
    ],
)
def test_a_prompt_that_was_cut_off_silently_gives_no_score(
    capsys: pytest.CaptureFixture[str], scenario: str, window: int, title: str
) -> None:
    """Told by the server's own count, or where it does not count by lines that cannot be quoted."""
    with FakeEndpoint(attentive, scenario=scenario, window=window) as endpoint:
        ran = grade(capsys, endpoint, "--format", "json")
        assert endpoint.calls[0].visible != endpoint.calls[0].prompt
    assert (ran.code, ran.out) == (3, "")
    assert f"coach: {title}: " in ran.err
    assert "127.0.0.1" in ran.err
    assert "window" in ran.err
    for path in paths.data_dir().rglob("*.jsonl"):
        assert not [one for one in path.read_text(encoding="utf-8").splitlines() if Card.read(one)]


def test_the_same_server_with_a_window_that_holds_it_all_gives_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with FakeEndpoint(attentive, scenario="ollama_truncate", window=4_000) as endpoint:
        ran = grade(capsys, endpoint, "--format", "json")
    assert ran.code == 0
    assert Card.read(ran.out) is not None


@pytest.mark.parametrize(
    ("share", "is_cut"), [(0.3, True), (0.55, True), (0.65, False), (1.0, False), (1.4, False)]
)
def test_the_servers_own_count_tells(stage: Stage, share: float, is_cut: bool) -> None:
    """Other tokenizers count otherwise, by less than what a cut takes away."""

    def usage(asked: Asked, text: str) -> Usage:
        return Usage(int(ESTIMATE.messages(asked.request.messages) * share), 100)

    if not is_cut:
        assert stage.judge(fair(), usage=usage).card.score is not None
        return
    model = ScriptedModel(fair(), usage=usage)
    with pytest.raises(ModelError) as caught:
        stage.judge(model)
    assert caught.value.kind == "truncated"
    assert len(model.asked) == 1
    assert stage.tapes[0].calls == (), "nothing it said is kept to be gone on with"


def test_a_server_that_does_not_count_is_judged_by_its_quotes_alone(stage: Stage) -> None:
    assert stage.judge(fair(), usage=uncounted).card.score is not None


@dataclass(frozen=True)
class Cut:
    """What is left of a prompt."""

    visible: str


def test_lines_quoted_from_a_shorter_second_prompt_do_not_prove_that_the_first_was_read(stage: Stage) -> None:
    """Asked again alone, the controls would come in a prompt that fits."""
    seen: list[bool] = []

    def script(asked: Asked) -> Reply:
        left = asked.visible[-1_500:]  # a server that drops the front of what is longer, and does not count
        seen.append("\n4 C: " in left)
        return Reply(fair()(Cut(left)))

    with pytest.raises(ModelError) as caught:
        stage.judge(script)
    assert caught.value.kind == "cannot_judge"
    assert seen == [False]


@pytest.mark.parametrize("scenario", ["no_usage+ollama_truncate", "lmstudio_truncate_middle"])
def test_the_usual_window_of_a_local_server_and_a_long_answer_give_no_score(
    capsys: pytest.CaptureFixture[str], scenario: str
) -> None:
    """4,096 tokens of window for some 4,800, all of the checks among what is left."""
    with FakeEndpoint(attentive, scenario=scenario) as endpoint:
        ran = grade(capsys, endpoint, answer=STRONG)
    assert (ran.code, ran.out) == (3, "")
    assert "This model cannot judge" in ran.err


async def _window(model: ChatModel) -> int | None:
    return model.abilities.window


def test_a_window_that_was_widened_is_noticed(tmp_path: Path) -> None:
    """Every hint says to raise it."""
    clock, sizes = SystemClock(), []
    with FakeEndpoint(attentive) as endpoint:
        profile = Profile(Address.parse(endpoint.url), "fake-model")
        for size in (4_096, 16_384):
            endpoint.pages = {"/props": {"default_generation_settings": {"n_ctx": size}}}
            line = OpenAILine(profile, Memory(tmp_path / "memory.json", wall=clock.wall()), clock=clock)
            line.run(probe).result(30)
            sizes.append(line.run(_window).result(30))
            line.close()
    assert sizes == [4_096, 16_384]
