"""What the environment says about how the coach should behave."""

import os
import shlex


def editor() -> tuple[str, ...]:
    """The candidate's editor as a command line without the file: `$VISUAL`, else `$EDITOR`, else none."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        return tuple(shlex.split(chosen))
    except ValueError:
        return ()


def wants_no_color() -> bool:
    """Whether the terminal asked for no colours (`NO_COLOR` set to anything but nothing)."""
    return bool(os.environ.get("NO_COLOR"))
