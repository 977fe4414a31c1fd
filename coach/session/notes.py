"""The notes as one Markdown file: for people, for grep, and readable by `coach grade`."""

from coach.session.commands import NOTES_OF
from coach.session.phases import HEADINGS
from coach.session.state import State

NOTES = "notes.md"


def notes_text(state: State) -> str:
    """The notes of every planned phase under its heading, as they were typed."""
    parts = [f"# {state.chosen.title}\n"]
    for phase in state.planned.phases:
        text = state.docs.get(NOTES_OF[phase], "").strip("\n")
        parts.append(f"## {HEADINGS[phase]}\n" + (f"\n{text}\n" if text else ""))
    return "\n".join(parts)
