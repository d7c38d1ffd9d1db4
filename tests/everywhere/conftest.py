from __future__ import annotations

from tests.cli.conftest import door, home

__all__ = ["door", "home"]
