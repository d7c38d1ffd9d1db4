"""A Zendesk in memory that keeps its real habits: stamps of one second, audits that lag behind,
answers that get lost before or after an update was applied, updates that land late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.domain.ticket import Audit, Comment, Group, Macro, Page, Person, Ticket, ZendeskView
from heroterm.domain.undo import SINGLE
from heroterm.errors import NotFound, Offline, Unclear
from tests.sync.answers import ADA, ERRORS, ME, NAMES, AuditPage, CommentPage, Updated
from tests.sync.deeds import Deeds


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Update:
    """A request as it arrived."""

    ticket_id: int
    comment: PublicReply | InternalNote | None
    changes: Changes
    stamp: str
    marker: str


@dataclass
class Zendesk(Deeds):
    """`script` decides each update: "ok", an error of ERRORS (not applied), "X after" (applied,
    then the error), "late N" (a timeout; applied N seconds later if the stamp still fits),
    "unmarked" (applied, the answer without our marker). `reads` does so for reads by method name.
    """

    script: list[str] = field(default_factory=list)
    lag: float = 0.0
    clock_offset: float | None = 0.0
    audits_by_ticket: dict[int, list[Audit]] = field(default_factory=dict)
    puts: list[Update] = field(default_factory=list)
    late: list[tuple[datetime, Update]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    page_size: int = 100
    viewed: list[int] = field(default_factory=list)
    down: bool = False
    shuffle: Random | None = None
    readers: dict[str, int | None] = field(default_factory=dict)
    serial: int = 500

    # The world's own doings.

    def turn(self, seconds: float) -> None:
        """Time passes; what was on its way arrives."""
        until = self.now + timedelta(seconds=seconds)
        for at, update in sorted(self.late, key=lambda pair: pair[0]):
            if at <= until:
                self.late.remove((at, update))
                self.now = max(self.now, at)
                if self.tickets_by_id[update.ticket_id].updated_stamp == update.stamp:
                    self._apply(update)
        self.now = until

    def next_id(self) -> int:
        self.serial += 1
        return self.serial

    def add(self, ticket_id: int, *, age: float = 3600.0, status: str = "open") -> Ticket:
        """A ticket with the customer's first comment, `age` seconds old."""
        born, now = self.now - timedelta(seconds=age), self.now
        self.tickets_by_id[ticket_id] = Ticket(
            ticket_id, f"Ticket {ticket_id}", status, born, born, stamp(born), requester_id=ADA
        )
        self.now = born
        self.say(ticket_id, ADA, "Help!")
        self.now = now
        return self.tickets_by_id[ticket_id]

    def say(
        self,
        ticket_id: int,
        author: int,
        body: str,
        *,
        public: bool = True,
        marker: str | None = None,
        through: int | None = None,
    ) -> int:
        """Somebody writes, perhaps through somebody else's account."""
        id_ = self.next_id()
        comment = Comment(id_, ticket_id, author, public, body, self._second())
        self.comments_by_ticket.setdefault(ticket_id, []).append(comment)
        writer = author if through is not None else None
        by, said = through or author, ((id_, public),)
        self._audit(ticket_id, by, comments=said, marker=marker, writer_id=writer)
        return id_

    def tell(self, ticket_id: int, author: int, **values: Any) -> None:
        """Somebody did something of which only the history tells."""
        self._audit(ticket_id, author, **values)

    def set(self, ticket_id: int, author: int, **values: Any) -> None:
        """Somebody changes fields."""
        before = self.tickets_by_id[ticket_id]
        changes = tuple((name, getattr(before, name), after) for name, after in values.items())
        self.tickets_by_id[ticket_id] = replace(before, **values)
        self._audit(ticket_id, author, changes=changes)

    def _second(self) -> datetime:
        return self.now.replace(microsecond=0)

    def _audit(self, ticket_id: int, author: int, **values: Any) -> Audit:
        at = self._second()
        audit = Audit(self.next_id(), at, author, **values)
        self.audits_by_ticket.setdefault(ticket_id, []).insert(0, audit)
        ticket = self.tickets_by_id[ticket_id]
        self.tickets_by_id[ticket_id] = replace(ticket, updated_at=at, updated_stamp=stamp(at))
        return audit

    def _apply(self, update: Update) -> Audit:
        comments: tuple[tuple[int, bool], ...] = ()
        if update.comment is not None:
            public = isinstance(update.comment, PublicReply)
            id_ = self.next_id()
            comment = Comment(
                id_, update.ticket_id, ME, public, update.comment.body, self._second()
            )
            self.comments_by_ticket.setdefault(update.ticket_id, []).append(comment)
            comments = ((id_, public),)
        self.readers[update.marker] = self.tickets_by_id[update.ticket_id].requester_id
        self._change(update.ticket_id, update.changes)
        return self._audit(update.ticket_id, ME, marker=update.marker, comments=comments)

    def _change(self, ticket_id: int, changes: Changes) -> None:
        ticket = self.tickets_by_id[ticket_id]
        said = {name: getattr(changes, name) for name in SINGLE}
        kept = [tag for tag in ticket.tags if tag not in changes.remove_tags]
        tags = tuple(dict.fromkeys((*kept, *changes.add_tags)))
        values: dict[str, Any] = {k: v or None for k, v in said.items() if v is not None}
        self.tickets_by_id[ticket_id] = replace(ticket, tags=tags, **values)

    def _audit_of(self, ticket_id: int, marker: str) -> Audit:
        return next(a for a in self.audits_by_ticket[ticket_id] if a.marker == marker)

    def marked(self, marker: str) -> int:
        """How often an intent has arrived."""
        every = [audit for audits in self.audits_by_ticket.values() for audit in audits]
        return sum(audit.marker == marker for audit in every)

    # The API.

    def _reached(self) -> None:
        self.requests += 1
        if self.down:
            raise Offline("no way")

    def _asked(self, name: str) -> None:
        self._reached()
        fault = (self.reads.get(name) or ["ok"]).pop(0)
        if fault == "429":
            self.paused_until = self.now + timedelta(seconds=30)
        if fault != "ok":
            raise ERRORS[fault]()

    def ticket(self, ticket_id: int) -> Ticket:
        self._asked("ticket")
        if ticket_id not in self.tickets_by_id or ticket_id in self.hidden:
            raise NotFound("gone")
        return self.tickets_by_id[ticket_id]

    def audits(self, ticket_id: int, cursor: str | None) -> AuditPage:
        self._asked("audits")
        return self._audit_page(ticket_id, cursor, self.now - timedelta(seconds=self.lag))

    def _audit_page(self, ticket_id: int, cursor: str | None, horizon: datetime) -> AuditPage:
        seen = [a for a in self.audits_by_ticket.get(ticket_id, []) if a.created_at <= horizon]
        if self.shuffle is not None:
            chance = {audit.id: self.shuffle.random() for audit in seen}
            seen.sort(key=lambda audit: (audit.created_at, chance[audit.id]), reverse=True)
        start = int(cursor or 0)
        more = len(seen) > start + self.page_size
        after = str(start + self.page_size)
        return AuditPage(tuple(seen[start : start + self.page_size]), after, more)

    def history(self, ticket_id: int, cursor: str | None) -> AuditPage:
        self._asked("history")
        return self._audit_page(ticket_id, cursor, self.now)

    def comments(self, ticket_id: int, cursor: str | None) -> CommentPage:
        self._asked("comments")
        newest = self.comments_by_ticket.get(ticket_id, [])[::-1]
        start = int(cursor or 0)
        rows = tuple(newest[start : start + self.page_size])
        people = tuple(Person(id_, NAMES.get(id_, "?")) for id_ in {c.author_id or 0 for c in rows})
        more = len(newest) > start + self.page_size
        return CommentPage(rows, people, str(start + self.page_size), more)

    def update(
        self,
        ticket_id: int,
        comment: PublicReply | InternalNote | None,
        changes: Changes,
        stamp: str,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        self._reached()
        assert all(token in self.uploaded for token in uploads)
        update = Update(ticket_id, comment, changes, stamp, marker)
        self.puts.append(update)
        fault = self.script.pop(0) if self.script else "ok"
        if fault.startswith("late "):
            self.late.append((self.now + timedelta(seconds=float(fault[5:])), update))
            raise Unclear("no answer in time")
        name, _, after = fault.partition(" ")
        if name in ERRORS and not after:
            raise ERRORS[name]()
        ticket = self.tickets_by_id[ticket_id]
        if ticket.status == "closed":
            raise ERRORS["422"]()
        if ticket.updated_stamp != stamp:
            raise ERRORS["409"]()
        audit = self._apply(update)
        if name in ERRORS:
            raise ERRORS[name]()
        if name == "unmarked":
            audit = replace(audit, marker=None)
        return Updated(self.tickets_by_id[ticket_id], audit)

    def my_groups(self, user_id: int) -> Sequence[int]:
        self._asked("my_groups")
        return (5,)

    def tickets_page(self, cursor: str | None) -> Page:
        self._asked("tickets_page")
        rows = sorted(self._visible(), key=lambda t: (-t.updated_at.timestamp(), -t.id))
        if cursor:
            at, _, id_ = cursor.partition("/")
            last = (-float(at), -int(id_))
            rows = [t for t in rows if (-t.updated_at.timestamp(), -t.id) > last]
        page = tuple(rows[: self.page_size])
        after = f"{page[-1].updated_at.timestamp()}/{page[-1].id}" if page else None
        return Page(page, next_cursor=after, has_more=len(rows) > self.page_size)

    def _visible(self) -> list[Ticket]:
        return [t for id_, t in self.tickets_by_id.items() if id_ not in self.hidden]

    def tickets(self, ids: Sequence[int]) -> Page:
        self._asked("tickets")
        assert len(ids) <= 100
        return Page(tuple(t for t in self._visible() if t.id in set(ids)))

    def view_page(self, view_id: int, cursor: str | None) -> Page:
        self.viewed.append(view_id)
        self._asked("view_page")
        return Page(tuple(t for t in self._visible() if t.status == "open"))

    def groups(self) -> Sequence[Group]:
        self._asked("groups")
        return (Group(5, "Support"),)

    def macros(self) -> Sequence[Macro]:
        self._asked("macros")
        return (Macro(1, "Close"),)

    def views(self) -> Sequence[ZendeskView]:
        self._asked("views")
        return (ZendeskView(3, "Hero"),)
