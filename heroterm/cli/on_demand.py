"""What a reading verb asks of Zendesk when the mirror does not hold it, kept there at once.

Each call opens the wire and the mirror's writer for as long as it takes. It writes beside a
carrier that may run: rows are upserts in short transactions, and never go back in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from heroterm.cli.invocation import Invocation
from heroterm.cli.rules import placer, rulebook
from heroterm.cli.sign_in import SignedIn, zendesk
from heroterm.domain.ticket import Attachment, Comment, Page, Person, Ticket
from heroterm.errors import NotAllowed, NotFound
from heroterm.mirror.writer import MirrorWriter
from heroterm.zendesk.files import SavedFile, files_of
from heroterm.zendesk.library_calls import Library

_PAGES = 50
"""Of 100 each: Zendesk takes no more than 5,000 comments on one ticket (api.md §3)."""


@dataclass(frozen=True, slots=True)
class OnDemand:
    """The wire and the mirror's writer. Every method raises ZendeskError and StoreError."""

    wire: SignedIn
    library: Library
    writer: MirrorWriter
    clock: Callable[[], datetime]

    def _now(self) -> datetime:
        """The present moment by the server's clock, as far as it is known."""
        return self.clock() + timedelta(seconds=self.wire.clock_offset or 0.0)

    def bring(self, ticket_id: int) -> None:
        """One ticket with its people, its thread and its requester's identities.

        Raises NotFound with the name of whoever deleted it, where Zendesk still tells.
        """
        at = self._now()
        page = self.wire.tickets([ticket_id])
        if not page.tickets:
            page = Page((self._shown(ticket_id),))
        self.writer.save_page(page, at=at)
        self._thread(ticket_id, at)
        requester = page.tickets[0].requester_id
        if requester is not None and requester > 0:
            self._may(lambda: self._identities(requester))

    def _shown(self, ticket_id: int) -> Ticket:
        try:
            return self.wire.ticket(ticket_id)
        except NotFound:
            self._may(lambda: self.writer.save_deleted(self.library.deleted()))
            raise

    def _thread(self, ticket_id: int, at: datetime) -> None:
        comments: list[Comment] = []
        people: list[Person] = []
        cursor, complete = None, False
        for _ in range(_PAGES):
            page = self.wire.comments(ticket_id, cursor)
            comments += page.comments
            people += page.people
            complete = not page.has_more
            if complete or page.next_cursor in (None, cursor):
                break
            cursor = page.next_cursor
        self.writer.save_comments(ticket_id, comments, people, complete=complete, at=at)

    def bring_history(self, ticket_id: int) -> None:
        """Every audit of a ticket that the mirror holds."""
        cursor = None
        for _ in range(_PAGES):
            page = self.wire.audits(ticket_id, cursor)
            last = not page.has_more or page.next_cursor in (None, cursor)
            self.writer.save_audits(ticket_id, page.audits, complete=last)
            if last:
                break
            cursor = page.next_cursor

    def bring_labels(self) -> None:
        """Fields, forms and statuses; what this role or plan may not read is left out."""
        self._may(lambda: self.writer.save_fields(self.library.fields()))
        self._may(lambda: self.writer.save_forms(self.library.forms()))
        self._may(lambda: self.writer.save_custom_statuses(self.library.custom_statuses()))

    def found(self, query: str, limit: int) -> list[int]:
        """Tickets that Zendesk's own search finds, best first, mirrored with their people."""
        at = self._now()
        tickets = self.wire.search(query, limit)
        ids = [ticket.id for ticket in tickets]
        if not ids:
            return []
        self.writer.save_page(Page(tuple(tickets)), at=at)
        self.writer.save_page(self.wire.tickets(ids), at=at)
        return ids

    def save(self, attachment: Attachment, folder: Path) -> SavedFile:
        """One attachment as a file; it is never opened."""
        with files_of(self.wire) as files:
            return files.save(attachment, folder)

    def _identities(self, person_id: int) -> None:
        self.writer.save_identities(person_id, self.library.identities(person_id))

    def _may(self, act: Callable[[], None]) -> None:
        """Do what the role or the plan may refuse without harm; a refused sign-in is told."""
        try:
            act()
        except NotFound:
            return
        except NotAllowed as error:
            if error.signed_out:
                raise


@contextmanager
def on_demand(call: Invocation) -> Iterator[OnDemand]:
    """Open wire and writer. Raises ConfigError without an account or token, StoreError."""
    where, _ = call.paths, call.account  # the account is asked for first, for its own sentence
    with ExitStack() as stack:
        wire = zendesk(call, call.config)
        stack.callback(wire.close)
        writer = MirrorWriter(where.mirror, placer(rulebook(where)))
        stack.callback(writer.close)
        yield OnDemand(wire, Library(wire._get), writer, call.clock)
