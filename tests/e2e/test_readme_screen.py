"""The screen in the README is what the program shows."""

import re
from pathlib import Path

from tests.fakes.documents import section, update
from tests.fakes.screen_text import IS_UPDATING
from tests.fakes.terminal import Terminal

NOTES = (
    "create link, follow link; own names; clicks by day and country",
    "100M new links a month, 100 reads for each write",
    "redirect p99 < 50 ms from every continent",
    "codes must not be guessable -> no plain counter",
    "",
    "out of scope: sign-up, billing, preview pages",
)


def normal(screen: str) -> list[str]:
    """The screen without what differs from second to second."""
    return [re.sub(r"\d\d:\d\d", "00:00", line).rstrip() for line in screen.strip("\n").split("\n")]


def test_the_screen_in_the_readme_is_a_real_one(tmp_path: Path) -> None:
    terminal = Terminal(("practice", "tinyurl", "--mode", "mock"), home=tmp_path, size=(112, 30))
    try:
        terminal.wait_for("Enter starts the clock")
        terminal.press("Enter")
        terminal.wait_for("Ask me what")
        terminal.press("F2", "How many new links a month, and how many reads?", "Enter")
        terminal.wait_for("for every link")
        terminal.press("\x1b[200~Can somebody guess a code?\x1b[201~", "Enter")
        terminal.wait_for("walk through")
        terminal.press("F3", "\x1b[200~" + "\n".join(NOTES) + "\x1b[201~")
        terminal.wait_for("preview pages")
        shown = terminal.steady()
    finally:
        terminal.kill()
    update("screen", f"```text\n{shown.strip(chr(10))}\n```", when=IS_UPDATING)
    assert normal(section("screen").removeprefix("```text\n").removesuffix("```")) == normal(shown)
