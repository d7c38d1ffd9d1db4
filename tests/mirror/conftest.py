"""A filled-in desk for each test, closed at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mirror.make import Desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "mirror.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    made = Desk(path)
    yield made
    made.close()
