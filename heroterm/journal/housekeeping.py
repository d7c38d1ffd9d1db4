"""What goes by itself in time: old finished intents, old trash, files that nothing names, backups.

Never what is unfinished, no draft, and nothing of the trail. Once a week is enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from heroterm.journal.connection import Connection
from heroterm.journal.drafts import Drafts, files_in
from heroterm.journal.enclosures import Enclosures
from heroterm.journal.epoch import seconds
from heroterm.journal.intents import files_of

KEEP_DAYS = 90
"""Days for which a sent, recalled or discarded intent stays on record; as the mirror's words."""
EVERY = timedelta(days=7)
GRACE = timedelta(hours=1)
"""A file that was just attached is named by no draft for a moment."""
BACKUPS = 2
"""Copies made before migrations that stay, the newest."""
_LAST = "tidied"
_OLD = "SELECT id FROM intent WHERE state IN ('sent', 'recalled', 'discarded') AND finished_at < ?"


class Housekeeping:
    """Tidies one journal. Raises StoreError; each step is a transaction of its own."""

    def __init__(self, connection: Connection, drafts: Drafts, enclosures: Enclosures) -> None:
        self._db = connection
        self._drafts = drafts
        self._enclosures = enclosures

    def if_due(self, now: datetime, *, keep_days: int = KEEP_DAYS) -> dict[str, int] | None:
        """Tidy once a week; what went, by kind. None while a week has not gone by."""
        row = self._db.row("SELECT value FROM memo WHERE key = ?", _LAST)
        last = _number(row["value"]) if row is not None else None
        if last is not None and 0 <= seconds(now) - last < EVERY.total_seconds():
            return None
        gone = self.tidy(now, older_than=now - timedelta(days=keep_days))
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)", _LAST, str(seconds(now))
            )
        return gone

    def tidy(self, now: datetime, *, older_than: datetime | None) -> dict[str, int]:
        """Remove intents that were finished before a moment (None: none), and what else is over."""
        gone = {"intent": self._finished(older_than) if older_than is not None else 0}
        with self._db.writing():
            gone["trash"] = self._drafts.empty_trash(now)
        gone["enclosure"] = self._swept(now)
        gone["backup"] = _prune(self._db.path)
        return gone

    def _swept(self, now: datetime) -> int:
        """Files that nothing names; none while a row that was changed from outside may name any."""
        try:
            needed = set(self._needed())
        except ValueError:
            return 0
        return self._enclosures.sweep(needed, before=now - GRACE)

    def _finished(self, older_than: datetime) -> int:
        with self._db.writing():
            old, moment = f"({_OLD})", seconds(older_than)
            self._db.run(f"DELETE FROM attempt WHERE intent_id IN {old}", moment)
            return self._db.run(f"DELETE FROM intent WHERE id IN {old}", moment)

    def _needed(self) -> Iterator[str]:
        """Files of every draft, thrown away or not, and of every intent that is on record."""
        for row in self._db.rows("SELECT head FROM draft UNION ALL SELECT head FROM draft_trash"):
            yield from (file.sha256 for file in files_in(row["head"]))
        for row in self._db.rows("SELECT files FROM intent WHERE state <> 'sent'"):
            yield from (file.sha256 for file in files_of(row["files"]))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _prune(journal: Path) -> int:
    """Remove copies made before older migrations; how many."""
    found = sorted(
        journal.parent.glob(f"{journal.name}.v*.backup"), key=lambda copy: copy.stat().st_mtime
    )
    for copy in found[:-BACKUPS]:
        copy.unlink(missing_ok=True)
    return len(found[:-BACKUPS])
