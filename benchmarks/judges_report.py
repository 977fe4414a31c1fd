"""What was measured of one tool, and the page all of it is printed on."""

import os
import platform
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fakes.exchange import Call, tokens
from tests.fakes.judges import is_control, read

BAR = 1.2
HEADS = (
    "tool", "calls", "prompt tokens", "of them reusable", "largest prompt", "answer tokens", "connections",
    "first judging", "second judging", "until ready", "installed",
)  # fmt: skip


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and of the client's processor."""

    wall: float
    cpu: float


@dataclass
class Measured:
    """What every round took. What was sent is the same in all of them, or `odd` says what else there was."""

    ready: list[float] = field(default_factory=list)
    first: list[Took] = field(default_factory=list)
    second: list[Took] = field(default_factory=list)
    sent: Mapping[str, int] = field(default_factory=dict)
    odd: list[Mapping[str, int]] = field(default_factory=list)
    prompts: Sequence[Call] = ()
    outcome: str = ""
    narrow: dict[str, str] = field(default_factory=dict)
    told: dict[int, tuple[Mapping[str, int], str]] = field(default_factory=dict)
    barred: set[str] = field(default_factory=set)
    size: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def largest(self) -> int:
        """Tokens of the largest prompt."""
        return max((call.prompt_tokens for call in self.prompts), default=0)

    def note(self, sent: Mapping[str, int], prompts: Sequence[Call]) -> None:
        """Keep what one round sent."""
        if self.sent and sent != self.sent:
            self.odd.append(sent)
            return
        self.sent, self.prompts = sent, tuple(prompts)

    @property
    def carried(self) -> tuple[list[str], list[str]]:
        """The interview's lines and the checks in our first prompt, without numbers and headings."""
        seen = read(self.prompts[0])
        return [text for _, text in seen.lines.values()], list(seen.checks.values())


def report(
    found: Mapping[str, Measured], *, headline: str, transcript: int, windows: Mapping[str, str]
) -> str:
    """The whole page. `found` is by the tool's name, `windows` says what each server with a narrow window does."""
    versions = {name: version for one in found.values() for name, version in one.versions.items()}
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    barred = sorted({host for one in found.values() for host in one.barred})
    rounds = len(next(iter(found.values())).first)
    odd = [f"{name}: also {one.odd}" for name, one in found.items() if one.odd]
    return "\n".join(
        [
            "# Our judge beside two evaluation libraries",
            "",
            f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, "
            f"{platform.machine()}, shared machine; {told}. Printed again by `make bench-judges`.",
            "",
            f"One interview of {transcript:,} tokens (estimated; speakers and headings included), one fake server on "
            "loopback that answers at once with prepared text, every tool in a process of its own, all in turn. Token "
            "figures are the server's: a token is four characters. No model was run, so nothing here says who judges "
            "better.",
            "",
            *_table(HEADS, [_row(name, one) for name, one in found.items()]),
            "",
            f"Times are medians of {rounds} fresh processes: seconds on the clock, in brackets of the client's processor. "
            "The second judging happens in the same process as the first; libraries that import late pay in the first. "
            "Until ready: imports, and for us the problem and the rubric. Installed: the package with all it needs, "
            "without compiled files and optional extras.",
            *([f"What was sent differed between rounds. {'; '.join(odd)}."] if odd else []),
            f"Hosts other than this machine that were tried: {', '.join(barred) or 'none'}.",
            "",
            *_headline(headline, found[headline]),
            "",
            "## A server whose window is too small",
            "",
            "A share is of the largest prompt the tool itself sends; such a server cuts, answers with status 200 and tells "
            "nobody. The fake model answers in any shape it still sees asked for.",
            "",
            *_table(
                ("tool", *windows.values()),
                [(name, *(one.narrow[kind] for kind in windows)) for name, one in found.items() if one.narrow],
            ),
            "",
            "The coach asks for the window, where the server tells it, and keeps room in it for the answer. The peers do "
            "not ask; their calls stay what they are. The one call above holds where no window is told or it is large:",
            "",
            *_table(
                ("window the server tells", "calls", "prompt tokens", "of them reusable", "coach, every quote holds"),
                [
                    [f"{size:,}", *(f"{sent[key]:,}" for key in ("calls", "prompt_tokens", "cacheable")), outcome]
                    for size, (sent, outcome) in found[headline].told.items()
                ],
            ),
            "",
            "## What is equal and what is not",
            "",
            *NOT_EQUAL,
        ]
    ) + "\n"  # fmt: skip


NOT_EQUAL = (
    "- Equal: the question, the lines of the interview, the server, the machine. The peers' ten criteria are the "
    "rubric's eight dimensions and two general ones, each with four anchored levels.",
    "- Not equal: the peers give one level for each of ten criteria, with a reason. We ask about a hundred yes-or-no "
    "checks with quotes, verify the quotes and compute the levels; the anchors are not sent at all.",
    "- Our one prompt is larger than any one of theirs, and our answer is several times longer than all of theirs: with "
    "a real model the time goes where the answer is long. The fake's reasons for the peers are two lines each; what a "
    "real model writes is up to it.",
    "- So a peer works in a window that is too small for us. Where all checks do not fit, the coach asks in parts, and "
    "just above the least window in many; where the interview with one check does not fit, it says how much it needs.",
    "- Reusable counts the longest beginning shared with an earlier call, in steps of 128 from 1,024 on, as OpenAI's "
    "cache did: an upper bound. inspect_ai sends its ten calls at once, and a cold server may reuse nothing of them.",
    "- deepeval with `steps generated` could keep the steps for the next interview, and inspect_ai can be told to use "
    "one connection. Both are used as their documentation shows first, without display and cache.",
    "- The coach looks at four pages of the server before it asks, for the size of the window; those are no calls. On "
    "this path it runs the offline judge too, for comparison: that is the last row.",
)


def _row(name: str, one: Measured) -> list[str]:
    sent = one.sent
    counts = [
        f"{count:,}"
        for count in (
            sent["calls"],
            sent["prompt_tokens"],
            sent["cacheable"],
            one.largest,
            sent["answer_tokens"],
            sent["connections"],
        )
    ]
    times = [_took(one.first), _took(one.second), f"{statistics.median(one.ready):.1f} s"]
    return [name, *counts, *times, f"{one.size / 1e6:.0f} MB"]


def _took(some: Iterable[Took]) -> str:
    walls, cpus = zip(*((one.wall, one.cpu) for one in some), strict=True)
    return f"{statistics.median(walls):.2f} s ({statistics.median(cpus):.2f})"


def _headline(name: str, one: Measured) -> list[str]:
    lines, checks = one.carried
    said, asked = tokens("\n".join(lines)), tokens("\n".join(checks))
    controls = sum(map(is_control, checks))
    return [
        f"{name}: {one.sent['calls']} call, {one.sent['connections']} connection, and {one.largest:,} tokens of prompt, "
        f"{one.largest / (said + asked):.2f} times the {said:,} of the interview's {len(lines)} lines and the {asked:,} "
        f"of the {len(checks)} checks it carries, {controls} of them controls (bar: one call, one connection, {BAR:g} "
        f"times). What came out of the fake's findings, which are no judgement: {one.outcome}.",
    ]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(one)} |" for one in lines]
