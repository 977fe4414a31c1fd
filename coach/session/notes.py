"""The notes as one Markdown file: for people, for grep, and readable by `coach grade`."""

from coach.session.commands import BOARD, NOTES_OF, SHEET, DocId
from coach.session.phases import HEADINGS, board_phase, sheet_phase
from coach.session.state import State

NOTES = "notes.md"
BOARD_FILE = "board.txt"


def notes_text(state: State) -> str:
    """The notes of every planned phase under its heading, as they were typed; sheet and board where they belong."""
    parts = [f"# {state.chosen.title}\n"]
    phases = state.planned.phases
    for phase in phases:
        texts = [_typed(state, NOTES_OF[phase])]
        if phase == sheet_phase(phases):
            texts.append(_typed(state, SHEET))
        if phase == board_phase(phases) and (board := _typed(state, BOARD)):
            fence = "`" * (4 if "```" in board else 3)
            texts.append(f"{fence}board\n{board}\n{fence}")
        text = "\n\n".join(one for one in texts if one)
        parts.append(f"## {HEADINGS[phase]}\n" + (f"\n{text}\n" if text else ""))
    return "\n".join(parts)


def _typed(state: State, doc: DocId) -> str:
    return state.docs.get(doc, "").strip("\n")


def board_text(state: State) -> str:
    """The board as it is drawn; empty when there is none."""
    from coach.board.export import text_of
    from coach.board.parse import read_board

    board = read_board(_typed(state, BOARD))
    return text_of(board) if board.boxes else ""
