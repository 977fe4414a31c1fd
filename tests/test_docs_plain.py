"""The commands in the docs of the plain interview are the program's own."""

from coach.plain.words import HELP
from tests.fakes.documents import ROOT, section, update
from tests.fakes.screen_text import IS_UPDATING

DOCS = ROOT / "docs" / "plain.md"


def test_the_commands_in_the_docs_are_those_there_are() -> None:
    block = f"```text\n{HELP}\n```"
    update("help", block, when=IS_UPDATING, of=DOCS)
    assert section("help", of=DOCS).rstrip() == block
