"""The ledger: every write that reached the desk, in order, and what became of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from heroterm.sandbox.clock import iso
from heroterm.sandbox.records import Json

WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(slots=True)
class Entry:
    """One write: `applied` when the world changed, `answered` when the answer was sent."""

    at: int
    method: str
    path: str
    body: Any
    status: int | None = None
    applied: bool = False
    answered: bool = False

    def json(self) -> Json:
        """The entry as GET /_sandbox/ledger shows it (cli.md)."""
        return {
            "at": iso(self.at),
            "method": self.method,
            "path": self.path,
            "body": self.body,
            "status": self.status,
            "applied": self.applied,
            "answered": self.answered,
        }


@dataclass(slots=True)
class Ledger:
    """All entries since the shift began."""

    entries: list[Entry] = field(default_factory=list)

    def receive(self, at: int, method: str, path: str, raw: bytes) -> Entry:
        """Write down a request that changes something, before anything is decided about it."""
        entry = Entry(at, method, path, _readable(raw))
        if method in WRITES:
            self.entries.append(entry)
        return entry


def _readable(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        return raw[:2_000].decode("utf-8", "backslashreplace")
