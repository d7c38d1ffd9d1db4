from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from heroterm.domain.ticket import Organization
from heroterm.errors import Misunderstood, NotAllowed, Unclear
from heroterm.mirror.search import search
from heroterm.sync.exported import EVENTS
from heroterm.sync.pull import LEAD
from heroterm.sync.report import Absent, Pulled, Trouble
from tests.sync.answers import KIM, Me
from tests.sync.bulk import DeletedPage
from tests.sync.model import Zendesk
from tests.sync.test_pull import Side

HOUR = 3_600.0


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    """150 tickets in pages of 10, an admin in front of them."""
    server = Zendesk(page_size=10, exports=True, signed_in=Me(role="admin"))
    for number in range(1, 151):
        server.add(number, age=HOUR + number, status="solved" if number > 100 else "open")
    made = Side(tmp_path / "mirror.db", server)
    yield made
    made.close()


def fill(side: Side) -> list[Pulled]:
    side.pull.probe()
    return list(side.pull.fill())


@pytest.mark.parametrize(
    ("person", "exports", "strategy", "role"),
    [
        (Me(), False, "agent", "agent"),
        (Me(role="admin"), True, "admin", "admin"),
        (Me(role="admin"), False, "agent", "admin"),
        (Me(light=True), False, "light", "light"),
        (Me(role="light"), False, "light", "light"),
    ],
)
def test_the_strategy_follows_from_role_and_a_try(
    side: Side, person: Me, exports: bool, strategy: str, role: str
) -> None:
    side.server.signed_in, side.server.exports = person, exports
    side.pull.probe()
    state = side.mirror.state()
    assert (side.pull.strategy, state.strategy, state.role) == (strategy, strategy, role)


def test_an_admins_fill_is_usable_at_once_and_ends_with_the_export(side: Side) -> None:
    told = fill(side)
    assert [len(page.ticket_ids) for page in told[:LEAD]] == [10] * LEAD
    assert told[0].ticket_ids[0] == 1 and {page.what for page in told} == {"fill"}
    assert [page.whole for page in told[-2:]] == [False, True]
    assert side.pull.filled and side.mirror.state().tickets == 150
    assert side.mirror.state().first_fill_done


def test_an_export_goes_on_where_it_ended_and_brings_what_changed(side: Side) -> None:
    fill(side)
    side.restart()
    side.pull.strategy = "admin"
    side.server.set(7, KIM, status="solved")
    assert next(iter(side.pull.export())).ticket_ids == ()
    side.server.turn(61)
    (page,) = side.pull.export()
    assert (page.what, page.ticket_ids, page.whole) == ("export", (7,), True)


def test_what_an_export_calls_deleted_leaves_the_queue_and_keeps_its_words(side: Side) -> None:
    fill(side)
    side.server.turn(1)
    side.server.remove(7)
    side.server.turn(61)
    list(side.pull.export())
    ticket = side.mirror.ticket(7)
    assert 7 not in side.ids() and ticket is not None and ticket.subject == "Ticket 7"


def test_a_right_that_goes_in_the_middle_loses_nothing(side: Side) -> None:
    side.pull.probe()
    pages = side.pull.fill()
    for _ in range(LEAD):
        next(pages)
    side.server.exports = False
    assert len(list(pages)) == 5
    assert (side.pull.strategy, side.mirror.state().strategy) == ("agent", "agent")
    assert side.pull.filled and side.mirror.state().tickets == 150
    side.server.set(3, KIM, status="solved")
    assert next(iter(side.pull.delta())).ticket_ids[0] == 3


def test_a_right_that_goes_later_leaves_the_mark_of_the_list(side: Side) -> None:
    fill(side)
    side.server.turn(100)
    side.server.exports = False
    mark = side.pull.mark
    assert list(side.pull.export()) == [] and side.pull.strategy == "agent"
    assert mark is not None and side.pull.mark == mark
    side.server.set(3, KIM, status="solved")
    list(side.pull.delta())
    assert 3 not in side.ids()


def test_a_right_that_appears_brings_what_the_list_does_not_show(side: Side) -> None:
    side.server.exports = False
    side.server.hidden = {140, 150}
    fill(side)
    assert side.mirror.state().tickets == 148
    side.server.exports = True
    side.pull.probe()
    assert side.pull.strategy == "admin"
    list(side.pull.export())
    assert side.mirror.state().tickets == 150


def test_a_refused_sign_in_is_not_taken_for_a_lost_right(side: Side) -> None:
    side.pull.probe()
    side.server.reads["tickets_export"] = ["401"]
    with pytest.raises(NotAllowed):
        list(side.pull.export())
    assert side.pull.strategy == "admin"


def test_an_expired_cursor_begins_again_five_minutes_before_the_last_good_moment(
    side: Side,
) -> None:
    fill(side)
    side.server.turn(100)
    side.server.set(150, KIM, status="open")
    side.server.turn(100)
    side.server.reads["tickets_export"] = ["422"]
    (page,) = side.pull.export()
    assert 150 in page.ticket_ids and page.whole


def test_a_page_that_cannot_be_told_in_time_is_asked_for_smaller(side: Side) -> None:
    side.pull.probe()
    side.server.reads["tickets_export"] = ["timeout", "500"]
    for _ in range(2):
        with pytest.raises(Unclear):
            list(side.pull.export())
    list(side.pull.export())
    assert side.server.sizes[:3] == [1000, 500, 250]


