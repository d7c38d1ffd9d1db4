"""Domain values with everything filled in that a test does not care about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from heroterm.domain.ticket import Comment, Organization, Page, Person, SlaClock, Ticket
from heroterm.domain.view import Placement
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW

TIER_OF = {"urgent": 2, "high": 2, "normal": 3}
KIM = Person(900, "Kim Bauer", "kim@desk.example.com", "agent")
JO = Person(901, "Jo Ødegård", "jo@acme.example.com", organization_id=70)
ACME = Organization(70, "Acme Rockets", ("acme.example.com",), plan="Enterprise", mrr="4,100")


def place(ticket: Ticket, organization: Organization | None) -> Placement:
    """A small order of its own: the priority decides, and tags."""
    vip = organization is not None and "vip" in organization.tags
    return Placement(
        1 if vip else TIER_OF.get(ticket.priority or "", 4),
        source="github" if "github_issue" in ticket.tags else "mail",
        title=ticket.subject,
        free_mail_organization=organization is not None and organization.name == "gmail",
    )


def ticket(id_: int, **fields: Any) -> Ticket:
    at: datetime = fields.pop("updated_at", NOW)
    made = Ticket(
        id=id_,
        subject=f"Question {id_}",
        status="open",
        created_at=NOW - timedelta(days=1),
        updated_at=at,
        updated_stamp=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        requester_id=JO.id,
        organization_id=ACME.id,
        slas=(),
    )
    return replace(made, **fields)


def clock(minutes: int, *, stage: str = "active", metric: str = "next_reply_time") -> SlaClock:
    """A clock that breaches so many minutes after NOW; paused ones have no moment."""
    breach = NOW + timedelta(minutes=minutes) if stage == "active" else None
    return SlaClock(metric, stage, breach)


def comment(id_: int, ticket_id: int, author: int | None = JO.id, **fields: Any) -> Comment:
    made = Comment(id_, ticket_id, author, True, f"Words of {id_}", NOW + timedelta(minutes=id_))
    return replace(made, **fields)


def page(*tickets: Ticket, **fields: Any) -> Page:
    return Page(tickets, **{"people": (KIM, JO), "organizations": (ACME,), **fields})


class Desk:
    """A mirror with both its ends: `writer` for the carrier, `mirror` for the screen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = MirrorWriter(path, place)
        self.mirror = Mirror(path)

    def save(self, *tickets: Ticket, at: datetime = NOW, **fields: Any) -> None:
        self.writer.save_page(page(*tickets, **fields), at=at)

    def close(self) -> None:
        self.mirror.close()
        self.writer.close()
