"""The in-app form's block below a customer's words: what is in it, and how far to believe it.

Rules (ticket-formats.md): only lines below the last `-----` of the FIRST comment count; names are
verbatim, because the look-up bot is case-sensitive, and are parsed from the right, because they
may hold every separator; `null` and `undefined` are absent; a region on which the lines disagree
is unknown. A customer can type an Admin line of his own: it is reported, never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from heroterm.domain.links import taken_apart
from heroterm.domain.quotes import footer_start

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ABSENT = ("", "null", "undefined", "None")
_ADMIN = re.compile(
    r"(?:\[Admin\]\((?P<marked>\S+?)\)|Admin(?: link| \(internal\))?: (?P<plain>https?://\S+))"
    r"(?: \((?P<tail>.*)\))?\s*"
)
_NAMED_SPLIT = re.compile(r"'; Project: (?:(\d+|null|undefined):)?'")
_ID_SPLIT = re.compile(r", project ID (\d+|null|undefined): ")
_IDS = re.compile(rf"organization ID ({_UUID}|null|undefined): ")
_PROJECT_ONLY = re.compile(r"(?:project ID|Project:) (\d+)")
_REGION = re.compile(r"https?://(?:go/admin(?:Org)?(US|EU)/|(us|eu|app)\.posthog\.com/)")
_PERSON = re.compile(r"[?&]q=([^&#]+)|//go/admin(?:US|EU)/(.+)|/admin/posthog/user/(\d+)/")
_ORG_URL = re.compile(rf"//go/adminOrg(?:US|EU)/({_UUID})")
_EVENT = re.compile(rf"ticketByUUID/({_UUID})")
_ANY_UUID = re.compile(_UUID)
_PAGE_PROJECT = re.compile(r"/project/(\d+)(?:/|$)")
_SESSION_AT = re.compile(r"(\S+) \(at (.+)\)")
_LINK_LINE = re.compile(r"\[([\w ]+)\]\((\S+)\)|([\w ()-]+?): ?(.*)")
_MARKED_URL = re.compile(r"\[[^\]]*\]\((\S+)\)")
_FIELDS = {
    "kind": "kind",
    "target area": "target_area",
    "report event": "report_event",
    "internal link": "report_event",
    "internal links": "report_event",
    "session": "session",
    "session replay": "session",
    "exceptions": "exceptions",
    "location": "location",
    "billing admin": "billing",
    "billing admin (internal)": "billing",
}


@dataclass(frozen=True, slots=True)
class Footer:
    """What the form says of a ticket; None where it says nothing, or not one thing."""

    trusted: bool = False
    """Whether there is a block of the form below the last `-----` at all."""
    region: str | None = None
    """`US` or `EU`; None when not said or when the lines disagree."""
    organization_id: str | None = None
    organization: str | None = None
    """Verbatim, for the case-sensitive look-up bot."""
    project_id: str | None = None
    project: str | None = None
    person: str | None = None
    """Address of the person in the admin panel, or the number of the user there."""
    session: str | None = None
    exceptions: str | None = None
    location: str | None = None
    admin: str | None = None
    billing: str | None = None
    report_event: str | None = None
    target_area: str | None = None
    kind: str | None = None
    ambiguous: bool = False
    """The names can be read in more than one way: check the project before acting on it."""
    notes: tuple[str, ...] = ()
    """What is missing, doubled or in conflict, one sentence each."""
    unverified: tuple[str, ...] = ()
    """Admin lines that the customer wrote: to be shown as such, never offered or followed."""


def parse(first_comment: str, subject: str, *, from_form: bool = True) -> Footer:
    """The form's facts in the first comment of a ticket.

    `from_form` False says that the ticket came another way (mail, community): whatever its text
    pretends, nothing of it is then trusted.
    """
    lines = first_comment.replace("\r\n", "\n").split("\n")
    start = footer_start(lines) if from_form else len(lines)
    forged = tuple(line.strip() for line in lines[:start] if _ADMIN.fullmatch(line.strip()))
    notes = ["An Admin line above the form's block is unverified."] if forged else []
    if start == len(lines):
        return Footer(notes=tuple(notes), unverified=forged)
    found = _plain_fields(lines[start + 1 :])
    admins = list(dict.fromkeys(line for line in lines[start + 1 :] if _ADMIN.fullmatch(line)))
    footer = Footer(trusted=True, unverified=forged, **found)
    match admins:
        case []:
            notes.append("There is no Admin line: organization and project are not known.")
        case [only]:
            footer = _with_admin(footer, only)
        case _:
            notes.append(f"{len(admins)} Admin lines differ: none of them is used.")
    region, conflict = _region(footer)
    notes += [*conflict, *_doubts(footer, subject)]
    return replace(footer, region=region, notes=tuple(notes))


def _plain_fields(lines: list[str]) -> dict[str, Any]:
    """The simple `Word: value` lines by field; the first of each counts."""
    found: dict[str, str] = {}
    for line in lines:
        match = _LINK_LINE.fullmatch(line.strip())
        if match is None:
            continue
        field = _FIELDS.get((match[1] or match[3]).lower())
        value = (match[2] or match[4] or "").strip()
        if field is None or field in found or value in _ABSENT:
            continue
        for name, one in _split_value(field, value):
            found.setdefault(name, one)
    return found


def _split_value(field: str, value: str) -> Iterator[tuple[str, str]]:
    """A session line may carry the page ("… (at <page>)"), a link may be Markdown."""
    at = _SESSION_AT.fullmatch(value) if field == "session" else None
    if at:
        value = at[1]
        yield "location", at[2]
    marked = _MARKED_URL.match(value)
    yield field, marked[1] if marked else value


def _with_admin(footer: Footer, line: str) -> Footer:
    """The footer with what its one Admin line adds."""
    match = _ADMIN.fullmatch(line)
    if match is None:
        return footer
    url, tail = match["marked"] or match["plain"], match["tail"] or ""
    person = _PERSON.search(url)
    page = _PAGE_PROJECT.search(_page(footer))
    organization_id, organization, project_id, project, ambiguous = _names(
        tail, page[1] if page else None
    )
    in_url = _ORG_URL.search(url)
    return replace(
        footer,
        admin=url,
        person=_present(unquote(person[1] or person[2] or person[3])) if person else None,
        organization_id=organization_id or (in_url[1] if in_url else None),
        organization=organization,
        project_id=project_id,
        project=project,
        ambiguous=ambiguous,
    )


_Names = tuple[str | None, str | None, str | None, str | None, bool]


def _names(tail: str, page_project: str | None) -> _Names:
    """Organization id and name, project id and name, and whether another reading is possible."""
    only = _PROJECT_ONLY.fullmatch(tail)
    if only:
        return None, None, only[1], None, False
    if tail.startswith("Organization: '") and tail.endswith("'"):
        split, several = _split(_NAMED_SPLIT, tail[:-1], page_project)
        if split:
            organization = _present(tail[len("Organization: '") : split.start()])
            project = _present(tail[split.end() : -1])
            return None, organization, _present(split[1]), project, several
    ids = _IDS.match(tail)
    if ids:
        split, several = _split(_ID_SPLIT, tail, page_project)
        if split and split.start() >= ids.end():
            organization = _present(tail[ids.end() : split.start()])
            project = _present(tail[split.end() :])
            return _present(ids[1]), organization, _present(split[1]), project, several
    return None, None, None, None, False


def _split(
    pattern: re.Pattern[str], tail: str, page_project: str | None
) -> tuple[re.Match[str] | None, bool]:
    """Where organization ends and project begins: the last place, parsing from the right.

    A name may imitate the separator. When just one reading has the project of the page that the
    person was on, that one is right; otherwise the last is taken and the doubt is reported.
    """
    places = list(pattern.finditer(tail))
    agreeing = [place for place in places if page_project and place[1] == page_project]
    if len(agreeing) == 1:
        return agreeing[0], False
    return (places[-1] if places else None), len(places) > 1


def _page(footer: Footer) -> str:
    """The path of the page that the person was on."""
    parts = taken_apart(footer.location or "")
    return parts.path if parts is not None else ""


def _present(value: str | None) -> str | None:
    return None if value is None or value in _ABSENT else value


def _region(footer: Footer) -> tuple[str | None, list[str]]:
    """The region of the Admin link, then of the page; None when they differ."""
    said = {_region_of(url) for url in (footer.admin, footer.location) if url} - {None}
    if len(said) > 1:
        return None, ["Admin link and Location name different regions: the region is unknown."]
    return (said.pop() if said else None), []


def _region_of(url: str) -> str | None:
    match = _REGION.match(url)
    if match is None:
        return None
    return "EU" if "EU" in (match[1] or match[2]).upper() else "US"


def _doubts(footer: Footer, subject: str) -> Iterator[str]:
    """What a reader should know before relying on the block."""
    event = _EVENT.search(footer.report_event or "")
    named = _ANY_UUID.search(subject)
    if event and named and event[1].lower() != named[0].lower():
        yield "Subject and report event name different reports: forwarded or edited ticket."
    billing = _ANY_UUID.search(footer.billing or "")
    if billing and footer.organization_id not in (None, billing[0]):
        yield "Billing admin and Admin line name different organizations."
    page = _PAGE_PROJECT.search(_page(footer))
    if page and footer.project_id not in (None, page[1]):
        yield "The page that the person was on belongs to another project than the Admin line."
    if footer.ambiguous:
        yield "The Admin line can be read in more than one way: check the project first."
