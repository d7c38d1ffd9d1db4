"""What a ticket carries beside its everyday fields: the survey's answer and its form."""

from __future__ import annotations

from dataclasses import replace

from heroterm.domain.ticket import Ticket
from heroterm.zendesk.wire import AnyId, Text, TicketWire, Wire

_NOT_ASKED = "unoffered"


class RatingWire(Wire):
    """`satisfaction_rating`, which is null until a survey is due (api.md §2)."""

    score: Text | None = None
    comment: Text | None = None


class WholeTicketWire(TicketWire):
    """A ticket with all that the mirror keeps of it."""

    satisfaction_rating: RatingWire | None = None
    ticket_form_id: AnyId | None = None

    def to_domain(self) -> Ticket:
        """As a ticket. Raises ValueError when it has no moment of its last update."""
        rating = self.satisfaction_rating or RatingWire()
        return replace(
            super().to_domain(),
            satisfaction=None if rating.score == _NOT_ASKED else rating.score,
            satisfaction_comment=rating.comment,
            form_id=self.ticket_form_id,
        )
