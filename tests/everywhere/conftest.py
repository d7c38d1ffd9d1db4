"""Each rule of the desk, by every path on which a write can reach the outbox and the server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from heroterm.paths import locate
from tests.cli.conftest import Home, door
from tests.everywhere.homes import begun
from tests.tui.conftest import fills, quick, shift_

__all__ = ["door", "fills", "quick", "shift_"]


@pytest.fixture(scope="session")
def one_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of which each test gets a copy: making one costs more than what is tried in it."""
    return begun(tmp_path_factory.mktemp("home")).paths.config.parent


@pytest.fixture
def home(one_home: Path, own_home: Path) -> Home:
    """A home in which each rule can be broken, synced two minutes ago."""
    shutil.copytree(one_home, own_home)
    return Home(locate(own_home, {}).make())
