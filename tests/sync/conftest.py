from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.sync.desk import Desk
from tests.sync.model import Zendesk
from tests.sync.office import Office


@pytest.fixture
def server() -> Zendesk:
    made = Zendesk(now=NOW)
    made.add(7)
    made.add(8)
    return made


@pytest.fixture
def desk(tmp_path: Path, server: Zendesk) -> Iterator[Desk]:
    made = Desk(tmp_path / "data" / "journal.db", server)
    yield made
    made.close()


@pytest.fixture
def office(tmp_path: Path, desk: Desk, server: Zendesk) -> Iterator[Office]:
    made = Office(tmp_path, desk, server)
    yield made
    made.close()
