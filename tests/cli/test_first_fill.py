"""A first fill at the running desk: what is there after its first page can be worked with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from heroterm.mirror.reader import Mirror
from heroterm.paths import locate
from heroterm.sandbox import server, shift
from heroterm.sandbox.materials import table
from tests.bench.terminal import Terminal, environment
from tests.conftest import NOW

pytestmark = pytest.mark.pty
TICKETS = 250
"""Three pages of the list."""
_PROGRAM = (sys.executable, "-m", "heroterm")
_PATIENCE = 60.0


class Withheld:
    """The practice desk's app, which keeps every page of the list but the first to itself."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.wanted, self.released = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if "page%5Bafter%5D" in environ.get("QUERY_STRING", ""):
            self.wanted.set()
            self.released.wait(_PATIENCE)
        return self._app(environ, start)


@pytest.fixture
def withheld(own_home: Path) -> Iterator[Withheld]:
    """A home that is connected to such a desk, and holds nothing yet."""
    made = shift.build(seed=1, tickets=TICKETS, clock=NOW, now=lambda: NOW)
    # The desk's clock stands still, so that no minute ever ends.
    made.app.budget.per_minute = 1_000_000
    made.app.budget.totals = {row["name"]: 1_000_000 for row in table("limits")["limit"]}
    app = Withheld(made.app)
    running = server.start(replace(made, app=app))  # type: ignore[arg-type]
    account = ("--url", running.url, "--email", made.email, "--token-stdin")
    subprocess.run(
        [*_PROGRAM, "connect", *account], input=made.token + "\n", text=True, check=True,
        capture_output=True, timeout=_PATIENCE,
    )  # fmt: skip
    yield app
    app.released.set()
    running.stop()


def held(home: Path) -> tuple[int, bool]:
    """How many tickets the mirror holds, and whether that is all."""
    mirror = Mirror(locate(home, os.environ).mirror)
    try:
        state = mirror.state()
        return state.tickets, state.first_fill_done
    finally:
        mirror.close()


def test_the_queue_is_worked_with_after_the_first_page(withheld: Withheld, own_home: Path) -> None:
    env = {**environment({}), "HEROTERM_HOME": str(own_home)}
    with Terminal(_PROGRAM, env, os.getcwd()) as desk:
        desk.until(lambda: "first fill" in desk.text() and "T2" in desk.text(), _PATIENCE)
        assert withheld.wanted.wait(_PATIENCE)
        assert held(own_home) == (100, False)
        desk.settle()
        desk.press(b"j", _PATIENCE)
        desk.send(b"\r")
        desk.until(lambda: re.search(r"2 #\d+", desk.text()) is not None, _PATIENCE)
        assert held(own_home) == (100, False)
        withheld.released.set()
        desk.until(lambda: held(own_home)[1], _PATIENCE)
    assert held(own_home)[0] > 2 * 100
