"""What a playbook may know of a ticket without asking: each fact with where it comes from.

Facts come from the in-app form's own block below the customer's words, or from the mirror; never
from what somebody typed (features, Trust). What the sources contradict is not known, and says why.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.admin_line import Footer
from heroterm.domain.tally import pays
from heroterm.domain.ticket import Organization, Person, Ticket

KNOWN = (
    "ticket_id", "region", "project_id", "organization_id", "footer_organization", "organization",
    "requester_address", "requester_name", "priority", "source", "plan", "paid", "seat",
    "question", "content",
)  # fmt: skip
"""Facts by name."""
WORDS = {
    "ticket_id": "ticket",
    "region": "region",
    "project_id": "project ID",
    "organization_id": "organization ID",
    "footer_organization": "organization on the Admin line",
    "organization": "organization in Zendesk",
    "requester_address": "requester",
    "requester_name": "requester's name",
    "owner_address": "owner",
    "owner_name": "owner's name",
    "priority": "priority",
    "source": "came from",
    "plan": "plan",
    "paid": "paid plan",
    "seat": "your seat",
    "question": "question's page",
    "content": "content warning",
}
"""What a person calls them; another fact is called by its own name."""
_FORM, _ZENDESK = "the in-app form's block", "Zendesk"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact and where it comes from."""

    value: str
    source: str


def words_of(fact: str) -> str:
    """What a person calls a fact."""
    return WORDS.get(fact, fact.replace("_", " "))


def known_of(
    ticket: Ticket,
    requester: Person | None,
    organization: Organization | None,
    footer: Footer,
    *,
    source: str,
    role: str,
    question: str = "",
    content_warning: bool = False,
) -> dict[str, Known]:
    """Every fact about a ticket that has a source. `footer` is used only as far as trusted."""
    found = {
        "ticket_id": Known(str(ticket.id), _ZENDESK),
        "priority": Known(_priority(ticket.priority), _ZENDESK),
        "source": Known(source, "how the ticket came in"),
        "seat": Known("admin" if role == "admin" else "agent", "your sign-in"),
        "content": Known("yes" if content_warning else "no", _ZENDESK),
    }
    if requester is not None and requester.email:
        found["requester_address"] = Known(requester.email, "the requester's profile in Zendesk")
        found["requester_name"] = Known(requester.name, "the requester's profile in Zendesk")
    if organization is not None:
        found["organization"] = Known(organization.name, _ZENDESK)
        if organization.plan:
            found["plan"] = Known(organization.plan, _ZENDESK)
        if organization.plan or organization.mrr:
            found["paid"] = _paid(organization.plan or "", organization.mrr or "")
    if question:
        found["question"] = Known(question, "the ticket's first message")
    return found | _of_footer(footer)


def _paid(plan: str, mrr: str) -> Known:
    """Whether they pay, and by what Zendesk says so."""
    said = [f"plan {plan}"] * bool(plan) + [f"MRR {mrr}"] * bool(mrr)
    return Known("yes" if pays(plan, mrr) else "no", f"{', '.join(said)} in Zendesk")


def _priority(priority: str | None) -> str:
    """The handbook knows three; urgent is high, and a ticket without one is low."""
    return {"urgent": "high", None: "low"}.get(priority, priority or "low")


def _of_footer(footer: Footer) -> dict[str, Known]:
    if not footer.trusted:
        return {}
    said = {
        "region": footer.region,
        "project_id": None if footer.ambiguous else footer.project_id,
        "organization_id": footer.organization_id,
        "footer_organization": None if footer.ambiguous else footer.organization,
    }
    return {name: Known(value, _FORM) for name, value in said.items() if value}
