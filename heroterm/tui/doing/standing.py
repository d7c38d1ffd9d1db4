"""`v`: who the customer is to us: plan, MRR, and why their ticket has this priority."""

from __future__ import annotations

from textual.content import Content

from heroterm.domain.priority import why
from heroterm.tui.doing.ways import way
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.opened import Opened
from heroterm.tui.text import parts


def vip(desk: OnDesk) -> None:
    """The card in a box."""
    opened = desk.target
    if opened is not None:
        desk.explain(f"VIP card of #{opened.ticket.id}", _lines(desk, opened))


def _lines(desk: OnDesk, opened: Opened) -> list[Content]:
    organization, row = opened.organization, opened.row
    facts: list[tuple[str, str]] = []
    if organization is None:
        facts.append(("organization", "none"))
    elif row.free_mail_organization:
        named = opened.organization_name
        puts = f"; {way(desk, 'ticket.organization')} puts it right" if named else ""
        facts.append(("organization", f"{named} (Admin line)" if named else "not known"))
        facts.append(("in Zendesk", f"a placeholder for free mail{puts}"))
        facts += [("plan, MRR", "not known before the organization is")]
    else:
        facts += [
            ("organization", f"{organization.name}  (exact case; id {organization.id})"),
            ("plan", organization.plan or "not known"),
            ("MRR", organization.mrr or "not known: they may not have paid a bill yet"),
            ("tags", ", ".join(organization.tags) or "none"),
        ]
    footer = opened.footer
    if footer.trusted and footer.organization_id:
        facts.append(("their own id", f"{footer.organization_id} (Admin line)"))
    now = desk.reading.now()
    lines = [parts((f"{name:14}", "$text-muted"), (value, "bold")) for name, value in facts]
    lines += [Content(""), parts(why(row, now, desk.book.tiers))]
    tier1 = opened.tier1_link
    unmarked = f"not marked here ({way(desk, 'ticket.tier1')} marks it)"
    lines.append(parts(f"Tagged by Customer Success: {tier1 or unmarked}"))
    asked = row.fetched_at.astimezone().strftime("%a %H:%M")
    lines += [Content(""), parts((f"As Zendesk had it, {asked}.", "$text-muted"))]
    copies = f"{way(desk, 'copy.vip')} copies the line for the VIP Lookup Bot in Slack."
    unknown = "The VIP Lookup Bot asks for an organization, and none is known here."
    lines.append(parts(copies if opened.organization_name else unknown))
    return lines
