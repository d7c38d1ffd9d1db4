"""Each rule of the desk, by every path on which a write can reach the outbox and the server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.paths import locate
from tests.cli.conftest import Home, door
from tests.everywhere.homes import begun
from tests.filled import Fills, made_once
from tests.forks import Forks
from tests.tui.conftest import Shift, fills, forks, quick

__all__ = ["door", "fills", "forks", "quick"]

OLD = timedelta(minutes=20)
"""How old a fill may be here, where no age is looked at."""


@pytest.fixture
def shift_(own_home: Path, fills: Fills, forks: Forks) -> Iterator[Shift]:
    """A synced home beside a running sandbox of 400 tickets."""
    running = fills.fresh(OLD).copied_to(own_home)
    yield Shift(running, own_home, forks)
    running.stop()


@pytest.fixture(scope="session")
def one_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of which each test gets a copy: making one costs more than what is tried in it."""
    return made_once(tmp_path_factory, "everywhere", begun)


@pytest.fixture
def home(one_home: Path, own_home: Path) -> Home:
    """A home in which each rule can be broken, synced two minutes ago."""
    shutil.copytree(one_home, own_home)
    return Home(locate(own_home, {}).make())
