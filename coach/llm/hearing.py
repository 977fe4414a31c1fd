"""A streamed answer as it comes in: its words, its end, and whatever is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach.llm.completion import check_error, check_finish, check_refusal, extra, thought_only, usage_in
from coach.llm.network import broken_off
from coach.llm.structured import Found, find_object
from coach.text.words import joined_halves

if TYPE_CHECKING:
    from coach.llm.port import Shape, Usage
    from coach.profile import Profile


@dataclass
class Heard:
    """What was heard so far."""

    profile: Profile
    finish: str = ""
    usage: Usage | None = None
    aside: str = ""
    """What was filed under reasoning."""
    _has_words: bool = False
    _half: str = ""
    """The first half of a letter whose second one has yet to come."""
    _refused: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether it ended without a word and without a reason."""
        return not self.finish and not self._has_words

    def take(self, chunk: Any) -> str:
        """The words of one chunk; raises `ModelError` for an error inside it."""
        check_error(getattr(chunk, "error", None), self.profile)
        self.usage = usage_in(chunk.usage) or self.usage
        words = ""
        for choice in chunk.choices or ():
            check_error(extra(choice, "error"), self.profile)
            self.finish = choice.finish_reason or self.finish
            if choice.delta is not None:
                words += choice.delta.content or ""
                self._refused += getattr(choice.delta, "refusal", None) or ""
                self.aside += str(
                    extra(choice.delta, "reasoning_content") or extra(choice.delta, "reasoning") or ""
                )
        self._has_words = self._has_words or bool(words)
        return self._in_whole_letters(words)

    def _in_whole_letters(self, words: str) -> str:
        words = self._half + words
        self._half = words[-1:] if "\ud800" <= words[-1:] <= "\udbff" else ""
        return joined_halves(words.removesuffix(self._half))

    def end(self) -> str:
        """Why it ended; raises when it broke off, was filtered, refused, or said nothing at all."""
        if not self.finish:
            raise broken_off(self.profile, "the answer ended in the middle.")
        check_finish(self.finish, self.profile)
        check_refusal(self, self.profile)
        return self.finish

    @property
    def refusal(self) -> str:
        """The model's words when it would not answer."""
        return self._refused

    def last(self, shape: Shape | None) -> str:
        """What is left to say at the end: half a letter, or the object that was filed under reasoning.

        Where nothing else was said, thinking itself is no answer.
        """
        if self._has_words or not self.aside.strip() or self.finish == "content_filter" or self._refused:
            return joined_halves(self._half)
        if shape is not None and isinstance(find_object(self.aside, shape.key), Found):
            return joined_halves(self.aside)
        raise thought_only(self.profile)
