"""The one place that picks concrete parts: which clock, shelf, interviewer, judge and rubric."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from coach import paths
from coach.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.judge.checklist import Checklist
    from coach.report.review import Review
    from coach.session.headline import Headline
    from coach.session.shelf import Shelf
    from coach.terms import Seniority

RUBRIC = "standard"
_EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def shelf() -> Shelf:
    """The user's sessions."""
    from coach.session.shelf import Shelf

    return Shelf(paths.sessions_dir())


def token() -> str:
    """Four random characters that are easy to read aloud."""
    return "".join(secrets.choice(_EASY_LETTERS) for _ in range(4))


def pick(names: Sequence[str]) -> str:
    """One of `names` at random."""
    return secrets.choice(names)


def unfinished(session: str | None) -> str:
    """The id of the session to resume: the one named, or the latest unfinished one."""
    own = shelf()
    if session is not None:
        return own.find(session)
    for headline in own.unfinished():
        if not headline.is_toy:
            return headline.session
    raise BadInput(
        "Nothing to resume", "There is no unfinished session.", hint="Start one with: coach practice"
    )


def checklist_of(problem: str) -> Checklist:
    """The checks of a problem under the standard rubric."""
    from coach.content.library import find_problem, find_rubric
    from coach.judge.checklist import compile_checks

    return compile_checks(find_problem(problem), find_rubric(RUBRIC))


def grade(text: str, *, problem: str, seniority: Seniority) -> Review:
    """A written answer, judged by the offline judge."""
    from coach.judge.judging import judge
    from coach.judge.offline import OfflineJudge
    from coach.judge.writeup import read_write_up
    from coach.report.review import Review

    checklist = checklist_of(problem)
    answer = read_write_up(text)
    card = judge(OfflineJudge(), checklist, answer.transcript, seniority=seniority, cautions=answer.cautions)
    return Review(card, checklist, answer.transcript)


def review(own: Shelf, session: str) -> Review:
    """A session that is over, with its newest judging; judged now when it never was, or by other versions.

    `BadInput` while it is unfinished: the answer would not be the one handed in.
    """
    from coach.judge.card import Card
    from coach.judge.judging import judge
    from coach.judge.offline import OfflineJudge
    from coach.report.review import Review
    from coach.session.evolve import replay
    from coach.session.transcript import freeze

    records = own.read(session).records
    state = replay(records)
    if not state.is_over:
        raise BadInput(
            "This session is not finished",
            "It can be judged once it is handed in.",
            hint=f"Go on with: coach resume {session}",
        )
    checklist = checklist_of(state.chosen.problem)
    transcript = freeze(records)
    for line in reversed(own.scores(session)):
        card = Card.read(line)
        if card is not None and card.is_current(checklist.rubric, checklist.problem):
            return Review(card, checklist, transcript, state)
    card = judge(OfflineJudge(), checklist, transcript, seniority=state.chosen.seniority)
    own.add_score(session, card.to_json())
    return Review(card, checklist, transcript, state)


def render(reviewed: Review, form: str) -> str:
    """A review as `text`, `md` or `json`."""
    match form:
        case "json":
            return json.dumps(json.loads(reviewed.card.to_json()), indent=2, ensure_ascii=False) + "\n"
        case "md":
            from coach.report.markdown import as_markdown

            return as_markdown(reviewed)
        case _:
            from coach.report.text import as_text

            return as_text(reviewed)


def show_session(session: str) -> str:
    """The text report of a session."""
    own = shelf()
    return render(review(own, own.find(session)), "text")


def list_sessions(form: str) -> str:
    """Every session but warm-ups, the newest first, as `text` or `json`."""
    headlines = [one for one in shelf().list() if not one.is_toy]
    if form == "json":
        return json.dumps({"schema": 1, "sessions": [asdict(one) for one in headlines]}, indent=2) + "\n"
    if not headlines:
        return "No sessions yet. Start one with: coach practice\n"
    return "".join(f"{_session_line(one)}\n" for one in headlines)


def _session_line(one: Headline) -> str:
    from coach.report.words import VERDICTS

    if one.trouble:
        return f"{one.session:<40} cannot be read: {one.trouble.splitlines()[0]}"
    judged = VERDICTS.get(one.verdict or "", "") if one.verdict else ""
    score = f"{one.score:.2f}" if one.score is not None else ""
    return (
        f"{one.session:<40} {one.mode:<9} {one.seniority:<7} {one.status:<10} {judged:<15} {score}".rstrip()
    )
