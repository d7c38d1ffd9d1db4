"""What came before: the last tickets of a person and an organization, and how each ended."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from heroterm.domain.links import leads_to, links_in
from heroterm.domain.quotes import first_line
from heroterm.domain.ticket import Comment
from heroterm.domain.view import OUT_OF_QUEUE
from heroterm.mirror.decoding import known_moment
from heroterm.mirror.encoding import LARGEST, packed
from heroterm.mirror.labels import MERGED_TAG
from heroterm.mirror.reader import Mirror

MOST = 10
# Numbers rise with time, and both indexes end in them: no ticket is looked at that is not shown.
_OVER = (
    "select id from ticket where {whose} = ? and section = ? and id <> ? and not missing "
    f"order by id desc limit {MOST}"
)
_ROWS = (
    "select id, title, status, updated_at, satisfaction, tags, requester_id from ticket "
    "where id in (select value from json_each(?)) order by id desc"
)


@dataclass(frozen=True, slots=True)
class Past:
    """A ticket that is over."""

    id: int
    title: str
    outcome: str
    """`solved`, `closed`, `merged`, and the customer's rating where there is one."""
    at: datetime
    """Its last change."""
    same_person: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a ticket was dealt with."""

    answer: str = ""
    """First line of the last public reply by one of ours; "" where its words are not held."""
    issues: tuple[str, ...] = ()
    """Addresses on GitHub that were used in it."""


def past(mirror: Mirror, ticket_id: int) -> list[Past]:
    """The last ten tickets of the same person or organization that are over, newest first.

    A placeholder for free mail is no organization. Raises StoreError.
    """
    ask = mirror.connection
    asking = "select requester_id, organization_id, free_mail_organization from ticket where id = ?"
    mine = ask.row(asking, [ticket_id]) if abs(ticket_id) <= LARGEST else None
    if mine is None:
        return []
    company = None if mine["free_mail_organization"] else mine["organization_id"]
    found: set[int] = set()
    for whose, id_ in (("requester_id", mine["requester_id"]), ("organization_id", company)):
        if id_ is not None:
            rows = ask.rows(_OVER.format(whose=whose), [id_, OUT_OF_QUEUE, ticket_id])
            found |= {row[0] for row in rows}
    newest = packed(sorted(found, reverse=True)[:MOST])
    return [_past(row, mine["requester_id"]) for row in ask.rows(_ROWS, [newest])]


def _past(row: sqlite3.Row, requester_id: int | None) -> Past:
    merged = MERGED_TAG in json.loads(row["tags"])
    rated = f", rated {row['satisfaction']}" if row["satisfaction"] in ("good", "bad") else ""
    outcome = ("merged" if merged else row["status"]) + rated
    same = requester_id is not None and row["requester_id"] == requester_id
    return Past(row["id"], row["title"], outcome, known_moment(row["updated_at"]), same)


def outcome(mirror: Mirror, ticket_id: int) -> Outcome:
    """What was answered last, and the issues that were named. Raises StoreError."""
    comments = mirror.thread(ticket_id).comments
    people = mirror.people({c.author_id for c in comments if c.author_id is not None})
    staff = {id_ for id_, person in people.items() if person.staff}
    replies = [c for c in comments if c.public and c.author_id in staff]
    answer = first_line(replies[-1].body) if replies else ""
    named = (url for comment in comments for url in _addresses(comment))
    issues = [url for url in named if leads_to(url, "github.com")]
    return Outcome(answer, tuple(dict.fromkeys(issues)))


def _addresses(comment: Comment) -> list[str]:
    return [link.url for link in links_in(comment.body)] + [url for _, url in comment.links]
