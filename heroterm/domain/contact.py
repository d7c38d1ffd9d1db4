"""What the customer said in public last, and whether that ends a wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from heroterm.domain.waits import Wait


@dataclass(frozen=True, slots=True)
class Contact:
    """The customer's newest public words on a ticket; None: none are held."""

    ticket_id: int
    customer_at: datetime | None = None
    customer_comment_id: int | None = None


def answered(wait: Wait, contacts: Mapping[int, Contact], offset: timedelta) -> bool:
    """Whether the customer has written since the wait was set.

    `offset` is what the server's clock is ahead of the one by which it was set.
    """
    contact = contacts.get(wait.ticket_id)
    if contact is None or contact.customer_at is None or contact.customer_comment_id is None:
        return False
    if wait.seen_comment_id is not None:
        return contact.customer_comment_id > wait.seen_comment_id
    return contact.customer_at > wait.set_at + offset
