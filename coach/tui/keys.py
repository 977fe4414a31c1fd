"""Every key of the coach, once. Bindings, footers, help and the command palette are made from this table.

F6, F7 and most ctrl keys belong to text editing; ctrl+n, ctrl+t and ctrl+w to browsers; ctrl+b to tmux. Alt with a
digit reaches us from few terminals: Textual reads the others' alt+1 as a typed inverted exclamation mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Area = Literal["everywhere", "home", "ready", "interview", "past", "debrief"]


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One thing a person can do. Without a `key` it is in the palette only; without a `rank` not in the footer."""

    area: Area
    id: str
    key: str
    label: str
    tooltip: str
    rank: int = 0
    """1 stays in the footer longest when space runs out."""
    call: str = ""
    """The action with its parameters, where that is not the id."""

    @property
    def action(self) -> str:
        return self.call or self.id

    @property
    def goes_first(self) -> bool:
        """Whether the key acts before the focused editor sees it.

        Without that, what is typed right after F3 still lands in the talk line: keys are handed on at once, actions
        only when the editor has let the key pass.
        """
        first = self.key.split(",")[0]
        is_function = first[:1] == "f" and first[1:].isdigit()
        return is_function or first.startswith(("ctrl+page", "alt+")) or self.id in ("quit", "commands")

    @property
    def shown_key(self) -> str:
        """The key as people write it: `F10`, `^p`, `alt+1`."""
        first = self.key.split(",")[0]
        if first.startswith("ctrl+") and len(first) == len("ctrl+x"):
            return f"^{first[-1]}"
        if first[:1] == "f" and first[1:].isdigit():
            return first.upper()
        names = {
            "ctrl+pageup": "^PgUp",
            "ctrl+pagedown": "^PgDn",
            "escape": "Esc",
            "enter": "Enter",
            "left": "←",
            "right": "→",
        }
        return names.get(first, first)


