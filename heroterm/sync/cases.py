"""The case of a playbook run, read from mirror and journal: the same for screen, verbs, carrier."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from heroterm.domain.admin_line import Footer, parse
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_known import Known, known_of
from heroterm.domain.playbook_run import Run, put_steps, tag_of
from heroterm.domain.source import SourceRules, community_url, opening
from heroterm.domain.ticket import Comment, Organization, Person, Ticket
from heroterm.journal.database import Journal
from heroterm.mirror.lookups import (
    organizations_called,
    organizations_known_as,
    person_at,
    tagged,
)
from heroterm.mirror.reader import Mirror, Thread


@dataclass(frozen=True, slots=True)
class CaseReader:
    """Reads cases. `sources` tell where a community question's page is."""

    mirror: Mirror
    journal: Journal
    sources: SourceRules | None = None

    def read(self, ticket_id: int, now: datetime, run: Run | None = None) -> Case | None:
        """What is known of a ticket and of a run on it at `now`, by the server's clock.

        None when the mirror does not hold the ticket. Raises StoreError.
        """
        ticket = self.mirror.ticket(ticket_id)
        if ticket is None:
            return None
        organization = self._organization(ticket)
        source = self.mirror.placed_source(ticket_id) or "mail"
        made = self._made(run) if run is not None else {}
        tickets = {ticket_id: ticket}
        for id_ in made.values():
            if (found := self.mirror.ticket(id_)) is not None:
                tickets[id_] = found
        read = {id_: self.mirror.thread(id_) for id_ in tickets}
        threads = {id_: thread.comments for id_, thread in read.items()}
        state = self.mirror.state()
        case = Case(
            ticket=ticket,
            now=now,
            by=state.user_name or "you",
            requester=self._person(ticket.requester_id),
            me=self._person(state.user_id),
            organization=organization,
            tickets=tickets,
            threads=threads,
            people=self._people(tickets, threads),
            made=made,
            groups=tuple(self.mirror.groups()),
            age=None if state.synced_at is None else now - state.synced_at,
            behind=tuple(id_ for id_, thread in read.items() if _behind(thread, tickets[id_])),
            content_warning=self._warns(ticket, organization),
            source=source,
        )
        return self._with_owner(self._with_facts(case, state.role), run)

    def _with_facts(self, case: Case, role: str) -> Case:
        """The facts that have a source, and why others have none."""
        footer, question = self._opening(case.ticket, case.source)
        known = known_of(
            case.ticket,
            case.requester,
            case.organization,
            footer,
            source=case.source,
            role=role,
            question=question,
            content_warning=case.content_warning,
        )
        home, sources = case.organization, self.sources
        if home is not None and sources is not None and sources.is_placeholder(home.name):
            known.pop("organization", None)
        return replace(case, known=known, doubts=footer.notes, homes=self._homes(known, footer))

    def _with_owner(self, case: Case, run: Run | None) -> Case:
        """The owner's name, where Zendesk knows the address that the run has written down."""
        address = fact(run, case, "owner_address") if run is not None else None
        person = person_at(self.mirror, address.value) if address is not None else None
        if person is None:
            return case
        name = Known(person.name, "the profile of that address in Zendesk")
        return replace(case, known={**case.known, "owner_name": name})

    def _opening(self, ticket: Ticket, source: str) -> tuple[Footer, str]:
        """The form's block, trusted only where the form sent it, and the question's page."""
        thread = self.mirror.thread(ticket.id)
        first = opening(ticket, thread.comments, complete=thread.complete)
        footer = parse(first, ticket.subject, from_form=source == "app")
        community = source == "community" and self.sources is not None
        url = community_url(first, self.sources) if community and self.sources else None
        return footer, url or ""

    def _made(self, run: Run) -> dict[str, int]:
        """Tickets that the run's steps became: by the outbox, else by the tag they were given."""
        found: dict[str, int] = {}
        for event in put_steps(run):
            step = run.playbook.step(event.step)
            if step is None or step.kind != "new_ticket":
                continue
            intent = self.journal.outbox.get(event.intent_id)
            ticket_id = run.made(event.step) or (intent.made_ticket_id if intent else None)
            ticket_id = ticket_id or self._tagged(run, event.step)
            if ticket_id is not None:
                found[event.step] = ticket_id
        return found

    def _tagged(self, run: Run, step: str) -> int | None:
        """The one ticket with the step's tag that one of us opened."""
        ours = []
        for ticket_id in tagged(self.mirror, tag_of(run, step)):
            ticket = self.mirror.ticket(ticket_id)
            author = self._person(ticket.submitter_id) if ticket is not None else None
            if author is not None and author.staff:
                ours.append(ticket_id)
        return ours[0] if len(ours) == 1 else None

    def _homes(self, known: dict[str, Known], footer: Footer) -> tuple[Organization, ...]:
        """The organizations that the Admin line may mean: by the product's id, else by name."""
        if footer.trusted and footer.organization_id:
            by_id = organizations_known_as(self.mirror, footer.organization_id)
            if by_id:
                return tuple(by_id)
        named = known.get("footer_organization")
        return tuple(organizations_called(self.mirror, named.value)) if named is not None else ()

    def _people(
        self, tickets: dict[int, Ticket], threads: dict[int, tuple[Comment, ...]]
    ) -> dict[int, Person]:
        ids = {ticket.requester_id for ticket in tickets.values()}
        ids |= {comment.author_id for thread in threads.values() for comment in thread}
        return self.mirror.people(id_ for id_ in ids if id_ is not None)

    def _person(self, id_: int | None) -> Person | None:
        return self.mirror.person(id_) if id_ is not None else None

    def _organization(self, ticket: Ticket) -> Organization | None:
        id_ = ticket.organization_id
        return self.mirror.organization(id_) if id_ is not None else None

    def _warns(self, ticket: Ticket, organization: Organization | None) -> bool:
        tag = self.sources.content_warning_tag if self.sources is not None else "content_warning"
        return tag in ticket.tags or bool(organization and organization.content_warning)


def _behind(thread: Thread, ticket: Ticket) -> bool:
    """Whether comments were made that the mirror does not hold yet."""
    return thread.stale and ticket.comment_count != len(thread.comments)
