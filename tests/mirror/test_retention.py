"""What was said in tickets solved long ago goes, once a week, and comes back when asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.mirror.search import search
from tests.conftest import NOW
from tests.mirror.make import KIM, Desk, comment, ticket
from tests.mirror.test_labels import told

OLD = NOW - timedelta(days=100)
SECRET = "xyzzy-secret-word"


def retired(desk: Desk, keep_days: int, now: datetime = NOW) -> list[int]:
    """What a look whether a week has gone by made of it, a number for each batch."""
    return list(desk.writer.retire_if_due(keep_days=keep_days, now=now))


def desk_with_old_words(desk: Desk) -> None:
    desk.writer.remember(first_fill_done=True)
    desk.save(
        ticket(1, status="closed", updated_at=OLD, subject="Old one", description=SECRET),
        ticket(2, status="solved", description="lately"),
        ticket(3, updated_at=OLD, description="still open"),
        at=OLD,
    )
    for id_ in (1, 2, 3):
        said = comment(id_ * 10, id_, body=f"{SECRET} said {id_}")
        desk.writer.save_comments(id_, [said], [KIM], complete=True, at=OLD)
        desk.writer.save_audits(
            id_, [told(id_, changes=(("subject", SECRET, "x"),))], complete=True
        )


def test_words_of_old_solved_tickets_go_and_the_ticket_stays(desk: Desk) -> None:
    desk_with_old_words(desk)
    assert retired(desk, 90) == [1]
    old = desk.mirror.ticket(1)
    assert old is not None and (old.subject, old.description) == ("Old one", "")
    assert desk.mirror.thread(1).comments == () and not desk.mirror.thread(1).complete
    assert desk.mirror.history(1).audits == () and not desk.mirror.history(1).complete
    for kept in (2, 3):
        assert desk.mirror.thread(kept).complete
        assert desk.mirror.history(kept).audits


def test_forgotten_words_are_found_neither_by_search_nor_on_the_disk(desk: Desk) -> None:
    desk_with_old_words(desk)
    for id_ in (2, 3):
        desk.writer.save_comments(id_, [], [], complete=True, at=NOW)
    desk.writer._connection.run("delete from audit where ticket_id <> 1")
    assert [hit.id for hit in search(desk.mirror, SECRET).hits] == [1]
    retired(desk, 90)
    assert [hit.id for hit in search(desk.mirror, "old one").hits] == [1]
    assert search(desk.mirror, SECRET).hits == ()
    assert desk.mirror.search_integrity(words=True) == "ok"
    desk.mirror.close()
    left = sum(file.read_bytes().count(SECRET.encode()) for file in desk.path.parent.iterdir())
    assert left == 0


def test_it_happens_once_a_week(desk: Desk) -> None:
    desk_with_old_words(desk)
    assert retired(desk, 200) == []
    assert retired(desk, 90, NOW + timedelta(days=6)) == []
    assert desk.mirror.thread(1).comments
    assert retired(desk, 90, NOW + timedelta(days=7)) == [1]
    assert desk.mirror.state().tickets == 3


def test_a_thread_that_was_asked_for_again_stays_as_long_as_a_new_one(desk: Desk) -> None:
    desk_with_old_words(desk)
    retired(desk, 90)
    again = [comment(10, 1, body="asked for again")]
    desk.writer.save_comments(1, again, [], complete=True, at=NOW)
    assert retired(desk, 90, NOW + timedelta(days=8)) == []
    assert desk.mirror.thread(1).comments == tuple(again)
    assert retired(desk, 90, NOW + timedelta(days=91)) != []
    assert desk.mirror.thread(1).comments == ()


def test_many_old_tickets_are_forgotten_batch_by_batch(desk: Desk) -> None:
    desk.save(*(ticket(n, status="closed", updated_at=OLD) for n in range(1, 1_203)), at=OLD)
    for n in (1, 600, 1_202):
        desk.writer.save_comments(n, [comment(n, n)], [], complete=True, at=OLD)
    assert sum(retired(desk, 90)) == 3
