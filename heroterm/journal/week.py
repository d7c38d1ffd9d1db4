"""What a hero's week needs and Zendesk has no field for: warnings, tickets passed on, claims."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from heroterm.domain.text import storable
from heroterm.journal import strict
from heroterm.journal.connection import Connection
from heroterm.journal.epoch import moment, seconds
from heroterm.journal.trail import Trail

if TYPE_CHECKING:
    from heroterm.domain.claims import Claim
    from heroterm.domain.handover import Passing

_FORGOTTEN = timedelta(days=30)


class Week:
    """Warnings, tickets passed on, and claims, each by ticket."""

    def __init__(self, connection: Connection, trail: Trail) -> None:
        self._db = connection
        self._trail = trail

    # Warnings before a breach

    def warned(self) -> dict[int, frozenset[int]]:
        """The hours for which each ticket has been warned of."""
        rows = self._db.rows("SELECT ticket_id, hours FROM warned")
        return {row["ticket_id"]: _hours(row["hours"]) for row in rows}

    def keep_warned(self, given: Mapping[int, frozenset[int]]) -> None:
        """Keep what has been warned of now; what is old is forgotten."""
        before = self.warned()
        with self._db.writing():
            for ticket_id in before.keys() - given.keys():
                self._db.run("DELETE FROM warned WHERE ticket_id = ?", ticket_id)
            for ticket_id, hours in given.items():
                if before.get(ticket_id) != hours:
                    self._db.run(
                        "INSERT OR REPLACE INTO warned (ticket_id, hours, at) VALUES (?, ?, ?)",
                        ticket_id, json.dumps(sorted(hours)), self._db.now,
                    )  # fmt: skip
            old = self._db.now - _FORGOTTEN.total_seconds()
            self._db.run("DELETE FROM warned WHERE at < ?", old)

    # Handing over

    def pass_on(self, ticket_id: int, passing: Passing) -> None:
        """Note that a ticket is the next hero's from now on."""
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO passed_on (ticket_id, name, person_id, how, intent_id, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                ticket_id, storable(passing.name), passing.person_id, passing.how,
                passing.intent_id, seconds(passing.at),
            )  # fmt: skip
            self._trail.add("passed on", ticket_id=ticket_id, detail=passing.name)

    def take_back(self, ticket_id: int) -> bool:
        """Take the note away again; False when there was none."""
        with self._db.writing():
            done = self._db.run("DELETE FROM passed_on WHERE ticket_id = ?", ticket_id)
            if done:
                self._trail.add("passing taken back", ticket_id=ticket_id)
        return bool(done)

    def passed(self) -> dict[int, Passing]:
        """Tickets that were passed on."""
        rows = self._db.rows("SELECT * FROM passed_on")
        if not rows:
            return {}
        from heroterm.domain.handover import Passing  # the first paint mostly does without

        return {
            row["ticket_id"]: Passing(
                row["name"], row["how"], moment(row["at"]), row["person_id"], row["intent_id"]
            )
            for row in rows
        }

    # Claims that others see

    def claim(self, ticket_id: int, how: str) -> None:
        """Note that the hero has claimed a ticket; `how` is `assignee` or `tag`."""
        with self._db.writing():
            self._db.run(
                "INSERT OR REPLACE INTO claim (ticket_id, how, at, touched_at)"
                " VALUES (?, ?, ?, ?)",
                ticket_id, how, self._db.now, self._db.now,
            )  # fmt: skip
            self._trail.add("claimed", ticket_id=ticket_id, detail=how)

    def touch_claim(self, ticket_id: int) -> None:
        """The hero is at work on it: a claim that is idle goes by itself."""
        with self._db.writing():
            self._db.run(
                "UPDATE claim SET touched_at = ? WHERE ticket_id = ?", self._db.now, ticket_id
            )

    def unclaim(self, ticket_id: int) -> bool:
        """Forget a claim; False when there was none."""
        with self._db.writing():
            done = self._db.run("DELETE FROM claim WHERE ticket_id = ?", ticket_id)
            if done:
                self._trail.add("claim ended", ticket_id=ticket_id)
        return bool(done)

    def claims(self) -> list[Claim]:
        """Claims of this hero, the one that was idle longest first."""
        from heroterm.domain.claims import Claim

        rows = self._db.rows("SELECT * FROM claim ORDER BY touched_at, ticket_id")
        return [
            Claim(row["ticket_id"], row["how"], moment(row["at"]), moment(row["touched_at"]))
            for row in rows
        ]


def _hours(text: str) -> frozenset[int]:
    """Hours that were warned of; none where the row was changed from outside."""
    try:
        return frozenset(strict.number(each) for each in strict.listed(strict.parsed(text)))
    except ValueError:
        return frozenset()
