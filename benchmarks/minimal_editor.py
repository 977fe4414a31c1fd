"""The least a Textual editor can be, to compare with."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class MinimalEditor(App[None]):
    def compose(self) -> ComposeResult:
        yield TextArea()


if __name__ == "__main__":
    MinimalEditor().run()
