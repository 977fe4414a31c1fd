"""What the plain interview says about itself."""

from coach.session.commands import BOARD, SHEET, DocId
from coach.session.phases import NAMES, Plan
from coach.session.state import State
from coach.session.timing import clock_text, countdown, phase_left_s, total_left_s
from coach.terms import Phase

BEGIN = "What you type is said to the interviewer. /notes, /sheet and /board say where to write, /help lists the rest."
START = "Enter starts the clock."
KEPT = "The session is kept."
RATE = "Your own verdict first: strong_hire, hire, no_hire or strong_no_hire; Enter for none."
HELP = """/talk            what you type is said to the interviewer
/notes [1-4]     write notes, of this phase or an earlier one
/sheet           calculate, a line at a time
/board           draw, a line at a time: client -> api -> db
/show            the lines of where you are, numbered; while you talk, the time
/picture         the board as it is drawn
/line 3 words    replace line 3; without words remove it
/undo            remove the last line
/time            what the clocks show
/next            go on to the next phase
/problem         read the problem again
/hint /guidance  help, in practice and drill
/pause /go       stop the clock and go on, in practice and drill
/stop            stop the interviewer's answer
/wait [5]        let the clock run: seconds, or until the interviewer has answered
/finish          hand in
/quit            leave; the session is kept"""


def place_words(place: DocId | None) -> str:
    """Where one writes, in a word."""
    return {None: "talk", SHEET: "sheet", BOARD: "board"}.get(place, "notes")


def phase_words(plan: Plan, phase: Phase, state: State) -> str:
    """Which phase it is, with its budget."""
    number = plan.phases.index(phase) + 1
    budget = clock_text(countdown(state.current.budget_s))
    return f"Phase {number} of {len(plan.phases)}: {NAMES[phase]}, {budget}."


def left_words(state: State, now_s: float) -> str:
    """What the clocks show."""
    left = phase_left_s(state, now_s)
    here = f"{clock_text(countdown(left))} left" if left > 0 else f"{clock_text(int(-left))} over"
    return f"{NAMES[state.phase]}: {here}. In all {clock_text(countdown(total_left_s(state, now_s)))} left."


NOT_JUDGED = (
    "No judgement yet; the session is kept. coach show {session} prints an offline estimate, "
    "coach rescore {session} asks the model again."
)
