"""What all three judge: one interview made of the repository's own texts, and the criteria the peers are given."""

from pathlib import Path

from coach.content.rubric import Rubric
from coach.content.samples import without_front_matter
from coach.judge.checklist import Checklist
from coach.judge.writeup import read_write_up
from coach.session.phases import HEADINGS
from coach.session.transcript import Transcript, TranscriptLine
from coach.terms import Phase
from coach.wiring import checklist_of

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "problems/tinyurl.samples/strong.md"
SPOKEN = ROOT / "tests/judge/answers/tinyurl/4-arrows.md"
TOPICS = {"codes": ("**1. codes**", "**2. fresh link race**"), "withdrawal": ("**3. kill in 5 min**",)}
"""Deep dives the interviewer opens, and the paragraphs of `SPOKEN` that answer."""
GENERAL = (
    (
        "Answering the question",
        "Designs something else than was asked.",
        "Answers a part of the question and drifts from it.",
        "Answers the question; one part stays thin.",
        "Answers the whole question, and nothing that was not asked.",
    ),
    (
        "Clarity",
        "Cannot be followed.",
        "Can be followed with effort; terms change or stay vague.",
        "Clear; a reader seldom has to go back.",
        "Clear and short: each sentence carries one point, and terms are used in one sense.",
    ),
)
"""Two criteria beside the rubric's eight dimensions; anchors from level 1 to level 4."""


def checklist() -> Checklist:
    """The checks of the problem under the standard rubric."""
    return checklist_of("tinyurl")


def interview(checks: Checklist) -> Transcript:
    """Every fact is asked for, two deep dives are opened, and the notes are the strong sample."""
    problem = checks.problem
    talk: list[tuple[str, str, Phase]] = []
    for fact in problem.facts:
        talk.append(("candidate", f"What should I plan for here: {fact.topic.lower()}?", "requirements"))
        talk.append(("interviewer", fact.answer, "requirements"))
    for dive in problem.deep_dives:
        if dive.id in TOPICS:
            talk.append(("interviewer", dive.opening, "deep_dive"))
            said = [line for heading in TOPICS[dive.id] for line in _spoken(heading)]
            talk += [("candidate", line, "deep_dive") for line in said]
    notes = read_write_up(NOTES.read_text(encoding="utf-8")).transcript.lines
    rows = [(who, "talk", text, phase) for who, text, phase in talk]
    rows += [("candidate", "notes", one.text, one.phase) for one in notes if not one.text.startswith("## ")]
    return Transcript(
        "interview",
        tuple(
            TranscriptLine(number, who, source, text, phase, edited_in=phase)
            for number, (who, source, text, phase) in enumerate(rows, start=1)
        ),
        facts={fact.id: "asked" for fact in problem.facts},
        topics=tuple(TOPICS),
    )


def plain(transcript: Transcript) -> str:
    """The same lines for the peers: a heading where the phase changes, and who speaks."""
    found: list[str] = []
    place = ("", "")
    for one in transcript.lines:
        if (one.source, one.phase) != place:
            place = (one.source, one.phase)
            found.append(f"## {one.source.capitalize()}: {HEADINGS[one.phase]}")
        found.append(f"{one.speaker.capitalize()}: {one.text}")
    return "\n".join(found)


def criteria(rubric: Rubric) -> list[dict[str, object]]:
    """Ten criteria with four anchored levels each."""
    ours = [
        (rule.name, *(rule.anchors.of(level) for level in (1, 2, 3, 4)))
        for rule in rubric.dimensions.values()
    ]
    return [{"name": name, "levels": levels} for name, *levels in (*ours, *GENERAL)]


def _spoken(heading: str) -> list[str]:
    """The lines of one paragraph of the answer that is spoken."""
    lines = without_front_matter(SPOKEN.read_text(encoding="utf-8")).split("\n")
    start = lines.index(heading) + 1
    end = next((at for at in range(start, len(lines)) if not lines[at].strip()), len(lines))
    return lines[start:end]
