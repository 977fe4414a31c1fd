"""Every sentence the scripted interviewer says that is not in the problem file. Plain, short, no praise."""

from coach.session.commands import Intent
from coach.session.state import State
from coach.terms import Phase

GREETING = "Ask me what you need to know. How you use the time is up to you."
DRILL_GREETING = "This is a drill of {phase} alone. Ask me what you need to know."

YOUR_CALL = (
    "That is your call.",
    "I leave that to you.",
    "You decide; tell me what it rests on.",
    "Your design, your choice.",
)
NOT_COVERED = (
    "My brief does not cover that. State an assumption and go on.",
    "I have nothing on that. Assume something and say what you assumed.",
    "My brief says nothing about it. Write down an assumption and work with it.",
)
REST_NOT_COVERED = (
    "On the rest my brief says nothing. State an assumption.",
    "The rest is not in my brief. Assume something and say so.",
)
ASSUMPTION_STANDS = (
    "My brief does not cover that. Work with your assumption.",
    "I have nothing on that, so your assumption stands.",
)
ACKNOWLEDGEMENTS = ("Noted.", "Go on.", "I am listening.", "Carry on.")

TIME_LEFT = "You have {phase} for this phase and {total} in all."
HINT_IN_MOCK = "There are no hints in a mock interview."
NO_HINT_LEFT = "I have no further hint on this."
REMARKS = {
    "all": "I answer specific questions. Ask me about one thing you need to know.",
    "proceed": "Move on when you are ready.",
    "verdict": "I do not judge while you work. Go on.",
    "as_put": "Take it as I put it, and say how you read it.",
}
"""Replies to questions about the interview itself."""

CHALLENGE_WROTE = (
    'You wrote "{quote}". What else did you consider, and what does this cost you?',
    'Your notes say "{quote}". What did you weigh it against?',
)
CHALLENGE_SAID = (
    'You said "{quote}". What else did you consider, and what does this cost you?',
    'You said "{quote}". What did you weigh it against?',
)
CHALLENGE_NUMBER = 'You wrote "{quote}". Is that average or peak?'

PHASES: dict[Phase, str] = {
    "requirements": "requirements",
    "estimation": "estimation",
    "high_level": "the high-level design",
    "deep_dive": "the deep dive",
}
NUDGE = "You have {left} for {phase}."
TIME_UP = "The time for {phase} is used up. What you use from here is taken from the rest."
ALL_TIME_UP = "Time is up. Finish the line you are on and hand in."
SUMMARY_REQUEST = "We are close to the end. Please sum up your design in about a minute."


def pick(options: tuple[str, ...], state: State, intent: Intent) -> str:
    """One of `options`, the next one each time the interviewer speaks with `intent`."""
    count = sum(1 for turn in state.turns if turn.speaker == "interviewer" and turn.intent == intent)
    return options[count % len(options)]


def duration(seconds: float) -> str:
    """`seconds` as a person would say it: `about 3 minutes left`, `about 40 seconds left`, `no time left`."""
    if seconds < 1:
        return "no time left"
    if seconds < 50:
        return f"about {max(5, round(seconds / 5) * 5)} seconds left"
    if seconds < 90:
        return "about a minute left"
    return f"about {round(seconds / 60)} minutes left"
