"""Counts the keys that are pressed on the desk, day by day, for the hero's own numbers (`g s`).

Which keys they were is kept nowhere.
"""

from __future__ import annotations

from heroterm.domain.stats import keys_of
from heroterm.journal.database import Journal
from heroterm.tui.on_desk import OnDesk


def keep(desk: OnDesk) -> None:
    """Add what was pressed since the last time to today's count."""
    pressed, desk.noticed.pressed = desk.noticed.pressed, 0
    if pressed:
        day = desk.reading.local_now().astimezone().date()
        desk.pen.write(lambda journal: _add(journal, keys_of(day), pressed))


def _add(journal: Journal, name: str, pressed: int) -> None:
    journal.marks.remember(name, str(journal.marks.count(name) + pressed))
