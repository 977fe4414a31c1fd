"""The commands about models: `coach doctor` and `coach prompts show`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from coach import config, wiring
from coach.clock import SystemClock

if TYPE_CHECKING:
    import argparse

NOT_FIT = 3


def doctor(arguments: argparse.Namespace) -> int:
    """Print what was found; the exit code is 0 when it will do."""
    from coach.checkup import Checkup, advice, as_text, examine
    from coach.llm.neighbours import find_neighbours
    from coach.watching import Watching

    profile = config.endpoint(wiring.wish_of(arguments))
    neighbours = find_neighbours()
    found = None
    if profile is not None and profile.model:
        line, clock = wiring.line(profile), SystemClock()
        watching = Watching(clock, where=profile.address.shown)
        try:
            with watching.shown():
                found = line.run(lambda model: examine(model, clock=clock, tell=watching.tell)).result()
        finally:
            line.close()
    elif profile is not None:
        models = next((one.models for one in neighbours if one.url == profile.address.url), ())
        found = Checkup(
            profile.address.shown,
            "",
            profile.name,
            profile.key_from,
            models=models,
            trouble="No model.\nAdd --model.",
        )
    if arguments.format == "json":
        shown = {
            "schema": 1,
            "neighbours": [asdict(one) for one in neighbours],
            "endpoint": None
            if found is None
            else {**asdict(found), "go": found.is_fine, "advice": advice(found)},
        }
        sys.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(as_text(found, neighbours))
    return 0 if found is None or found.is_fine else NOT_FIT
