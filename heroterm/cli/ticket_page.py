"""A ticket as one static page for a colleague: redacted, with its content gate, nothing that runs.

The page asks for nothing from anywhere and holds no link that can be pressed: what customers wrote
stands in it as text alone. Names and addresses of customers, secrets, the form's footer, quoted
mail and what follows `?` in an address are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from heroterm.cli.private_file import private_file
from heroterm.domain.admin_line import Footer
from heroterm.domain.ages import exact
from heroterm.domain.counted import counted
from heroterm.domain.quotes import own_words
from heroterm.domain.redaction import Private, redacted
from heroterm.domain.text import shown
from heroterm.domain.ticket import Comment, Organization, Person, Ticket
from heroterm.errors import UsageError

_QUERY = re.compile(r"(https?://[^\s?#<>\"]+)[?#][^\s<>\"]*")
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}article{border-left:4px solid #3b6ea5;padding:0 0 0 1rem;"
    "margin:1.5rem 0}article.note{border-color:#b58900;background:#fdf6e3}pre{white-space:pre-wrap;"
    "overflow-wrap:anywhere;font:inherit;margin:.25rem 0}header,footer{color:#555}"
    "b.gate{color:#a00}"
)


def write(path: Path, lines: Iterator[str]) -> None:
    """Write the page, readable by its owner alone. Raises UsageError where that is refused."""
    try:
        with private_file(path) as file:
            for line in lines:
                file.write(f"{line}\n".encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}).", "Name another file: --html FILE."
        ) from None


def page(
    ticket: Ticket,
    comments: Sequence[Comment],
    people: Mapping[int, Person],
    organization: Organization | None,
    footer: Footer,
    *,
    warned: bool,
    made_at: datetime,
    zone: tzinfo,
) -> Iterator[str]:
    """The page, line by line. `warned`: words stay behind their content warning."""
    customers = [person for person in people.values() if not person.staff]
    private = Private(footer, people.get(ticket.requester_id or 0), organization, customers)

    def safe(text: str) -> str:
        return html.escape(_QUERY.sub(r"\1?[...]", redacted(text, private)))

    title = f"Ticket #{ticket.id}"
    yield from _head(title)
    subject = "" if warned else f": {safe(shown(ticket.subject, single_line=True))}"
    yield f"<h1>{title}{subject}</h1>"
    state = ", ".join(filter(None, (ticket.status, ticket.priority, ticket.type)))
    yield f"<header>{html.escape(state)}; made {exact(ticket.created_at, zone)}, "
    yield f"changed {exact(ticket.updated_at, zone)}</header>"
    if warned:
        yield "<p><b class=gate>CONTENT WARNING.</b> What was said stays closed; "
        yield "<code>heroterm show --html --past-content-warning</code> opens it.</p>"
    else:
        for comment in comments:
            yield from _message(comment, people.get(comment.author_id or 0), zone, safe)
    yield f"<footer>Redacted copy of {exact(made_at, zone)}, made by heroterm; read only.</footer>"
    yield "</body></html>"


def _head(title: str) -> Iterator[str]:
    """What a browser is told before anything is shown: to ask for nothing, to run nothing."""
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head><body>"


def _message(
    comment: Comment, author: Person | None, zone: tzinfo, safe: Callable[[str], str]
) -> Iterator[str]:
    staff = author is not None and author.staff
    said = "public reply" if staff else "message"
    kind = said if comment.public else "INTERNAL NOTE"
    who = html.escape(shown(author.name, single_line=True)) if author and staff else "the customer"
    yield f'<article class="{"public" if comment.public else "note"}">'
    yield f"<b>{who}</b>, {kind}, {exact(comment.created_at, zone)}"
    yield f"<pre>{safe(own_words(comment.body))}</pre>"
    if comment.attachments:
        yield f"<p>{counted(len(comment.attachments), 'file')}, not enclosed</p>"
    yield "</article>"
