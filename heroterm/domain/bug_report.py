"""Bug reports and feature requests for GitHub: the form filled in, and nobody's name in it.

An issue is public. Words come from the ticket only after names, addresses and secrets have been
taken out, and not at all where the organization's content may offend. GitHub's forms take values
by field id; a value replaces the template's own text, so its headings are written again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from heroterm.domain.admin_line import Footer
from heroterm.domain.findings import Finding
from heroterm.domain.owners import Owner
from heroterm.domain.quotes import first_line, own_words
from heroterm.domain.redaction import Private, leaks, quotes, redacted
from heroterm.domain.rules_of_words import public_place
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Organization, Person, Ticket

BUG, FEATURE = "bug", "feature"
CALLED = {BUG: "bug report", FEATURE: "feature request"}
NEW_ISSUE = "https://github.com/PostHog/posthog/issues/new"
LONGEST_LINK = 6_000
"""Characters of an address that GitHub surely takes; what is longer goes by the clipboard."""
_TITLE = 120
_WORDS = 3_000
_NAMED = 4
_OWN = "(what happens, in your own words)"
"""Stands where a customer's words may not."""
_PAGE = re.compile(r"https://(?:us|eu|app)\.posthog\.com/[^\s<>\"')\]]{1,300}")
_FORMS = {
    BUG: ("bug_report.yml", ("bug",), "bug-description"),
    FEATURE: ("feature_request.yml", ("enhancement", "feature"), "feature_request"),
}
"""Template, labels and field of each form."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What a new issue would say."""

    kind: str
    """BUG or FEATURE."""
    title: str
    body: str
    debug: str = ""
    labels: tuple[str, ...] = ()
    """Those of the team that owns the feature, beside the form's own."""

    @property
    def link(self) -> str:
        """The form with everything filled in, else with the title alone (see `fits`)."""
        whole = self._link(whole=True)
        return whole if len(whole) <= LONGEST_LINK else self._link(whole=False)

    @property
    def fits(self) -> bool:
        """Whether everything is in the link; otherwise `body` goes by the clipboard."""
        return len(self._link(whole=True)) <= LONGEST_LINK

    @property
    def text(self) -> str:
        """Title and body as one text, to be edited; `edited` reads it back."""
        return f"{self.title}\n\n{self.body}"

    def edited(self, text: str) -> Issue:
        """The same with title and body as the hero has written them."""
        title, _, body = text.strip().partition("\n")
        line = shown(title, single_line=True, limit=_TITLE).strip()
        return replace(self, title=line, body=shown(body).strip("\n") + "\n")

    def _link(self, *, whole: bool) -> str:
        template, labels, field = _FORMS[self.kind]
        values = {
            "template": template,
            "labels": ", ".join((*labels, *self.labels)),
            "title": self.title,
        }
        if whole:
            values[field] = self.body
            values |= {"debug-info": self.debug} if self.debug else {}
        told = "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items())
        return f"{NEW_ISSUE}?{told}"


@dataclass(frozen=True, slots=True)
class Material:
    """What an issue is made of: the ticket and those whose names must not stand in it."""

    ticket: Ticket
    url: str
    """Address of the ticket in Zendesk."""
    footer: Footer
    comments: Sequence[Comment] = ()
    requester: Person | None = None
    organization: Organization | None = None
    content_warning: bool = False
    people: Sequence[Person] = ()
    """Everybody known on the ticket."""
    owner: Owner | None = None
    """The team that owns the feature, where the file of owners names one."""

    @property
    def opening(self) -> str:
        """The customer's first words."""
        return self.comments[0].body if self.comments else self.ticket.description

    @property
    def private(self) -> Private:
        """Whose names must not stand in it."""
        return Private(self.footer, self.requester, self.organization, self.people)


