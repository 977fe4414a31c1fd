"""Groups of alternatives meeting in one passage: the language of cues and signals.

    cache|in memory & ttl|expire|evict*      one of the first and one of the second
    hot link & !database                     the first and none of the second
    # & peak|burst                           any number and a word; also #rate #size #time #percent #money

Words match by stem, with a typo forgiven; a phrase allows one word between each two of its words; `evict*` is
whatever starts so. A hit that is denied ("no cache", "without a queue") does not count unless the phrase itself
holds the denial.
"""

from dataclasses import dataclass
from functools import lru_cache

from coach.text.words import plain_words

UNITS = {
    "#time": frozenset(
        "ms millisecond milliseconds s sec secs second seconds min mins minute minutes h hour hours day days week weeks month months year years µs us".split()
    ),
    "#size": frozenset("b byte bytes bit bits kb mb gb tb pb eb kib mib gib tib pib".split()),
    "#rate": frozenset("qps rps tps ops iops rpm wps".split()),
    "#percent": frozenset("percent pct nines".split()),
}

_UNREAD = tuple(":;,([{=")
"""Marks behind a phrase that an author may think to have matched; only words and numbers are."""
_CLASSES = frozenset(("#", "#money", *UNITS))


class PatternError(ValueError):
    """A cue or signal that cannot be read; the message says which part."""


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, each a phrase; `forbidden` when none may occur."""

    phrases: tuple[tuple[str, ...], ...]
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed cue or signal."""

    groups: tuple[Group, ...]
    text: str

    @staticmethod
    def parse(text: str) -> "Pattern":
        """Parse one line of the language above; `PatternError` names the part that is wrong."""
        return _parse(text)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Pattern:
    groups = []
    for part in text.split("&"):
        body = part.strip()
        forbidden = body.startswith("!")
        phrases = tuple(_phrase(one, text) for one in body.removeprefix("!").split("|"))
        groups.append(Group(phrases, forbidden))
    if all(group.forbidden for group in groups):
        raise PatternError(f"'{text}' only says what must be missing; name something that must be there")
    return Pattern(tuple(groups), text)


def _phrase(raw: str, text: str) -> tuple[str, ...]:
    words: list[str] = []
    if raw.rstrip()[-1:] in _UNREAD:
        raise PatternError(f"the mark behind '{raw.strip()}' in '{text}' is not read; leave it out")
    for part in raw.split():
        if part.startswith("#"):
            if part not in _CLASSES:
                raise PatternError(
                    f"'{part}' in '{text}' is no number class; there is {', '.join(sorted(_CLASSES))}"
                )
            words.append(part)
        elif part.endswith("*") and len(part) > 3:
            words.append(part.casefold())
        else:
            words.extend(plain_words(part))
    if not words:
        raise PatternError(f"'{text}' has an empty alternative; remove the spare '|' or '&'")
    return tuple(words)
