"""Comments that come apart from their threads: a part never passes for the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from heroterm.mirror.search import search
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, comment, ticket
from tests.mirror.test_labels import told

LATER = NOW + timedelta(hours=1)


def marks(desk: Desk, ticket_id: int = 1) -> tuple[object, ...]:
    """What is noted of a thread as a whole."""
    sql = "select thread_complete, thread_at, thread_basis, thread_stale from ticket where id = ?"
    row = desk.mirror.connection.row(sql, [ticket_id])
    assert row is not None
    return tuple(row)


def bodies(desk: Desk, ticket_id: int = 1) -> list[str]:
    return [each.body for each in desk.mirror.thread(ticket_id).comments]


def test_a_part_leaves_every_mark_of_the_thread_as_it_was(desk: Desk) -> None:
    desk.save(ticket(1), ticket(2, status="solved"))
    desk.writer.save_comments(1, [comment(10, 1)], [JO], complete=True, at=NOW)
    whole, never = marks(desk, 1), marks(desk, 2)
    assert desk.writer.add_comments([comment(11, 1), comment(20, 2)]) == [1, 2]
    assert (marks(desk, 1), marks(desk, 2)) == (whole, never)
    assert bodies(desk, 1) == ["Words of 10", "Words of 11"]
    assert bodies(desk, 2) == ["Words of 20"] and not desk.mirror.thread(2).complete
    assert not desk.writer.thread_known(2)


def test_a_thread_that_is_behind_stays_behind(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.save_comments(1, [comment(10, 1)], [JO], complete=True, at=NOW)
    desk.save(ticket(1, updated_at=LATER), at=LATER)
    desk.writer.add_comments([comment(11, 1)])
    assert desk.writer.stale_threads(9) == [1]


def test_what_the_thread_gave_is_not_written_over(desk: Desk) -> None:
    desk.save(ticket(1))
    redacted = replace(comment(10, 1), body="My card is ▇▇▇▇")
    desk.writer.save_comments(1, [redacted], [JO], complete=True, at=NOW)
    assert desk.writer.add_comments([comment(10, 1)]) == []
    assert bodies(desk) == [redacted.body]


def test_a_ticket_that_is_not_held_keeps_none_and_stops_nothing(desk: Desk) -> None:
    desk.save(ticket(1))
    huge = replace(comment(14, 1), id=2**63)
    strange = [comment(10, 999), huge, comment(12, 2**63), comment(13, 1)]
    assert desk.writer.add_comments(strange) == [1]
    assert bodies(desk) == ["Words of 13"] and bodies(desk, 999) == []


def test_a_part_is_found_by_its_words_and_its_author_has_answered(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.remember(first_fill_done=True)
    desk.writer.add_comments([replace(comment(10, 1, KIM.id), body="the funnel leaks")])
    assert [hit.id for hit in search(desk.mirror, "funnel").hits] == [1]
    row = desk.mirror.ticket(1)
    never = desk.mirror.connection.row("select never_answered from ticket where id = 1")
    assert row is not None and never is not None and never[0] == 0
    assert desk.mirror.search_integrity(words=True) == "ok"


def test_the_mark_of_a_history_says_what_lacks(desk: Desk) -> None:
    stamp = "2026-03-04T10:00:00Z"
    desk.save(ticket(1))
    assert desk.writer.history_mark(1) == (None, stamp)
    desk.writer.save_audits(1, [told(5), told(6)], complete=False)
    assert desk.writer.history_mark(1) == (None, stamp), "older ones may lack"
    desk.writer.save_audits(1, [told(4)], complete=True)
    assert desk.writer.history_mark(1) == (6, "")
    desk.save(ticket(1, updated_at=LATER), at=LATER)
    assert desk.writer.history_mark(1) == (6, "2026-03-04T11:00:00Z")
    assert desk.writer.history_mark(999) == desk.writer.history_mark(2**63) == (None, "")
