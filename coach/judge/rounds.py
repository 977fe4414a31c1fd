"""Asks a model everything there is to decide: in as few calls as fit, each kept before it is used, each watched.

A context error splits the questions further where that helps. A server that read less than it was sent is found out
by its own count of tokens, and nothing it said is used.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coach.judge.answer import ANSWER, read_items
from coach.judge.port import Progress
from coach.judge.settling import check_invented, check_read
from coach.judge.slices import Part, longest_answer, rejoin, split
from coach.judge.tape import Call
from coach.judge.withheld import cut_short, known_unable, no_answer
from coach.llm.abilities import FROM_REFUSAL
from coach.llm.asking import ask
from coach.llm.port import ModelError, Request, Spent
from coach.llm.tokens import MARGIN, Counter, counter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from coach.judge.answer import Item
    from coach.judge.brief import Brief
    from coach.judge.questions import Question
    from coach.judge.settling import Settling
    from coach.judge.tape import Tape
    from coach.llm.asking import Answered
    from coach.llm.port import ChatModel, Message

READ_SHARE = 0.6
"""A server that counts less than this share of what we sent did not read it all: it cuts to half its window."""
ROUNDS = 3
"""The first answer, one more for evidence that did not hold, and one for what is still missing."""
_PLANS = 4


@dataclass
class Rounds:
    """One judging's calls. `items` are the answers so far by question number."""

    brief: Brief
    asked: Sequence[Question]
    settling: Settling
    tape: Tape
    tell: Callable[[Progress], None]
    audit: bool = True
    items: dict[int, Item] = field(default_factory=dict)
    echoes: list[str] = field(default_factory=list)
    counted: str = ""
    _planned: int = 1
    _has_failed: bool = False
    """A part failed: no further one is begun."""

    async def run(self, model: ChatModel) -> None:
        """Ask until everything is decided or cannot be; raises `ModelError`."""
        if model.abilities.judging == "unable":
            raise known_unable(model.profile)
        count = await asyncio.to_thread(counter, model.profile.model)
        self.counted = count.how
        for attempt in range(_PLANS):
            known = None if attempt else rejoin(self.asked, self.tape.parts)
            parts = known or self._split(model, count)
            self.tape.plan(tuple(one.name for one in parts))
            self._planned = len(parts)
            self._has_failed = False
            try:
                await self._all(model, parts, count)
            except ModelError as error:
                if error.kind != "context" or not self._learn_window(model, error, parts, count):
                    raise
            else:
                return

    def _split(self, model: ChatModel, count: Counter) -> tuple[Part, ...]:
        return split(
            self.asked,
            model.abilities,
            lambda some: count.messages(self.brief.messages(some)),
            host=model.profile.address.shown,
        )

    def _learn_window(
        self, model: ChatModel, error: ModelError, parts: Sequence[Part], count: Counter
    ) -> bool:
        """Take the window from a refusal, or guess that half of the questions fit; False when that changes nothing."""
        known = model.abilities
        if len(parts[0].questions) <= 1 + sum(one.is_control for one in parts[0].questions):
            return False
        largest = max(parts, key=lambda part: len(part.questions))
        sent = int(count.messages(self.brief.messages(largest.questions)) * MARGIN * known.factor)
        window = error.window or sent + longest_answer(len(largest.questions), known) // 4
        if known.window is not None and window >= known.window:
            window = int(known.window * 0.8)
        model.learn(replace(known, window=window, window_from=FROM_REFUSAL))
        return True

    async def _all(self, model: ChatModel, parts: Sequence[Part], count: Counter) -> None:
        """The first part alone, so that the others find its prompt in the server's cache; then those side by side."""
        await self._part(model, parts[0], count)
        lanes = asyncio.Semaphore(model.profile.lanes)

        async def in_lane(part: Part) -> None:
            async with lanes:
                if not self._has_failed:
                    await self._part(model, part, count)

        try:
            async with asyncio.TaskGroup() as group:
                for part in parts[1:]:
                    group.create_task(in_lane(part))
        except ExceptionGroup as several:
            # The first failure stops the others; what they had kept stays kept.
            raise several.exceptions[0] from None

    async def _part(self, model: ChatModel, part: Part, count: Counter) -> None:
        try:
            first = await self._round(model, part, 1, questions=part.questions, again={}, count=count)
            # Only the first, full prompt can show that all of it was read: asked again it is shorter.
            check_read(self.settling, part.questions, first, model.profile)
            self._take(part, first, model)
            for round_ in range(2, ROUNDS + 1):
                again = self._open(part, round_)
                if not again:
                    break
                some = [one for one in part.questions if one.number in again]
                later = await self._round(model, part, round_, questions=some, again=again, count=count)
                self._take(part, later, model)
        except BaseException:
            self._has_failed = True
            raise

    def _take(self, part: Part, fresh: Mapping[int, Item], model: ChatModel) -> None:
        """Add answers; a model that credits what nobody said is not asked any further."""
        check_invented(part.questions, fresh, model.profile)
        self.items |= fresh

    def _open(self, part: Part, round_: int) -> dict[int, str]:
        """The questions of a part to ask again, with what was wrong; after the second round only what is missing."""
        found: dict[int, str] = {}
        for one in (one for one in part.questions if one.kind != "present"):
            item = self.items.get(one.number)
            if item is None:
                found[one.number] = "the answer to it was missing"
            elif round_ == 2 and (why := self.settling.why_again(one, item)):
                found[one.number] = why
        return found

    async def _round(
        self,
        model: ChatModel,
        part: Part,
        round_: int,
        *,
        questions: Sequence[Question],
        again: Mapping[int, str],
        count: Counter,
    ) -> Mapping[int, Item]:
        kept = self.tape.call(part.name, round_)
        if kept is None:
            messages = self.brief.messages(questions, again=again)
            self._tell(part, round_, count.messages(messages))
            answered = await self._ask(model, messages, len(questions), count)
            kept = self._call(part.name, round_, answered, messages=messages, model=model)
            self.tape.keep(kept)
        items = read_items(kept.value, [one.number for one in questions])
        self.echoes.append(items.echo)
        return items.by_number

    async def _ask(
        self, model: ChatModel, messages: tuple[Message, ...], questions: int, count: Counter
    ) -> Answered:
        known, sent = model.abilities, count.messages(messages)
        most = longest_answer(questions, known)
        if known.window is not None:
            left = known.window - int(sent * MARGIN * known.factor)
            most = max(min(most, left), most // 2)
        try:
            answered = await ask(model, Request(messages, most, ANSWER))
        except ModelError as error:
            raise (no_answer(model.profile, error) if error.kind == "unreadable" else error) from None
        self._watch(model, answered, sent)
        return answered

    def _watch(self, model: ChatModel, answered: Answered, sent: int) -> None:
        """Find out a prompt that was cut without a word, and learn how this server counts."""
        usage, known = answered.reply.usage, model.abilities
        if usage is None:
            return
        if usage.prompt < READ_SHARE * sent:
            raise cut_short(model, sent=sent, read=usage.prompt)
        thinks = known.thinks or usage.answer > 3 * max(50, len(answered.reply.text) // 3)
        model.learn(replace(known, thinks=thinks).with_usage(counted=usage.prompt, guessed=sent))

    def _call(
        self, part: str, round_: int, answered: Answered, *, messages: tuple[Message, ...], model: ChatModel
    ) -> Call:
        spent, reply = answered.spent(model.profile), answered.reply
        return Call(
            part=part,
            round=round_,
            value=answered.found.value,
            usage=spent.usage,
            calls=spent.calls,
            seconds=spent.seconds,
            cost=spent.cost,
            finish=reply.finish,
            repairs=answered.repairs,
            prompt=messages if self.audit else None,
            answer=reply.text if self.audit else None,
        )

    def _tell(self, part: Part, round_: int, sent: int) -> None:
        headings = list(dict.fromkeys(one.heading for one in part.questions if one.heading))
        about = (
            headings[0]
            if len(headings) == 1
            else "all dimensions"
            if self._planned == 1
            else ", ".join(headings)
        )
        doing = (
            f"Reading for {about}" if round_ == 1 else f"Asking again for evidence that did not hold: {about}"
        )
        spent = spent_on(self.tape)
        call = spent.calls + 1
        self.tell(Progress(doing, call, planned=max(self._planned, call), sent=sent, spent=spent))


def spent_on(tape: Tape) -> Spent:
    """What all calls of a judging took, those of an earlier run included."""
    total = Spent()
    for one in tape.calls:
        total = total.with_call(
            one.usage, calls=one.calls, seconds=one.seconds, cost=one.cost, repairs=one.repairs
        )
    return total
