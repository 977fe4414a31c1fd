"""The same interview as lines of text: for pipes, screen readers and terminals that can do no more.

What is typed is said to the interviewer, or stands in notes, sheet or board, wherever one is; lines that begin with a
slash are commands. Clock, journal and judge are those of every other interview.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from coach.errors import CoachError
from coach.plain.desk import Desk
from coach.plain.words import HELP, KEPT, left_words, phase_words, place_words
from coach.session.commands import (
    BOARD,
    NOTES_OF,
    SHEET,
    DocId,
    Finish,
    NextPhase,
    Pause,
    Say,
    ShowGuidance,
    Unpause,
)
from coach.session.phases import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.content.problem import Problem
    from coach.doors import Doors
    from coach.interviewer.host import Host
    from coach.plain.lines import Lines
    from coach.session.commands import Command
    from coach.session.events import Record

POLL_S = 0.1
"""How often clock and interviewer are looked after while nobody types."""


class Interview:
    """One interview, line by line. `has_prompts` where somebody sits in front of it."""

    def __init__(
        self, doors: Doors, host: Host, lines: Lines, *, write: Callable[[str], None], has_prompts: bool
    ) -> None:
        self._host = host
        self._lines = lines
        self._write = write
        self._has_prompts = has_prompts
        self._problem: Problem = doors.problem(host.state.chosen.problem)
        self._desk = Desk(host, write, None if host.state.chosen.mode == "mock" else doors.expected(host))
        self._is_leaving = False
        self._commands: dict[str, Callable[[str], None]] = {
            "help": lambda _: write(HELP),
            "talk": lambda _: self._go(None),
            "notes": self._notes,
            "sheet": lambda _: self._go(SHEET),
            "board": lambda _: self._go(BOARD),
            "show": lambda _: self._show(),
            "picture": lambda _: self._desk.picture(),
            "line": self._desk.replace,
            "undo": lambda _: self._desk.undo(),
            "time": lambda _: write(f"({left_words(host.state, host.now_s())})"),
            "next": lambda _: self._do(NextPhase()),
            "problem": lambda _: write(self._problem.prompt),
            "hint": lambda _: self._hint(),
            "guidance": lambda _: self._guidance(),
            "pause": lambda _: self._pause(),
            "go": lambda _: self._do(Unpause()),
            "stop": lambda _: self._stop(),
            "wait": self._wait,
            "finish": lambda _: self._do(Finish()),
            "quit": lambda _: self._leave(),
        }

    def run(self) -> bool:
        """Go through it; whether it was handed in. Leaving, the end of input and ctrl+c keep the session."""
        host = self._host
        for turn in host.state.turns:
            self._write(f"{'You' if turn.speaker == 'candidate' else 'Interviewer'}: {turn.text}")
        self._write(f"({phase_words(host.state.planned, host.state.phase, host.state)})")
        host.subscribe(self._hear)
        try:
            while not host.state.is_over and not self._is_leaving:
                self._attend(self._next())
        except (EOFError, KeyboardInterrupt):
            self._is_leaving = True
        if not host.state.is_over:
            self._write(f"{KEPT} Go on with: coach resume --plain {host.state.chosen.session}")
        return host.state.status == "finished"

    def _next(self) -> str | None:
        """The next line; None when the interview ended meanwhile."""
        if self._has_prompts:
            self._write(f"{place_words(self._desk.place)}:")
        while not self._host.state.is_over:
            line = self._lines.next(POLL_S)
            self._host.tick()
            self._host.listen()
            if line is not None:
                return line
        return None

    def _attend(self, line: str | None) -> None:
        if line is None:
            return
        try:
            if line.startswith("/"):
                self._command(line[1:])
            elif self._desk.place is not None:
                self._desk.add(line)
            elif line.strip():
                self._do(Say(line.strip()))
        except CoachError as error:
            self._write(f"({error})")

    def _command(self, words: str) -> None:
        name, _, rest = words.partition(" ")
        command = self._commands.get(name.casefold())
        if command is None:
            self._write(f"(There is no /{name}; /help lists what there is.)")
        else:
            command(rest.strip())

    def _hear(self, record: Record) -> None:
        event, state = record.event, self._host.state
        if event.kind == "spoke":
            self._write(f"Interviewer: {event.text}")
        elif event.kind == "phase_entered":
            self._write(f"({phase_words(state.planned, event.phase, state)})")
            if self._desk.place in NOTES_OF.values():
                self._desk.place = NOTES_OF[event.phase]
        elif event.kind == "interviewer_switched" and event.why:
            self._write(f"({event.why.rstrip('.')}. The {event.to} interviewer answers now.)")

    def _do(self, command: Command) -> None:
        self._host.do(command)

    def _go(self, place: DocId | None) -> None:
        self._desk.place = place

    def _notes(self, number: str) -> None:
        state = self._host.state
        phases, begun = state.planned.phases, [one.phase for one in state.phases]
        at = int(number) - 1 if number.isdigit() else phases.index(state.phase)
        if 0 <= at < len(phases) and phases[at] in begun:
            self._go(NOTES_OF[phases[at]])
        else:
            self._write("(That phase has not begun.)")

    def _show(self) -> None:
        if self._desk.place is None:
            self._write(f"({left_words(self._host.state, self._host.now_s())})")
        else:
            self._desk.show()

    def _hint(self) -> None:
        if not self._host.hint():
            self._write("(There is no hint to give.)")

    def _guidance(self) -> None:
        phase = self._host.state.phase
        self._do(ShowGuidance())
        self._write(f"{HEADINGS[phase]}: {self._problem.guidance.of(phase)}")

    def _pause(self) -> None:
        self._do(Pause())
        self._write("(The clock stands. /go goes on.)")

    def _stop(self) -> None:
        self._host.stop_reply()

    def _leave(self) -> None:
        self._is_leaving = True

    def _wait(self, seconds: str) -> None:
        """Let the clock run for some seconds, or until a reply has come."""
        is_number = seconds.replace(".", "", 1).isdigit()
        until = self._host.now_s() + float(seconds) if is_number else 0.0
        pause = threading.Event()
        while not self._host.state.is_over and (
            self._host.now_s() < until or self._host.replying_s is not None
        ):
            pause.wait(POLL_S)
            self._host.tick()
            self._host.listen()
