"""An interviewer behind an endpoint. Code decides what comes next and keeps the record; the model finds the words.

What it makes up goes on record before a word is shown, and a contradiction to what was said before is asked anew. Facts
count as told when the words tell them, whatever the model says about itself.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.interviewer.briefing import Briefing
from coach.interviewer.clockwork import time_left
from coach.interviewer.port import Lost, News, Spoken, Words
from coach.interviewer.speech import LONGEST_RAW, REPLY, Heading, Speech
from coach.interviewer.telling import contradiction, told
from coach.llm.network import timed_out
from coach.llm.port import ModelError, Request
from coach.llm.tokens import MARGIN, counter
from coach.session.commands import Speak

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from concurrent.futures import Future

    from coach.content.problem import Problem
    from coach.interviewer.scripted import ScriptedInterviewer
    from coach.interviewer.speech import Kind
    from coach.interviewer.telling import Told
    from coach.llm.port import ChatModel, Line, Piece
    from coach.llm.tokens import Counter
    from coach.session.commands import Intent
    from coach.session.state import State

MOST, THINKING = 350, 4000
"""Tokens of one turn, and what a model that thinks first may use besides."""
FIRST_WORDS_S, PATIENT_S = 60.0, 150.0
"""Seconds until somebody must speak, in the cloud and on this machine; then the scripted interviewer does."""
READ_SHARE = 0.6
"""A server that counts less than this share of what was sent did not read the brief."""
_INTENTS: dict[Kind, Intent] = {
    "answer": "fact",
    "correction": "correction",
    "your_call": "your_call",
    "not_covered": "not_covered",
    "acknowledgement": "acknowledgement",
    "move": "acknowledgement",
}


@dataclass(frozen=True, slots=True)
class ModelledInterviewer:
    """Replies to a candidate's turn with the model behind `line`; `script` knows what comes next."""

    problem: Problem
    script: ScriptedInterviewer
    line: Line

    @property
    def name(self) -> str:
        return self.line.profile.model

    def reply(self, state: State, said: str, t: float) -> ModelledReply:
        """Begin to answer the turn `said`, which is in `state` already. Returns at once."""
        move = self.script.follow_up(state, said, t)
        return ModelledReply(Briefing(self.problem, state, said, t, move), self.line)


