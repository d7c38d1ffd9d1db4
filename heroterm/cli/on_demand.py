"""What a reading verb asks of Zendesk when the mirror does not hold it, kept there at once.

Each call opens the wire and the mirror's writer for as long as it takes. It writes beside a
carrier that may run: rows are upserts in short transactions, and never go back in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from heroterm.cli.invocation import Invocation
from heroterm.cli.mirror_writer import mirror_writer
from heroterm.cli.rules import rulebook
from heroterm.cli.sign_in import SignedIn, zendesk
from heroterm.domain.ticket import Attachment, Page, Ticket
from heroterm.errors import NotAllowed, NotFound
from heroterm.log import Logged
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync.access import Access
from heroterm.sync.histories import HISTORY, Histories
from heroterm.sync.members import Members
from heroterm.sync.reference import Reference
from heroterm.sync.report import Trouble
from heroterm.sync.requesters import Requesters
from heroterm.sync.threads import Threads
from heroterm.sync.working import hundreds
from heroterm.zendesk.files import CAP, SavedFile


@dataclass(frozen=True, slots=True)
class OnDemand:
    """The wire and the mirror's writer. Every method raises ZendeskError and StoreError."""

    wire: SignedIn
    writer: MirrorWriter
    access: Access

    def bring(self, ticket_id: int) -> None:
        """One ticket with its people, its thread and its requester's identities.

        Raises NotFound with the name of whoever deleted it, where Zendesk still tells.
        """
        at = self.access.server_now()
        page = self.wire.tickets([ticket_id])
        if not page.tickets:
            page = Page((self._shown(ticket_id),))
        self.writer.save_page(page, at=at)
        Threads(self.access).read(ticket_id)
        requesters = Requesters(self.access)
        requesters.want(page.tickets[0].requester_id)
        requesters.piece()

    def _shown(self, ticket_id: int) -> Ticket:
        try:
            return self.wire.ticket(ticket_id)
        except NotFound:
            deleted = self.wire.library.deleted
            self.access.may("deleted tickets", lambda: self.writer.save_deleted(deleted()))
            raise

    def bring_history(self, ticket_id: int) -> None:
        """Every audit that the mirror lacks of a ticket that it holds. Raises NotAllowed."""
        histories = Histories(self.access)
        histories.want(ticket_id)
        while histories.waiting:
            histories.piece()
        if HISTORY in self.access.denied:
            raise NotAllowed("Your role may not read the history of tickets.")

    def bring_view(self, view_id: int) -> None:
        """The tickets of a saved view, whole. Raises NotFound for one that is not shown."""
        for told in Members(self.access, [view_id]).round():
            if isinstance(told, Trouble):
                say = f"Zendesk does not show you the view {view_id}."
                raise NotFound(say, "It was deleted, or is not shared with you.")

    def bring_labels(self) -> None:
        """Fields, forms, statuses and their like; what this role may not read is left out."""
        Reference(self.access).bring()

    def found(self, query: str, limit: int) -> list[int]:
        """Tickets that Zendesk's own search finds, best first, mirrored with their people."""
        at = self.access.server_now()
        tickets = self.wire.search(query, limit)
        ids = [ticket.id for ticket in tickets]
        if not ids:
            return []
        self.writer.save_page(Page(tuple(tickets)), at=at)
        for some in hundreds(ids):
            self.writer.save_page(self.wire.tickets(some), at=at)
        return ids

    def save(self, attachment: Attachment, folder: Path, *, most: int = CAP) -> SavedFile:
        """One attachment as a file of at most so many bytes; it is never opened."""
        with self.wire.files() as files:
            return files.save(attachment, folder, most=most)


@contextmanager
def on_demand(call: Invocation) -> Iterator[OnDemand]:
    """Open wire and writer. Raises ConfigError without an account or token, StoreError."""
    where, _ = call.paths, call.account  # the account is asked for first, for its own sentence
    with ExitStack() as stack:
        stack.enter_context(Logged(where.logs, call.verb))
        wire = zendesk(call, call.config)
        stack.callback(wire.close)
        writer = mirror_writer(where.mirror, rulebook(where))
        stack.callback(writer.close)
        yield OnDemand(wire, writer, Access(wire, writer, call.clock, notes=False))
