from __future__ import annotations

from datetime import timedelta

from heroterm.domain.ticket import Page, Person
from heroterm.domain.view import Overlay, SyncState, View
from heroterm.mirror.search import search
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, comment, ticket

OLD = NOW - timedelta(days=100)
SECRET = "xyzzy-secret-word"


def desk_with_secrets(desk: Desk) -> None:
    desk.writer.remember(first_fill_done=True)
    old = Person(950, SECRET, f"{SECRET}@example.com")
    texts = {"subject": SECRET, "description": SECRET, "tags": (SECRET,)}
    desk.save(
        ticket(1, status="closed", updated_at=OLD, requester_id=950, **texts),
        ticket(2, status="solved"),
        ticket(3, updated_at=OLD),
        people=(KIM, JO, old),
    )
    said = [comment(11, 1, 950, body=SECRET * 50), comment(12, 1, KIM.id, body=SECRET)]
    desk.writer.save_comments(1, said, [], complete=True, at=NOW)
    desk.writer.save_comments(2, [comment(21, 2, 950, body=SECRET)], [], complete=True, at=NOW)
    desk.writer.save_comments(3, [comment(31, 3, body="kept")], [], complete=True, at=NOW)


def on_disk(desk: Desk) -> int:
    desk.mirror.close()
    files = list(desk.path.parent.iterdir())
    return sum(file.read_bytes().count(SECRET.encode()) for file in files)


def test_what_was_solved_long_ago_goes_with_its_comments(desk: Desk) -> None:
    desk_with_secrets(desk)
    gone = desk.writer.purge(older_than=NOW - timedelta(days=90))
    assert gone == {"ticket": 1, "comment": 2, "person": 0}
    assert desk.mirror.ticket(1) is None
    assert desk.mirror.ticket(2) is not None, "solved lately"
    assert desk.mirror.ticket(3) is not None, "old but not solved"
    assert desk.mirror.person(950) is not None, "still speaks in another ticket"


def test_persons_whom_nothing_names_go_with_the_last_ticket(desk: Desk) -> None:
    desk.save(
        ticket(1, status="closed", updated_at=OLD, requester_id=950),
        people=(KIM, Person(950, "Ann")),
    )
    gone = desk.writer.purge(older_than=NOW)
    assert gone == {"ticket": 1, "comment": 0, "person": 1}
    assert desk.mirror.staff() == [KIM]


def test_one_persons_traces_are_removed_and_not_readable_on_the_disk(desk: Desk) -> None:
    desk_with_secrets(desk)
    assert desk.writer.purge(user_id=950) == {"ticket": 1, "comment": 3, "person": 1}
    assert [row.id for row in desk.mirror.queue(View(), Overlay())] == [3]
    assert search(desk.mirror, SECRET).hits == ()
    assert [hit.id for hit in search(desk.mirror, "kept").hits] == [3]
    desk.writer.purge()
    assert on_disk(desk) == 0


def test_before_a_purge_the_words_do_lie_on_the_disk(desk: Desk) -> None:
    desk_with_secrets(desk)
    assert on_disk(desk) > 0


def test_everything_means_everything_and_the_next_fill_starts_anew(desk: Desk) -> None:
    desk_with_secrets(desk)
    desk.writer.save_page(Page(()), at=NOW, cursor=("fill", "x"))
    desk.writer.remember(account="acme")
    desk.writer.purge(everything=True)
    assert desk.mirror.state() == SyncState()
    assert desk.writer.cursor("fill") is None
    assert desk.mirror.organization(ACME.id) is None
    desk.writer.remember(account="globex", first_fill_done=True)
    desk.save(ticket(1))
    assert [hit.id for hit in search(desk.mirror, "question").hits] == [1]
    desk.writer.purge(everything=True)
    assert on_disk(desk) == 0
