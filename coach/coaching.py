"""The coaching after a judging: streamed from a model, kept beside the scorecard it is about."""

from __future__ import annotations

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
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from coach.llm.port import ChatModel, Line, Message, Usage
    from coach.report.review import Review

LONGEST = 8000
"""Characters that are kept; a few hundred words were asked for."""


class Coaching:
    """One coaching being written. `text` is what arrived; `path` the judging it is kept in, None to keep nothing.

    `tell` is called from another thread whenever there is more.
    """

    def __init__(
        self,
        review: Review,
        line: Line,
        path: Path | None,
        *,
        audit: bool = True,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        self._review = review
        self._line = line
        self._path = path
        self._audit = audit
        self._tell = tell
        self._raw = ""
        self._usage: Usage | None = None
        self._prompt: tuple[Message, ...] = ()
        self.error: CoachError | None = None
        self._going_on: Future[None] = line.run(self._write)
        self._going_on.add_done_callback(self._ended)

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

    def wait(self) -> None:
        """Until it is whole, stopped or failed."""
        try:
            self._going_on.exception()
        except BaseException:
            self._going_on.cancel()
            raise

    async def _write(self, model: ChatModel) -> None:
        request = coaching_request(self._review.card, self._review.checklist, thinks=model.abilities.thinks)
        self._prompt = request.messages
        async with aclosing(model.stream(request)) as pieces:
            async for piece in pieces:
                self._raw += piece.text
                self._usage = piece.usage or self._usage
                self._tell()
                if len(self._raw) > 10 * LONGEST:
                    break
        if "</think" in self._raw.lower():
            model.learn(replace(model.abilities, thinks=True))
        if not self.text:
            raise ModelError("empty", "No coaching came", f"{model.profile.model} answered without words.")

    def _ended(self, ended: Future[None]) -> None:
        error = None if ended.cancelled() else ended.exception()
        if isinstance(error, CoachError):
            self.error = error
        elif error is not None:
            self.error = CoachError("The coaching stopped", f"{type(error).__name__}.")
        try:
            self._keep(is_whole=not ended.cancelled() and error is None)
        except CoachError as trouble:
            self.error = trouble
        self._tell()

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
