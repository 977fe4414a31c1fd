"""The coaching after a judging: streamed from a model, kept beside the scorecard it is about."""

from __future__ import annotations

from concurrent import futures
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.judge.coaching import coaching_request
from coach.judge.tape import Coached, write
from coach.llm.asking import cost_of
from coach.llm.port import ModelError
from coach.llm.structured import without_thinking

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from coach.llm.port import ChatModel, Line, Message, Usage
    from coach.report.review import Review

LONGEST = 8000
"""Characters that are kept; a few hundred words were asked for."""


class Coaching:
    """One coaching being written. `text` is what arrived; `path` the judging it is kept in, None to keep nothing.

    Begins at once.
    """

    def __init__(self, review: Review, line: Line, path: Path | None, *, audit: bool = True) -> None:
        self._review = review
        self._line = line
        self._path = path
        self._audit = audit
        self._raw = ""
        self._usage: Usage | None = None
        self._prompt: tuple[Message, ...] = ()
        self._going_on: Future[None] = line.run(self._write)

    @property
    def by(self) -> str:
        """Who writes: the model and its host."""
        return f"{self._line.profile.model} at {self._line.profile.address.shown}"

    @property
    def text(self) -> str:
        """What arrived so far, without thinking."""
        text, is_open = without_thinking(self._raw)
        return "" if is_open else text.strip()[:LONGEST]

    @property
    def is_done(self) -> bool:
        return self._going_on.done()

    @property
    def is_whole(self) -> bool:
        """Whether it came to its end."""
        return self.is_done and not self._going_on.cancelled() and self.error is None

    def stop(self) -> None:
        """Break off; what arrived is kept and marked as not whole."""
        self._going_on.cancel()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it is whole, stopped or failed within `seconds`. Ctrl+c stops it."""
        try:
            return bool(futures.wait([self._going_on], seconds).done)
        except KeyboardInterrupt:
            self.stop()
            raise

    @property
    def error(self) -> CoachError | None:
        """Why it ended early, if something went wrong."""
        if not self.is_done or self._going_on.cancelled():
            return None
        error = self._going_on.exception()
        if error is None or isinstance(error, CoachError):
            return error
        # A fault of ours; its words may quote anything.
        return CoachError("The coaching stopped", f"{type(error).__name__}.")

    async def _write(self, model: ChatModel) -> None:
        """Take it down and keep it, also what there is when it is stopped or fails."""
        is_whole = False
        try:
            await self._listen(model)
            is_whole = True
        finally:
            self._keep(is_whole=is_whole)
        if not self.text:
            raise ModelError("empty", "No coaching came", f"{model.profile.model} answered without words.")

    async def _listen(self, model: ChatModel) -> None:
        one = self._review
        request = coaching_request(one.card, one.checklist, one.transcript, thinks=model.abilities.thinks)
        self._prompt = request.messages
        async with aclosing(model.stream(request)) as pieces:
            async for piece in pieces:
                self._raw += piece.text
                self._usage = piece.usage or self._usage
                if len(self._raw) > 10 * LONGEST:
                    break
        if "</think" in self._raw.lower():
            model.learn(replace(model.abilities, thinks=True))

    def _keep(self, *, is_whole: bool) -> None:
        if not self.text or self._path is None:
            return
        profile = self._line.profile
        write(
            self._path,
            Coached(
                text=self.text,
                is_whole=is_whole,
                host=profile.address.shown,
                model=profile.model,
                usage=self._usage,
                cost=cost_of(self._usage, profile),
                prompt=self._prompt if self._audit else None,
            ),
        )
