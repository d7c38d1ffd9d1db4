"""What the rules say of a ticket once, when it is mirrored: tier, source, title, marks."""

from __future__ import annotations

from heroterm.domain.quotes import first_line
from heroterm.domain.source import SourceRules, source
from heroterm.domain.ticket import Organization, Ticket
from heroterm.domain.tiers import TierRules, tier
from heroterm.domain.view import Placement


def place(
    ticket: Ticket, organization: Organization | None, tiers: TierRules, sources: SourceRules
) -> Placement:
    """A ticket's placement in every queue.

    In-app subjects are generic, so the title is the first line of the words (context.md §2a), but
    not behind a content warning, where words are shown only when they are asked for. The free-mail
    mark does not hold for community questions (handbook: Temp orgs).
    """
    where = source(ticket, sources)
    tagged = sources.content_warning_tag in ticket.tags
    warned = tagged or bool(organization and organization.content_warning)
    title = first_line(ticket.description) if where == "app" and not warned else ""
    name = organization.name if organization else ""
    return Placement(
        tier=tier(ticket, organization, tiers),
        source=where,
        title=title or ticket.subject or first_line(ticket.description),
        content_warning=warned,
        free_mail_organization=where != "community" and sources.is_placeholder(name),
    )
