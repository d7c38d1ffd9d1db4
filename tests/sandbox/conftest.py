"""The desk that the tests of this room call."""

from __future__ import annotations

import pytest

from tests.sandbox.desk import Desk, make


@pytest.fixture
def desk() -> Desk:
    """A fresh shift of 60 tickets, the hero signed in."""
    return Desk(make())
