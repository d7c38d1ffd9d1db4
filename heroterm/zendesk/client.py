"""Zendesk: one call per method. Never sleeps, never retries, follows no redirect and no link."""

from __future__ import annotations

from collections.abc import Sequence

from heroterm.domain.outbox import MARKER
from heroterm.domain.ticket import Group, Macro, Page, Ticket, ZendeskView
from heroterm.errors import Misunderstood, NotAllowed, NotFound
from heroterm.zendesk import reading, wire, wire_library, wire_people, wire_threads
from heroterm.zendesk.exports import SIDE_LOADS, Exports
from heroterm.zendesk.files import Attachments
from heroterm.zendesk.library_calls import Library
from heroterm.zendesk.pages import AuditPage, CommentPage, Me
from heroterm.zendesk.targets import Targets
from heroterm.zendesk.writes import Writes

_SEARCHED = 10
"""Pages of a search; Zendesk refuses the eleventh."""


class Zendesk(Exports, Targets, Writes, Attachments):
    """One account, asked as one person: what every agent may ask, what admins may (Exports,
    Targets), what is written (Writes), and files (Attachments).

    The arguments are those of `asking.Asking`.
    """

    @property
    def library(self) -> Library:
        """Labels, identities, deletions: what is asked now and then."""
        return Library(self._get)

    # Reading

    def me(self) -> Me:
        """Who is signed in; NotAllowed(signed_out) for the anonymous answer to bad credentials."""
        try:
            told = reading.one(self._get("users/me"), "user", wire_people.MeWire)
        except NotFound:
            raise NotFound(
                f"There is no Zendesk at {self.base_url}; nothing here was changed.",
                "Look at the subdomain, then run `heroterm connect` again.",
            ) from None
        if told.id is None:
            raise NotAllowed(
                "Zendesk does not know these credentials.",
                "Run `heroterm connect` again.",
                signed_out=True,
            )
        light = bool(told.only_private_comments) or told.role_type == 1
        return Me(
            told.id,
            told.name or "",
            told.email or "",
            told.role or "",
            light,
            told.iana_time_zone or "",
        )

    def tickets_page(self, cursor: str | None = None) -> Page:
        """Tickets, the one updated last first, with their side-loads."""
        asked = {"sort": "-updated_at", "include": SIDE_LOADS, **reading.paged(cursor)}
        return self._page("tickets", asked)

    def tickets(self, ids: Sequence[int]) -> Page:
        """Up to 100 tickets by id; those that this person may not see are absent.

        One alone also brings its metric events, which name its targets to agents, too.
        """
        listed = ",".join(str(int(id_)) for id_ in ids)
        include = f"{SIDE_LOADS},metric_events" if len(ids) == 1 else SIDE_LOADS
        return self._page("tickets/show_many", {"ids": listed, "include": include})

    def view_page(self, view_id: int, cursor: str | None = None) -> Page:
        """Tickets of a saved view."""
        asked = {"include": SIDE_LOADS, **reading.paged(cursor)}
        return self._page(f"views/{int(view_id)}/tickets", asked)

    def ticket(self, ticket_id: int) -> Ticket:
        """One ticket, as it is now, with its SLA clocks."""
        told = self._get(
            f"tickets/{int(ticket_id)}", {"include": "slas,comment_count"}, urgent=True
        )
        return self._ticket(told)

    def comments(self, ticket_id: int, cursor: str | None = None) -> CommentPage:
        """Comments of one ticket, newest first, with their authors."""
        asked = {"sort": "-created_at", "include": "users", **reading.paged(cursor)}
        told = self._get(f"tickets/{int(ticket_id)}/comments", asked)
        found, refused = reading.rows(
            told, "comments", wire_threads.CommentWire, lambda row: row.to_domain(ticket_id)
        )
        people = reading.side(told, "users", wire_people.UserWire, wire_people.UserWire.to_domain)
        return CommentPage(found, people, *reading.paging(told), refused)

    def audits(self, ticket_id: int, cursor: str | None = None) -> AuditPage:
        """Updates of one ticket, newest first, for a write that waits for them.

        Raises Misunderstood when one cannot be read: it might be the one that carries our marker.
        """
        page = self._audits(ticket_id, cursor, urgent=True)
        if page.refused:
            raise Misunderstood(f"The ticket's history cannot be read whole: {page.refused[0]}.")
        return page

    def history(self, ticket_id: int, cursor: str | None = None) -> AuditPage:
        """The same for a person to read: what cannot be understood is left out and named."""
        return self._audits(ticket_id, cursor, urgent=False)

    def _audits(self, ticket_id: int, cursor: str | None, *, urgent: bool) -> AuditPage:
        asked = {"sort": "-created_at", **reading.paged(cursor)}
        told = self._get(f"tickets/{int(ticket_id)}/audits", asked, urgent=urgent)
        found, refused = reading.rows(
            told, "audits", wire_threads.AuditWire, lambda row: row.to_domain(MARKER)
        )
        return AuditPage(found, *reading.paging(told), refused)

    def my_groups(self, user_id: int) -> tuple[int, ...]:
        """Ids of a person's groups, however many."""
        path = f"users/{int(user_id)}/group_memberships"
        model = wire_people.TeamMemberWire
        return reading.every(self._get, path, "group_memberships", model, lambda row: row.group_id)

    def groups(self) -> tuple[Group, ...]:
        """Every group of the account."""
        return reading.every(
            self._get, "groups", "groups", wire_people.GroupWire, wire_people.GroupWire.to_domain
        )

    def macros(self) -> tuple[Macro, ...]:
        """Every active macro that this person may use.

        Both have to be asked for: else retired ones come, too, and to an admin everybody's own.
        """
        model = wire_library.MacroWire
        only = {"active": "true", "only_viewable": "true"}
        return reading.every(self._get, "macros", "macros", model, model.to_domain, **only)

    def views(self) -> tuple[ZendeskView, ...]:
        """Every active saved view that this person sees."""
        model = wire_library.ViewWire
        return reading.every(self._get, "views", "views", model, model.to_domain, active="true")

    def search(self, query: str, limit: int = 100) -> tuple[Ticket, ...]:
        """Tickets that Zendesk's own search finds, each once, the thousand at most that it gives;
        its index lags by minutes (api.md §5).
        """
        asked = {"query": f"type:ticket {query}", "per_page": str(min(limit, reading.PAGE_SIZE))}
        found: dict[int, Ticket] = {}
        for page in range(1, _SEARCHED + 1):
            told = self._get("search", {**asked, "page": str(page)})
            model = wire.TicketWire
            for ticket in reading.rows(told, "results", model, model.to_domain)[0]:
                found.setdefault(ticket.id, ticket)
            if len(found) >= limit or not told.get("next_page"):
                break
        return tuple(found.values())[:limit]
