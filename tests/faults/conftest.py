"""The command line's front door and a synced home serve here, too."""

from __future__ import annotations

from tests.cli.conftest import door, home

__all__ = ["door", "home"]
