"""What the reader of a model's judging must know, and what it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.judge.account import Account
from coach.judge.brief import TEMPLATES
from coach.judge.findings import Caution
from coach.judge.noticed import noticed
from coach.judge.rounds import spent_on
from coach.templates import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coach.judge.questions import Question
    from coach.judge.reading import Reading
    from coach.judge.rounds import Rounds
    from coach.judge.settling import Settled
    from coach.profile import Profile

NOT_CALIBRATED = "NOT CALIBRATED: nobody has measured how this model's findings compare with a person's."


def cautions(
    reading: Reading, rounds: Rounds, settled: Sequence[tuple[Question, Settled]]
) -> Iterator[Caution]:
    """Everything about this judging that a score alone would hide."""
    yield Caution(code="not_calibrated", text=NOT_CALIBRATED)
    yield from noticed(reading, language=False)
    lost = sum(bool(one.trouble) for _, one in settled)
    if lost:
        yield Caution(
            code="evidence_rejected",
            text=f"{lost} checks the model credited earn nothing: what it quoted for them does not stand in your words.",
        )
    if any(echo.split() != rounds.brief.echo.split() for echo in rounds.echoes):
        yield Caution(
            code="echo",
            text="The model did not repeat its code exactly; every line it had to find, it found.",
        )
    if not spent_on(rounds.tape).is_counted:
        yield Caution(
            code="usage_unknown",
            text="The server did not say how many tokens it read. That it read everything rests on lines it had to quote.",
        )
    yield from _one_sided(reading, settled)
    left_out = sum(one.decision.outcome == "not_assessed" for _, one in settled)
    if left_out:
        yield Caution(code="left_out", text=f"The model left {left_out} checks out, also when asked again.")


def account(profile: Profile, rounds: Rounds, settled: Sequence[tuple[Question, Settled]]) -> Account:
    """What the judging took and rested on."""
    spent = spent_on(rounds.tape)
    return Account(
        host=profile.address.shown,
        model=profile.model,
        templates=fingerprint(TEMPLATES),
        calls=spent.calls,
        prompt_tokens=spent.prompt,
        answer_tokens=spent.answer,
        cached_tokens=spent.cached,
        is_usage_known=spent.is_counted,
        counted=rounds.counted,
        seconds=spent.seconds,
        cost=spent.cost,
        repairs=spent.repairs,
        quotes=sum(one.quotes for _, one in settled),
        held=sum(one.held for _, one in settled),
        rejected=sum(bool(one.trouble) for _, one in settled),
    )


def _one_sided(reading: Reading, settled: Sequence[tuple[Question, Settled]]) -> Iterator[Caution]:
    """All evidence from one half of a long text may mean that the other was not read."""
    last = reading.transcript.lines[-1].number if reading.transcript.lines else 0
    lines = [quote.line for _, one in settled for quote in one.decision.evidence]
    if last < 40 or len(lines) < 6:
        return
    halves = {line * 2 > last for line in lines}
    if len(halves) == 1:
        half = "second" if halves.pop() else "first"
        yield Caution(code="one_sided", text=f"All evidence stands in the {half} half of the transcript.")
