"""The prompt of one reply: the brief, which never changes, then the talk, her notes, the clock and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.interviewer import lines
from coach.interviewer.clockwork import time_left
from coach.interviewer.history import INITIATED
from coach.llm.port import Message
from coach.session.commands import BOARD, NOTES_OF, SHEET
from coach.session.phases import HEADINGS, board_phase, sheet_phase
from coach.templates import render
from coach.text.neutral import neutral, neutral_line

if TYPE_CHECKING:
    from coach.content.problem import Problem
    from coach.llm.tokens import Counter
    from coach.session.commands import Speak
    from coach.session.state import State, Turn

TEMPLATES = ("interviewer-system", "interviewer-turn")
LISTEN = "Say in at most four words that you listen, such as: Go on."
_WHO = {"candidate": "She", "interviewer": "You"}
_NO_MOVES = frozenset(("greeting", "nudge", "time_up", "summary_request", "hint"))
_LEAST_TURNS = 4
_SHEET_HEADING = "Number sheet"
_BOARD_HEADING = "Board: the boxes and arrows she drew"
_LEAST_NOTES = 200
"""Characters of notes that always stay."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one reply is made from. `move` is what to do when the candidate asks nothing; `again` what not to repeat."""

    problem: Problem
    state: State
    said: str
    t: float
    move: Speak | None = None
    again: str = ""

    def messages(self, *, room: int | None, counter: Counter) -> tuple[Message, ...]:
        """The prompt, within `room` tokens where that is known: the oldest turns are left out first, then old notes."""
        turns = [one for one in self.state.turns if one.intent != "greeting"]
        notes = self._notes()
        while True:
            found = self._with(turns, notes, cut=len(turns) < len(self.state.turns) - 1)
            if room is None or counter.messages(found) <= room:
                return found
            if len(turns) > _LEAST_TURNS:
                turns = turns[max(2, len(turns) // 4) :]
            elif sum(len(one["text"]) for one in notes) > _LEAST_NOTES:
                notes = _shortened(notes)
            else:
                return found

    def _with(self, turns: list[Turn], notes: list[dict[str, str]], *, cut: bool) -> tuple[Message, ...]:
        state, problem = self.state, self.problem
        system = {
            "title": neutral_line(problem.title),
            "question": neutral(problem.prompt),
            "facts": [{"id": one.id, "answer": one.answer} for one in problem.facts],
            "corrections": [one.correction for fact in problem.facts for one in fact.premises],
            "persona": state.chosen.persona,
            "seniority": state.chosen.seniority,
        }
        turn = {
            "turns": [{"who": _WHO[one.speaker], "text": neutral_line(one.text)} for one in turns[:-1]],
            "is_cut": cut,
            "notes": notes,
            "phase": lines.PHASES[state.phase],
            "clock": time_left(state, self.t),
            "told": [fact for fact in state.facts if any(one.id == fact for one in problem.facts)],
            "improvised": [neutral_line(one) for one in state.improvised],
            "asked": [neutral_line(one.text) for one in state.turns if one.intent in INITIATED],
            "again": neutral_line(self.again),
            "said": neutral(self.said),
            "move": _in_words(self.move),
        }
        return (
            Message("system", render("interviewer-system", system)),
            Message("user", render("interviewer-turn", turn)),
        )

    def _notes(self) -> list[dict[str, str]]:
        docs = self.state.docs
        phases = self.state.planned.phases
        written = [(HEADINGS[phase], docs.get(NOTES_OF[phase], "")) for phase in phases]
        written.insert(1 + phases.index(board_phase(phases)), (_BOARD_HEADING, docs.get(BOARD, "")))
        written.insert(1 + phases.index(sheet_phase(phases)), (_SHEET_HEADING, docs.get(SHEET, "")))
        return [
            {"heading": heading, "text": neutral(text).strip()} for heading, text in written if text.strip()
        ]


def _shortened(notes: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without the earliest: those of the first phase, the sheet after the estimation's; of the only ones the later half stays."""
    if len(notes) > 1:
        return notes[1:]
    text = notes[0]["text"]
    return [{**notes[0], "text": f"(the beginning left out) …{text[len(text) // 2 + 30 :]}"}]


def _in_words(move: Speak | None) -> str:
    """What to do next, for the model: a challenge quotes her, a question is the problem's own."""
    if move is None:
        return LISTEN
    if move.intent == "challenge" and move.quote:
        quote = neutral_line(move.quote)
        return f'Challenge this decision of hers, quoting it: "{quote}". Ask what else she considered and what it costs.'
    return f"Ask this, in your own words and so that it follows from what she said: {neutral_line(move.text)}"
