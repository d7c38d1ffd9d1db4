from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.errors import NotAllowed, StoreError
from heroterm.journal.lock import SenderLock
from heroterm.mirror.writer import MirrorWriter
from heroterm.sync import orders
from heroterm.sync.orders import Open, Order, SyncNow
from heroterm.sync.report import (
    Moved,
    Offline,
    Online,
    Progress,
    Pulled,
    Sent,
    Standby,
    Trouble,
)
from tests.mirror.make import place
from tests.sync.answers import ERRORS, KIM
from tests.sync.desk import Desk
from tests.sync.model import Zendesk
from tests.sync.office import Deed, Office, of, pulled


def test_a_fresh_start_fills_and_then_keeps_its_rhythm(office: Office) -> None:
    told = office.run(5)
    assert isinstance(told[0], Pulled) and told[0].what == "fill"
    assert Progress(2, True) in told and len(of(Online, told)) == 1
    assert {what for what, _ in pulled(told)} >= {"fill", "delta", "reference", "working set"}
    assert office.mirror.thread(7).complete
    told = office.run(120)
    assert [what for what, _ in pulled(told)].count("delta") == 2
    assert [what for what, _ in pulled(told)].count("working set") == 2


def test_a_reply_is_sent_and_its_ticket_brought_back(office: Office, desk: Desk) -> None:
    office.run(5)

    def put() -> Order:
        desk.put("a")
        return orders.Push()

    told = office.run(3, (office.ticks() + 1, put))
    (sent,) = of(Sent, told)
    assert ("thread", (7,)) in pulled(told[told.index(sent) :])
    assert office.mirror.thread(7).comments[-1].body == "words of a"


def test_a_held_reply_leaves_when_its_time_has_come(office: Office, desk: Desk) -> None:
    office.run(5)
    desk.put("a", state="held", send_after=desk.clock() + timedelta(seconds=15))
    assert of(Sent, office.run(13)) == []
    assert len(of(Sent, office.run(4))) == 1


def test_a_held_reply_stops_when_the_customer_writes_and_not_only_when_it_is_sent(
    office: Office, desk: Desk, server: Zendesk
) -> None:
    office.run(5)
    desk.put("a", state="held", send_after=desk.clock() + timedelta(hours=2))
    server.say(7, KIM, "wait, there is more")
    told = office.run(90)
    (moved,) = of(Moved, told)
    assert isinstance(moved, Moved) and moved.state == "needs_you"
    assert office.mirror.thread(7).comments[-1].body == "wait, there is more"


def test_offline_it_keeps_trying_and_says_so(office: Office, desk: Desk, server: Zendesk) -> None:
    office.run(5)
    desk.put("a")
    server.down = True
    told = office.run(30)
    (lost, *_) = of(Offline, told)
    assert isinstance(lost, Offline)
    state = office.mirror.state()
    assert state.offline_since is not None
    assert desk.state("a") == "queued"
    server.down = False
    told = office.run(60)
    assert len(of(Online, told)) == 1 and len(of(Sent, told)) == 1
    assert office.mirror.state().offline_since is None


def test_a_hold_ends_offline_as_well(office: Office, desk: Desk, server: Zendesk) -> None:
    server.down = True
    desk.put("a", state="held", send_after=desk.clock() + timedelta(seconds=15))
    office.run(10)
    assert desk.state("a") == "held"
    office.run(10)
    assert desk.state("a") == "queued"


def test_a_view_that_became_a_queue_meanwhile_is_brought_from_then_on(
    office: Office, server: Zendesk
) -> None:
    office.run(5)
    order = orders.from_line(orders.to_line(orders.Follow((8,))))
    office.run(2, (office.ticks(), lambda: order))
    assert server.viewed == [8]
    office.run(130)
    assert server.viewed == [8, 8, 8]


def test_files_that_changed_are_read_once_and_after_a_failure_again(office: Office) -> None:
    reads: list[float] = []

    def read() -> bool:
        reads.append(office.ticks())
        if len(reads) == 1:
            raise StoreError("The mirror is locked.")
        return True

    office.carrier.ruled(read)
    office.run(5)
    order = orders.from_line(orders.to_line(orders.ReadFiles()))
    told = office.run(60, (office.ticks(), lambda: order))
    assert len(reads) == 2 and Moved() in told
    assert Trouble("The mirror is locked.", "") in told


@pytest.mark.parametrize("order", [SyncNow, orders.Push])
def test_an_order_tries_at_once_while_offline(
    office: Office, desk: Desk, server: Zendesk, order: Deed
) -> None:
    office.run(5)
    server.down = True
    waits = [lost.again_in for lost in of(Offline, office.run(300)) if isinstance(lost, Offline)]
    assert waits[:4] == [1.5, 2.5, 4.5, 8.5] and waits[-1] == 30.5
    server.down = False
    desk.put("a")
    assert len(of(Sent, office.run(2, (office.ticks(), order)))) == 1


