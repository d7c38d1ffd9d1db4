"""Which solved tickets came back: by their customer's words, or by their status."""

from __future__ import annotations

from datetime import timedelta

from heroterm.mirror.last_answers import reopened
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, comment, ticket


def test_a_solved_ticket_came_back_where_its_customer_wrote_or_it_is_no_more_solved(
    desk: Desk,
) -> None:
    later = NOW + timedelta(hours=1)
    desk.save(
        ticket(1, status="solved"),
        ticket(2, status="solved", updated_at=later),
        ticket(3, status="open", updated_at=later),
        ticket(4, status="open", updated_at=NOW - timedelta(hours=1)),  # older than the answer
        ticket(5, status="solved", updated_at=later),
    )
    said = [
        (1, comment(1, 1, JO.id, created_at=NOW - timedelta(hours=2))),
        (2, comment(2, 2, JO.id, created_at=later)),
        (5, comment(3, 5, KIM.id, created_at=later)),
    ]
    for id_, each in said:
        desk.writer.save_comments(id_, (each,), (JO, KIM), complete=True, at=NOW)
    found = reopened(desk.mirror, [(id_, NOW) for id_ in (1, 2, 3, 4, 5, 99)])
    assert found == {(2, NOW), (3, NOW)}
