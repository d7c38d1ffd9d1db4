"""One ticket with all that is shown about it, read from the mirror in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from heroterm.domain import admin_line, sender
from heroterm.domain.admin_line import Footer
from heroterm.domain.links import Link, links_in
from heroterm.domain.outbox import Draft, Intent
from heroterm.domain.playbook_run import Run
from heroterm.domain.source import opening
from heroterm.domain.ticket import Comment, Organization, Person, Ticket
from heroterm.domain.view import Row
from heroterm.tui import intent_words
from heroterm.tui.naming import Names
from heroterm.tui.reading import Reading


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket as the panes need it. `complete` False: the thread has not been fetched yet."""

    ticket: Ticket
    row: Row
    comments: tuple[Comment, ...]
    complete: bool
    people: Mapping[int, Person]
    requester: Person | None
    own_addresses: frozenset[str]
    """Every address by which the requester is known, folded."""
    organization: Organization | None
    footer: Footer
    others: tuple[Row, ...]
    intents: tuple[Intent, ...]
    drafts: tuple[Draft, ...]
    read_at: datetime
    run: Run | None = None
    """The playbook that is under way on it, or that made it."""
    stale: bool = False
    """Whether more may have been said than these comments (mirror.reader.Thread)."""
    tier1_link: str = ""
    """Where Customer Success asked, if the hero marked it so with a link."""
    wanted: Mapping[str, str] = field(default_factory=dict)
    """What else than words each unfinished intent puts, by its id."""

    @property
    def seen_comment_id(self) -> int | None:
        """Newest comment on the screen: what comes later stops a public reply."""
        return self.comments[-1].id if self.comments else None

    @property
    def lacking(self) -> bool:
        """Whether messages are known to be there that have not been fetched yet."""
        return self.stale and self.ticket.comment_count != len(self.comments)

    @property
    def organization_name(self) -> str:
        """Its exact name; while a placeholder for free mail stands in its place, that of the Admin
        line. "" where there is none.
        """
        if self.row.free_mail_organization:
            certain = self.footer.trusted and not self.footer.ambiguous
            return (self.footer.organization or "") if certain else ""
        return self.organization.name if self.organization is not None else ""

    @property
    def first_words(self) -> str:
        """Text of the first comment: what the requester wrote, with its footer."""
        return opening(self.ticket, self.comments, complete=self.complete)

    @property
    def customers_words(self) -> str:
        """The subject, the first comment, and what the customer wrote last."""
        said = (c.body for c in reversed(self.comments) if c.public and not self._by_us(c))
        return "\n".join((self.ticket.subject, self.first_words, next(said, "")))

    @property
    def our_words(self) -> list[str]:
        """What we have said here, notes too, and what waits to be sent."""
        waiting = (intent.comment for intent in self.intents if intent.comment is not None)
        said = (comment.body for comment in self.comments if self._by_us(comment))
        return [*said, *(words.body for words in waiting)]

    def _by_us(self, comment: Comment) -> bool:
        author = self.author(comment)
        return author is not None and author.staff

    def links(self, comment: Comment) -> list[Link]:
        """Addresses in one message: as they stand in its words, then those only its HTML holds."""
        found = links_in(comment.body)
        known = {link.url for link in found}
        web = ("http://", "https://")
        hidden = {url: label for label, url in comment.links if url.lower().startswith(web)}
        return found + [Link(url, label) for url, label in hidden.items() if url not in known]

    def doubt(self, comment: Comment) -> str:
        """Why the sender of a message is not whom one would take it for; "" mostly."""
        return sender.doubt(comment, self.author(comment), self.requester, self.own_addresses)

    def author(self, comment: Comment) -> Person | None:
        """Who wrote a message, as far as the mirror knows."""
        return self.people.get(comment.author_id) if comment.author_id is not None else None

    def draft(self, kind: str) -> Draft | None:
        """The draft of one kind that is kept for this ticket."""
        return next((draft for draft in self.drafts if draft.kind == kind), None)

    def last_staff_touch(self) -> Comment | None:
        """The newest message, note or reply, by somebody who answers tickets."""
        for comment in reversed(self.comments):
            author = self.author(comment)
            if author is not None and author.staff:
                return comment
        return None


def read(reading: Reading, ticket_id: int) -> Opened | None:
    """Everything about one ticket, or None when the mirror does not hold it."""
    mirror, journal = reading.mirror, reading.journal
    row = reading.row(ticket_id)
    ticket = mirror.ticket(ticket_id) if mirror is not None else None
    if mirror is None or row is None or ticket is None:
        return None
    thread = mirror.thread(ticket_id)
    wanted = {comment.author_id for comment in thread.comments} | {ticket.requester_id}
    people = mirror.people(sorted(id_ for id_ in wanted if id_ is not None))
    first = opening(ticket, thread.comments, complete=thread.complete)
    organization = ticket.organization_id
    requester = people.get(ticket.requester_id) if ticket.requester_id is not None else None
    known = mirror.identities(requester.id) if requester is not None else []
    intents = tuple(journal.outbox.of_ticket(ticket_id)) if journal is not None else ()
    return Opened(
        ticket=ticket,
        row=row,
        comments=tuple(thread.comments),
        complete=thread.complete,
        stale=thread.stale,
        people=people,
        requester=requester,
        own_addresses=sender.own_addresses(requester, known),
        organization=mirror.organization(organization) if organization is not None else None,
        footer=admin_line.parse(first, ticket.subject, from_form=row.source == "app"),
        others=tuple(mirror.other_open(ticket_id)),
        intents=intents,
        drafts=tuple(d for d in journal.drafts.list() if d.ticket_id == ticket_id)
        if journal is not None
        else (),
        read_at=reading.now(),
        run=journal.runs.open_on(ticket_id) if journal is not None else None,
        tier1_link=journal.marks.tier1_link(ticket_id) if journal is not None else "",
        wanted=_wanted(intents, Names(mirror)),
    )


def _wanted(intents: Iterable[Intent], names: Names) -> dict[str, str]:
    return {
        one.id: ", ".join([*intent_words.deed(one, names), *names.said(one.changes)])
        for one in intents
        if one.unfinished
    }
