"""The last phase: which topic is opened, which probe follows, and when a changed requirement or a failure comes."""

from zlib import crc32

from coach.content.problem import Curveball, DeepDive, Problem
from coach.interviewer.history import (
    INITIATED,
    here,
    is_rested,
    is_typing,
    last_initiated,
    share_used,
    was_spoken,
)
from coach.session.commands import Speak
from coach.session.phases import CHANGE_SHARE, FAILURE_SHARE, MINUTES, STANDARD_MINUTES
from coach.session.state import State
from coach.text.match import Matcher
from coach.text.passages import Line, passages

SECOND_TOPIC_SHARE = 0.45
"""Share of the deep dive at which a second topic is opened if the first still goes on."""
PATIENCE_SHARE = 0.15
"""Share of the deep dive left to the candidate's notes before the next question comes unasked."""
WORDS_PER_QUESTION = 30
"""Words of deep-dive notes that earn a further question when the candidate writes and does not talk."""

_DIVE_SHARE = MINUTES["deep_dive"] / STANDARD_MINUTES
_SHARES = (("change", CHANGE_SHARE), ("failure", FAILURE_SHARE))


def fixed_move(problem: Problem, state: State, t: float) -> Speak | None:
    """What comes at its time whether or not the candidate speaks: the first topic, a curveball, the second topic."""
    phase = here(state)
    if phase is None or phase.phase != "deep_dive" or state.summary_asked or not is_rested(state, t):
        return None
    if not state.topics:
        return _open_next(problem, state)
    ball = None if problem.toy else _due_curveball(problem, state, t)
    if ball is not None:
        return Speak(ball.text, "curveball", curveball=ball.id)
    is_time = len(state.topics) == 1 and share_used(phase, t) >= SECOND_TOPIC_SHARE
    return _open_next(problem, state) if is_time and not problem.toy and _is_free(state, t) else None


def next_question(problem: Problem, state: State, t: float) -> Speak | None:
    """The next step after the candidate answered: down the ladder of what is open, then the next topic."""
    phase = here(state)
    if phase is None or phase.phase != "deep_dive" or state.summary_asked or not is_rested(state, t):
        return None
    ball = _open_curveball(problem, state)
    if ball is not None:
        for probe in ball.probes:
            if not was_spoken(state, probe):
                return Speak(probe, "probe", item=ball.id)
    dive = open_topic(problem, state)
    if dive is None:
        return _open_next(problem, state)
    for probe in dive.probes:
        if not was_spoken(state, probe):
            return Speak(probe, "probe", item=dive.id)
    return None if problem.toy else _open_next(problem, state)


def is_answered(state: State, t: float) -> bool:
    """Whether the candidate did enough since the last question for the next one, by talking or in the notes."""
    phase, last = here(state), last_initiated(state)
    if phase is None or last is None or is_typing(state):
        return False
    if _told_since_last(state):
        return True
    asked = sum(
        1
        for turn in state.turns
        if turn.phase == "deep_dive" and turn.intent in ("topic", "probe", "curveball")
    )
    written = len(state.docs.get("notes.deep_dive", "").split())
    return t - last.t >= PATIENCE_SHARE * phase.budget_s and written >= WORDS_PER_QUESTION * asked


def open_topic(problem: Problem, state: State) -> DeepDive | None:
    """The deep dive opened last."""
    return next((dive for dive in problem.deep_dives if state.topics and dive.id == state.topics[-1]), None)


def _open_next(problem: Problem, state: State) -> Speak | None:
    """The opening of the next topic: must-haves nothing shows yet, then as authored."""
    left = [dive for dive in problem.deep_dives if dive.id not in state.topics]
    if not left:
        return None
    matcher = Matcher(passages(_made(state)))
    missing = [dive for dive in left if dive.must and matcher.any(dive.shown) is None]
    dive = (missing or left)[0]
    return Speak(dive.opening, "topic", topic=dive.id)


def _made(state: State) -> list[Line]:
    """All the candidate wrote and said, numbered with gaps so that two texts never read as one."""
    texts = [text for doc, text in sorted(state.docs.items()) if doc != "draft"]
    texts += [turn.text for turn in state.turns if turn.speaker == "candidate"]
    lines: list[Line] = []
    for text in texts:
        start = lines[-1].number + 2 if lines else 1
        lines += [Line(start + number, line) for number, line in enumerate(text.split("\n"))]
    return lines


def _told_since_last(state: State) -> bool:
    """Whether a turn of the candidate since the last question told something, which only got an acknowledgement."""
    for number in range(len(state.turns) - 1, -1, -1):
        turn = state.turns[number]
        if turn.intent in INITIATED:
            return False
        following = state.turns[number + 1] if number + 1 < len(state.turns) else None
        was_told = (
            following is None or following.speaker == "candidate" or following.intent == "acknowledgement"
        )
        if turn.speaker == "candidate" and was_told:
            return True
    return False


def _is_free(state: State, t: float) -> bool:
    """Whether a new topic may come: not over the head of a question just asked and not answered yet."""
    phase, last = here(state), last_initiated(state)
    if phase is None or last is None:
        return True
    return _told_since_last(state) or t - last.t >= PATIENCE_SHARE * phase.budget_s


def _due_curveball(problem: Problem, state: State, t: float) -> Curveball | None:
    """The change or failure whose share of the time has come and that was not thrown; which one, the session's id decides."""
    for kind, share in _SHARES:
        balls = [ball for ball in problem.curveballs if ball.kind == kind]
        if any(ball.id in state.curveballs for ball in balls) or not balls:
            continue
        if t < _due_s(state, share):
            return None
        return balls[crc32(f"{state.chosen.session}:{kind}".encode()) % len(balls)]
    return None


def _due_s(state: State, share: float) -> float:
    """Used seconds at which `share` of an interview falls; a drill of the deep dive starts where that phase would."""
    total = state.planned.total_s
    if state.chosen.only is None:
        return share * total
    return (share - (1 - _DIVE_SHARE)) / _DIVE_SHARE * total


def _open_curveball(problem: Problem, state: State) -> Curveball | None:
    """The curveball the talk is about: thrown after the last topic was opened."""
    for turn in reversed(state.turns):
        if turn.intent == "topic":
            return None
        if turn.intent == "curveball":
            return next((ball for ball in problem.curveballs if ball.text == turn.text), None)
    return None
