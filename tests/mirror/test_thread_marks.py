"""What passes for a fresh thread: nothing of which that is not certain."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.conftest import NOW
from tests.mirror.make import JO, Desk, comment, ticket

LONG_AGO = NOW - timedelta(days=90)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def read(desk: Desk, at: datetime, *, complete: bool = True) -> None:
    desk.writer.save_comments(1, [comment(10, 1)], [JO], complete=complete, at=at)


def test_a_thread_read_in_the_second_of_a_change_is_read_once_more(desk: Desk) -> None:
    desk.save(ticket(1))
    read(desk, after(0))
    assert desk.mirror.thread(1).stale and desk.writer.stale_threads(9) == [1]
    read(desk, after(30))
    assert desk.mirror.thread(1).fresh and desk.writer.stale_threads(9) == []


def test_what_is_said_right_behind_an_answer_is_missed_by_no_clock(desk: Desk) -> None:
    """This machine's clock runs two seconds fast, which no answer's date can tell."""
    desk.save(ticket(1, updated_at=after(-60)))
    read(desk, after(2))
    desk.save(ticket(1, updated_at=after(1)), at=after(60))
    assert desk.mirror.thread(1).stale and desk.writer.stale_threads(9) == [1]


def test_a_clock_that_is_far_behind_does_not_read_for_ever(desk: Desk) -> None:
    desk.save(ticket(1))
    read(desk, after(-3_600))
    assert desk.writer.stale_threads(9) == []


def test_the_first_page_of_a_thread_does_not_pass_for_a_look_at_it(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.save_comments(1, [comment(10, 1)], [JO], complete=False, at=None)
    thread = desk.mirror.thread(1)
    assert len(thread.comments) == 1 and not thread.complete
    assert desk.writer.stale_threads(9) == [1]


def test_solved_tickets_are_behind_by_their_newest_change_and_no_further_back(desk: Desk) -> None:
    old = ticket(4, status="closed", updated_at=NOW - timedelta(days=91))
    desk.save(ticket(1, status="solved"), ticket(2), ticket(3, status="closed"), old)
    desk.save(ticket(3, status="closed", updated_at=after(60)), at=after(60))
    assert desk.writer.older_threads(9, since=LONG_AGO) == [3, 1]
    assert desk.writer.older_threads(1, since=LONG_AGO) == [3]
    read(desk, after(300))
    assert desk.writer.older_threads(9, since=LONG_AGO) == [3]
    desk.writer.mark_missing([3], at=after(300))
    assert desk.writer.older_threads(9, since=LONG_AGO) == []


def test_parts_make_a_whole_when_nothing_can_be_missing(desk: Desk) -> None:
    desk.save(ticket(1, comment_count=2), ticket(2, comment_count=2))
    until = int(after(3_600).timestamp())
    desk.writer.add_comments([comment(10, 1), comment(20, 2)], until=until)
    assert not desk.mirror.thread(1).complete
    desk.writer.add_comments([comment(11, 1)], until=until)
    assert desk.mirror.thread(1).fresh and not desk.mirror.thread(2).complete
    desk.save(ticket(1, updated_at=after(60), comment_count=3), at=after(90))
    assert desk.mirror.thread(1).stale