def test_a_sign_in_page_in_place_of_every_answer_is_no_way_to_zendesk(
    office: Office, server: Zendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run(5)
    server.reads["tickets_page"] = ["html"] * 5  # a page at one place is that one's trouble
    assert of(Offline, office.run(200)) == []

    def page(name: str) -> None:
        server._reached()
        raise ERRORS["html"]()

    with monkeypatch.context() as portal:
        portal.setattr(server, "_asked", page)
        told = office.run(100)
    assert of(Offline, told) and Trouble("a login page", "sign in") in told
    assert office.mirror.state().offline_since is not None
    assert of(Online, office.run(70)) and office.mirror.state().offline_since is None


def test_told_to_wait_nobody_asks(office: Office, server: Zendesk) -> None:
    office.run(5)
    server.reads["tickets_page"] = ["429"]
    office.run(47)
    asked = server.requests
    office.run(25, (office.ticks() + 2, SyncNow))
    assert server.requests == asked
    office.run(10)
    assert server.requests > asked


def test_a_refused_sign_in_is_said_once_and_tried_again_on_order(
    office: Office, server: Zendesk
) -> None:
    server.reads["tickets_page"] = ["401"]
    told = office.run(300)
    assert [type(each) for each in told] == [Trouble]
    assert "signed out" in office.mirror.state().trouble
    told = office.run(5, (office.ticks(), SyncNow))
    assert len(of(Pulled, told)) > 2
    assert office.mirror.state().trouble == ""


def test_one_part_in_trouble_does_not_stop_the_others(
    office: Office, desk: Desk, server: Zendesk
) -> None:
    office.run(5)
    server.reads["tickets_page"] = ["500"] * 50
    desk.put("a")
    told = office.run(70)
    assert len(of(Sent, told)) == 1 and len(of(Trouble, told)) >= 1
    assert ("working set", (7, 8)) in [(what, tuple(sorted(ids))) for what, ids in pulled(told)]


def test_an_opened_ticket_is_kept_fresh(office: Office, server: Zendesk) -> None:
    office.run(5)
    told = office.run(65, (office.ticks(), lambda: Open(8)))
    assert pulled(told)[0] == ("thread", (8,))
    assert pulled(told).count(("thread", (8,))) >= 3


def test_a_full_pass_walks_through_everything_again(office: Office) -> None:
    office.run(5)
    told = office.run(5, (office.ticks(), lambda: SyncNow(full=True)))
    assert "fill" in [what for what, _ in pulled(told)]


def test_a_second_carrier_watches_and_takes_over(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    other = SenderLock(tmp_path / "data" / "journal.lock")
    assert other.acquire()
    desk.put("a")
    told = office.run(10)
    assert isinstance(told[0], Standby) and told[0].pid is not None
    assert office.server.requests == 0
    writer = MirrorWriter(tmp_path / "data" / "mirror.db", place)

    def write() -> None:
        writer.remember(trouble="x")

    told = office.run(5, (office.ticks() + 1, write))
    assert Moved() in told
    writer.close()
    other.release()
    assert len(of(Sent, office.run(10))) == 1


def test_what_a_dead_carrier_left_is_verified_first(office: Office, desk: Desk) -> None:
    desk.put("a")
    desk.journal.outbox.begin(
        "a", stamp=desk.server.tickets_by_id[7].updated_stamp, now=desk.clock()
    )
    office.run(60)
    assert (desk.state("a"), desk.server.marked("a")) == ("verify", 0)
    office.run(90)
    assert (desk.state("a"), desk.server.marked("a")) == ("sent", 1)


def test_a_full_disk_is_said_and_the_carrier_goes_on(office: Office, desk: Desk) -> None:
    office.run(5)
    pages = desk.journal._db.number("PRAGMA page_count")
    desk.put("a")
    desk.journal._db.row(f"PRAGMA max_page_count = {pages}")
    desk.journal._db.row("PRAGMA query_only = ON")
    told = office.run(20)
    assert any(isinstance(each, Trouble) and "nothing was written" in each.say for each in told)
    desk.journal._db.row("PRAGMA query_only = OFF")
    desk.journal._db.row("PRAGMA max_page_count = 100000")
    office.run(20)
    assert desk.state("a") == "sent"


def test_once_does_a_whole_pass_and_counts_it(office: Office, desk: Desk, server: Zendesk) -> None:
    desk.put("a")
    totals = office.carrier.once()
    assert (totals.tickets, totals.sent, totals.offline, totals.standby) == (2, 1, False, None)
    assert totals.comments >= 3 and totals.requests == server.requests
    assert totals.cursor_at is not None and totals.strategy == "agent"
    assert office.mirror.thread(7).complete and office.mirror.thread(8).complete
    assert office.lock.holder() is None


def test_once_offline_says_so_and_keeps_everything(
    office: Office, desk: Desk, server: Zendesk
) -> None:
    desk.put("a")
    server.reads["ticket"] = ["offline"]
    totals = office.carrier.once()
    assert totals.offline and desk.state("a") == "queued"
    assert office.mirror.state().offline_since is not None


def test_once_leaves_the_work_to_a_carrier_that_runs(office: Office, tmp_path: Path) -> None:
    other = SenderLock(tmp_path / "data" / "journal.lock")
    assert other.acquire()
    totals = office.carrier.once()
    assert totals.standby is not None and totals.requests == 0
    other.release()


def test_once_with_refused_credentials_raises(office: Office, server: Zendesk) -> None:
    server.reads["tickets_page"] = ["401"]
    with pytest.raises(NotAllowed):
        office.carrier.once()
    assert office.mirror.state().trouble
