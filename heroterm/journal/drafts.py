"""Drafts: what is being written, kept as it is typed; trashed ones for 30 days."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from heroterm.domain.deeds import EnclosedFile
from heroterm.domain.outbox import Changes, Draft
from heroterm.domain.text import storable
from heroterm.journal import strict
from heroterm.journal.changes import changes_of, changes_text
from heroterm.journal.connection import Connection, Torn, Value
from heroterm.journal.epoch import moment, seconds

KEPT_IN_TRASH = timedelta(days=30)
_COLUMNS = "ticket_id, kind, body, status, cursor, base_stamp, seen_comment_id, updated_at, head"
_MARKS = ", ".join("?" * 9)
_HEAD = {"to", "subject", "ccs", "remove_ccs", "files", "changes", "later", "step", "torn"}


@dataclass(frozen=True, slots=True)
class Thrown:
    """A draft in the trash: its number there, and when it was thrown away."""

    id: int
    draft: Draft
    at: datetime


class Drafts:
    """One draft for each ticket and kind (`public_reply`, `internal_note`, `new_ticket`)."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def save(self, draft: Draft, *, over: str | None = None) -> None:
        """Keep the words; what was kept before for this ticket and kind is replaced.

        `over` is the text that this writer kept or read last ("" for none): where another writer
        kept something else meanwhile, that goes to the trash first. None asks nothing.
        """
        with self._db.writing():
            if over is not None:
                self._set_aside(draft, over)
            self.keep(draft)

    def _set_aside(self, draft: Draft, over: str) -> None:
        """Another writer's words to the trash, unless they are known or stay in the new ones."""
        stored = self.get(draft.ticket_id, draft.kind)
        if stored is not None and stored.body.strip() not in (
            whole(over).strip(),
            whole(draft.body).strip(),
        ):
            self.drop(draft.ticket_id, draft.kind)

    def get(self, ticket_id: int, kind: str) -> Draft | None:
        """The draft of one kind on one ticket."""
        row = self._db.row(
            f"SELECT {_COLUMNS} FROM draft WHERE ticket_id = ? AND kind = ?", ticket_id, kind
        )
        return _draft(row) if row is not None else None

    def trash(self, ticket_id: int, kind: str) -> None:
        """Move a draft to the trash, where it stays for 30 days."""
        with self._db.writing():
            self.drop(ticket_id, kind)

    def thrown(self) -> list[Thrown]:
        """What lies in the trash thrown away last first."""
        rows = self._db.rows(f"SELECT id, trashed_at, {_COLUMNS} FROM draft_trash ORDER BY id DESC")
        return [Thrown(row["id"], _draft(row), moment(row["trashed_at"])) for row in rows]

    def restore(self, id_: int) -> Draft | None:
        """Take a draft out of the trash; one that is there now goes in. None: it is not there."""
        with self._db.writing():
            row = self._db.row(f"SELECT {_COLUMNS} FROM draft_trash WHERE id = ?", id_)
            if row is None:
                return None
            draft = _draft(row)
            self._db.run("DELETE FROM draft_trash WHERE id = ?", id_)
            self.drop(draft.ticket_id, draft.kind)
            self.keep(draft)
        return draft

    def keep(self, draft: Draft) -> None:
        """Like `save`, inside the transaction that is open."""
        self._db.run(
            f"INSERT OR REPLACE INTO draft ({_COLUMNS}) VALUES ({_MARKS})",
            *_columns(draft),
        )

    def drop(self, ticket_id: int, kind: str) -> None:
        """Like `trash`, inside the transaction that is open."""
        self._db.run(
            f"INSERT INTO draft_trash ({_COLUMNS}, trashed_at) SELECT {_COLUMNS}, ? FROM draft"
            " WHERE ticket_id = ? AND kind = ?"
            " AND (trim(body, ' ' || char(9, 10, 13)) <> '' OR head <> '{}')",
            self._db.now, ticket_id, kind,
        )  # fmt: skip
        self.forget(ticket_id, kind)

    def follow(self, ticket_id: int, target_id: int) -> int:
        """The ticket was merged into another: its drafts go along; how many did.

        Where the target has a draft of the kind already, the one that comes is put below it; with
        other readers or another subject it goes to the trash instead.
        """
        with self._db.writing():
            moving = [draft for draft in self.list() if draft.ticket_id == ticket_id]
            for draft in moving:
                self._follow(replace(draft, ticket_id=target_id, base_stamp=None))
                self.forget(ticket_id, draft.kind)
        return len(moving)

    def _follow(self, coming: Draft) -> None:
        there = self.get(coming.ticket_id, coming.kind)
        if there is None or there.blank:
            self.keep(coming)
        elif same_readers(there, coming):
            self.keep(joined(there, coming))
        else:
            self.throw(coming)

    def give_back(self, draft: Draft) -> bool:
        """Words that come back, inside the transaction that is open: a draft that was begun
        meanwhile is put below them. One to other readers goes to the trash, lest they be mixed;
        True when that happened.
        """
        begun = self.get(draft.ticket_id, draft.kind)
        if begun is None or begun.blank:
            self.keep(draft)
        elif same_readers(begun, draft):
            self.keep(joined(draft, begun))
        else:
            self.drop(draft.ticket_id, draft.kind)
            self.keep(draft)
            return True
        return False

    def throw(self, draft: Draft) -> None:
        """Words that are no draft go straight to the trash, inside the transaction that is open."""
        self._db.run(
            f"INSERT INTO draft_trash ({_COLUMNS}, trashed_at) VALUES ({_MARKS}, ?)",
            *_columns(draft), self._db.now,
        )  # fmt: skip

    def empty_trash(self, now: datetime) -> int:
        """Forget what has lain there for 30 days, inside the transaction that is open; how many.

        `now` is a moment that can be trusted: a clock that was set wrong for a minute must not
        take the only copy of somebody's words with it.
        """
        before = seconds(now - KEPT_IN_TRASH)
        return self._db.run("DELETE FROM draft_trash WHERE trashed_at < ?", before)

    def forget(self, ticket_id: int, kind: str) -> None:
        """Remove a draft whose words are kept elsewhere in the same transaction."""
        self._db.run("DELETE FROM draft WHERE ticket_id = ? AND kind = ?", ticket_id, kind)

    def list(self) -> list[Draft]:
        """Every draft, the one touched last first."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM draft ORDER BY updated_at DESC, ticket_id")
        return [_draft(row) for row in rows]


def same_readers(one: Draft, other: Draft) -> bool:
    """Whether the words of both go to the same people, under the same subject."""
    return _readers(one) == _readers(other)


def _readers(draft: Draft) -> tuple[object, ...]:
    ccs, removed = (
        frozenset(address.casefold() for address in each) for each in (draft.ccs, draft.remove_ccs)
    )
    return draft.to, draft.subject, ccs, removed


def joined(upper: Draft, lower: Draft) -> Draft:
    """One draft of two: the words of one below the other's, said once where they are the same. It
    does the step that the upper one does, else that of the lower.
    """
    body = upper.body
    if lower.body.strip() not in ("", body.strip()):
        body = f"{body}\n\n{lower.body}"
    return replace(
        upper,
        body=body,
        files=tuple(dict.fromkeys((*upper.files, *lower.files))),
        step=upper.step or lower.step,
    )


def whole(body: str) -> str:
    """A hero's words as a database takes them, never shortened."""
    return storable(body, len(body))


