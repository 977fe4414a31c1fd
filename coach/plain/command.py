"""`coach practice --plain` and `coach resume --plain`, from the first line to the report."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from coach.errors import BadInput, CoachError
from coach.plain.interview import Interview
from coach.plain.lines import Lines
from coach.plain.words import BEGIN, NOT_JUDGED, RATE, START
from coach.session.commands import RateSelf
from coach.terms import VERDICTS

if TYPE_CHECKING:
    from coach.choice import Choice
    from coach.doors import Doors
    from coach.interviewer.host import Host


class Plain:
    """The plain front end: standard input and output, and the doors to everything else."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._lines = Lines(sys.stdin)
        self._has_prompts = sys.stdin.isatty()

    def begin(self, choice: Choice) -> int:
        """A new interview; the clock starts with Enter where somebody sits in front of it, else at once."""
        problem = self._doors.problem(choice.problem)
        endpoint = self._doors.endpoint() if choice.interviewer is None or choice.uses_model else None
        if endpoint is not None and choice.interviewer != "scripted":
            if not endpoint.is_agreed and self._ask(f"{endpoint.question} (yes or no)") not in ("y", "yes"):
                raise BadInput(
                    "Nothing was sent", "The host was not agreed to.", hint="Add --interviewer scripted."
                )
            self._doors.agree()
            choice = replace(choice, interviewer="model", judge=choice.judge or "model")
        self._write(problem.title)
        if self._has_prompts:
            self._write(f"\n{problem.prompt}\n\n{BEGIN}")
            self._ask(START)
        return self._go_through(self._doors.begin(choice))

    def resume(self, session: str) -> int:
        """Go on with a session; what was said so far is told again."""
        return self._go_through(self._doors.reopen(session))

    def _go_through(self, host: Host) -> int:
        try:
            is_finished = Interview(
                self._doors, host, self._lines, write=self._write, has_prompts=self._has_prompts
            ).run()
            if is_finished and not host.state.chosen.is_toy:
                self._rate(host)
        finally:
            host.close()
        if is_finished and not host.state.chosen.is_toy:
            self._judge(host)
        return 0

    def _rate(self, host: Host) -> None:
        """The candidate's own verdict, before the judge's."""
        words = self._ask(RATE).casefold().replace(" ", "_").lstrip("/")
        verdict = next((one for one in VERDICTS if one == words), None)
        if verdict is not None:
            host.do(RateSelf(verdict))

    def _judge(self, host: Host) -> None:
        from coach.report.formats import render

        chosen = host.state.chosen
        judging = self._doors.judging(chosen.session, by=chosen.judge, tell=lambda _: None)
        try:
            review = judging.run()
        except CoachError:
            self._write(NOT_JUDGED.format(session=chosen.session))
            raise
        self._write(f"\n{render(review, 'text')}".rstrip("\n"))

    def _ask(self, question: str) -> str:
        """An answer in one line; empty at the end of input."""
        self._write(question)
        try:
            return (self._lines.next(None) or "").strip()
        except EOFError:
            return ""

    @staticmethod
    def _write(text: str) -> None:
        shown = "".join(one if one.isprintable() or one == "\n" else "�" for one in text)
        sys.stdout.write(f"{shown}\n")
        sys.stdout.flush()