def test_comments_of_every_ticket_come_with_the_events(side: Side) -> None:
    fill(side)
    list(side.pull.changed_threads(1_000))
    assert side.mirror.thread(120).comments == ()
    list(side.pull.events())
    assert [c.body for c in side.mirror.thread(120).comments] == ["Help!"]
    assert all(side.mirror.thread(number).complete for number in range(1, 101))
    side.server.turn(100)
    side.server.say(120, KIM, "One more", public=False)
    side.server.turn(100)
    list(side.pull.events())
    assert [c.body for c in side.mirror.thread(120).comments] == ["Help!", "One more"]


def test_what_a_broken_pass_of_events_brought_is_found_after_the_next(side: Side) -> None:
    fill(side)
    side.server.event_rows = 100
    first = next(side.pull.events())
    assert first.comments == 100 and not search(side.mirror, "help", 500).hits
    list(side.pull.events())
    assert len(search(side.mirror, "help", 500).hits) == 150
    assert side.mirror.search_integrity(words=True) == "ok"


def test_events_do_not_pass_a_part_of_a_thread_for_the_whole(side: Side) -> None:
    fill(side)
    list(side.pull.changed_threads(1_000))
    side.server.turn(10)
    side.server.say(7, KIM, "first")
    side.server.turn(100)
    side.server.say(7, KIM, "too new for the events")
    list(side.pull.delta())
    list(side.pull.events())
    assert [c.body for c in side.mirror.thread(7).comments] == ["Help!", "first"]
    assert side.writer.stale_threads(9) == [7], "it is still behind, and read whole"
    list(side.pull.changed_threads(9))
    assert side.mirror.thread(7).comments[-1].body == "too new for the events"
    assert not side.mirror.thread(120).complete and side.mirror.thread(120).comments


def test_events_of_a_ticket_that_is_not_held_are_passed_over(side: Side) -> None:
    fill(side)
    side.server.comments_by_ticket[999] = [
        replace(side.server.comments_by_ticket[1][0], id=7, ticket_id=999)
    ]
    list(side.pull.events())
    assert side.mirror.ticket(999) is None and side.writer.cursor(EVENTS) is not None


def test_an_export_that_stands_still_is_ended(side: Side) -> None:
    side.pull.probe()
    list(side.pull.export())
    got = side.server.tickets_export(None, 1, 10)
    side.server.tickets_export = lambda *_: got  # type: ignore[method-assign]
    with pytest.raises(Misunderstood):
        list(side.pull.export())


def test_full_begins_the_export_again(side: Side) -> None:
    fill(side)
    told = list(side.pull.delta(full=True))
    assert len({id_ for page in told for id_ in page.ticket_ids}) == 150


def test_hints_name_what_happened_since_the_last_time(side: Side) -> None:
    fill(side)
    side.server.active = [(side.server.now, 7)]
    side.server.turn(10)
    assert side.pull.hints() == (7,)
    side.server.turn(30)
    side.server.active.append((side.server.now, 9))
    assert side.pull.hints() == (9,)
    side.server.reads["activities"] = ["403", "404"]
    assert side.pull.hints() == () and side.pull.hints() == ()


def test_many_that_were_deleted_at_once_are_found_in_the_list_of_deleted(side: Side) -> None:
    fill(side)
    side.server.turn(5)
    for number in range(1, 51):
        side.server.remove(number)
    side.server.remove(120)
    assert side.pull.working_set() == Absent(50, 100)
    side.server.turn(5)
    told = side.pull.deleted()
    assert isinstance(told, Trouble) and told.say.startswith("51 tickets were deleted")
    assert side.ids() == set(range(51, 101))
    assert isinstance(side.pull.working_set(), Pulled)
    gone = side.mirror.deleted(120)
    assert gone is not None and gone.actor == "Kim"
    assert isinstance(side.pull.deleted(), Pulled), "said once"


def test_older_deletions_are_walked_through_in_turn_beside_the_newest(side: Side) -> None:
    fill(side)
    for number in range(200, 600):
        side.server.gone[number] = side.server.now
    side.server.remove(7)
    asked: list[int] = []
    plain = side.server.deleted_page

    def counted(start: int) -> DeletedPage:
        asked.append(start)
        return plain(start)

    side.server.deleted_page = counted  # type: ignore[method-assign]
    for _ in range(3):
        side.pull.deleted()
    assert asked == [1, 2, 3, 1, 4, 5, 1, 2, 3]
    assert 7 not in side.ids()


def test_an_organization_renamed_by_itself_is_brought(side: Side) -> None:
    ticket = side.server.tickets_by_id[7]
    side.server.tickets_by_id[7] = replace(ticket, organization_id=77)
    side.server.companies[77] = Organization(77, "Acme")
    fill(side)
    side.pull.working_set()
    assert sum(page.organizations for page in side.pull.directory()) == 1
    side.server.companies[77] = Organization(77, "Acme & Sons")
    side.pull.working_set()
    list(side.pull.directory())
    found = side.mirror.organization(77)
    assert found is not None and found.name == "Acme & Sons"


def test_a_working_set_beyond_a_round_is_asked_in_turn(tmp_path: Path) -> None:
    server = Zendesk(page_size=2_000)
    for number in range(1, 2_101):
        server.add(number)
    made = Side(tmp_path / "large.db", server)
    list(made.pull.fill())
    seen: set[int] = set()
    for _ in range(3):
        told = made.pull.working_set()
        assert isinstance(told, Pulled) and len(told.ticket_ids) <= 1_500
        seen.update(told.ticket_ids)
    assert len(seen) == 2_100
    made.close()
