"""The only door through which the world changes: updates, comments, new tickets.

Every change becomes an audit with one event per changed field; only real events move updated_at
(api.md §2).
"""

from __future__ import annotations

import html
import re
from typing import Any

from heroterm.sandbox.clock import iso
from heroterm.sandbox.records import Audit, Beat, Comment, Json, Ticket, User, Via
from heroterm.sandbox.refusal import invalid
from heroterm.sandbox.world import World

COMMENT_LIMIT = 5_000
TAG = re.compile(r"<(/?[a-zA-Z][^<>]*)>")
BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
REOPENS = frozenset({"pending", "hold", "solved"})
ACTIVITY_BASE = 9_600_000_000_000


class Change:
    """One change of one ticket in the making: collects events, then becomes an audit."""

    def __init__(self, world: World, ticket: Ticket, author: User, via: Via) -> None:
        self.world, self.ticket, self.author = world, ticket, author
        self.thread = world.thread(ticket)
        self.at = world.clock.seconds()
        key = world.serial(ticket, self.thread)
        self.audit = Audit(key, self.at, author.id, via, [])

    def set(self, name: str, value: Any) -> None:
        """Set a field of the ticket; an event only when it differs."""
        before = getattr(self.ticket, name)
        if before == value:
            return
        setattr(self.ticket, name, value)
        shown = (_shown(value), _shown(before))
        self._event("Change", field_name=name, value=shown[0], previous_value=shown[1])
        if name == "status":
            self.thread.statuses.append((self.at, str(value)))
            self.ticket.solved_at = self.at if value == "solved" else self.ticket.solved_at
        if name == "assignee_id" and value == self.world.hero_id:
            note_activity(self.world, self.ticket, self.author, "tickets.assignment")

    def set_custom(self, key: int, value: Any) -> None:
        """Set a custom field; its event carries the field's id as name."""
        before = self.ticket.custom.get(key)
        if before != value:
            self.ticket.custom[key] = value
            self._event("Change", field_name=str(key), value=value, previous_value=before)

    def comment(
        self,
        body: str,
        *,
        public: bool,
        rich: str | None = None,
        author: User | None = None,
        uploads: list[str] | None = None,
    ) -> Comment:
        """Add a comment and, when a customer writes, reopen. Raises Refusal (422) when full."""
        if len(self.thread.comments) >= COMMENT_LIMIT:
            raise invalid("base", "A ticket can have up to 5000 comments", "TooManyComments")
        who = author or self.author
        files = [file for token in uploads or [] for file in self.world.uploads.pop(token, [])]
        comment = Comment(
            self.world.serial(self.ticket, self.thread),
            self.at,
            who.id,
            body,
            public,
            self.audit.id,
            self.audit.via,
            rich,
            tuple(files),
        )
        self.thread.comments.append(comment)
        self.audit.events.append(comment)
        self.ticket.comment_count = len(self.thread.comments)
        if who.role == "end-user":
            self._customer_wrote(who)
        elif public:
            self._notify()
        return comment

    def finish(self, custom: Json | None = None) -> Audit:
        """Keep the audit if it says anything; move updated_at if something happened."""
        self.audit.custom = custom or {}
        if self.audit.events or self.audit.custom:
            self.thread.audits.append(self.audit)
            self.world.log.append((self.at, self.audit.id, self.ticket.id))
        if self.audit.events:
            self.world.touched(self.ticket, self.at)
        return self.audit

    def _customer_wrote(self, who: User) -> None:
        if self.ticket.status in REOPENS:
            self.set("status", "open")
        if self.ticket.assignee_id == self.world.hero_id:
            note_activity(self.world, self.ticket, who, "tickets.comment")

    def _notify(self) -> None:
        self._event(
            "Notification",
            via={"channel": "rule", "source": {"from": {}, "to": {}, "rel": "trigger"}},
            subject=f"[Practice desk] Re: {self.ticket.subject}",
            body="{{ticket.comments_formatted}}",
            recipients=[self.ticket.requester_id],
        )

    def _event(self, kind: str, **fields: Any) -> None:
        key = self.world.serial(self.ticket, self.thread)
        self.audit.events.append({"id": key, "type": kind, **fields})


def open_ticket(world: World, ticket: Ticket, author: User, body: str, public: bool) -> Audit:
    """Take a new ticket into the world with its first comment."""
    ticket.script = (Beat(ticket.created_at, "requester", body, public),)
    thread = world.thread(ticket)
    first = thread.comments[0]
    first.author_id = thread.audits[0].author_id = author.id
    world.tickets[ticket.id] = ticket
    world.log.append((ticket.created_at, thread.audits[0].id, ticket.id))
    world.touched(ticket, ticket.created_at)
    return thread.audits[0]


def next_number(world: World) -> int:
    """The number of the next ticket, taken once."""
    world.last_number += 1
    return world.last_number


def stripped(body: str) -> str:
    """Plain comment text as Zendesk keeps it: HTML tags in `body` are dropped (api.md §3)."""
    return TAG.sub("", body)


def plain(rich: str) -> str:
    """The plain text of an `html_body`: line ends for breaks and paragraphs, no tags."""
    return html.unescape(stripped(BREAK.sub("\n", rich))).strip()


def note_activity(world: World, ticket: Ticket, actor: User, verb: str) -> None:
    """Tell the hero in activities what happened to a ticket of theirs."""
    world.activities.append(
        {
            "id": ACTIVITY_BASE + len(world.activities) + 1,
            "title": f"{actor.name}: {verb.removeprefix('tickets.')} on #{ticket.id}",
            "verb": verb,
            "user_id": world.hero_id,
            "actor_id": actor.id,
            "ticket_id": ticket.id,
            "created_at": iso(world.clock.seconds()),
        }
    )


def _shown(value: Any) -> Any:
    """Ids are strings inside audit events, other values stay as they are."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
