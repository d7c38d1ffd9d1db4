"""What the outbox holds, and the one way in which an intent changes its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from heroterm.domain.outbox import DISCARDED, NEEDS_YOU, RECALLED, SENT, Intent
from heroterm.domain.same_words import same_words
from heroterm.journal import strict, waiting
from heroterm.journal.connection import UNFINISHED, Connection, Value
from heroterm.journal.drafts import Drafts
from heroterm.journal.epoch import seconds
from heroterm.journal.intents import Attempt, attempt_of, intent_of
from heroterm.journal.trail import Trail

_FINISHED = (SENT, RECALLED, DISCARDED)
_UNDOABLE = """
    state IN ('held', 'queued')
    OR (
        state = 'sent' AND undoes = '' AND (inverse IS NOT NULL OR deed IS NOT NULL)
        AND id NOT IN (SELECT undoes FROM intent WHERE state NOT IN ('recalled', 'discarded'))
    )"""


class Record:
    """Reads intents and attempts. Moments are aware, UTC."""

    def __init__(self, connection: Connection, drafts: Drafts, trail: Trail) -> None:
        self._db = connection
        self._drafts = drafts
        self._trail = trail

    def get(self, intent_id: str) -> Intent | None:
        """One intent, or None."""
        row = self._db.row("SELECT * FROM intent WHERE id = ?", intent_id)
        return intent_of(row) if row is not None else None

    def attempts(self, intent_id: str) -> list[Attempt]:
        """Every request that carried the intent, oldest first."""
        rows = self._db.rows(
            "SELECT attempt.*, n <= weighed AS weighed FROM attempt JOIN intent ON id = intent_id"
            " WHERE intent_id = ? ORDER BY n",
            intent_id,
        )
        return [attempt_of(row) for row in rows]

    def of_ticket(self, ticket_id: int, *, all: bool = False) -> list[Intent]:
        """Unfinished intents of one ticket in the order in which they will be sent; with `all`
        also those that were sent, recalled or discarded.
        """
        where = "ticket_id = ?" if all else f"ticket_id = ? AND {UNFINISHED}"
        rows = self._db.rows(f"SELECT * FROM intent WHERE {where} ORDER BY seq", ticket_id)
        return [intent_of(row) for row in rows]

    def same_words(
        self, ticket_id: int, kind: str, body: str, seen: int | None, *, but: str = ""
    ) -> Intent | None:
        """The intent of a ticket by which these very words wait, or went out behind the comment
        `seen`, that was the last when their writing began. `but`: an intent that is not meant.
        """
        others = (one for one in self.of_ticket(ticket_id, all=True) if one.id != but)
        return same_words(others, kind, body, seen) if body.strip() else None

    def unfinished(self) -> list[Intent]:
        """Intents that the server has not yet been seen to hold, oldest first."""
        rows = self._db.rows(f"SELECT * FROM intent WHERE {UNFINISHED} ORDER BY seq")
        return [intent_of(row) for row in rows]

    def sent_since(self, since: datetime) -> list[Intent]:
        """Intents that were seen on the server since a moment, oldest first."""
        rows = self._db.rows(
            "SELECT * FROM intent WHERE state = 'sent' AND finished_at >= ? ORDER BY seq",
            seconds(since),
        )
        return [intent_of(row) for row in rows]

    def heads(self) -> list[Intent]:
        """The first unfinished intent of each lane (ticket), oldest first."""
        first: dict[int | str, Intent] = {}
        for intent in self.unfinished():
            first.setdefault(intent.lane, intent)
        return list(first.values())

    def next_due(self, now: datetime) -> float | None:
        """Seconds until something will be due; 0 when something is; None when nothing waits."""
        waits = (waiting.seconds_left(intent, now) for intent in self.heads())
        return min((left for left in waits if left is not None), default=None)

    def overlay_parts(self) -> tuple[dict[int, str], dict[int, str]]:
        """For `domain.view.Overlay`, by ticket id: the coming status, the newest intent's state.
        What needs the hero, and what stands behind it, comes to no status by itself.
        """
        status: dict[int, str] = {}
        state: dict[int, str] = {}
        stopped: set[int] = set()
        for intent in self.unfinished():
            state[intent.ticket_id] = intent.state
            if intent.state == NEEDS_YOU:
                stopped.add(intent.ticket_id)
            coming = intent.ticket_id not in stopped and intent.deed is None
            if coming and intent.changes.status is not None:
                status[intent.ticket_id] = intent.changes.status
        return status, state

    def undoable(self, limit: int = 50) -> list[Intent]:
        """What can still be taken back: what has not left, and field changes and deeds that were
        sent and not undone yet; newest first. About `limit`: a bulk change is given whole.
        """
        asked = f"SELECT * FROM intent WHERE ({_UNDOABLE})"
        rows = self._db.rows(f"{asked} ORDER BY seq DESC LIMIT ?", limit)
        if len(rows) == limit and rows[-1]["bulk"]:
            group, seq = rows[-1]["bulk"], rows[-1]["seq"]
            rest = self._db.rows(f"{asked} AND bulk = ? AND seq < ? ORDER BY seq DESC", group, seq)
            rows = [*rows, *rest]
        found = (intent_of(row) for row in rows)
        return [intent for intent in found if intent.state != SENT or not intent.unreadable]

    def sends(self) -> int:
        """How often words were sent from here, ever."""
        return self._db.number(
            "SELECT count(*) FROM intent WHERE state = 'sent' AND comment_kind IS NOT NULL"
        )

    def uploads(self, intent_id: str) -> tuple[str, ...]:
        """Upload tokens that an earlier attempt got for the intent's files."""
        row = self._db.row("SELECT uploads FROM intent WHERE id = ?", intent_id)
        try:
            return strict.texts(strict.parsed(row["uploads"])) if row and row["uploads"] else ()
        except ValueError:  # changed from outside: the files are handed over again
            return ()

    def lately(self, limit: int) -> list[Intent]:
        """Unfinished intents, oldest first, then those that were done with last, so many: for a
        list that is drawn again and again, since months of them would take a third of a second.
        """
        rows = self._db.rows(
            f"SELECT * FROM intent WHERE seq IN (SELECT seq FROM intent WHERE NOT ({UNFINISHED})"
            " ORDER BY finished_at DESC, seq DESC LIMIT ?) ORDER BY finished_at DESC, seq DESC",
            limit,
        )
        return [*self.unfinished(), *(intent_of(row) for row in rows)]

    def list(self, all: bool = False) -> list[Intent]:
        """Unfinished intents, or with `all` every one that there ever was; oldest first."""
        if not all:
            return self.unfinished()
        return [intent_of(row) for row in self._db.rows("SELECT * FROM intent ORDER BY seq")]

    def _may_land(self, intent_id: str) -> bool:
        return any(attempt.live for attempt in self.attempts(intent_id))

    def _move(
        self, intent_id: str, origins: Sequence[str], state: str, *, why: str = "", **columns: Value
    ) -> Intent | None:
        """Change the state inside the open transaction; None when it stands elsewhere by now."""
        intent = self.get(intent_id)
        if intent is None or intent.state not in origins:
            return None
        values: dict[str, Value] = {"state": state, "why": why, **columns}
        if state in _FINISHED:
            values["finished_at"] = self._db.now
        sets = ", ".join(f"{name} = ?" for name in values)
        self._db.run(f"UPDATE intent SET {sets} WHERE id = ?", *values.values(), intent_id)
        if state != intent.state:
            self._say(intent, f"{intent.state} -> {state}", why)
        return self.get(intent_id)

    def _say(self, intent: Intent, what: str, why: str) -> None:
        self._trail.add(
            f"intent {what}", ticket_id=intent.ticket_id, intent_id=intent.id, detail=why
        )
