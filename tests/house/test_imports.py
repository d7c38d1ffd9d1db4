"""What a start does not load: looked up in a fresh interpreter, where deferred imports show."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

_LOADED = "import json, sys; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)))"


def loaded_by(code: str, home: Path) -> set[str]:
    """Top-level modules in memory after the code ran in an interpreter of its own."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_LOADED}"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).resolve().parents[2],
        env={"HEROTERM_HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"},
    )
    assert run.returncode == 0, run.stderr
    modules: list[str] = json.loads(run.stdout.splitlines()[-1])
    return set(modules)


def command(*words: str) -> str:
    """Code that runs the console script's function with the words, its output thrown away."""
    return (
        "import contextlib, io, sys\n"
        f"sys.argv = ['heroterm', *{list(words)!r}]\n"
        "from heroterm.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main()\n"
    )


def present(*modules: str) -> None:
    """Skip, with the reason, while a module is not there at all."""
    for module in modules:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            pytest.skip(f"{module} is not built yet")


def heavy(names: Iterable[str], loaded: set[str]) -> list[str]:
    return sorted(set(names) & loaded)


def test_the_carrier_loads_no_screen(own_home: Path) -> None:
    present("heroterm.sync")
    code = (
        "import pkgutil, importlib, heroterm.sync as room\n"
        "for m in pkgutil.walk_packages(room.__path__, 'heroterm.sync.'):\n"
        "    importlib.import_module(m.name)\n"
    )
    assert heavy(["textual", "rich", "pyperclip"], loaded_by(code, own_home)) == []


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("reply", "--help")])
def test_help_loads_nothing_heavy(words: tuple[str, ...], own_home: Path) -> None:
    present("heroterm.cli")
    loaded = loaded_by(command(*words), own_home)
    assert "click" in loaded
    assert (
        heavy(["textual", "httpx", "sqlite_utils", "pydantic", "msgspec", "keyring"], loaded) == []
    )


def test_the_screen_loads_no_wire_and_no_validation(own_home: Path) -> None:
    present("heroterm.tui.app")
    loaded = loaded_by("import heroterm.tui.app", own_home)
    assert "textual" in loaded
    assert heavy(["httpx", "pydantic", "msgspec", "keyring", "sqlite_utils"], loaded) == []


@pytest.mark.parametrize("room", ["domain", "errors"])
def test_the_pure_rooms_load_nothing_from_elsewhere(room: str, own_home: Path) -> None:
    loaded = loaded_by(f"import heroterm.{room}", own_home)
    own = set(sys.stdlib_module_names) | {"heroterm", "__main__"}
    before = loaded_by("pass", own_home)
    assert sorted(loaded - own - before) == []


def test_the_root_package_imports_nothing(own_home: Path) -> None:
    more = loaded_by("import heroterm", own_home) - loaded_by("pass", own_home)
    assert more == {"heroterm"}


def test_a_heavy_import_is_found_out(own_home: Path) -> None:
    assert heavy(["pydantic"], loaded_by("import pydantic", own_home)) == ["pydantic"]
