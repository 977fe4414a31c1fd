"""Our own judge behind an endpoint, on the path `coach grade --judge model` takes. Started by `judges.py`.

The argument says which judge: `model`, or `offline`, which that path asks first and which needs no endpoint.
"""

import sys
from pathlib import Path
from typing import Any

import judges_loop
from judges_text import ROOT, checklist, interview

import coach.llm.openai_chat  # noqa: F401  the coach imports it in a thread, once it is needed
from coach.address import Address
from coach.clock import SystemClock
from coach.judge.judging import judge as score
from coach.judge.modelled import ModelledJudge
from coach.judge.offline import OfflineJudge
from coach.judge.tape import Begun, Tape
from coach.llm.line import OpenAILine
from coach.llm.memory import Memory
from coach.profile import Profile

NONCE = "k3f9"
"""Four random characters otherwise; fixed here so that the server has its answers ready."""


def prepare(told: dict[str, Any]) -> judges_loop.Judge:
    """A judge of the interview; each run has a line, a memory and a tape of its own, as a fresh command would."""
    checks = checklist()
    transcript = interview(checks)
    begun = Begun(plan="benchmark", nonce=NONCE, host="loopback", model=told["model"], at="")

    def by_model(run: int) -> str:
        folder = Path(f"run-{run}")
        clock = SystemClock()
        profile = Profile(Address.parse(told["url"]), told["model"])
        line = OpenAILine(profile, Memory(folder / "endpoints.json", wall=clock.wall()), clock=clock)
        try:
            one = ModelledJudge(line, lambda _: Tape.begin(folder / "0001.jsonl", begun))
            card = score(one, checks, transcript, seniority="senior")
        finally:
            line.close()
        account = card.judge.account
        assert account is not None
        return (
            f"{card.score:.2f}, {card.verdict}; {len(card.findings)} findings, {account.held} of {account.quotes} quotes "
            f"held, {account.rejected} checks rejected"
        )

    def offline(_: int) -> str:
        card = score(OfflineJudge(), checks, transcript, seniority="senior")
        return f"{card.score:.2f}, {card.verdict}; {len(card.findings)} findings"

    return offline if sys.argv[1] == "offline" else by_model


judges_loop.serve(
    prepare, ["system-design-coach"], [ROOT / one for one in ("coach", "problems", "rubrics", "prompts")]
)
