"""The app around the screens: start, colours, errors nobody foresaw, and being ended from outside."""

import os
import pty
import select
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from tests.fakes.until import until_sync
from tests.tui.doors import FakeDoors
from tests.tui.stage import begin, opened, sees

ROOT = Path(__file__).parents[2]


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_nothing_heavy_is_imported_before_the_home_screen_is_painted() -> None:
    heavy = ("pydantic", "yaml", "sqlite3", "coach.content", "coach.session.events", "coach.judge", "openai")
    assert (
        run(f"""
            import sys, coach.tui.app
            print([name for name in {heavy!r} if name in sys.modules])
        """)
        == "[]"
    )


async def test_without_colours_nothing_has_a_colour_and_all_is_told_by_words(
    doors: FakeDoors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    doors.no_color = True
    async with opened(doors) as pilot:
        await sees(pilot, "▸ Design TinyURL")
        await sees(pilot, "[mock]")
        _assert_no_colour(pilot)
        screen = await begin(pilot)
        doors.clock.advance(301)
        screen.tick()
        await sees(pilot, "!! +00:01 over")
        _assert_no_colour(pilot)
        reverse = [segment.text for segment in _segments(pilot) if segment.style and segment.style.reverse]
        assert any("+00:01 over" in text for text in reverse)


def _segments(pilot):
    for strip in pilot.app.screen._compositor.render_strips():
        shown = strip
        for line_filter in pilot.app._filters:
            shown = shown.apply_filter(line_filter, pilot.app.screen.background_colors[1])
        yield from shown


def _assert_no_colour(pilot) -> None:
    for segment in _segments(pilot):
        style = segment.style
        assert style is None or all(c is None or c.is_default for c in (style.color, style.bgcolor)), segment


def test_a_crash_shows_no_values_of_local_variables() -> None:
    output = run("""
        import contextlib, io
        from coach.tui.app import CoachApp
        from tests.tui.doors import FakeDoors

        class Broken(CoachApp):
            def on_ready(self):
                api_key = "sk-" + "secret"
                raise RuntimeError("boom")

        caught = io.StringIO()
        app = Broken(FakeDoors())
        app.error_console.file = caught
        app.run(headless=True, size=(80, 24))
        print(app.return_code, "boom" in caught.getvalue(), "sk-secret" in caught.getvalue())
    """)
    assert output == "1 True False"


PROGRAM = """
import sys
from pathlib import Path
from coach.clock import SystemClock
from coach.tui.app import CoachApp
from tests.tui.doors import FakeDoors

app = CoachApp(FakeDoors(clock=SystemClock()))
app.run()
host = app.doors.host
Path(sys.argv[1]).write_text(f"{host.is_closed} {host.state.docs} {app.return_code}")
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_closes_the_interview_with_the_last_key_in_it(
    tmp_path: Path, number: int, code: int
) -> None:
    result = tmp_path / "result"
    program, terminal = _start(result)
    _read_until(terminal, b"Problems")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Enter starts the clock")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Ask me what")
    os.write(terminal, b"abZ")
    _read_until(terminal, b"Z")
    os.kill(program, number)
    output = _read_until(terminal, None)
    _ended(program)
    os.close(terminal)
    assert result.read_text() == f"True {{'draft': 'abZ'}} {code}"
    assert b"\x1b[?1049l" in output
    assert b"\x1b[?25h" in output


def test_a_terminal_that_goes_away_closes_the_interview(tmp_path: Path) -> None:
    result = tmp_path / "result"
    program, terminal = _start(result)
    _read_until(terminal, b"Problems")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Enter starts the clock")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Ask me what")
    os.close(terminal)
    assert _ended(program) == 0
    assert result.read_text() == "True {} 129"


HELD_UP = """
import sys, threading
from textual.drivers._writer_thread import WriterThread
from coach.tui import ending
from tests.tui import test_app

ending.LAST_S = 0.5
write = WriterThread.write

def hold(self, text):
    write(self, text)
    if "Ask me what" in text:
        self._file.flush()
        threading.Event().wait()

WriterThread.write = hold
exec(test_app.PROGRAM)
"""


def test_no_process_is_left_behind_by_a_terminal_that_takes_nothing_any_more(tmp_path: Path) -> None:
    """The thread that paints dies of the first write to a lost terminal, and the other one waits for it for ever."""
    program, terminal = _start(tmp_path / "result", HELD_UP)
    _read_until(terminal, b"Problems")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Enter starts the clock")
    os.write(terminal, b"\r")
    _read_until(terminal, b"Ask me what")
    os.close(terminal)
    assert _ended(program) == 129


def _ended(program: int) -> int:
    """The exit code, once it has ended; killed when it does not."""
    found: list[int] = []

    def look() -> bool:
        pid, status = os.waitpid(program, os.WNOHANG)
        found.extend([os.waitstatus_to_exitcode(status)] * bool(pid))
        return bool(pid)

    try:
        until_sync(look, within_s=30)
    except AssertionError:
        os.kill(program, signal.SIGKILL)
        os.waitpid(program, 0)
        raise
    return found[0]


def _start(result: Path, code: str = PROGRAM) -> tuple[int, int]:
    program, terminal = pty.fork()
    if program == 0:
        os.environ.update(TERM="xterm-256color", LINES="24", COLUMNS="80")
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-c", code, str(result)])
    return program, terminal


def _read_until(terminal: int, text: bytes | None) -> bytes:
    """What the terminal shows until `text` is in it; until the end for None."""
    seen, deadline = b"", time.monotonic() + 30
    while text is None or text not in seen:
        assert time.monotonic() < deadline, seen[-500:]
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                chunk = os.read(terminal, 65536)
            except OSError:
                chunk = b""
            if not chunk:
                assert text is None, seen[-500:]
                return seen
            seen += chunk
    return seen