def _columns(draft: Draft) -> tuple[Value, ...]:
    return (
        draft.ticket_id,
        draft.kind,
        whole(draft.body),
        draft.status,
        json.dumps(list(draft.cursor)),
        draft.base_stamp,
        draft.seen_comment_id,
        seconds(draft.updated_at),
        head_text(draft),
    )


def head_text(draft: Draft) -> str:
    """What goes with the words, as JSON: recipient, copies, files, a macro's changes, a moment, the
    step of a playbook that they do.
    """
    head: dict[str, Any] = {"to": draft.to, "subject": draft.subject, "ccs": list(draft.ccs)}
    head |= {"remove_ccs": list(draft.remove_ccs)}
    head["files"] = [asdict(file) for file in draft.files]
    head["changes"] = changes_text(draft.changes) if draft.changes != Changes() else ""
    head["later"] = seconds(draft.later) if draft.later is not None else None
    head["step"] = list(draft.step or ())
    head["torn"] = draft.torn
    return json.dumps({name: value for name, value in head.items() if value})


def files_in(head: str) -> tuple[EnclosedFile, ...]:
    """The files that a draft's head names. Raises ValueError for one that was changed."""
    kept = strict.listed(strict.named(strict.parsed(head)).get("files", []))
    return tuple(strict.made(EnclosedFile, each) for each in kept)


def cursor_of(text: str | None) -> tuple[int, int]:
    """Line and column as they were kept; the beginning where they make no sense."""
    try:
        line, column = strict.listed(strict.parsed(text or "[0, 0]"))
        return max(0, strict.number(line)), max(0, strict.number(column))
    except ValueError:
        return 0, 0


def _head(text: str) -> dict[str, Any]:
    head = strict.named(strict.parsed(text))
    if not head.keys() <= _HEAD:
        raise ValueError("unknown names")
    lists = {name: strict.texts(head.get(name, [])) for name in ("ccs", "remove_ccs")}
    said = {name: strict.words(head.get(name, "")) for name in ("to", "subject")}
    changes = changes_of(strict.parsed(head["changes"])) if head.get("changes") else Changes()
    later = head.get("later")
    if later is not None and not isinstance(later, int | float):
        raise ValueError("no moment")
    moment_ = moment(later) if later else None
    more = {"files": files_in(text), "changes": changes, "later": moment_, "step": _step(head)}
    return {**said, **lists, **more, "torn": bool(head.get("torn"))}


def _step(head: dict[str, Any]) -> tuple[str, str] | None:
    match strict.texts(head.get("step", [])):
        case ():
            return None
        case (run_id, step):
            return run_id, step
    raise ValueError("no step")


def _draft(row: sqlite3.Row) -> Draft:
    """The draft of a row; of one that was changed from outside at least its words."""
    try:
        head = _head(row["head"])
        head["torn"] = head["torn"] or isinstance(row["body"], Torn)
    except ValueError:
        head = {"torn": True}
    return Draft(
        ticket_id=row["ticket_id"],
        kind=row["kind"],
        body=row["body"],
        updated_at=moment(row["updated_at"]),
        status=row["status"],
        cursor=cursor_of(row["cursor"]),
        base_stamp=row["base_stamp"],
        seen_comment_id=row["seen_comment_id"],
        **head,
    )
