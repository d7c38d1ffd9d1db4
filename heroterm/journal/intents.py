"""An intent as a row of the journal, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from heroterm.domain.deeds import DEEDS, Deed, EnclosedFile
from heroterm.domain.outbox import Intent, InternalNote, PublicReply
from heroterm.errors import StoreError
from heroterm.journal.changes import changes_of, changes_text
from heroterm.journal.connection import Value
from heroterm.journal.drafts import whole
from heroterm.journal.epoch import moment, moment_or_none, seconds

APPLIED, UNCLEAR = "applied", "unclear"
"""Outcomes of an attempt that matter later: seen on the server; may still land."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request that carried an intent, written before it was made (outbox.md §3 step 8)."""

    n: int
    stamp: str
    """The `updated_stamp` that it carried: it lands only while the ticket still has it."""
    started_at: datetime
    """By the server's clock, as far as it was known."""
    outcome: str | None
    """None while it is under way; `unclear` when nothing proves what became of it."""
    fenced: bool
    """The ticket was seen without our marker under another stamp: it cannot land any more."""
    weighed: bool = False
    """A person has said since that it shall be tried again."""

    @property
    def live(self) -> bool:
        """Whether it may still land."""
        return self.outcome in (None, UNCLEAR) and not self.fenced


def payload(intent: Intent) -> dict[str, Value]:
    """Columns that are written once, at the moment when the hero confirmed."""
    comment = intent.comment
    return {
        "id": intent.id,
        "ticket_id": intent.ticket_id,
        "comment_kind": _comment_kind(comment),
        "body": whole(comment.body) if comment is not None else None,
        "changes": changes_text(intent.changes),
        "base_stamp": intent.base_stamp,
        "created_at": seconds(intent.created_at),
        "seen_comment_id": intent.seen_comment_id,
        "overrides": json.dumps(list(intent.overrides)),
        "state": intent.state,
        "send_after": seconds(intent.send_after),
        "deed": _deed_text(intent.deed),
        "files": files_text(intent.files),
        "bulk": intent.group,
        "undoes": intent.undoes,
    }


def intent_of(row: sqlite3.Row) -> Intent:
    """The intent that a row of `intent` holds. Raises StoreError for one that was tampered with."""
    try:
        return _intent(row)
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise StoreError(
            f"The outbox holds a row that cannot be read (number {row['seq']}).",
            "Nothing was sent or changed. Copy journal.db away, then run: heroterm doctor",
        ) from error


def _intent(row: sqlite3.Row) -> Intent:
    return Intent(
        id=row["id"],
        ticket_id=row["ticket_id"],
        created_at=moment(row["created_at"]),
        send_after=moment(row["send_after"]),
        comment=_comment(row["comment_kind"], row["body"]),
        changes=changes_of(json.loads(row["changes"])),
        base_stamp=row["base_stamp"],
        seen_comment_id=row["seen_comment_id"],
        state=row["state"],
        not_before=moment_or_none(row["not_before"]),
        attempts=row["attempts"],
        stamp=row["stamp"],
        why=row["why"],
        audit_id=row["audit_id"],
        comment_id=row["comment_id"],
        finished_at=moment_or_none(row["finished_at"]),
        overrides=tuple(json.loads(row["overrides"])),
        deed=_deed(row["deed"]),
        files=files_of(row["files"]),
        group=row["bulk"],
        undoes=row["undoes"],
        inverse=changes_of(json.loads(row["inverse"])) if row["inverse"] else None,
        made_ticket_id=row["made_ticket_id"],
    )


def attempt_of(row: sqlite3.Row) -> Attempt:
    """The attempt that a row of `attempt` holds."""
    return Attempt(
        row["n"],
        row["stamp"],
        moment(row["started_at"]),
        row["outcome"],
        bool(row["fenced"]),
        bool(row["weighed"]),
    )


def _comment_kind(comment: PublicReply | InternalNote | None) -> str | None:
    if comment is None:
        return None
    return "public_reply" if isinstance(comment, PublicReply) else "internal_note"


def _comment(kind: str | None, body: str | None) -> PublicReply | InternalNote | None:
    if kind is None or body is None:
        return None
    return PublicReply(body) if kind == "public_reply" else InternalNote(body)


def _deed_text(deed: Deed | None) -> str | None:
    return None if deed is None else json.dumps({"kind": deed.kind, **asdict(deed)})


def _deed(text: str | None) -> Deed | None:
    if text is None:
        return None
    kept = json.loads(text)
    return DEEDS[kept.pop("kind")](**kept)


def files_text(files: Sequence[EnclosedFile]) -> str:
    """Files as JSON."""
    return json.dumps([asdict(file) for file in files])


def files_of(text: str) -> tuple[EnclosedFile, ...]:
    """Files as `files_text` wrote them."""
    return tuple(EnclosedFile(**kept) for kept in json.loads(text))
