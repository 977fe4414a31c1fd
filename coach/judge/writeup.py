"""A written answer as a transcript: Markdown with a heading per phase, line numbers those of the file."""

import re
from dataclasses import dataclass

from coach.content.samples import without_front_matter
from coach.errors import BadInput
from coach.judge.findings import Caution
from coach.session.phases import HEADINGS
from coach.session.transcript import Transcript, TranscriptLine
from coach.terms import PHASES, Phase
from coach.text.words import strip_invisible

MOST_BYTES = 1_000_000
LONGEST_LINE = 20_000
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_NAMES: dict[str, Phase] = {
    "requirements and scope": "requirements",
    "requirements scope": "requirements",
    "requirements": "requirements",
    "capacity estimation": "estimation",
    "estimation": "estimation",
    "capacity": "estimation",
    "high level design": "high_level",
    "high level": "high_level",
    "deep dive": "deep_dive",
    "deep dives": "deep_dive",
}


@dataclass(frozen=True, slots=True)
class WriteUp:
    """A written answer that was read, and what was odd about it."""

    transcript: Transcript
    cautions: tuple[Caution, ...]


def decode(raw: bytes, *, name: str) -> str:
    """The text of a written answer; `BadInput` says what is wrong with `name` and what to do."""
    if len(raw) > MOST_BYTES:
        raise BadInput(
            "This answer is too large",
            f"{name} has {len(raw):,} bytes; an answer may have {MOST_BYTES:,}.",
            hint="Keep the four sections and leave out logs, images and pasted documents.",
        )
    if b"\0" in raw:
        raise BadInput(
            "This is not a text file",
            f"{name} holds binary data.",
            hint="Give a Markdown or plain text file.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            "This answer is not UTF-8 text",
            f"{name}, line {line}, has a byte that is not UTF-8.",
            hint="Save it as UTF-8 and try again.",
        ) from error
    if not strip_invisible(text).strip():
        raise BadInput(
            "This answer is blank",
            f"{name} holds no text.",
            hint="Write something under the four headings: " + ", ".join(HEADINGS.values()) + ".",
        )
    for number, long in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if len(long) > LONGEST_LINE:
            raise BadInput(
                "One line is too long",
                f"{name}, line {number}, has {len(long):,} characters; a line may have {LONGEST_LINE:,}.",
                hint="Break it into lines, so that evidence can point at one.",
            )
    return text


def read_write_up(text: str) -> WriteUp:
    """The transcript of a written answer. Text under no or an unknown heading is read too, with a caution."""
    phase: Phase | None = None
    unknown: list[str] = []
    stray = False
    lines: list[TranscriptLine] = []
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", without_front_matter(text)), start=1):
        line = strip_invisible(raw).rstrip()
        heading = _HEADING.match(line)
        if heading and (named := phase_of(heading[2])) is not None:
            phase = named
        elif heading and len(heading[1]) == 2:
            phase = None
            unknown.append(heading[2])
        elif line.strip() and phase is None and not line.startswith("# "):
            stray = True
        if line.strip():
            lines.append(TranscriptLine(number, "candidate", "file", line, phase))
    return WriteUp(Transcript("written", tuple(lines)), tuple(_cautions(lines, unknown, stray=stray)))


def phase_of(heading: str) -> Phase | None:
    """The phase a heading names; case, order, punctuation and `&` do not matter."""
    words = re.sub(
        r"[^a-z ]+", " ", heading.casefold().replace("&", " and ").replace("_", " ").replace("-", " ")
    ).split()
    return _NAMES.get(" ".join(words))


def _cautions(lines: list[TranscriptLine], unknown: list[str], *, stray: bool) -> list[Caution]:
    found = []
    if unknown:
        names = ", ".join(f"'{name[:60]}'" for name in unknown[:5])
        found.append(
            Caution(code="unknown_heading", text=f"Text under {names} was read, but belongs to no phase.")
        )
    if stray and not unknown:
        found.append(
            Caution(
                code="no_heading", text="Text outside the four headings was read, but belongs to no phase."
            )
        )
    headed = {line.phase for line in lines if not _HEADING.match(line.text)}
    missing = [HEADINGS[phase] for phase in PHASES if phase not in headed]
    if missing:
        found.append(Caution(code="empty_phase", text=f"Nothing is written under: {', '.join(missing)}."))
    return found
