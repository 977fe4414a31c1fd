"""A model that speaks bit by bit: in pieces of any size, and it waits, breaks or counts where the test wants it to."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from coach.llm.port import Piece, Request, Usage
from tests.fakes.interviewers import reply
from tests.fakes.model import Asked, ScriptedModel

__all__ = ["WAIT", "Speaker", "heading", "reply"]


@dataclass(frozen=True)
class Wait:
    """Here it says nothing until it is released."""


WAIT: Final = Wait()
Step = str | Wait | Usage | BaseException
"""Words, a wait, the server's own count for the end, or what goes wrong."""
Steps = str | BaseException | Sequence[Step]
_GLANCE_S = 0.002


class Speaker(ScriptedModel):
    """`turns` are its answers, one per call or made for it. `size` characters come at once; 0 is each step whole."""

    def __init__(
        self, turns: Sequence[Steps] | Callable[[Asked], Steps], *, size: int = 4, **more: Any
    ) -> None:
        super().__init__((), **more)
        self.turns = turns
        self.size = size
        self.open: set[int] = set()
        """Calls whose connection is still open."""
        self.cancelled: list[int] = []
        """Calls that somebody broke off."""

    async def stream(self, request: Request) -> AsyncGenerator[Piece]:
        asked = Asked(len(self.asked) + 1, request)
        self.asked.append(asked)
        self.open.add(asked.number)
        try:
            turn = self.turns(asked) if callable(self.turns) else self.turns[asked.number - 1]
            usage, said = None, ""
            for step in (turn,) if isinstance(turn, str | BaseException) else turn:
                if isinstance(step, BaseException):
                    raise step
                if isinstance(step, Usage):
                    usage = step
                elif isinstance(step, Wait):
                    while not self._open.is_set():
                        await asyncio.sleep(_GLANCE_S)
                else:
                    said += step
                    for at in range(0, len(step), self.size or len(step)):
                        yield Piece(step[at : at + (self.size or len(step))])
                        await asyncio.sleep(0)
            yield Piece(finish="stop", usage=usage or self.usage(asked, said))
        except (asyncio.CancelledError, GeneratorExit):
            self.cancelled.append(asked.number)
            raise
        finally:
            self.open.discard(asked.number)


def heading(text: str) -> tuple[str, str]:
    """An answer in two: up to the quotation mark its words begin behind, and the words with the end."""
    mark = '"say": "'
    before, _, after = text.partition(mark)
    return before + mark, after
