"""An opened ticket by hand, with everything filled in that a test does not care about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from heroterm.domain.admin_line import Footer
from heroterm.domain.sender import own_addresses
from heroterm.domain.ticket import Comment
from heroterm.domain.view import Row
from heroterm.tui.opened import Opened
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, ticket


def row(ticket_id: int = 7, **fields: Any) -> Row:
    """A queue's row of one ticket."""
    known: dict[str, Any] = {
        "id": ticket_id,
        "tier": 2,
        "section": 0,
        "status": "open",
        "priority": "high",
        "source": "mail",
        "title": "Question",
        "subject": "Question",
        "requester": JO.name,
        "requester_email": JO.email,
        "organization": ACME.name,
        "organization_id": ACME.id,
        "assignee": "",
        "assignee_id": None,
        "group": "",
        "tags": (),
        "metric": None,
        "stage": None,
        "breach_at": None,
        "never_answered": None,
        "content_warning": False,
        "free_mail_organization": False,
        "created_at": NOW,
        "updated_at": NOW,
        "fetched_at": NOW,
    }
    return Row(**{**known, **fields})


def comment(id_: int, body: str, author: int | None = JO.id, **fields: Any) -> Comment:
    """A message, a minute after the one before."""
    known: dict[str, Any] = {"public": True, "created_at": NOW + timedelta(minutes=id_)}
    return Comment(id_, 7, author, body=body, **{**known, **fields})


def opened(*comments: Comment, read_at: datetime = NOW, **fields: Any) -> Opened:
    """A ticket of Jo's, with Kim answering."""
    known: dict[str, Any] = {
        "ticket": ticket(7),
        "row": row(),
        "complete": True,
        "people": {KIM.id: KIM, JO.id: JO},
        "requester": JO,
        "own_addresses": own_addresses(JO),
        "organization": ACME,
        "footer": Footer(),
        "others": (),
        "intents": (),
        "drafts": (),
    }
    return Opened(comments=comments, read_at=read_at, **{**known, **fields})
