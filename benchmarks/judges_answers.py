"""What the fake model says: to each tool in the shape its prompt asks for, ready before the clock runs."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from judges_text import checklist, interview

from coach.judge.answer import read_items
from coach.judge.questions import questions
from coach.judge.reading import Reading
from coach.judge.settling import Settling
from coach.judge.unasked import decided_by_code
from tests.fakes.exchange import Call, tokens
from tests.fakes.judges import Judge, attentive, changed, item

STEPS = (
    "Read the task in the Input and everything in the Actual Output that bears on the criterion.",
    "Note what the Actual Output states with a mechanism, a number or a reason, and what it only names.",
    "Compare what was found in the Actual Output with what the task in the Input calls for.",
    "Match the result against the levels of the rubric and take the highest one that fits.",
)
REASON = (
    "The candidate works out the rates and the storage, names the alternative to the chosen way of making codes with "
    "its cost, and follows a takedown through every cache, but leaves the second region open."
)


def peer(call: Call) -> str:
    """A level of 3 with a reason of two lines, in whatever shape is still to be seen in the prompt."""
    if '"steps": <list_of_strings>' in call.visible:
        return json.dumps({"steps": STEPS})
    if '"reason": "your concise' in call.visible:
        return json.dumps({"reason": REASON, "score": 3})
    return f"{REASON}\n\nGRADE: 3"


def exact() -> Judge:
    """`attentive`, which claims only what our own rules of evidence let stand and finds the rest not shown."""
    checks = checklist()
    transcript = interview(checks)
    reading = Reading(transcript, checks)
    settling = Settling(reading)
    asked = {
        one.number: one
        for one in questions(checks, transcript, decided=decided_by_code(reading), seed="")
        if not one.is_control
    }

    def stand(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        read = read_items({"checks": items}, [one["check"] for one in items]).by_number
        return [
            item(number, why="nothing shows it")
            if (number := one["check"]) in asked and settling.why_again(asked[number], read[number])
            else one
            for one in items
        ]

    return changed(attentive, stand)


@dataclass
class Ready:
    """Answers each prompt as `model` does, without thinking twice about the same one. `said` counts tokens."""

    model: Callable[[Call], str]
    said: int = 0
    kept: dict[str, str] = field(default_factory=dict)

    def __call__(self, call: Call) -> str:
        if call.visible not in self.kept:
            self.kept[call.visible] = self.model(call)
        text = self.kept[call.visible]
        self.said += tokens(text)
        return text
