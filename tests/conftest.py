"""What every test stands on: a home of its own, a still clock, and no network beyond this machine.

`pytest` takes two words of ours: `--soak N` makes the storms N times as long, and
`--hypothesis-profile soak` gives the generated cases more tries.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Same cases in each run, so that a red test stays red until it is mended; no deadline, because
# a slow machine is not a wrong program.
settings.register_profile(
    "house", deadline=None, derandomize=True, max_examples=40, database=None, print_blob=True
)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=3000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
"""The moment at which the tests' clock stands: a Wednesday, 10:00 UTC."""

_FOREIGN = ("TEXTUAL_", "HEROTERM_")
_FOREIGN_EXACT = ("TEXTUAL", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES")


class NetworkRefused(AssertionError):
    """A test reached for an address beyond this machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", type=int, default=1, help="make the storms N times as long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is `long` to `make soak`, and say so among the deselected."""
    if config.getoption("--soak") > 1:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


def pytest_configure() -> None:
    """Do not sweep while modules are loaded: nothing of them goes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Sweep seldom, and never again over what stays until the end: modules and collected tests."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 20, 20)


def pytest_unconfigure() -> None:
    """Sweep once for what was dropped unclosed: the runner would do it five times over."""
    gc.collect()
    gc.freeze()


def on_this_machine(host: object) -> bool:
    """Whether a host as given to a socket is loopback, a wildcard, or a path (AF_UNIX)."""
    if host is None or isinstance(host, bytes):
        return True
    name = str(host)
    if name in {"", "localhost"} or name.startswith("/"):
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_beyond_loopback(patch: pytest.MonkeyPatch) -> None:
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex
    real_lookup = socket.getaddrinfo

    def check(address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if isinstance(address, tuple) and not on_this_machine(host):
            raise NetworkRefused(f"a test tried to reach {host}; only loopback is open here")

    def connect(self: socket.socket, address: Any) -> None:
        check(address)
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return real_connect_ex(self, address)

    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        if not on_this_machine(host):
            raise NetworkRefused(f"a test tried to look up {host}; only loopback is open here")
        return real_lookup(host, *rest, **named)

    patch.setattr(socket.socket, "connect", connect)
    patch.setattr(socket.socket, "connect_ex", connect_ex)
    patch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing beyond loopback answers, in this process, for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        _refuse_beyond_loopback(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def style_sheets_read_once() -> Iterator[None]:
    """Each App would parse the same style sheets anew; what they say depends on the theme alone."""
    if "textual" not in sys.modules:
        yield
        return
    from textual.css.stylesheet import Stylesheet

    parse, parsed = Stylesheet._parse_rules, {}

    def parse_once(sheet: Stylesheet, *what: Any, **more: Any) -> Any:
        key = (what, *more.items(), *sheet._variables.items())
        if key not in parsed:
            parsed[key] = parse(sheet, *what, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def rules_read_once() -> Iterator[None]:
    """Each verb and each desk would check the shipped rules anew; those of a home are read anew."""
    if "heroterm.cli.rules" not in sys.modules:
        yield
        return
    from heroterm.rulebook import SHIPPED, Rulebook, load

    loaded: dict[object, Rulebook] = {}

    def load_once(
        shipped: Path, own: Path | None, *, policy: str, order: str, former: Rulebook | None
    ) -> Rulebook:
        if own is not None or shipped != SHIPPED or former is not None:
            return load(shipped, own, policy=policy, order=order, former=former)
        key = (os.environ.get("TZ"), policy, order)
        if key not in loaded:
            loaded[key] = load(policy=policy, order=order)
        return loaded[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("heroterm.cli.rules.load", load_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def themes_read_once() -> Iterator[None]:
    """Each App would check the shipped themes anew; those of other folders are read each time."""
    if "heroterm.tui.themes" not in sys.modules:
        yield
        return
    from heroterm.tui import themes

    tried, tried_once = themes.tried, cache(themes.tried)
    shipped = Path(__file__).resolve().parent.parent / "themes"

    def tried_anew(path: Path) -> Any:
        return (tried_once if path.parent == shipped else tried)(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(themes, "tried", tried_anew)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh HEROTERM_HOME; the developer's colours and settings do not decide a test."""
    for name in list(os.environ):
        ours = name.startswith("TEXTUAL_SNAPSHOT")
        if not ours and (name.startswith(_FOREIGN) or name in _FOREIGN_EXACT):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm-256color")
    home = tmp_path / "home"
    monkeypatch.setenv("HEROTERM_HOME", str(home))
    # A keyring of the developer's machine must be neither read nor asked for a password.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    return home


@pytest.fixture
def anyio_backend() -> str:
    """Async tests (`@pytest.mark.anyio`) run on asyncio, as Textual does."""
    return "asyncio"


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared(project: Path) -> Path:
    """The reference folder beside the project; a test that needs it skips where it is absent."""
    folder = project.parent / "shared"
    if not (folder / "README.md").is_file():
        pytest.skip(f"no reference folder at {folder}")
    return folder


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say what a test counted: it stands at the end of the run, passed or failed."""
    return lambda words: record_property("counted", words)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What storms and weeks counted, under the dots."""
    reports = [
        each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, ())
    ]
    for report in reports:
        for name, words in getattr(report, "user_properties", ()):
            if name == "counted" and report.when == "call":
                terminalreporter.write_line(str(words))


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> int:
    """How many times as long a storm should last; 1 unless `--soak` says more."""
    return int(request.config.getoption("--soak"))


@pytest.fixture
def sandbox_wsgi() -> Any:
    """A practice shift in memory: 60 tickets, clock at NOW; mount `.app` in a WSGI transport."""
    from heroterm.sandbox import shift

    return shift.build(seed=1, tickets=60, clock=NOW, now=lambda: NOW)


@pytest.fixture
def sandbox_http(sandbox_wsgi: Any) -> Iterator[Any]:
    """The same shift behind a real socket: `.url` until the test ends."""
    from heroterm.sandbox import server

    running = server.start(sandbox_wsgi, port=0)
    try:
        yield running
    finally:
        running.stop()
