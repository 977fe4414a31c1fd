"""The embedded interviewer: no model; every word is the problem file's, the candidate's own or stands in `lines`."""

from coach.content.problem import Problem
from coach.interviewer import deepdive, lines
from coach.interviewer.challenge import challenge
from coach.interviewer.clockwork import clock_line, time_left
from coach.interviewer.facts import FactSheet
from coach.interviewer.hearing import Heard, hear
from coach.interviewer.history import gap_s, here, last_initiated, was_spoken
from coach.interviewer.phrases import Remark
from coach.session.commands import Speak
from coach.session.state import State
from coach.terms import Phase


class ScriptedInterviewer:
    """Holds the problem's hidden facts and answers only what is asked."""

    name = "scripted"

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._sheet = FactSheet(problem.facts)
        self._answers = {fact.id: fact.answer for fact in problem.facts}

    def greet(self, state: State, t: float) -> tuple[Speak, ...]:
        """The prompt and how this goes; nothing when it was said already."""
        if here(state) is None or any(turn.intent == "greeting" for turn in state.turns):
            return ()
        only = state.chosen.only
        line = lines.DRILL_GREETING.format(phase=lines.PHASES[only]) if only else lines.GREETING
        return (Speak(f"{self._problem.prompt} {line}", "greeting"),)

    def answer(self, state: State, said: str, t: float) -> tuple[Speak, ...]:
        """Corrections, the facts asked for, what is left to the candidate or not on the sheet; else the next question."""
        phase = here(state)
        if phase is None:
            return ()
        heard = hear(self._sheet, said, takes_assumptions=phase.phase in ("requirements", "estimation"))
        replies = self._told(heard, state) + self._handed_back(heard, state, t)
        if replies:
            return replies
        reply = self.follow_up(state, said, t) or _acknowledgement(state, t)
        return (reply,) if reply else ()

    def attend(self, state: State, t: float) -> tuple[Speak, ...]:
        """The clock's lines first; else at most one question of the interviewer's own."""
        line = clock_line(state, t)
        if line is None and state.status == "running":
            greeting = self.greet(state, t)
            line = greeting[0] if greeting else self._move(state, t)
        return (line,) if line else ()

    def hint(self, state: State, t: float) -> Speak | None:
        """The next rung on the open deep dive, or on the phase where it has no topics; None in `mock` and after the third."""
        phase = here(state)
        if phase is None or state.chosen.mode == "mock":
            return None
        item, rungs = self._ladder(state, phase.phase)
        taken = state.hints.get(item, 0)
        return Speak(rungs[taken], "hint", item=item, rung=taken + 1) if taken < len(rungs) else None

    def _ladder(self, state: State, phase: Phase) -> tuple[str, tuple[str, ...]]:
        """What help is on, and its rungs; none in a deep dive before its first topic."""
        hints = self._problem.hints
        match phase:
            case "requirements":
                return phase, hints.requirements
            case "estimation":
                return phase, hints.estimation
            case "high_level":
                return phase, hints.high_level
            case "deep_dive":
                dive = deepdive.open_topic(self._problem, state)
                return (dive.id, dive.hints) if dive else (phase, ())

    def _told(self, heard: Heard, state: State) -> tuple[Speak, ...]:
        """Corrections and facts; a premise put right before is let pass in a statement."""
        corrections = (
            Speak(one.text, "correction", facts=(one.fact,))
            for one in heard.corrections
            if one.is_asked or not was_spoken(state, one.text)
        )
        facts = (Speak(self._answers[fact], "fact", facts=(fact,)) for fact in heard.facts)
        return (*corrections, *facts)

    def _handed_back(self, heard: Heard, state: State, t: float) -> tuple[Speak, ...]:
        replies = []
        if heard.remark is not None:
            replies.append(self._on_remark(heard.remark, state, t))
        if heard.wants_call:
            replies.append(Speak(lines.pick(lines.YOUR_CALL, state, "your_call"), "your_call"))
        if heard.wants_consent and not heard.facts:
            replies.append(Speak(lines.pick(lines.ASSUMPTION_STANDS, state, "not_covered"), "not_covered"))
        elif heard.is_uncovered:
            is_rest = bool(heard.facts or heard.corrections or replies)
            options = lines.REST_NOT_COVERED if is_rest else lines.NOT_COVERED
            replies.append(Speak(lines.pick(options, state, "not_covered"), "not_covered"))
        return tuple(replies)

    def _on_remark(self, remark: Remark, state: State, t: float) -> Speak:
        """A reply about the interview itself; it hands the matter back like any other call."""
        if remark == "hint":
            refusal = lines.HINT_IN_MOCK if state.chosen.mode == "mock" else lines.NO_HINT_LEFT
            return self.hint(state, t) or Speak(refusal, "your_call")
        if remark == "time":
            return Speak(time_left(state, t), "your_call")
        return Speak(lines.REMARKS[remark], "your_call")

    def follow_up(self, state: State, said: str, t: float) -> Speak | None:
        """What to ask after a turn that tells something; a curveball's own probe goes before any challenge."""
        last = last_initiated(state)
        question = deepdive.next_question(self._problem, state, t) if state.topics else None
        if self._problem.toy or (question and last and last.intent == "curveball"):
            return question
        return challenge(state, t, said=said) or question

    def _move(self, state: State, t: float) -> Speak | None:
        move = deepdive.fixed_move(self._problem, state, t)
        if move is None and not self._problem.toy:
            move = challenge(state, t)
        if move is None and state.topics and deepdive.is_answered(state, t):
            move = deepdive.next_question(self._problem, state, t)
        return move


def _acknowledgement(state: State, t: float) -> Speak | None:
    """A sign of having read the turn, unless one was given a moment ago."""
    last = next((turn for turn in reversed(state.turns) if turn.speaker == "interviewer"), None)
    if last is not None and last.intent == "acknowledgement" and t - last.t < gap_s(state):
        return None
    return Speak(lines.pick(lines.ACKNOWLEDGEMENTS, state, "acknowledgement"), "acknowledgement")