K = KeyAction
KEYS: tuple[KeyAction, ...] = (
    K("everywhere", "help", "f1", "help", "Show every key and what this screen is for.", 1),
    K("everywhere", "commands", "ctrl+p", "more", "Find everything else by name.", 6, "command_palette"),
    K("everywhere", "quit", "ctrl+q", "quit", "Leave the coach; an interview is kept and can be resumed."),
    K("everywhere", "theme", "", "theme", "Change between dark and light."),
    K("home", "choose", "enter", "choose", "Read the problem and get ready; no clock runs yet.", 2),
    K("home", "resume", "r", "resume", "Go on with the unfinished interview.", 3),
    K("home", "surprise", "s", "surprise", "Let the coach pick the problem.", 4),
    K("home", "warm_up", "w", "warm-up", "Learn the keys on a toy problem in two minutes.", 5),
    K("home", "past", "p", "past", "Past sessions: read the debrief or resume.", 7),
    K("ready", "start", "enter", "start", "Start the clock.", 2),
    K("ready", "back", "escape", "back", "Back to the problems; nothing is started.", 3),
    K("ready", "interviewer", "i", "who asks", "Who asks: the scripted interviewer or the model.", 4),
    K("ready", "judge", "j", "judge", "Who judges: the offline judge or the model.", 5),
    K("ready", "persona", "p", "persona", "How the model presses: neutral, friendly, terse, adversarial.", 6),
    K("past", "open", "enter", "open", "Read the debrief, or resume what is unfinished.", 2),
    K("past", "back", "escape", "back", "Back to the problems.", 3),
    K("interview", "talk", "f2", "talk", "Go to the talk line: ask or answer.", 2),
    K("interview", "notes", "f3", "notes", "Go to the notes; again for the phase before.", 3),
    K("interview", "sheet", "f4", "sheet", "Go to the number sheet; again for figures to estimate with.", 9),
    K("interview", "board", "f5", "board", "Go to the whiteboard; again for the whole screen.", 11),
    K("interview", "hint", "f8", "hint", "Get help, one step at a time; practice and drill only.", 8),
    K("interview", "guidance", "f9", "guidance", "What this phase is for; hidden in mock.", 7),
    K("interview", "next_phase", "f10", "next phase", "Go on to the next phase; earlier notes stay open.", 4),
    K("interview", "pause", "f11", "pause", "Stop the clock; on record, practice and drill only.", 10),
    K("interview", "finish", "f12", "finish", "Hand in; asks once.", 5),
    K("interview", "stop_reply", "escape", "stop", "Stop the interviewer's answer; what was said stays."),
    K("interview", "call_back", "ctrl+f", "call back", "Let the model answer again after it failed."),
    K("interview", "notes_1", "", "notes 1", "Notes of the first phase.", 0, "show_notes(1)"),
    K("interview", "notes_2", "", "notes 2", "Notes of the second phase.", 0, "show_notes(2)"),
    K("interview", "notes_3", "", "notes 3", "Notes of the third phase.", 0, "show_notes(3)"),
    K("interview", "notes_4", "", "notes 4", "Notes of the fourth phase.", 0, "show_notes(4)"),
    K("interview", "earlier", "ctrl+pageup", "earlier", "Notes of the phase before.", 0, "turn_notes(-1)"),
    K(
        "interview",
        "later",
        "ctrl+pagedown",
        "later",
        "Notes of the phase after, once begun.",
        0,
        "turn_notes(1)",
    ),
    K("interview", "take_in", "ctrl+g", "take in", "Put the interviewer's last answer into the notes."),
    K("interview", "problem", "ctrl+l", "problem", "Read the problem again."),
    K(
        "interview",
        "reference",
        "ctrl+r",
        "reference",
        "Reference notes of a phase you finished; not in mock.",
    ),
    K(
        "interview",
        "editor",
        "ctrl+o",
        "editor",
        "Write these notes, sheet or board in your own editor; the clock runs on.",
    ),
    K("interview", "figures", "", "figures", "Figures people carry in their heads; practice and drill only."),
    K("interview", "copy_out", "", "copy out", "Copy the interviewer's last answer to the clipboard."),
    K("interview", "abandon", "", "abandon", "Give up this interview; it is kept and can still be judged."),
    K(
        "debrief",
        "open",
        "enter",
        "open",
        "Open what is marked: findings, a line, or what rests on a line.",
        2,
    ),
    K("debrief", "back", "escape", "back", "Back to where you pressed Enter, then out of the debrief.", 3),
    K("debrief", "after", "right", "next", "The section after this one.", 5, "beside(1)"),
    K("debrief", "before", "left", "previous", "The section before this one.", 0, "beside(-1)"),
    K("debrief", "save", "s", "save", "Write the report as Markdown next to the session.", 4),
    K("debrief", "again", "r", "try again", "Read and judge the session again.", 4),
    K("debrief", "stop", "x", "stop", "Stop the model; what it judged or wrote so far is kept.", 3),
    K("debrief", "by_offline", "o", "offline", "Judge it again, offline; earlier scorecards are kept."),
    K("debrief", "by_model", "m", "by model", "Judge it again by the model; earlier scorecards are kept."),
    K("debrief", "coach", "c", "coaching", "Read what a model says about it; there, ask again."),
    K("debrief", "verdict", "1", "verdict", "The verdict, and your own beside it.", 0, "show('verdict')"),
    K("debrief", "levels", "2", "levels", "The eight dimensions and what was found.", 0, "show('levels')"),
    K("debrief", "fixes", "3", "fixes", "What would move the score most.", 0, "show('fixes')"),
    K("debrief", "time", "4", "time", "Planned against used minutes.", 0, "show('time')"),
    K("debrief", "facts", "5", "facts", "What the interviewer knew, found and missed.", 0, "show('facts')"),
    K(
        "debrief",
        "mistakes",
        "6",
        "mistakes",
        "The classic mistakes, made or avoided.",
        0,
        "show('mistakes')",
    ),
    K("debrief", "reference", "7", "reference", "One sound way to do it.", 0, "show('reference')"),
    K("debrief", "transcript", "8", "transcript", "Every line, numbered.", 0, "show('transcript')"),
    K("debrief", "board", "9", "board", "What you drew, and what breaks in it.", 0, "show('board')"),
)


def keys_of(area: Area) -> tuple[KeyAction, ...]:
    """What can be done in `area`, what can be done everywhere first."""
    return tuple(one for one in KEYS if one.area in ("everywhere", area))


def bindings(area: Area) -> list[Binding]:
    """The bindings of `area` alone; the app binds what works everywhere."""
    return [
        Binding(
            one.key,
            one.action,
            one.label,
            key_display=one.shown_key,
            tooltip=one.tooltip,
            id=one.id,
            show=one.rank > 0,
            priority=one.goes_first,
        )
        for one in KEYS
        if one.area == area and one.key
    ]
