"""Graded sample answers: what their author expects the judge to say."""

from dataclasses import dataclass
from pathlib import Path

from coach import paths
from coach.content.library import ContentError, Fault, parse_yaml, read_text, validate
from coach.content.problem import SampleHeader


@dataclass(frozen=True, slots=True)
class Sample:
    """A graded sample answer: what its author expects, and the text with its front matter blanked out.

    Blanking keeps line numbers those of the file.
    """

    path: Path
    header: SampleHeader
    text: str


def read_samples(problem: str) -> list[Sample]:
    """The graded samples of a problem, by file name."""
    for folder in paths.content_dirs("problems"):
        samples = folder / f"{problem}.samples"
        if samples.is_dir():
            return [read_sample(path) for path in sorted(samples.glob("*.md"))]
    return []


def read_sample(path: Path) -> Sample:
    """One graded sample."""
    text = read_text(path)
    lines = text.split("\n")
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        raise ContentError(
            path, [Fault(path, 1, 1, "a sample starts with front matter between two lines of ---")]
        )
    end = next(at for at, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    data, marks = parse_yaml(path, "\n".join(["", *lines[1:end]]))
    header = validate(path, SampleHeader, data, marks)
    return Sample(path, header, without_front_matter(text))


def without_front_matter(text: str) -> str:
    """`text` with a leading YAML front matter blanked out, line numbers kept."""
    lines = text.split("\n")
    if not lines or lines[0].strip() != "---":
        return text
    for end, line in enumerate(lines[1:], start=1):
        if line.strip() == "---":
            return "\n".join([""] * (end + 1) + lines[end + 1 :])
    return text
