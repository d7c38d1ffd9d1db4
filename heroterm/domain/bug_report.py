"""Bug reports and feature requests for GitHub: the form filled in, and nobody's name in it.

An issue is public. Words come from the ticket only after names, addresses and secrets have been
taken out, and not at all where the organization's content may offend. GitHub's forms take values
by field id; a value replaces the template's own text, so its headings are written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from heroterm.domain.admin_line import Footer
from heroterm.domain.findings import Finding
from heroterm.domain.quotes import first_line, own_words
from heroterm.domain.rules_of_words import public_place
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Organization, Person, Ticket

BUG, FEATURE = "bug", "feature"
NEW_ISSUE = "https://github.com/PostHog/posthog/issues/new"
LONGEST_LINK = 6_000
"""Characters of an address that GitHub surely takes; what is longer goes by the clipboard."""
_TITLE = 120
_WORDS = 3_000
_QUOTED_WORDS = 6
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,200}\.[A-Za-z]{2,24}")
_SECRET = re.compile(
    r"\b(?:ph[cxs]_[A-Za-z0-9]{8,}|(?:sk|pk|rk)_(?:live|test)_\w{8,}|gh[pousr]_\w{16,}"
    r"|xox[abprs]-[\w-]{8,}|eyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?|AKIA[A-Z0-9]{12,})"
)
_BEARER = re.compile(r"(?i)\b(bearer|token|password|api[_ -]?key)\b(\s*[:=]\s*|\s+)(\S{6,})")
_PAGE = re.compile(r"https://(?:us|eu|app)\.posthog\.com/[^\s<>\"')\]]{1,300}")


@dataclass(frozen=True, slots=True)
class Issue:
    """What a new issue would say."""

    kind: str
    """BUG or FEATURE."""
    title: str
    body: str
    debug: str = ""

    @property
    def link(self) -> str:
        """The form with everything filled in, else with the title alone (see `fits`)."""
        whole = self._link(whole=True)
        return whole if len(whole) <= LONGEST_LINK else self._link(whole=False)

    @property
    def fits(self) -> bool:
        """Whether everything is in the link; otherwise `body` goes by the clipboard."""
        return len(self._link(whole=True)) <= LONGEST_LINK

    def _link(self, *, whole: bool) -> str:
        template, labels, field = (
            ("bug_report.yml", "bug", "bug-description")
            if self.kind == BUG
            else ("feature_request.yml", "enhancement, feature", "feature_request")
        )
        values = {"template": template, "labels": labels, "title": self.title}
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

    @property
    def opening(self) -> str:
        """The customer's first words."""
        return self.comments[0].body if self.comments else self.ticket.description


def compose(kind: str, material: Material, words: str | None = None) -> Issue | Finding:
    """An issue from the ticket, or with the hero's own `words` and title in their first line.

    Refuses a content-warned customer's words, and own words that quote them.
    """
    refused = public_place(material.content_warning)
    if refused is not None and (words is None or quotes(words, material.comments)):
        return refused
    text = words if words is not None else own_words(material.opening)
    clean = redacted(text, material)[:_WORDS].strip()
    title = first_line(clean) or redacted(material.ticket.subject, material)
    page = None if refused is not None else page_of(material)
    body = _bug(clean, page, material.url) if kind == BUG else _feature(clean, page, material.url)
    return Issue(kind, shown(title, single_line=True, limit=_TITLE), body, debug(material.footer))


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
        return found[0].rstrip(".,;:!?")
    footer = material.footer
    return footer.location if footer.trusted and _PAGE.fullmatch(footer.location or "") else None


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


# What must not stand in public.


def private_words(material: Material) -> Iterator[tuple[str, str]]:
    """Words that give the customer away, longest first, and what stands in their place."""
    footer, found = material.footer, []
    if material.organization is not None:
        found += [(material.organization.name, "[organization]")]
        found += [(domain, "[domain]") for domain in material.organization.domain_names]
    found += [(name, "[organization]") for name in (footer.organization,) if name]
    found += [(name, "[project]") for name in (footer.project,) if name]
    if material.requester is not None:
        name = material.requester.name
        parts = [part for part in name.split() if len(part) > 2]
        found += [(each, "[name]") for each in (name, *parts)]
        domain = (material.requester.email or "").partition("@")[2]
        found += [(domain, "[domain]")] if domain else []
    yield from sorted({pair for pair in found if len(pair[0]) > 2}, key=lambda p: -len(p[0]))


def redacted(text: str, material: Material) -> str:
    """A text without the customer's names, addresses, domains, and without secrets."""
    clean = _ADDRESS.sub("[address]", text)
    clean = _SECRET.sub("[secret]", clean)
    clean = _BEARER.sub(lambda m: f"{m[1]}{m[2]}[secret]", clean)
    for word, instead in private_words(material):
        clean = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", instead, clean, flags=re.IGNORECASE)
    return clean


def leaks(text: str, material: Material) -> list[str]:
    """What still gives the customer away, for words that were edited by hand."""
    found = [*_ADDRESS.findall(text), *(m[0] for m in _SECRET.finditer(text))]
    folded = text.casefold()
    for word, _ in private_words(material):
        if re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", folded):
            found.append(word)
    return list(dict.fromkeys(found))


def quotes(words: str, comments: Sequence[Comment]) -> bool:
    """Whether a text repeats six words in a row, or a link, of a message."""
    mine = _run(words)
    runs = {tuple(mine[at : at + _QUOTED_WORDS]) for at in range(len(mine) - _QUOTED_WORDS + 1)}
    for comment in comments:
        theirs = _run(comment.body)
        for at in range(len(theirs) - _QUOTED_WORDS + 1):
            if tuple(theirs[at : at + _QUOTED_WORDS]) in runs:
                return True
    return "://" in words


def _run(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# What is said about an issue.


def plus_one(url: str) -> str:
    """The comment for an issue that is there already."""
    return f"+1 From: {url}"


def slack_line(kind: str, priority: str, issue: str) -> str:
    """The alert for the channel of the team that owns the feature (handbook, step 7)."""
    what = "bug report" if kind == BUG else "feature request"
    return f"New {what} from a {priority} priority customer: {issue}"
