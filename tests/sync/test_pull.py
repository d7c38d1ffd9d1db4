from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.ticket import Page
from heroterm.domain.view import Overlay, View
from heroterm.errors import Misunderstood, NotFound, Offline
from heroterm.mirror.reader import Mirror
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync.pull import Pull
from heroterm.sync.report import Absent, Pulled
from tests.mirror.make import place
from tests.sync.answers import ADA, KIM
from tests.sync.model import Zendesk


class Side:
    """A server, a mirror on disk and a pull between them."""

    def __init__(self, path: Path, server: Zendesk) -> None:
        self.path, self.server = path, server
        self.writer = MirrorWriter(path, place)
        self.pull = Pull(server, self.writer, lambda: server.now)
        self.mirror = Mirror(path)

    def restart(self) -> None:
        self.close()
        self.__init__(self.path, self.server)  # type: ignore[misc]

    def close(self) -> None:
        self.mirror.close()
        self.writer.close()

    def ids(self) -> set[int]:
        return {row.id for row in self.mirror.queue(View(), Overlay(), limit=2_000)}


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    server = Zendesk(page_size=10)
    for number in range(1, 36):
        server.add(number, age=4_000.0 + 1_000 * number)
    made = Side(tmp_path / "mirror.db", server)
    yield made
    made.close()


def pages(found: Iterator[Pulled]) -> list[str]:
    return [page.what for page in found]


def test_the_first_fill_brings_every_ticket_and_is_usable_after_its_first_page(side: Side) -> None:
    fill = side.pull.delta()
    first = next(fill)
    assert len(side.ids()) == 10 and first.ticket_ids == tuple(range(1, 11)) and not first.whole
    assert not side.mirror.state().first_fill_done
    rest = list(fill)
    assert [page.whole for page in rest] == [False, False, True]
    assert side.ids() == set(range(1, 36))
    state = side.mirror.state()
    assert state.first_fill_done and state.synced_at == side.server.now


def test_a_fill_goes_on_where_it_was_cut_off(side: Side) -> None:
    fill = side.pull.fill()
    next(fill)
    next(fill)
    side.restart()
    asked = side.server.requests
    list(side.pull.fill())
    assert side.server.requests - asked == 2
    assert side.ids() == set(range(1, 36)) and side.pull.filled


def test_a_page_that_could_not_be_kept_is_asked_for_again(side: Side) -> None:
    fill = side.pull.fill()
    next(fill)
    real = side.writer.save_page

    class Crash(BaseException):
        """The process dies here."""

    def dies(page: Page, **named: object) -> None:
        raise Crash

    side.writer.save_page = dies  # type: ignore[method-assign,assignment]
    with pytest.raises(Crash):
        next(fill)
    side.writer.save_page = real  # type: ignore[method-assign]
    side.restart()
    list(side.pull.fill())
    assert side.ids() == set(range(1, 36))


def test_what_changes_during_a_fill_comes_with_the_next_delta(side: Side) -> None:
    fill = side.pull.fill()
    next(fill)
    side.server.turn(30)
    side.server.set(33, KIM, subject="changed while filling")
    list(fill)
    assert side.mirror.row(33, Overlay()) is None
    assert len(list(side.pull.delta())) == 1
    assert side.mirror.ticket(33) is not None


def test_a_delta_asks_for_one_page_in_quiet_times(side: Side) -> None:
    list(side.pull.delta())
    side.server.turn(60)
    side.server.say(20, ADA, "news")
    asked = side.server.requests
    (page,) = side.pull.delta()
    assert side.server.requests - asked == 1 and page.what == "delta" and page.whole
    found = side.mirror.ticket(20)
    assert found is not None and found.updated_at == side.server.now


def test_a_delta_goes_down_to_the_last_whole_pass_and_a_little_below(side: Side) -> None:
    list(side.pull.delta())
    for number in range(1, 26):
        side.server.turn(10)
        side.server.say(number, ADA, "news")
    found = [page.ticket_ids for page in side.pull.delta()]
    assert [len(ids) for ids in found] == [10, 10, 10]
    side.server.turn(10)
    assert len(list(side.pull.delta())) == 2, "two minutes of overlap are read again"


def test_a_delta_cut_off_is_ended_before_its_mark_is_raised(side: Side) -> None:
    list(side.pull.delta())
    for number in range(1, 26):
        side.server.turn(200)
        side.server.say(number, ADA, "news")
    next(side.pull.delta())
    side.restart()
    list(side.pull.delta())
    seen = {id_: side.mirror.ticket(id_) for id_ in range(1, 26)}
    kept = [ticket.updated_at for ticket in seen.values() if ticket is not None]
    assert kept == [side.server.tickets_by_id[id_].updated_at for id_ in range(1, 26)]


def test_a_cursor_that_the_server_refuses_begins_the_pass_anew(side: Side) -> None:
    next(side.pull.fill())
    side.server.reads["tickets_page"] = ["422"]
    list(side.pull.fill())
    assert side.ids() == set(range(1, 36))


