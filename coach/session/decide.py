"""What a command leads to, or why it is not possible now. Pure: state, command and time in, events out."""

from dataclasses import asdict
from functools import singledispatch

from coach import __version__
from coach.errors import CoachError
from coach.session import commands as do
from coach.session import events as ev
from coach.session.due import due_by
from coach.session.edits import SNAPSHOT_EVERY, applied, change_between, clean
from coach.session.evolve import after, told_by
from coach.session.phases import HEADINGS, LONGEST_MINUTES, SHORTEST_MINUTES
from coach.session.state import State, Status
from coach.session.timing import next_budget_s

Events = tuple[ev.Event, ...]


class Refused(CoachError):
    """The command is not possible now. Nothing happened and nothing is lost."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__("Not now", message, hint=hint)


_WHY: dict[Status, tuple[str, str]] = {
    "new": ("The interview has not started.", "Start it first."),
    "running": ("The interview is still running.", "Hand in first."),
    "paused": ("The clock is stopped.", "Let it run on first."),
    "time_up": ("The time is up.", "Hand in to see how it went."),
    "finished": ("This interview is over.", "Start a new one to go on practising."),
    "abandoned": ("This interview is over.", "Start a new one to go on practising."),
}


def decide(state: State, command: do.Command, t: float) -> Events:
    """The events `command` leads to at used second `t`; raises `Refused` when it is not possible now."""
    return _decide(command, state, t)


def check_editable(state: State, doc: do.DocId) -> None:
    """Raises `Refused` when nothing can be typed into `doc`."""
    _need(state, "running", "paused", "time_up")
    if doc.startswith("notes.") and doc.removeprefix("notes.") not in state.planned.phases:
        raise Refused(f"This drill has no notes called {doc}.", hint="Type into the notes of its own phase.")


def _need(state: State, *statuses: Status) -> None:
    if state.status not in statuses:
        message, hint = _WHY[state.status]
        raise Refused(message, hint=hint)


@singledispatch
def _decide(command: do.Command, state: State, t: float) -> Events:
    raise TypeError(f"no rule for {type(command).__name__}")


@_decide.register
def _(command: do.Start, state: State, t: float) -> Events:
    if state.status != "new":
        raise Refused("The interview has started already.")
    setup = command.setup
    if not SHORTEST_MINUTES <= setup.minutes <= LONGEST_MINUTES:
        raise Refused(
            f"An interview of {setup.minutes:g} minutes is not possible.",
            hint=f"Choose {SHORTEST_MINUTES:g} to {LONGEST_MINUTES:g} minutes.",
        )
    if (setup.mode == "drill") != (setup.only is not None):
        raise Refused(
            "A drill is of one phase, and only a drill is.", hint="Choose a phase and the mode drill."
        )
    started = ev.Started(**asdict(setup), coach=__version__)
    return (started, *due_by(after(state, started, t), t))


@_decide.register
def _(command: do.Edit, state: State, t: float) -> Events:
    check_editable(state, command.doc)
    old = state.docs.get(command.doc, "")
    change = change_between(old, clean(command.text))
    if change is None:
        return ()
    edited = ev.Edited(doc=command.doc, at=change.at, deleted=change.deleted, inserted=change.inserted)
    if state.deltas.get(command.doc, 0) + 1 < SNAPSHOT_EVERY:
        return (edited,)
    return (edited, ev.Snapshotted(doc=command.doc, text=applied(old, change)))


@_decide.register
def _(command: do.Say, state: State, t: float) -> Events:
    _need(state, "running", "time_up")
    text = clean(command.text)
    if not text.strip():
        raise Refused("There is nothing to send.", hint="Type a question or an answer first.")
    return (ev.Said(text=text),)


@_decide.register
def _(command: do.Speak, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    if command.rung is not None and state.chosen.mode == "mock":
        raise Refused("A mock interview gives no hints.", hint="Practice does.")
    spoke = ev.Spoke(**{**asdict(command), "text": clean(command.text)})
    return (spoke, *told_by(spoke, state))


@_decide.register
def _(command: do.Grow, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    text = clean(command.text)
    if not text:
        return ()
    return (ev.SpeechGrew(text=text, facts=command.facts, improvised=command.improvised),)


@_decide.register
def _(command: do.SwitchInterviewer, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    if command.to == state.interviewer:
        return ()
    return (*_broken_off(state), ev.InterviewerSwitched(to=command.to, why=command.why))


def _broken_off(state: State) -> Events:
    """A turn that was still arriving, kept as far as it came."""
    if not state.speech.strip():
        return ()
    spoke = ev.Spoke(text=state.speech, intent="fact", facts=state.speech_facts, interrupted=True)
    return (spoke, *told_by(spoke, state))


@_decide.register
def _(command: do.NextPhase, state: State, t: float) -> Events:
    _need(state, "running")
    phase = state.planned.after(state.current.phase)
    if phase is None:
        raise Refused("This is the last phase.", hint="Hand in when you are done.")
    return (ev.PhaseEntered(phase=phase, budget_s=next_budget_s(state, phase, t)),)


@_decide.register
def _(command: do.Tick, state: State, t: float) -> Events:
    return due_by(state, t)


@_decide.register
def _(command: do.Pause, state: State, t: float) -> Events:
    _need(state, "running")
    if state.chosen.mode == "mock":
        raise Refused(
            "A mock interview has no pause.", hint="The clock runs on, as in a real one; practice can pause."
        )
    return (ev.Paused(),)


@_decide.register
def _(command: do.Unpause, state: State, t: float) -> Events:
    if state.status == "running":
        raise Refused("The clock is running already.")
    _need(state, "paused")
    return (ev.Unpaused(paused_s=round(command.paused_s, 3)),)


@_decide.register
def _(command: do.Reopen, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    reopened = ev.Reopened(away_s=round(command.away_s, 3), charged=state.chosen.mode == "mock")
    # A process that was killed while the interviewer spoke left half a turn.
    return (*_broken_off(state), reopened, *due_by(state, t))


@_decide.register
def _(command: do.ShowGuidance, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    if state.chosen.mode == "mock":
        raise Refused("A mock interview shows no guidance.", hint="Practice does; here, ask the interviewer.")
    phase = state.current.phase
    return () if phase in state.guidance_shown else (ev.GuidanceShown(phase=phase),)


@_decide.register
def _(command: do.ShowReference, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up", "finished", "abandoned")
    if not state.is_over:
        if state.chosen.mode == "mock":
            raise Refused("A mock interview shows the reference notes at the end.", hint="Hand in first.")
        if command.phase not in [one.phase for one in state.phases[:-1]]:
            name = HEADINGS[command.phase]
            raise Refused(
                f"The phase {name} is not over yet.", hint="Its reference notes open when you move on."
            )
    if command.phase in state.references_shown:
        return ()
    unknown = [fact for fact in dict.fromkeys(command.facts) if fact not in state.facts]
    shown = tuple(ev.FactGiven(fact=fact, how="shown") for fact in unknown)
    return (ev.ReferenceShown(phase=command.phase), *shown)


@_decide.register
def _(command: do.Finish, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    return (*_broken_off(state), ev.Finished())


@_decide.register
def _(command: do.Abandon, state: State, t: float) -> Events:
    _need(state, "running", "paused", "time_up")
    return (*_broken_off(state), ev.Abandoned())


@_decide.register
def _(command: do.RateSelf, state: State, t: float) -> Events:
    _need(state, "finished", "abandoned")
    if state.self_rating is not None:
        raise Refused("You have rated yourself already.", hint="Your first thought stands.")
    return (ev.SelfRated(verdict=command.verdict, levels=dict(command.levels)),)
