"""Judgings by scripted models: short ways to a tape, a line and a scorecard."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach.judge.card import Card
from coach.judge.findings import Finding
from coach.judge.judging import judge
from coach.judge.modelled import ModelledJudge
from coach.judge.port import Progress
from coach.judge.tape import Begun, Tape
from coach.session.transcript import Transcript
from tests.fakes.judges import Shown, crediting
from tests.fakes.model import Script, ScriptedLine, ScriptedModel
from tests.judge import ferry

NONCE = "k3f9"
GOOD = (
    Shown("what stays out", "meals and cabins"),
    Shown("Forty cars fit", "forty cars per crossing"),
    Shown("conclusion from a number", "4.6 bookings"),
    Shown("Has the place store", "one row per deck space"),
    Shown("Has the booking desk", "The desk takes the wish"),
    Shown("from when on a booking is certain", "certain once the row"),
    Shown("wrote down the main calls", "POST /bookings"),
    Shown("who gets the last place", "the second write fails"),
    Shown("another way and why not", "a queue per crossing"),
    Shown("what a driver sees meanwhile", "says try again"),
)
"""What a fair judge finds in the ferry interview or the written answer."""


def fair(*but: Shown) -> Callable[..., str]:
    """The fair judge, but for what is given; that comes first."""
    return crediting(*but, *GOOD)


@dataclass
class Judged:
    """One judging that came to its end."""

    card: Card
    model: ScriptedModel
    tape: Tape

    def finding(self, check: str) -> Finding:
        """The finding of one check."""
        return next(one for one in self.card.findings if one.check == check)

    @property
    def warnings(self) -> dict[str, str]:
        return {one.code: one.text for one in self.card.warnings}


@dataclass
class Stage:
    """Judges in `folder`, one tape after the other; `told` is what a watcher hears."""

    folder: Path
    told: list[Progress] = field(default_factory=list)
    lines: list[ScriptedLine] = field(default_factory=list)
    tapes: list[Tape] = field(default_factory=list)

    def line(self, model: ScriptedModel) -> ScriptedLine:
        """A line to `model` that is closed at the end of the test."""
        self.lines.append(ScriptedLine(model))
        return self.lines[-1]

    def open_tape(self, plan: str) -> Tape:
        """A new tape with a nonce that tests know."""
        path = self.folder / f"{len(self.tapes) + 1:04d}.jsonl"
        begun = Begun(plan=plan, nonce=NONCE, host="h", model="m", at="2026-11-23T19:30:00.000Z")
        self.tapes.append(Tape.begin(path, begun))
        return self.tapes[-1]

    def judge(
        self,
        script: Script | ScriptedModel,
        transcript: Transcript | None = None,
        *,
        estimate: float | None = None,
        audit: bool = True,
        **model: Any,
    ) -> Judged:
        """Judge the ferry interview, or another transcript of it, by a scripted model."""
        behind = script if isinstance(script, ScriptedModel) else ScriptedModel(script, **model)
        one = ModelledJudge(self.line(behind), self.open_tape, tell=self.told.append, audit=audit)
        card = judge(
            one, ferry.checklist(), transcript or ferry.interview(), seniority="senior", estimate=estimate
        )
        assert one.tape is not None
        return Judged(card, behind, one.tape)

    def close(self) -> None:
        for one in self.lines:
            one.close()
