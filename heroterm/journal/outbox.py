"""The hero's side of the outbox: put, recall, hold, release, discard, send again.

A recall and the carrier's claim contend for the same row, and SQLite lets one of them have it;
whoever comes second is told so by None. Nothing is deleted here: a finished intent stays on record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from heroterm.domain.claims import is_claim
from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import (
    DISCARDED,
    HELD,
    NEEDS_YOU,
    QUEUED,
    RECALLED,
    VERIFY,
    Draft,
    Intent,
)
from heroterm.errors import RefusedByRule
from heroterm.journal.claims import Claims
from heroterm.journal.connection import Connection, Value
from heroterm.journal.drafts import Drafts, cursor_of, same_readers
from heroterm.journal.epoch import UNTIL_RELEASED, moment, seconds
from heroterm.journal.intents import payload
from heroterm.journal.trail import Trail

SET_ASIDE = "The draft that lay there had other readers: it is in the trash."
"""Why of a recalled intent for whose words a draft had to go."""
_RECALLABLE = (HELD, QUEUED, NEEDS_YOU)


class Outbox(Claims):
    """Intents and their attempts; every change of state is one transaction."""

    def __init__(
        self,
        connection: Connection,
        drafts: Drafts,
        trail: Trail,
        taken_back: Callable[[str], bool] = lambda intent_id: False,
        step_of: Callable[[str], tuple[str, str] | None] = lambda intent_id: None,
    ) -> None:
        """`taken_back` is told of each recall, inside its transaction; True when the words are no
        person's, so that no draft comes of them. `step_of` gives run and step that put an intent.
        """
        super().__init__(connection, drafts, trail)
        self._taken_back = taken_back
        self._step_of = step_of

    def put(self, intent: Intent, *, retire_draft: bool = True) -> Intent:
        """Take an intent in and its draft out, in one transaction.

        A second put of the same id changes nothing and gives what is there. A draft that says
        something else than the intent goes to the trash; words of a bulk change have none. Raises
        StoreError; the draft then stays.
        """
        with self._db.writing():
            return self.take(intent, retire_draft=retire_draft)

    def put_all(self, intents: Sequence[Intent]) -> list[Intent]:
        """Take the intents of one bulk change in, all or none; drafts stay as they are."""
        with self._db.writing():
            return [self.take(intent, retire_draft=False) for intent in intents]

    def take(self, intent: Intent, *, retire_draft: bool) -> Intent:
        """Like `put`, inside the transaction that is open."""
        self._check_seal()
        if intent.state not in (HELD, QUEUED):
            raise ValueError(f"a new intent is held or queued, not {intent.state}")
        found = self.get(intent.id)
        if found is not None:
            return found
        columns = payload(intent)
        if retire_draft and intent.comment is not None and not intent.group:
            columns |= self._retire(intent, intent.comment.body)
        self._insert(columns)
        self._say(intent, intent.state, "")
        return intent

    def _insert(self, columns: dict[str, Value]) -> None:
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        self._db.run(f"INSERT INTO intent ({names}) VALUES ({marks})", *columns.values())

    def _retire(self, intent: Intent, body: str) -> dict[str, Value]:
        """Take the intent's draft away; what is kept of it: where its cursor stood."""
        draft = self._drafts.get(intent.ticket_id, intent.kind)
        if draft is None:
            return {}
        if draft.body.strip() == body.strip():
            self._drafts.forget(intent.ticket_id, intent.kind)
        else:
            self._drafts.drop(intent.ticket_id, intent.kind)
        return {"draft_cursor": json.dumps(list(draft.cursor))}

    def recall(self, intent_id: str) -> Intent | None:
        """Take back what was not sent; the words return to their draft in the same transaction.

        None when it is too late: it is being sent, was sent, or an older attempt may still land.
        A draft begun meanwhile is kept below the words that return; one for other readers (copies,
        too) goes to the trash, and `why` says so. The note by which a playbook run tells where it
        stands is no draft, for the run writes it anew; nor is that of a claim.
        """
        with self._db.writing():
            moved = self._take_out(intent_id, _RECALLABLE, RECALLED)
            of_run = moved is not None and self._taken_back(intent_id)
            written = moved is not None and not (of_run or is_claim(moved))
            if moved is not None and moved.comment is not None and written:
                words = self._as_draft(moved, moved.comment.body)
                if self._drafts.give_back(words):
                    self._db.run("UPDATE intent SET why = ? WHERE id = ?", SET_ASIDE, intent_id)
                    moved = replace(moved, why=SET_ASIDE)
        return moved

    def withdraw(self, intent_id: str) -> None:
        """Recall without a draft, inside the transaction that is open."""
        self._take_out(intent_id, _RECALLABLE, RECALLED)

    def recall_group(self, group: str) -> list[Intent]:
        """Take back what was not sent of one bulk change; those that could be. Their words do not
        become drafts: they never were, the canned reply is still in its file and on record here.
        """
        with self._db.writing():
            found = self._db.rows("SELECT id FROM intent WHERE bulk = ? AND bulk <> ''", group)
            recalled = [self._take_out(row["id"], _RECALLABLE, RECALLED) for row in found]
        return [intent for intent in recalled if intent is not None]

    def _as_draft(self, intent: Intent, body: str) -> Draft:
        row = self._db.row("SELECT draft_cursor FROM intent WHERE id = ?", intent.id)
        kept = row["draft_cursor"] if row is not None else None
        new = intent.deed if isinstance(intent.deed, NewTicket) else None
        return Draft(
            intent.ticket_id,
            intent.kind,
            body,
            moment(self._db.now),
            intent.changes.status,
            cursor_of(kept),
            intent.base_stamp,
            intent.seen_comment_id,
            to=new.to_address if new is not None else "",
            subject=new.subject if new is not None else "",
            ccs=intent.changes.add_ccs,
            remove_ccs=intent.changes.remove_ccs,
            files=intent.files,
            changes=replace(intent.changes, status=None, add_ccs=(), remove_ccs=()),
            step=self._step_of(intent.id),
            torn=bool(intent.unreadable),
        )

    def release(self, intent_id: str | None = None) -> list[Intent]:
        """End the hold of one intent, or of all (None): queued now. Gives those it released."""
        self._check_seal()
        held = [i for i in self.unfinished() if i.state == HELD and intent_id in (None, i.id)]
        with self._db.writing():
            now = self._db.now
            moved = [self._move(i.id, (HELD,), QUEUED, send_after=now) for i in held]
        return [intent for intent in moved if intent is not None]

    def hold(self, intent_id: str) -> Intent | None:
        """Keep an intent back until it is released by hand; None when it is too late."""
        until = seconds(UNTIL_RELEASED)
        with self._db.writing():
            return self._take_out(intent_id, (HELD, QUEUED), HELD, send_after=until)

    def discard(self, intent_id: str, *, seen_on_server: bool = False) -> Intent | None:
        """Give an intent up; None when it cannot be. Its words are the draft again, or lie in the
        trash where another draft is, in the same transaction.

        While an older attempt may still land it takes `seen_on_server`: the hero has looked
        at the ticket in Zendesk itself. Then the words go to the trash, lest they be sent twice.
        """
        origins = (HELD, QUEUED, NEEDS_YOU)
        with self._db.writing():
            if seen_on_server:
                moved = self._move(intent_id, origins, DISCARDED)
            else:
                moved = self._take_out(intent_id, origins, DISCARDED)
            if moved is not None and moved.comment is not None and not is_claim(moved):
                self._give_back(moved, moved.comment.body, as_draft=not seen_on_server)
        return moved

    def _give_back(self, intent: Intent, body: str, *, as_draft: bool) -> None:
        begun = self._drafts.get(intent.ticket_id, intent.kind)
        words = self._as_draft(intent, body)
        free = begun is None or begun.blank
        if begun is not None and begun.body.strip() == body.strip():
            free = free or same_readers(begun, words)
        if as_draft and free:
            self._drafts.keep(words)
        else:
            self._drafts.throw(words)

    def again(
        self, intent_id: str, *, overrides: Sequence[str] = (), seen_comment_id: int | None = None
    ) -> Intent | None:
        """Send what needed a decision: `needs_you` → queued, or verify when it may have landed.

        `overrides` are added to the intent's own; `seen_comment_id` is the newest comment that
        the hero has read by now. None when it did not wait for a decision.
        """
        self._check_seal()
        with self._db.writing():
            intent = self.get(intent_id)
            if intent is None:
                return None
            if intent.unreadable:
                raise RefusedByRule(
                    "This row of the outbox was changed from outside: it is not sent.",
                    "Discard it: its words are kept. Then write it anew.",
                    rule="unreadable-row",
                )
            named = tuple(dict.fromkeys((*intent.overrides, *overrides)))
            seen = seen_comment_id if seen_comment_id is not None else intent.seen_comment_id
            state = VERIFY if self._may_land(intent_id) else QUEUED
            return self._move(
                intent_id, (NEEDS_YOU,), state, weighed=intent.attempts,
                overrides=json.dumps(named), seen_comment_id=seen, not_before=0.0,
            )  # fmt: skip

    def _check_seal(self) -> None:
        """Raises RefusedByRule while nothing may be put from here."""
        if self._db.sealed():
            raise RefusedByRule(
                "This desk is read only, so nothing was queued.",
                "On the desk `:ro` ends that; a verb does without --read-only.",
                rule="read-only",
            )

    def _take_out(
        self, intent_id: str, origins: Sequence[str], state: str, send_after: float | None = None
    ) -> Intent | None:
        """Move only what no attempt can bring to the server any more."""
        if self._may_land(intent_id):
            return None
        if send_after is None:
            return self._move(intent_id, origins, state)
        return self._move(intent_id, origins, state, send_after=send_after)
