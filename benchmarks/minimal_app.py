"""The least a Textual app can be, to compare with."""

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static


class MinimalApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Header()
        yield Static("minimal app is here")
        yield Footer()


if __name__ == "__main__":
    MinimalApp().run()
