"""What each event does to the state. Never refuses: what stands in the journal happened."""

from dataclasses import replace
from functools import singledispatch

from coach.session import events as ev
from coach.session.commands import DocId, Setup
from coach.session.edits import Change, applied
from coach.session.phases import plan
from coach.session.state import PhaseTime, SelfRating, State, Turn


def evolve(state: State, record: ev.Record) -> State:
    """The state after `record`."""
    return after(state, record.event, record.t)


def replay(records: tuple[ev.Record, ...]) -> State:
    """The state after all `records`."""
    state = State()
    for record in records:
        state = evolve(state, record)
    return state


def after(state: State, event: ev.Event, t: float) -> State:
    """The state after `event` at used second `t`."""
    return replace(_apply(event, state, t), t=max(state.t, t))


def told_by(spoke: ev.Spoke, state: State) -> tuple[ev.Event, ...]:
    """What a turn of the interviewer gave, asked or injected that was not known before."""
    unknown = [fact for fact in dict.fromkeys(spoke.facts) if fact not in state.facts]
    told: list[ev.Event] = [ev.FactGiven(fact=fact, how="asked") for fact in unknown]
    if spoke.rung is not None:
        told.append(ev.HintTaken(item=spoke.item or state.phase, rung=spoke.rung))
    if spoke.topic is not None and spoke.topic not in state.topics:
        told.append(ev.TopicOpened(topic=spoke.topic))
    if spoke.curveball is not None and spoke.curveball not in state.curveballs:
        told.append(ev.CurveballThrown(curveball=spoke.curveball))
    return tuple(told)


@singledispatch
def _apply(event: ev.Event, state: State, t: float) -> State:
    raise TypeError(f"no rule for {type(event).__name__}")


@_apply.register
def _(event: ev.Started, state: State, t: float) -> State:
    setup = Setup(**event.model_dump(exclude={"kind", "coach"}))
    return replace(
        state,
        status="running",
        setup=setup,
        plan=plan(setup.minutes, only=setup.only),
        interviewer=setup.interviewer,
    )


@_apply.register
def _(event: ev.PhaseEntered, state: State, t: float) -> State:
    began = t if event.due_s is None else event.due_s
    planned_s = state.planned.of(event.phase)
    phases = _left(state.phases, began)
    return replace(state, phases=(*phases, PhaseTime(event.phase, planned_s, event.budget_s, began)))


@_apply.register
def _(event: ev.Edited, state: State, t: float) -> State:
    text = applied(state.docs.get(event.doc, ""), Change(event.at, event.deleted, event.inserted))
    return _with_doc(state, event.doc, text, deltas=state.deltas.get(event.doc, 0) + 1)


@_apply.register
def _(event: ev.Snapshotted, state: State, t: float) -> State:
    return _with_doc(state, event.doc, event.text, deltas=0)


@_apply.register
def _(event: ev.Said, state: State, t: float) -> State:
    turn = Turn("candidate", event.text, t, state.phase)
    return _with_doc(replace(state, turns=(*state.turns, turn)), "draft", "", deltas=0)


@_apply.register
def _(event: ev.Spoke, state: State, t: float) -> State:
    phase = state.phase
    turn = Turn(
        "interviewer",
        event.text,
        t,
        phase,
        event.intent,
        asks=event.asks or "",
        is_interrupted=event.interrupted,
    )
    challenged = state.challenged | {phase} if event.intent == "challenge" else state.challenged
    # Applied here too, so that a process killed before they were written loses none of them.
    for told in told_by(event, state):
        state = _apply(told, state, t)
    improvised = tuple(dict.fromkeys((*state.improvised, *event.improvised)))
    return replace(
        state,
        turns=(*state.turns, turn),
        challenged=challenged,
        speech="",
        speech_facts=(),
        improvised=improvised,
    )


@_apply.register
def _(event: ev.SpeechGrew, state: State, t: float) -> State:
    return replace(
        state,
        speech=state.speech + event.text,
        speech_facts=(*state.speech_facts, *event.facts),
        improvised=tuple(dict.fromkeys((*state.improvised, *event.improvised))),
    )


@_apply.register
def _(event: ev.InterviewerSwitched, state: State, t: float) -> State:
    return replace(state, interviewer=event.to, why_switched=event.why)


@_apply.register
def _(event: ev.FactGiven, state: State, t: float) -> State:
    return replace(state, facts={event.fact: event.how, **state.facts})


@_apply.register
def _(event: ev.HintTaken, state: State, t: float) -> State:
    rung = max(event.rung, state.hints.get(event.item, 0))
    return replace(state, hints={**state.hints, event.item: rung})


@_apply.register
def _(event: ev.CurveballThrown, state: State, t: float) -> State:
    return replace(state, curveballs=_with(state.curveballs, event.curveball))


@_apply.register
def _(event: ev.TopicOpened, state: State, t: float) -> State:
    return replace(state, topics=_with(state.topics, event.topic))


@_apply.register
def _(event: ev.Nudged, state: State, t: float) -> State:
    return replace(state, nudges=state.nudges | {(event.phase, event.share)})


@_apply.register
def _(event: ev.SummaryAsked, state: State, t: float) -> State:
    return replace(state, summary_asked=True)


@_apply.register
def _(event: ev.TimeRanOut, state: State, t: float) -> State:
    return replace(state, status="time_up", phases=_left(state.phases, event.due_s))


@_apply.register
def _(event: ev.Paused, state: State, t: float) -> State:
    return replace(state, status="paused", pauses=state.pauses + 1)


@_apply.register
def _(event: ev.Unpaused, state: State, t: float) -> State:
    return replace(state, status="running", paused_s=state.paused_s + event.paused_s)


@_apply.register
def _(event: ev.Reopened, state: State, t: float) -> State:
    # While paused, the absence is part of the pause and counted when that ends.
    if event.charged or state.status != "running":
        return state
    return replace(state, pauses=state.pauses + 1, paused_s=state.paused_s + event.away_s)


@_apply.register
def _(event: ev.GuidanceShown, state: State, t: float) -> State:
    return replace(state, guidance_shown=state.guidance_shown | {event.phase})


@_apply.register
def _(event: ev.ReferenceShown, state: State, t: float) -> State:
    return replace(state, references_shown=state.references_shown | {event.phase})


@_apply.register
def _(event: ev.Finished, state: State, t: float) -> State:
    return replace(state, status="finished", phases=_left(state.phases, t))


@_apply.register
def _(event: ev.Abandoned, state: State, t: float) -> State:
    return replace(state, status="abandoned", phases=_left(state.phases, t))


@_apply.register
def _(event: ev.SelfRated, state: State, t: float) -> State:
    return replace(state, self_rating=SelfRating(event.verdict, event.levels))


def _with(known: tuple[str, ...], one: str) -> tuple[str, ...]:
    return known if one in known else (*known, one)


def _left(phases: tuple[PhaseTime, ...], t: float) -> tuple[PhaseTime, ...]:
    if not phases or phases[-1].left_s is not None:
        return phases
    return (*phases[:-1], replace(phases[-1], left_s=t))


def _with_doc(state: State, doc: DocId, text: str, *, deltas: int) -> State:
    return replace(state, docs={**state.docs, doc: text}, deltas={**state.deltas, doc: deltas})
