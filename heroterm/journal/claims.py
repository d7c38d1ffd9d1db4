"""The carrier's side of the outbox: what is due, claimed, settled, fenced, found after a crash."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from heroterm.domain.outbox import HELD, NEEDS_YOU, QUEUED, SENDING, SENT, VERIFY, Changes, Intent
from heroterm.journal import waiting
from heroterm.journal.changes import changes_text
from heroterm.journal.epoch import seconds
from heroterm.journal.intents import APPLIED, UNCLEAR
from heroterm.journal.record import Record

_OUTCOMES = {SENT: APPLIED, VERIFY: UNCLEAR}


class Claims(Record):
    """What only the holder of the sender lock may call. Each method is one commit."""

    def due(self, now: datetime) -> list[Intent]:
        """The first unfinished intent of each ticket, if it may move at `now`, oldest first.

        A held one whose time has come is queued first; the hold of one that began after `now`, by
        a clock that was turned back since, begins anew. Whatever else waits at the head of a
        ticket's line (held, being sent, needing a decision) holds up that ticket alone.
        """
        ready = [intent for intent in self.heads() if waiting.ready(intent, now)]
        held = [intent for intent in ready if intent.state == HELD]
        if not held:
            return ready
        with self._db.writing():
            for intent in held:
                self._ripen(intent, now)
        found = (self.get(intent.id) for intent in ready)
        return [i for i in found if i is not None and i.state in (QUEUED, VERIFY)]

    def _ripen(self, intent: Intent, now: datetime) -> None:
        if not waiting.turned_back(intent, now):
            self._move(intent.id, (HELD,), QUEUED, not_before=0.0)
            return
        over = seconds(waiting.until(intent, now))
        self._move(intent.id, (HELD,), HELD, not_before=seconds(now), send_after=over)

    def begin(
        self, intent_id: str, *, stamp: str, now: datetime, inverse: Changes | None = None
    ) -> Intent | None:
        """Claim a queued intent and write the attempt, in ONE commit, before any byte leaves.

        `now` is the server's moment; `inverse` what would take its field changes back. None when
        the intent is no longer queued (recalled, held).
        """
        back = None if inverse is None else changes_text(inverse)
        with self._db.writing():
            if self._move(intent_id, (QUEUED,), SENDING, stamp=stamp, not_before=0.0) is None:
                return None
            if back is not None:
                self._db.run("UPDATE intent SET inverse = ? WHERE id = ?", back, intent_id)
            self._db.run("UPDATE intent SET attempts = attempts + 1 WHERE id = ?", intent_id)
            self._db.run(
                "INSERT INTO attempt (intent_id, n, stamp, started_at)"
                " SELECT id, attempts, ?, ? FROM intent WHERE id = ?",
                stamp, seconds(now), intent_id,
            )  # fmt: skip
        return self.get(intent_id)

    def settle(
        self,
        intent_id: str,
        state: str,
        *,
        why: str = "",
        audit_id: int | None = None,
        comment_id: int | None = None,
        made_ticket_id: int | None = None,
        not_before: datetime | None = None,
        outcome: str = "refused",
    ) -> Intent | None:
        """Write down what became of a queued, sending or verified intent.

        `outcome` names what the attempt under way proved, where the state alone does not say it:
        `refused`, `conflict`, `limited`, `unreached`. None when the hero took it out meanwhile.
        """
        wait = seconds(not_before) if not_before is not None else 0.0
        with self._db.writing():
            self._close_attempt(intent_id, _OUTCOMES.get(state, outcome))
            return self._move(
                intent_id, (QUEUED, SENDING, VERIFY), state,
                why=why, audit_id=audit_id, comment_id=comment_id, not_before=wait,
                made_ticket_id=made_ticket_id,
            )  # fmt: skip

    def stop(self, intent_id: str, why: str) -> Intent | None:
        """Take what waits out of the line: a person must decide first. None: it is too late."""
        with self._db.writing():
            if self._may_land(intent_id):
                return None
            return self._move(intent_id, (HELD, QUEUED), NEEDS_YOU, why=why)

    def postpone(self, intent_id: str, until: datetime, why: str = "") -> Intent | None:
        """Look again at `until`, the state unchanged; None when the hero took it out meanwhile."""
        with self._db.writing():
            self._db.run(
                "UPDATE intent SET not_before = ?, why = ? WHERE id = ? AND state IN (?, ?)",
                seconds(until), why, intent_id, QUEUED, VERIFY,
            )  # fmt: skip
        intent = self.get(intent_id)
        return intent if intent is not None and intent.state in (QUEUED, VERIFY) else None

    def keep_uploads(self, intent_id: str, tokens: Sequence[str]) -> None:
        """Keep the tokens of uploaded files: only the update that names them publishes them."""
        with self._db.writing():
            self._db.run(
                "UPDATE intent SET uploads = ? WHERE id = ?", json.dumps(list(tokens)), intent_id
            )

    def fence(self, intent_id: str, stamp: str) -> None:
        """Note that attempts under another stamp than the ticket's present one cannot land.

        Only after a fresh list of audits was seen without the marker (outbox.md §3 step 5), or,
        where there are no stamps, after the time in which an attempt may land.
        """
        with self._db.writing():
            self._db.run(
                "UPDATE attempt SET fenced = 1 WHERE intent_id = ? AND stamp <> ?", intent_id, stamp
            )

    def after_crash(self) -> int:
        """Turn what a dead process left as "sending" into "verify"; how many there were.

        By the lock's holder only, at start, before anything else (outbox.md §2, R1).
        """
        left = self._db.rows("SELECT id FROM intent WHERE state = ?", SENDING)
        if left:
            with self._db.writing():
                for row in left:
                    self._close_attempt(row["id"], UNCLEAR)
                    why = "The program ended while it was sending."
                    self._move(row["id"], (SENDING,), VERIFY, why=why)
        return len(left)

    def _close_attempt(self, intent_id: str, outcome: str) -> None:
        self._db.run(
            "UPDATE attempt SET outcome = ? WHERE intent_id = ? AND outcome IS NULL",
            outcome, intent_id,
        )  # fmt: skip