def compose(kind: str, material: Material, words: str | None = None) -> Issue | Finding:
    """An issue from the ticket, or with the hero's own `words` and title in their first line.

    Refuses a content-warned customer's words, and own words that quote them.
    """
    refused = public_place(material.content_warning)
    if refused is not None and (words is None or quotes(words, material.comments)):
        return refused
    text = words if words is not None else own_words(material.opening)
    clean = redacted(text, material.private)[:_WORDS].strip()
    title = first_line(clean) or redacted(material.ticket.subject, material.private)
    page = None if refused is not None else page_of(material)
    return _made(kind, material, title, clean, page)


def begun(kind: str, material: Material) -> Issue:
    """An issue to go on with: `compose`, or an empty form where the customer may not be quoted."""
    made = compose(kind, material)
    return made if isinstance(made, Issue) else _made(kind, material, "", _OWN, None)


def objection(issue: Issue, material: Material) -> Finding | None:
    """Why an issue that was edited by hand may not go out; None when it may."""
    said = issue.text.replace(material.url, "")
    refused = public_place(material.content_warning)
    if refused is not None and quotes(said, material.comments):
        return refused
    if not issue.title or _OWN in said:
        say = "The first line is the title, and below it must stand what happens."
        return Finding("issue-empty", "refuse", say, "Write it in your own words.")
    found = leaks(f"{said}\n{issue.debug}", material.private)
    if found:
        named = ", ".join(shown(one, single_line=True, limit=60) for one in found[:_NAMED])
        say = f"An issue is public, and this names the customer: {named}."
        return Finding("issue-names-customer", "refuse", say, "Take it out of the words.")
    return None


def _made(kind: str, material: Material, title: str, words: str, page: str | None) -> Issue:
    body = _bug(words, page, material.url) if kind == BUG else _feature(words, page, material.url)
    line = shown(title, single_line=True, limit=_TITLE)
    labels = material.owner.labels if material.owner is not None else ()
    lines = [] if material.content_warning else debug(material.footer).split("\n")
    told = "\n".join(each for each in lines if not leaks(each, material.private))
    return Issue(kind, line, body, told, labels)


def _bug(words: str, page: str | None, url: str) -> str:
    where = page or "(link to the insight or other page)"
    return (
        f"{words}\n\n## How to reproduce\n\n1. \n2. \n\n{where}\n\n"
        f"## Additional context\n\nFrom: {url}\n"
    )


def _feature(words: str, page: str | None, url: str) -> str:
    where = f"{page}\n\n" if page else ""
    return (
        f"## Is your feature request related to a problem?\n\n{words}\n\n{where}"
        "## Describe the solution you'd like\n\n\n\n"
        "## Describe alternatives you've considered\n\n\n\n"
        f"## Additional context\n\nFrom: {url}\n"
    )


def page_of(material: Material) -> str | None:
    """The page in the product that it is about: a link in the words, else where the form was."""
    found = _PAGE.search(own_words(material.opening))
    if found is not None:
        page = found[0].rstrip(".,;:!?")
        return page if not leaks(page, material.private) else None
    where = material.footer.location if material.footer.trusted else None
    fit = where and _PAGE.fullmatch(where) and not leaks(where, material.private)
    return where if fit else None


def debug(footer: Footer) -> str:
    """The form's lines as far as they may be public: no address and no name."""
    if not footer.trusted:
        return ""
    lines = [f"Location: {footer.location}"] if _PAGE.fullmatch(footer.location or "") else []
    if footer.session:
        lines.append(f"Session: {footer.session}")
    if footer.region and footer.organization_id:
        project = f" (project ID {footer.project_id})" if footer.project_id else ""
        lines.append(f"Admin: http://go/adminOrg{footer.region}/{footer.organization_id}{project}")
    return "\n".join(lines)


# What is said about an issue.


def plus_one(url: str) -> str:
    """The comment for an issue that is there already."""
    return f"+1 From: {url}"


def slack_line(kind: str, priority: str, issue: str) -> str:
    """The alert for the channel of the team that owns the feature (handbook, step 7)."""
    return f"New {CALLED[kind]} from a {priority} priority customer: {issue}"
