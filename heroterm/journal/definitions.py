"""The text that a run began with, read again: a run ends on it, whatever its file says by then."""

from __future__ import annotations

import tomllib

from heroterm.domain.playbook import Playbook
from heroterm.domain.playbook_file import from_file
from heroterm.domain.tables import Table


def definition(name: str, text: str) -> Playbook | None:
    """The playbook that a text describes; None when this heroterm cannot read it."""
    try:
        return from_file(name, Table(tomllib.loads(text)), text)
    except (ValueError, RecursionError):  # no TOML, or tables.BadEntry
        return None
