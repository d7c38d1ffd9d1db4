"""Each rule of the desk, by every path on which a write can reach the outbox and the server."""

from __future__ import annotations

from tests.cli.conftest import door, home
from tests.tui.conftest import fills, quick, shift_

__all__ = ["door", "fills", "home", "quick", "shift_"]