@dataclass
class ModelledReply:
    """One turn on its way. `news` is what arrived since it was last asked."""

    briefing: Briefing
    line: Line
    speech: Speech = field(default_factory=Speech)
    _news: SimpleQueue[News] = field(default_factory=SimpleQueue)
    _going_on: Future[None] | None = None
    _began: float = 0.0
    _is_compared: bool = False
    _has_spoken: bool = False

    def __post_init__(self) -> None:
        self._going_on = self.line.run(self._speak)
        self._going_on.add_done_callback(self._note_trouble)

    def news(self) -> tuple[News, ...]:
        """What arrived; the last of it is `Spoken` or `Lost`."""
        found: list[News] = []
        while True:
            try:
                found.append(self._news.get_nowait())
            except Empty:
                return tuple(found)

    def stop(self) -> None:
        """Break off; the connection is closed."""
        if self._going_on is not None:
            self._going_on.cancel()

    def broken_off(self, said: str) -> Speak:
        """The turn as far as it was heard."""
        return self._turn(said, self._read(said), is_broken_off=True)

    def _note_trouble(self, ended: Future[None]) -> None:
        if ended.cancelled():
            return
        error = ended.exception()
        if isinstance(error, CoachError):
            self._news.put(Lost(error))
        elif error is not None:
            # A fault of ours must not end the interview; its words may quote anything, so only its kind is told.
            self._news.put(Lost(CoachError("The interviewer stopped", f"{type(error).__name__}.")))

    async def _speak(self, model: ChatModel) -> None:
        count = await asyncio.to_thread(counter, model.profile.model)
        briefing = self.briefing
        for is_last in (False, True):
            self.speech = Speech()
            self._is_compared = False
            conflict = await self._listen(model, briefing, count, is_last=is_last)
            if not conflict:
                break
            briefing = replace(briefing, again=conflict)
        self._let_out(self.speech.end())
        if not self.speech.said.strip():
            raise ModelError(
                "empty",
                "The interviewer said nothing",
                f"{model.profile.model} at {model.profile.address.shown} answered without words.",
            )
        read = self._read(self.speech.said)
        self._news.put(Spoken(self._turn(self.speech.said, read), self._put_right(read)))

    async def _listen(self, model: ChatModel, briefing: Briefing, count: Counter, *, is_last: bool) -> str:
        """Pass the words on as they come; at once the statement this turn contradicts, before any word, if it does."""
        most = MOST + (THINKING if model.abilities.thinks else 0)
        room = None if model.abilities.window is None else int((model.abilities.window - most) / MARGIN)
        messages = briefing.messages(room=room, counter=count)
        async with aclosing(model.stream(Request(messages, most, REPLY))) as pieces:
            while (piece := await self._next(pieces, model)) is not None:
                words = self.speech.feed(piece.text)
                if not is_last and (conflict := self._conflict()):
                    return conflict
                self._let_out(words)
                if piece.usage is not None and piece.usage.prompt < READ_SHARE * count.messages(messages):
                    raise _did_not_read(model, piece.usage.prompt)
                if len(self.speech.raw) >= LONGEST_RAW:
                    break
        if "</think" in self.speech.raw.lower() and not model.abilities.thinks:
            model.learn(replace(model.abilities, thinks=True))
        return ""

    async def _next(self, pieces: AsyncGenerator[Piece], model: ChatModel) -> Piece | None:
        """The next piece, or None at the end. Until the first word it may not take for ever."""
        profile = model.profile
        patience = PATIENT_S if profile.address.is_loopback else FIRST_WORDS_S
        self._began = self._began or asyncio.get_running_loop().time()
        until = None if self.speech.said else self._began + min(patience, profile.deadline_s)
        try:
            async with asyncio.timeout_at(until):
                return await anext(pieces, None)
        except TimeoutError:
            raise timed_out(profile, patience) from None

    def _conflict(self) -> str:
        """What stands and the turn is about to contradict; looked for once, before its first word is passed on."""
        heading = self.speech.heading
        if heading is None or self._is_compared:
            return ""
        self._is_compared = True
        before = (*self.briefing.state.improvised, *(one.answer for one in self.briefing.problem.facts))
        return next(filter(None, (contradiction(one, before) for one in heading.new)), "")

    def _let_out(self, words: str) -> None:
        """Pass words on; with the first of them goes what they will tell, so that it is on record before they are."""
        if not words:
            return
        heading = Heading() if self._has_spoken else self.speech.heading or Heading()
        self._has_spoken = True
        known = {one.id for one in self.briefing.problem.facts}
        facts = tuple(one for one in heading.facts if one in known)
        self._news.put(Words(words, facts=facts, improvised=heading.new))

    def _read(self, said: str) -> Told:
        """What the words tell, whatever the model says about them."""
        heading = self.speech.heading or Heading()
        facts = self.briefing.problem.facts
        return told(said, declared=heading.facts, facts=facts, known=self._known(heading.new))

    def _turn(self, said: str, read: Told, *, is_broken_off: bool = False) -> Speak:
        """The turn with its references: what it told, what it made up, which question it put."""
        heading, move = self.speech.heading or Heading(), self.briefing.move
        improvised = tuple(dict.fromkeys((*heading.new, *read.made_up)))
        kind = heading.kind or ("answer" if read.facts else "acknowledgement")
        if move is not None and _puts(move, said, kind, tells=bool(read.facts)) and not is_broken_off:
            return replace(move, text=said, facts=read.facts, improvised=improvised, asks=move.text)
        intent = "fact" if read.facts and kind == "move" else _INTENTS[kind]
        return Speak(said, intent, facts=read.facts, improvised=improvised, interrupted=is_broken_off)

    def _put_right(self, read: Told) -> tuple[Speak, ...]:
        """The brief's own words where a fact was told with other numbers: the brief is fixed."""
        return tuple(
            Speak(f"To be exact: {one.answer}", "correction", facts=(one.id,))
            for one in self.briefing.problem.facts
            if one.id in read.wrong
        )

    def _known(self, new: tuple[str, ...]) -> str:
        state = self.briefing.state
        clock = time_left(state, self.briefing.t)
        texts = [
            self.briefing.problem.prompt,
            clock,
            *state.docs.values(),
            *(one.text for one in state.turns),
        ]
        return "\n".join([*texts, *state.improvised, *new])


def _puts(move: Speak, said: str, kind: Kind, *, tells: bool) -> bool:
    """Whether `said` puts the question of `move`, whatever label it has; a fact that is told instead does not."""
    if kind in ("not_covered", "your_call"):
        return False  # a question there asks back
    if "?" in said:
        return not tells or kind == "move"
    # A topic or a probe may be an order: "Walk me through it."
    return kind == "move" and not tells and move.intent != "challenge"


def _did_not_read(model: ChatModel, read: int) -> ModelError:
    return ModelError(
        "truncated",
        "The interviewer did not read its brief",
        f"{model.profile.address.shown} read only {read:,} tokens of the prompt; its window is too small.",
        hint="Raise the window; coach doctor names the setting.",
    )
