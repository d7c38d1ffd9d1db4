"""What heroterm lays beside a step: a filled-in issue form, a +1, a line for Slack.

Each is ready to be copied or opened by the hero; none of them is sent anywhere by heroterm.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.admin_line import Footer
from heroterm.domain.bug_report import BUG, FEATURE, Issue, Material, compose, plus_one, slack_line
from heroterm.domain.findings import Finding
from heroterm.domain.owners import Owner, Owners
from heroterm.domain.playbook import Playbook, Step
from heroterm.domain.playbook_case import Case, fact
from heroterm.domain.playbook_run import Run


@dataclass(frozen=True, slots=True)
class Offer:
    """Something ready: a page to open, words to copy, or why there is none."""

    title: str
    url: str = ""
    copy: str = ""
    """Words for the clipboard."""
    to: str = ""
    """Where they go: the channel, the issue."""
    refused: Finding | None = None


def offer(
    run: Run, step: Step, case: Case, footer: Footer, owners: Owners, account_url: str
) -> Offer | None:
    """What is laid beside a step; None where nothing is, or where a search answers instead."""
    issue = fact(run, case, "issue")
    url = ticket_url(account_url, case.ticket.id)
    match step.offer:
        case "bug-form" | "feature-form":
            kind = BUG if step.offer == "bug-form" else FEATURE
            return _form(compose(kind, material(case, footer, url, owners)))
        case "plus-one":
            return Offer(
                "Comment for the open issue", copy=plus_one(url), to=issue.value if issue else ""
            )
        case "slack-line":
            return slack_offer(run, case, footer, owners)
    return None


def slack_offer(run: Run, case: Case, footer: Footer, owners: Owners) -> Offer | None:
    """The line that tells of a run's issue, and where it goes; None before there is an issue.

    A bug goes to the team that owns the feature, a request to Customer Success.
    """
    issue, priority = fact(run, case, "issue"), fact(run, case, "priority")
    if issue is None:
        return None
    kind = kind_of(run.playbook)
    said = slack_line(kind, priority.value if priority else "normal", issue.value)
    if kind == FEATURE:
        asks = case.organization.name if case.organization is not None else "no organization"
        return Offer("Line", copy=f"{said} ({asks})", to="Customer Success")
    return Offer("Line for Slack", copy=said, to=owner_of(footer, owners).channel)


def kind_of(playbook: Playbook) -> str:
    """Whether a playbook is about a bug or a wish."""
    offers = {step.offer for step in playbook.steps}
    return FEATURE if "feature-form" in offers else BUG


def owner_of(footer: Footer, owners: Owners) -> Owner:
    """Who owns the feature that a ticket is about, by the form that can be trusted."""
    return owners.of(footer.target_area if footer.trusted else None)


def material(case: Case, footer: Footer, url: str, owners: Owners) -> Material:
    """What an issue about this case is made of."""
    owner = owner_of(footer, owners)
    return Material(
        case.ticket,
        url,
        footer,
        case.threads.get(case.ticket.id, ()),
        case.requester,
        case.organization,
        case.content_warning,
        tuple(case.people.values()),
        None if owner is owners.fallback else owner,
    )


def ticket_url(account_url: str, ticket_id: int) -> str:
    """Address of a ticket for people (context: URLs)."""
    return f"{account_url.rstrip('/')}/agent/tickets/{ticket_id}"


def _form(made: Issue | Finding) -> Offer:
    if isinstance(made, Finding):
        return Offer("Issue form", refused=made)
    fits = "" if made.fits else made.body
    return Offer(f"New issue: {made.title}", url=made.link, copy=fits, to="GitHub")
