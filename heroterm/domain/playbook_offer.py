"""What heroterm lays beside a step: a filled-in issue form, a +1, a line for Slack.

Each is ready to be copied or opened by the hero; none of them is sent anywhere by heroterm.
"""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.admin_line import Footer
from heroterm.domain.bug_report import BUG, FEATURE, Issue, Material, compose, plus_one, slack_line
from heroterm.domain.findings import Finding
from heroterm.domain.owners import Owners
from heroterm.domain.playbook import Step
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
            return _form(compose(kind, material(case, footer, url)))
        case "plus-one":
            return Offer(
                "Comment for the open issue", copy=plus_one(url), to=issue.value if issue else ""
            )
        case "slack-line" if issue is not None:
            kind = BUG if run.playbook.name.startswith("bug") else FEATURE
            priority = fact(run, case, "priority")
            said = slack_line(kind, priority.value if priority else "normal", issue.value)
            channel = owners.of(footer.target_area if footer.trusted else None).channel
            return Offer("Line for Slack", copy=said, to=channel)
    return None


def material(case: Case, footer: Footer, url: str) -> Material:
    """What an issue about this case is made of."""
    return Material(
        case.ticket,
        url,
        footer,
        case.threads.get(case.ticket.id, ()),
        case.requester,
        case.organization,
        case.content_warning,
    )


def ticket_url(account_url: str, ticket_id: int) -> str:
    """Address of a ticket for people (context: URLs)."""
    return f"{account_url.rstrip('/')}/agent/tickets/{ticket_id}"


def _form(made: Issue | Finding) -> Offer:
    if isinstance(made, Finding):
        return Offer("Issue form", refused=made)
    fits = "" if made.fits else made.body
    return Offer(f"New issue: {made.title}", url=made.link, copy=fits, to="GitHub")
