"""The writes of the Zendesk in memory that go elsewhere than to a ticket that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from heroterm.domain.deeds import NewTicket
from heroterm.domain.outbox import Changes, InternalNote, PublicReply
from heroterm.domain.ticket import Audit, Organization, Person, Ticket
from heroterm.errors import Rejected
from tests.sync.answers import ERRORS, NAMES, Updated
from tests.sync.bulk import Bulk

KEY_LIVES = timedelta(hours=2)


@dataclass
class Deeds(Bulk):
    """`deeds` scripts each write as `script` does updates: "ok", an error, or "X after"."""

    deeds: list[str] = field(default_factory=list)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    keys: dict[str, tuple[datetime, object, int]] = field(default_factory=dict)
    made: list[Ticket] = field(default_factory=list)
    homes: dict[int, int | None] = field(default_factory=dict)
    moves: list[tuple[int, int | None]] = field(default_factory=list)

    def _reached(self) -> None:
        raise NotImplementedError

    def add(self, ticket_id: int) -> Ticket:
        raise NotImplementedError

    def _audit(self, ticket_id: int, author: int, **values: Any) -> Audit:
        raise NotImplementedError

    def _fault(self) -> tuple[str, bool]:
        """The next fault of a write, and whether it strikes after the write was applied."""
        self._reached()
        name, _, after = (self.deeds.pop(0) if self.deeds else "ok").partition(" ")
        if name in ERRORS and not after:
            raise ERRORS[name]()
        return name, bool(after)

    def upload(self, name: str, content_type: str, content: bytes) -> str:
        self._asked("upload")
        token = f"up{len(self.uploaded)}"
        self.uploaded[token] = content
        return token

    def create(
        self,
        new: NewTicket,
        comment: PublicReply | InternalNote,
        changes: Changes,
        marker: str,
        uploads: Sequence[str] = (),
    ) -> Updated:
        name, after = self._fault()
        asked = (new, comment, changes, tuple(uploads))
        kept = self.keys.get(marker)
        if kept is not None and self.now - kept[0] < KEY_LIVES:
            if kept[1] != asked:
                reason = "Request parameters don't match the given idempotency key"
                raise Rejected("refused", reason=reason, status=400)
            ticket = self.tickets_by_id[kept[2]]
            audit = self._audit_of(ticket.id, marker)
        else:
            ticket, audit = self._make(new, comment, marker)
            self.keys[marker] = (self.now, asked, ticket.id)
        if after:
            raise ERRORS[name]()
        return Updated(ticket, replace(audit, marker=None) if name == "unmarked" else audit)

    def _make(
        self, new: NewTicket, comment: PublicReply | InternalNote, marker: str
    ) -> tuple[Ticket, Audit]:
        self.add(9_000 + len(self.made))
        id_ = 9_000 + len(self.made)
        ticket = replace(self.tickets_by_id[id_], subject=new.subject, from_address=new.to_address)
        self.tickets_by_id[id_] = ticket
        self.made.append(ticket)
        return ticket, self._audit(id_, 11, marker=marker)

    def _audit_of(self, ticket_id: int, marker: str) -> Audit:
        raise NotImplementedError

    def search(self, query: str, limit: int = 100) -> Sequence[Ticket]:
        self._asked("search")
        address = query.partition("requester:")[2].split()[0]
        return [t for t in self.made if t.from_address == address][:limit]

    def person(self, person_id: int) -> Person:
        self._asked("person")
        if person_id not in self.homes:
            raise ERRORS["404"]()
        return Person(person_id, NAMES.get(person_id, "?"), organization_id=self.homes[person_id])

    def move_person(self, person_id: int, organization_id: int | None) -> None:
        name, after = self._fault()
        self.homes[person_id] = organization_id
        self.moves.append((person_id, organization_id))
        if after:
            raise ERRORS[name]()

    def organization(self, organization_id: int) -> Organization:
        self._asked("organization")
        return self.companies[organization_id]

    def write_organization(self, organization_id: int, field: str, text: str) -> None:
        name, after = self._fault()
        before = self.companies[organization_id]
        warning = text if field == "content_warning" else before.content_warning
        notes = text if field == "notes" else before.notes
        self.companies[organization_id] = replace(before, notes=notes, content_warning=warning)
        if after:
            raise ERRORS[name]()
