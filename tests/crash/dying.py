"""Makes this process end at a chosen point of the real program: what is patched is only here.

A point is an event and how often it must have happened: `update.before`, `settle sent.commit#1`.
Events come from the statements of journal.db, from the calls of the wire, and from the bytes of a
write that is under way.
"""

from __future__ import annotations

import os
import select
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

import httpcore._backends.sync as backend

from heroterm.journal.claims import Claims
from heroterm.journal.drafts import Drafts
from heroterm.journal.housekeeping import Housekeeping
from heroterm.journal.outbox import Outbox
from heroterm.zendesk.client import Zendesk

WRITES = ("update", "create", "move_person", "write_organization")
READS = ("ticket", "audits", "comments", "me", "person", "organization", "search", "upload")
_ANSWER_SECONDS = 10.0
Act = Callable[[], None]


def kill() -> None:
    """What no process can hear coming."""
    os.kill(os.getpid(), signal.SIGKILL)


class Points:
    """Counts events and acts at the chosen ones."""

    def __init__(self, plan: dict[str, Act]) -> None:
        self._plan = plan
        self.label = "-"
        self.writing = ""
        self.met: Counter[str] = Counter()

    def __call__(self, event: str) -> None:
        self.met[event] += 1
        act = self._plan.get(f"{event}#{self.met[event]}")
        if act is not None:
            act()


def arm(points: Points) -> None:
    """Have the program tell where it is."""
    _statements(points)
    for owner, names in (
        (Outbox, ("put", "recall", "release", "hold", "discard", "again")),
        (Claims, ("due", "begin", "settle", "fence", "postpone", "after_crash", "keep_uploads")),
        (Drafts, ("save", "trash")),
        (Housekeeping, ("tidy", "_finished")),
    ):
        for name in names:
            setattr(owner, name, _labelled(getattr(owner, name), name, points))
    for name in (*WRITES, *READS):
        setattr(Zendesk, name, _called(getattr(Zendesk, name), name, points))
    _bytes(points)


def _labelled(real: Any, name: str, points: Points) -> Any:
    @wraps(real)
    def method(self: Any, *words: Any, **named: Any) -> Any:
        before, points.label = points.label, name
        if name == "settle":
            points.label = f"settle {words[1]}"
        try:
            return real(self, *words, **named)
        finally:
            points.label = before

    return method


def _called(real: Any, name: str, points: Points) -> Any:
    event = "write" if name in WRITES else name

    @wraps(real)
    def method(self: Any, *words: Any, **named: Any) -> Any:
        points(f"{event}.before")
        points.writing = event if name in (*WRITES, "upload") else ""
        try:
            answer = real(self, *words, **named)
        finally:
            points.writing = ""
        points(f"{event}.after")
        return answer

    return method


def _statements(points: Points) -> None:
    """Before and after each statement that changes journal.db."""

    class Told(sqlite3.Connection):
        path = ""

        def execute(self, sql: str, *words: Any) -> sqlite3.Cursor:
            verb = sql.split(maxsplit=1)[0].upper()
            event = "commit" if verb == "COMMIT" else "statement"
            ours = self.path.endswith("journal.db") and verb not in ("SELECT", "PRAGMA", "BEGIN")
            if ours:
                points(f"{points.label}.before {event}")
            cursor = super().execute(sql, *words)
            if ours:
                points(f"{points.label}.after {event}")
            return cursor

    real = sqlite3.connect

    def connect(path: Any, *words: Any, **named: Any) -> Any:
        named.setdefault("factory", Told)
        made = real(path, *words, **named)
        if isinstance(made, Told):
            made.path = str(path)
        return made

    sqlite3.connect = connect  # type: ignore[assignment]


def _bytes(points: Points) -> None:
    """Half of a write's body sent; its answer there, and not read."""
    write, read = backend.SyncStream.write, backend.SyncStream.read

    def sending(self: Any, buffer: bytes, timeout: float | None = None) -> None:
        body = points.writing and not buffer.startswith((b"PUT ", b"POST ", b"GET "))
        if body and len(buffer) > 1:
            middle = len(buffer) // 2
            write(self, buffer[:middle], timeout)
            points(f"{points.writing}.half")
            buffer = buffer[middle:]
        write(self, buffer, timeout)

    def reading(self: Any, max_bytes: int, timeout: float | None = None) -> bytes:
        if points.writing:
            select.select([self._sock], [], [], _ANSWER_SECONDS)
            points(f"{points.writing}.answered")
        return read(self, max_bytes, timeout)

    backend.SyncStream.write = sending  # type: ignore[method-assign]
    backend.SyncStream.read = reading  # type: ignore[method-assign]
