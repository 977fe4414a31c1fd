"""The house keeps its shape: what imports what, and what never loads before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "coach"
HEAVY = (
    "textual",
    "rich",
    "pydantic",
    "yaml",
    "snowballstemmer",
    "sqlite3",
    "platformdirs",
    "openai",
    "jinja2",
    "tiktoken",
)
HOMES = {
    "textual": ("coach/tui/",),
    "rich": ("coach/tui/",),
    "yaml": ("coach/content/library.py", "coach/content/lint.py"),
    "snowballstemmer": ("coach/text/words.py",),
    "sqlite3": ("coach/session/shelf.py", "coach/session/index.py"),
    "platformdirs": ("coach/paths.py",),
}


def _modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split("\n")[-2].split())


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def _sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("flags", ["--help", "--version", "grade --help", "practice --help"])
def test_help_imports_nothing_heavy(flags: str) -> None:
    modules = _modules_after(
        "from coach.cli import main\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    try: main({flags.split()!r})\n"
        "    except SystemExit: pass"
    )
    assert not modules & set(HEAVY)


def test_opening_the_app_imports_no_model_library() -> None:
    modules = _modules_after("import coach.tui.app, coach.wiring")
    assert not modules & {"openai", "tiktoken", "jinja2"}


def test_importing_the_app_leaves_pydantic_and_yaml_for_later() -> None:
    modules = _modules_after("import coach.tui.app, coach.tui.screens.home, coach.wiring")
    assert not modules & {"pydantic", "yaml", "snowballstemmer"}


def test_the_board_needs_nothing_but_python() -> None:
    names = [f"coach.board.{path.stem}" for path in sorted((PACKAGE / "board").glob("[a-z]*.py"))]
    modules = _modules_after(f"import {', '.join(names)}")
    loaded = {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names)
    assert {
        one for one in loaded if not one.startswith(("_", "coach", "sitecustomize", "usercustomize"))
    } == set()
    assert {
        name for name in modules if name.startswith("coach.") and not name.startswith("coach.board")
    } == set()


@pytest.mark.parametrize("library", sorted(HOMES))
def test_a_library_has_one_home(library: str) -> None:
    strays = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if library in _imports(path) and not str(path.relative_to(ROOT)).startswith(HOMES[library])
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("module", "attribute", "homes"),
    [
        ("os", "environ", ("coach/paths.py", "coach/config.py")),
        ("time", None, ("coach/clock.py",)),
        ("random", None, ("coach/wiring.py",)),
        ("secrets", None, ("coach/wiring.py",)),
    ],
)
def test_the_outside_world_is_read_in_one_place(
    module: str, attribute: str | None, homes: tuple[str, ...]
) -> None:
    strays = []
    for path in _sources():
        name = str(path.relative_to(ROOT))
        if name.startswith(homes):
            continue
        tree = ast.parse(path.read_text())
        if attribute is None:
            uses = module in _imports(path)
        else:
            uses = any(
                isinstance(node, ast.Attribute)
                and node.attr == attribute
                and isinstance(node.value, ast.Name)
                and node.value.id == module
                for node in ast.walk(tree)
            )
        if uses:
            strays.append(name)
    assert strays == []


def test_nobody_asks_the_wall_clock_directly() -> None:
    strays = [
        str(path.relative_to(ROOT))
        for path in _sources()
        if path.name != "clock.py"
        and any(call in path.read_text() for call in ("datetime.now(", "datetime.utcnow(", "date.today("))
    ]
    assert strays == []


def test_rooms_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in _sources()
        if (count := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_no_room_is_called_by_a_word_that_says_nothing() -> None:
    vague = ("utils", "helpers", "common", "misc", "manager")
    assert [path.name for path in _sources() if path.stem in vague] == []
    names = [
        node.name
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    ]
    assert [name for name in names if name.endswith(("Manager", "Helper", "Handler"))] == []
