"""What the mirror knows around a ticket: what came before, what looks alike, what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from heroterm.domain.ticket import Ticket
from heroterm.domain.view import Overlay, Row
from heroterm.mirror.alike import Alike, alike
from heroterm.mirror.labels import TicketLink
from heroterm.mirror.past import Outcome, Past, outcome, past
from heroterm.mirror.reader import Mirror
from heroterm.mirror.same_subject import same_subject

_SIMILAR = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """A solved ticket like the open one, with what was answered and which issues were named."""

    found: Alike
    outcome: Outcome
    warned: bool
    """It carries a content warning: its words stay where they are."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything beside one state of one ticket. `trouble`: why it is not known."""

    ticket_id: int
    stamp: str
    past: tuple[Past, ...] = ()
    similar: tuple[Similar, ...] = ()
    linked: tuple[TicketLink, ...] = ()
    same: tuple[Row, ...] = ()
    """Open tickets with the same subject."""
    trouble: str = ""


def read(mirror: Mirror, ticket: Ticket, first_words: str) -> Beside:
    """Ask the mirror. Takes some hundredths of a second in a large one; raises StoreError."""
    words = f"{ticket.subject}\n{first_words}"
    found = alike(mirror, words, but=ticket.id, limit=_SIMILAR, solved=True)
    return Beside(
        ticket_id=ticket.id,
        stamp=ticket.updated_stamp,
        past=tuple(past(mirror, ticket.id)),
        similar=tuple(_similar(mirror, each) for each in found),
        linked=tuple(mirror.linked(ticket.id)),
        same=tuple(same_subject(mirror, ticket.id)),
    )


def _similar(mirror: Mirror, found: Alike) -> Similar:
    row = mirror.row(found.id, Overlay())
    warned = row is not None and row.content_warning
    return Similar(found, Outcome() if warned else outcome(mirror, found.id), warned)
