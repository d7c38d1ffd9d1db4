"""How heroterm starts itself again: the carrier, and what the carrier starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import heroterm


def own_command(home: str | None, *words: str) -> list[str]:
    """The command line of a heroterm on this home; words of a verb may follow.

    With -P: a json.py in the folder where the hero stands would else be run in its place.
    """
    options = ["--home", str(Path(home).absolute())] if home else []
    return [sys.executable, "-P", "-m", "heroterm", *options, *words]


def importable(before: str) -> str:
    """PYTHONPATH with which a child finds this very heroterm, wherever it was started from."""
    own = str(Path(heroterm.__file__).parent.parent)
    return os.pathsep.join(part for part in (own, before) if part)
