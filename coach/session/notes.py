"""The notes as one Markdown file: for people, for grep, and readable by `coach grade`."""

from coach.session.commands import NOTES_OF, SHEET
from coach.session.phases import HEADINGS, sheet_phase
from coach.session.state import State

NOTES = "notes.md"


def notes_text(state: State) -> str:
    """The notes of every planned phase under its heading, as they were typed; the sheet where numbers belong."""
    parts = [f"# {state.chosen.title}\n"]
    phases = state.planned.phases
    home = sheet_phase(phases)
    for phase in phases:
        docs = (NOTES_OF[phase], SHEET) if phase == home else (NOTES_OF[phase],)
        text = "\n\n".join(one for doc in docs if (one := state.docs.get(doc, "").strip("\n")))
        parts.append(f"## {HEADINGS[phase]}\n" + (f"\n{text}\n" if text else ""))
    return "\n".join(parts)