def test_a_cursor_that_repeats_ends_the_pass_with_a_sentence(side: Side) -> None:
    real = side.server.tickets_page
    side.server.tickets_page = lambda cursor: replace(real(None), next_cursor="1/1")  # type: ignore[method-assign]
    with pytest.raises(Misunderstood, match="again and again"):
        list(side.pull.fill())
    side.server.tickets_page = real  # type: ignore[method-assign]
    list(side.pull.fill())
    assert side.pull.filled


def test_an_empty_account_is_filled_and_says_so(tmp_path: Path) -> None:
    made = Side(tmp_path / "mirror.db", Zendesk())
    list(made.pull.delta())
    assert made.pull.filled and made.mirror.state().first_fill_done
    list(made.pull.delta())
    made.close()


def test_offline_nothing_is_marked_and_nothing_moves(side: Side) -> None:
    list(side.pull.delta())
    side.server.reads = {"tickets_page": ["offline"], "tickets": ["offline"]}
    with pytest.raises(Offline):
        list(side.pull.delta())
    with pytest.raises(Offline):
        side.pull.working_set()
    assert side.ids() == set(range(1, 36))


def test_a_deleted_ticket_leaves_the_queue(side: Side) -> None:
    list(side.pull.delta())
    side.server.hidden.add(5)
    told = side.pull.working_set()
    assert isinstance(told, Pulled) and len(told.ticket_ids) == 34
    assert side.ids() == set(range(1, 36)) - {5}


def test_many_missing_at_once_are_asked_about_and_not_marked(side: Side) -> None:
    list(side.pull.delta())
    side.server.hidden.update(range(1, 25))
    told = side.pull.working_set()
    assert told == Absent(24, 35) and "24 of 35" in told.say
    assert side.ids() == set(range(1, 36))


def test_what_a_person_says_may_leave_leaves_once(side: Side) -> None:
    list(side.pull.delta())
    side.server.hidden.update(range(1, 25))
    side.pull.working_set()
    side.pull.take_out()
    assert isinstance(side.pull.working_set(), Pulled)
    assert side.ids() == set(range(25, 36))
    side.server.hidden.update(range(1, 36))
    assert isinstance(side.pull.working_set(), Pulled), "eleven are few enough to be deletions"


def test_a_wrong_address_takes_nothing_out_of_the_queue(side: Side) -> None:
    """Every path answers 404, as at a subdomain that is nobody's (faults.md 5)."""
    list(side.pull.delta())
    list(side.pull.changed_threads(100))
    for number in range(1, 36):
        side.server.say(number, ADA, "news")
    list(side.pull.delta())
    side.server.reads = {name: ["404"] * 100 for name in ("comments", "tickets", "deleted_page")}
    assert list(side.pull.changed_threads(100)) == []
    with pytest.raises(NotFound):
        side.pull.working_set()
    assert isinstance(side.pull.deleted(), Pulled)
    assert side.ids() == set(range(1, 36))


def test_a_long_thread_is_readable_after_its_first_page_and_complete_in_the_end(
    side: Side,
) -> None:
    list(side.pull.delta())
    for number in range(40):
        side.server.say(7, ADA, f"message {number}")
    told = side.pull.thread(7)
    assert told.comments == 41
    thread = side.mirror.thread(7)
    assert thread.complete and len(thread.comments) == 41
    assert [c.body for c in thread.comments][:2] == ["Help!", "message 0"]


def test_a_thread_of_a_ticket_that_is_gone_marks_it(side: Side) -> None:
    list(side.pull.delta())
    side.server.hidden.add(7)
    assert side.pull.thread(7).ticket_ids == ()
    assert 7 not in side.ids()


def test_threads_that_are_behind_are_brought_a_few_at_a_time(side: Side) -> None:
    list(side.pull.delta())
    assert len(list(side.pull.changed_threads(20))) == 20
    assert len(list(side.pull.changed_threads(20))) == 15
    assert list(side.pull.changed_threads(20)) == []
    side.server.turn(60)
    side.server.say(9, ADA, "news")
    list(side.pull.delta())
    assert [page.ticket_ids for page in side.pull.changed_threads(20)] == [(9,)]


def test_reference_data_leaves_out_what_the_role_may_not_read(side: Side) -> None:
    side.server.reads["macros"] = ["403"]
    side.pull.probe()
    side.pull.reference()
    state = side.mirror.state()
    assert (state.user_name, state.role, state.group_ids) == ("Hero", "agent", (5,))
    assert side.mirror.macros() == [] and len(side.mirror.views()) == 1
    assert state.not_allowed == ("macros",)
    side.pull.probe()
    side.pull.reference()
    assert side.mirror.state().not_allowed == () and len(side.mirror.macros()) == 1


def test_labels_come_with_every_reference_pull(side: Side) -> None:
    side.pull.reference()
    labels = side.mirror.labels()
    assert labels.field(31, "pro") == ("Plan", "Pro plan")
    assert (labels.form(41), labels.status(51)) == ("In-app", "Waiting for GitHub")


def test_moments_are_the_servers(side: Side) -> None:
    side.server.clock_offset = -7_200.0
    pull = Pull(side.server, side.writer, lambda: side.server.now + timedelta(hours=2))
    list(pull.delta())
    assert side.mirror.state().synced_at == side.server.now
    assert side.mirror.state().clock_offset == -7_200.0
