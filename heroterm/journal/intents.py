"""An intent as a row of the journal, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from heroterm.domain.deeds import DEEDS, Deed, EnclosedFile
from heroterm.domain.outbox import (
    NEEDS_YOU,
    SENDING,
    STATES,
    VERIFY,
    Changes,
    Intent,
    InternalNote,
    PublicReply,
)
from heroterm.journal import strict
from heroterm.journal.changes import changes_of, changes_text
from heroterm.journal.connection import Value
from heroterm.journal.drafts import whole
from heroterm.journal.epoch import moment, moment_or_none, seconds

APPLIED, UNCLEAR = "applied", "unclear"
"""Outcomes of an attempt that matter later: seen on the server; may still land."""
Read = TypeVar("Read")
_PROVED = (APPLIED, "refused", "conflict", "limited", "unreached")
_CHANGED = (
    "Its row in the journal (intent number {number}) was changed from outside and cannot be read: "
    "{names}. It is not sent; discarding it keeps its words."
)


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
        return self.outcome not in _PROVED and not self.fenced


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
    """The intent that a row of `intent` holds.

    What of it was changed from outside and cannot be read is left out and named in `unreadable`;
    while it is unfinished it then waits for a person, unless a try may be under way or have
    arrived: that is still found out. Its words are kept as far as they can be read.
    """
    read = _Columns(row)
    found = Intent(
        id=read.of("id", strict.words, str(row["id"])),
        ticket_id=row["ticket_id"],
        created_at=moment(row["created_at"]),
        send_after=moment(row["send_after"]),
        comment=read.comment(),
        changes=read.of("changes", _changes, Changes()),
        base_stamp=row["base_stamp"],
        seen_comment_id=row["seen_comment_id"],
        state=read.of("state", _state, NEEDS_YOU),
        not_before=moment_or_none(row["not_before"]),
        attempts=row["attempts"],
        stamp=row["stamp"],
        why=row["why"],
        audit_id=row["audit_id"],
        comment_id=row["comment_id"],
        finished_at=moment_or_none(row["finished_at"]),
        overrides=read.of("overrides", _texts, ()),
        deed=read.of("deed", _deed, None),
        files=read.of("files", files_of, ()),
        group=row["bulk"],
        undoes=row["undoes"],
        inverse=read.of("inverse", _inverse, None),
        made_ticket_id=row["made_ticket_id"],
    )
    return _waiting(found, read) if read.lost else found


def _waiting(found: Intent, read: _Columns) -> Intent:
    """As a row stands that was changed from outside."""
    intent = replace(found, unreadable=tuple(read.lost))
    if not intent.unfinished:
        return intent
    state = intent.state if intent.state in (SENDING, VERIFY) else NEEDS_YOU
    why = _CHANGED.format(number=read.row["seq"], names=", ".join(read.lost))
    return replace(intent, state=state, why=why)


_KINDS = (None, "public_reply", "internal_note")


class _Columns:
    """A row read column by column; `lost` names those that cannot be read."""

    def __init__(self, row: sqlite3.Row) -> None:
        self.row = row
        self.lost: list[str] = []

    def of(self, name: str, way: Callable[[Any], Read], otherwise: Read) -> Read:
        """What a column says, or `otherwise`."""
        try:
            return way(self.row[name])
        except ValueError:
            self.lost.append(name)
            return otherwise

    def comment(self) -> PublicReply | InternalNote | None:
        """The words; they are kept even where a part of them cannot be read."""
        kind, body = self.row["comment_kind"], self.row["body"]
        if (kind is None) != (body is None) or kind not in _KINDS:
            self.lost.append("comment_kind")
        if body is None:
            return None
        self.of("body", strict.words, "")
        return PublicReply(body) if kind == "public_reply" else InternalNote(body)


def _changes(text: str) -> Changes:
    return changes_of(strict.parsed(text))


def _inverse(text: str | None) -> Changes | None:
    return _changes(text) if text else None


def _texts(text: str) -> tuple[str, ...]:
    return strict.texts(strict.parsed(text))


def _state(word: str) -> str:
    if word not in STATES:
        raise ValueError("no state")
    return word


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


def _deed_text(deed: Deed | None) -> str | None:
    return None if deed is None else json.dumps({"kind": deed.kind, **asdict(deed)})


def _deed(text: str | None) -> Deed | None:
    if text is None:
        return None
    kept = dict(strict.named(strict.parsed(text)))
    kind = DEEDS.get(strict.words(kept.pop("kind", None)))
    if kind is None:
        raise ValueError("no deed")
    return strict.made(kind, kept)


def files_text(files: Sequence[EnclosedFile]) -> str:
    """Files as JSON."""
    return json.dumps([asdict(file) for file in files])


def files_of(text: str) -> tuple[EnclosedFile, ...]:
    """Files as `files_text` wrote them. Raises ValueError for anything else."""
    return tuple(strict.made(EnclosedFile, kept) for kept in strict.listed(strict.parsed(text)))
