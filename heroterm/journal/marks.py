"""Marks: what Zendesk has no field for, and the desk's own small memory."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from heroterm.domain.text import storable
from heroterm.journal import strict
from heroterm.journal.connection import Connection
from heroterm.journal.epoch import moment
from heroterm.journal.trail import Trail

if TYPE_CHECKING:
    from heroterm.domain.outbox import Intent
    from heroterm.domain.priority import Skip
    from heroterm.domain.usage import Sent, Use

_TIER1 = "tier1"
_REPLY, _USED, _MUTED = "canned:", "used:", "muted:"
_SEEN = "seen"
_DIGITS = 19
"""Digits of a number that a database no longer takes."""


class Marks:
    """Tier 1 marks, what was seen, skips with reasons, ticked steps, remembered settings."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._db = connection
        self._trail = trail

    def set_tier1(self, ticket_id: int, on: bool, link: str = "") -> None:
        """Mark a ticket as tagged by Customer Success (handbook tier 1), or take the mark off."""
        with self._db.writing():
            if on:
                self._db.run(
                    "INSERT OR REPLACE INTO mark (ticket_id, name, link, at) VALUES (?, ?, ?, ?)",
                    ticket_id, _TIER1, storable(link), self._db.now,
                )  # fmt: skip
            else:
                self._db.run("DELETE FROM mark WHERE ticket_id = ? AND name = ?", ticket_id, _TIER1)
            what = "tier 1 marked" if on else "tier 1 mark removed"
            self._trail.add(what, ticket_id=ticket_id, detail=link)

    def tier1(self) -> frozenset[int]:
        """Tickets with the tier 1 mark."""
        rows = self._db.rows("SELECT ticket_id FROM mark WHERE name = ?", _TIER1)
        return frozenset(row["ticket_id"] for row in rows)

    def tier1_link(self, ticket_id: int) -> str:
        """Where the mark came from, as it was typed; empty without a mark."""
        row = self._db.row(
            "SELECT link FROM mark WHERE ticket_id = ? AND name = ?", ticket_id, _TIER1
        )
        return str(row["link"]) if row is not None else ""

    def saw(self, ticket_id: int, comment_id: int, said: str = "") -> None:
        """The hero has seen a ticket's messages up to this one; the trail says what is `said`."""
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO mark (ticket_id, name, link, at) VALUES (?, ?, ?, ?)",
                ticket_id, _SEEN, str(comment_id), self._db.now,
            )  # fmt: skip
            if said:
                self._trail.add(said, ticket_id=ticket_id)

    def seen(self, ticket_id: int) -> int | None:
        """The newest message that the hero has seen; None: they never opened the ticket."""
        row = self._db.row(
            "SELECT link FROM mark WHERE ticket_id = ? AND name = ?", ticket_id, _SEEN
        )
        said = row["link"] if row is not None else ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < _DIGITS else None

    def skip(self, ticket_id: int, reason: str) -> None:
        """Leave a ticket out of "next", for a reason (handbook: avoid cherry-picking)."""
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO skip (ticket_id, reason, at) VALUES (?, ?, ?)",
                ticket_id, storable(reason), self._db.now,
            )  # fmt: skip
            self._trail.add("skipped", ticket_id=ticket_id, detail=reason)

    def skips(self) -> dict[int, Skip]:
        """Skips by ticket, oldest first."""
        rows = self._db.rows("SELECT ticket_id, reason, at FROM skip ORDER BY at")
        if not rows:
            return {}
        from heroterm.domain.priority import Skip  # the first paint mostly does without it

        return {row["ticket_id"]: Skip(row["reason"], moment(row["at"])) for row in rows}

    def tick(self, ticket_id: int, playbook: str, step: str, on: bool) -> None:
        """Tick a step of a playbook on a ticket, or untick it; the first moment stays."""
        with self._db.writing():
            if on:
                self._db.run(
                    "INSERT OR IGNORE INTO tick (ticket_id, playbook, step, at)"
                    " VALUES (?, ?, ?, ?)",
                    ticket_id, playbook, step, self._db.now,
                )  # fmt: skip
            else:
                self._db.run(
                    "DELETE FROM tick WHERE ticket_id = ? AND playbook = ? AND step = ?",
                    ticket_id, playbook, step,
                )  # fmt: skip
            what = "step ticked" if on else "step unticked"
            self._trail.add(what, ticket_id=ticket_id, detail=f"{playbook}: {step}")

    def ticks(self, ticket_id: int, playbook: str) -> dict[str, datetime]:
        """Ticked steps and when each was ticked first."""
        rows = self._db.rows(
            "SELECT step, at FROM tick WHERE ticket_id = ? AND playbook = ? ORDER BY at",
            ticket_id, playbook,
        )  # fmt: skip
        return {row["step"]: moment(row["at"]) for row in rows}

    def remember(self, key: str, value: str) -> None:
        """Keep a small piece of desk state: last view, pane sizes, counters."""
        with self._db.writing():
            self._db.run("INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)", key, value)

    def mute(self, rule: str, reason: str) -> None:
        """Leave out the advice of one rule from now on, for a reason; "" brings it back."""
        with self._db.writing():
            if reason:
                self._db.run(
                    "INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)",
                    f"{_MUTED}{rule}", storable(reason),
                )  # fmt: skip
            else:
                self._db.run("DELETE FROM memo WHERE key = ?", f"{_MUTED}{rule}")
            self._trail.add(f"advice {'muted' if reason else 'heard again'}", detail=rule)

    def mutes(self) -> dict[str, str]:
        """Rules whose advice is left out, each with the reason."""
        rows = self._db.rows("SELECT key, value FROM memo WHERE key GLOB ?", f"{_MUTED}*")
        return {row["key"].removeprefix(_MUTED): row["value"] for row in rows}

    def use(self, reply: str, edited: float, intent: Intent) -> None:
        """Count that a canned reply went into what was queued; `edited` is the share that was
        rewritten, 0 to 1.
        """
        kept = json.dumps([intent.ticket_id, round(edited, 4), intent.changes.status == "solved"])
        key = f"{_USED}{intent.id}:{reply}"
        with self._db.writing():
            self._db.run("INSERT OR REPLACE INTO memo (key, value) VALUES (?, ?)", key, kept)

    def sent_with(self) -> list[Sent]:
        """Each use of a canned reply in what was neither recalled nor discarded."""
        rows = self._db.rows(
            "WITH used AS (SELECT substr(key, ?) AS at, value FROM memo WHERE key GLOB ?) "
            "SELECT substr(u.at, instr(u.at, ':') + 1) AS reply, u.value, i.finished_at "
            "FROM used u LEFT JOIN intent i ON i.id = substr(u.at, 1, instr(u.at, ':') - 1) "
            "WHERE i.state IS NULL OR i.state NOT IN ('recalled', 'discarded')",
            len(_USED) + 1, f"{_USED}*",
        )  # fmt: skip
        found = (_sent(row["reply"], row["value"], row["finished_at"]) for row in rows)
        return [sent for sent in found if sent is not None]

    def uses(self) -> dict[str, Use]:
        """Uses that were counted before each was kept by itself (`sent_with`), by reply."""
        rows = self._db.rows("SELECT key, value FROM memo WHERE key GLOB ?", f"{_REPLY}*")
        found = ((row["key"].removeprefix(_REPLY), _use(row["value"])) for row in rows)
        return {name: use for name, use in found if use is not None}

    def recall(self, key: str) -> str | None:
        """What was remembered under a key, or None."""
        row = self._db.row("SELECT value FROM memo WHERE key = ?", key)
        return str(row["value"]) if row is not None else None

    def count(self, key: str) -> int:
        """What was remembered as a number; 0 where it is none."""
        kept = self.recall(key) or ""
        return int(kept) if kept.isascii() and kept.isdigit() and len(kept) < 16 else 0

    def recall_words(self, key: str) -> dict[str, str]:
        """What was remembered as words by their names, as JSON; nothing where it is not that."""
        try:
            kept = strict.named(strict.parsed(self.recall(key) or "{}"))
            return {name: strict.words(value) for name, value in kept.items()}
        except ValueError:
            return {}


def _sent(reply: str, text: str, finished_at: object) -> Sent | None:
    """A use that was kept; None for one that was changed from outside."""
    from heroterm.domain.usage import Sent  # not needed for the first painted queue

    try:
        ticket_id, edited, solved = strict.listed(strict.parsed(text))
        at = moment(finished_at) if isinstance(finished_at, float) else None
        return Sent(reply, strict.number(ticket_id), float(edited), solved is True, at)
    except (ValueError, TypeError, OverflowError):
        return None


def _use(text: str) -> Use | None:
    """A count that was kept; None for one that was changed from outside."""
    from heroterm.domain.usage import Use  # not needed for the first painted queue

    try:
        uses, edited = strict.listed(strict.parsed(text))
        return Use(strict.number(uses), float(edited))
    except (ValueError, TypeError, OverflowError):
        return None
