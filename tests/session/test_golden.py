"""Journals written by earlier coaches stay readable, record for record. Never regenerate these files: add new ones."""

from pathlib import Path
from typing import get_args

from coach.paths import sessions_dir
from coach.session.events import Event
from coach.session.evolve import replay
from coach.session.journal import read
from coach.session.shelf import Shelf
from coach.session.state import SelfRating
from coach.session.transcript import freeze
from tests.fakes.clock import FakeClock
from tests.fakes.sessions import journal_path, reopen

GOLDEN = Path(__file__).parents[1] / "golden" / "journals"
V1 = GOLDEN / "v1-practice.jsonl"
V2 = GOLDEN / "v2-model.jsonl"


def test_a_version_1_journal_is_read_whole() -> None:
    reading = read(V1)
    assert (reading.damage, reading.torn, reading.is_open) == ((), b"", False)
    assert len(reading.records) == len(V1.read_bytes().splitlines())


def test_the_golden_journals_hold_every_kind_of_event() -> None:
    """A new kind needs a golden journal that holds it, so that it too stays readable."""
    held = {record.event.kind for path in GOLDEN.glob("*.jsonl") for record in read(path).records}
    assert held >= {kind.model_fields["kind"].default for kind in get_args(Event)}


def test_a_version_1_journal_means_what_it_meant() -> None:
    records = read(V1).records
    state = replay(records)
    assert state.status == "finished"
    assert state.facts == {"writes": "asked", "ttl": "shown"}
    assert (state.hints, state.topics, state.curveballs) == ({"requirements": 1}, ("keys",), ("region",))
    assert (state.pauses, state.paused_s) == (2, 660)
    assert state.self_rating == SelfRating("hire", {"depth": 2, "tradeoffs": 3})
    transcript = freeze(records)
    assert (GOLDEN / "v1-practice.txt").read_text() == "".join(
        f"{one.number:2} {one.minute:5.2f} {one.speaker} {one.source} {one.phase}/{one.edited_in}: {one.text}\n"
        for one in transcript.lines
    ) + "".join(
        f"{one.phase}: {one.used_s(0):.2f} of {one.budget_s:.2f} s, planned {one.planned_s:.0f}\n"
        for one in transcript.times
    )


def test_a_version_2_journal_tells_who_asked_and_what_was_made_up() -> None:
    state = replay(read(V2).records)
    chosen = state.chosen
    assert (chosen.interviewer, chosen.judge, chosen.persona) == ("model", "model", "terse")
    assert (chosen.model, chosen.host) == ("qwen3:14b", "127.0.0.1:11434")
    assert (state.interviewer, state.speech, state.status) == ("model", "", "abandoned")
    assert state.improvised == ("Half of them come from one country.",)
    assert state.facts == {"volume": "asked", "reads": "asked"}
    broken_off = next(turn for turn in state.turns if turn.is_interrupted)
    assert (broken_off.text, broken_off.asks) == ("What did you weigh", "What else did you consider?")
    assert [line.text for line in freeze(read(V2).records).lines if line.speaker == "candidate"] == [
        "How many new links?",
        "I use one database.",
        "And the reads?",
        "- 100M/month",
    ]


def test_a_version_1_session_opens_on_the_shelf(clock: FakeClock) -> None:
    journal_path().parent.mkdir(parents=True)
    journal_path().write_bytes(V1.read_bytes())
    (line,) = Shelf(sessions_dir()).list()
    assert (line.status, line.title, line.trouble) == ("finished", "Design TinyURL", "")
    reopen(clock).close()
    assert journal_path().read_bytes() == V1.read_bytes()
