"""Foreign text made safe to show: what people, files and models wrote must not steer the terminal."""

import re
import unicodedata

_SEQUENCES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC: titles, links, clipboard
    r"|\x1b[PX^_][^\x1b]*(?:\x1b\\)?"  # DCS, SOS, PM, APC
    r"|[\x1b][\[\x9b][0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x9b[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]?"
)
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]")
_KEPT = "\n\t"


def typed(text: str) -> str:
    """`text` without terminal sequences, control characters and direction overrides; all else is kept.

    A TextArea writes what it holds to the terminal as it stands, so nothing else may get into one.
    """
    text = _SEQUENCES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _OVERRIDES.sub("", text)
    return "".join(char for char in text if char in _KEPT or not _is_control(char))


def shown(text: str) -> str:
    """`text` as it may stand on the screen: `typed`, and nothing that cannot be seen."""
    return _INVISIBLE.sub("", typed(text)).expandtabs(4)


def one_line(text: str) -> str:
    """`shown` text with every run of white space as one space."""
    return " ".join(shown(text).split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\u2028\u2029"
