"""What the carrier does by itself beside the list: how often, for what is opened, once a week."""

from __future__ import annotations

from pathlib import Path

from heroterm.domain.view import Overlay, View
from heroterm.sync.duties import Duty
from heroterm.sync.orders import Open, TakeOut
from heroterm.sync.periods import Periods
from heroterm.sync.report import (
    Absent,
)
from heroterm.sync.rhythm import Backoff, Rhythm
from tests.sync.answers import ADA
from tests.sync.desk import Desk
from tests.sync.model import Zendesk
from tests.sync.office import Office, of, pulled


def test_a_person_chooses_how_often_it_looks(tmp_path: Path, desk: Desk, server: Zendesk) -> None:
    periods = Periods(delta=20, working_set=40, open_ticket=15, reference=300)
    office = Office(tmp_path, desk, server, periods)
    office.run(5, (0, lambda: Open(8)))
    told = [what for what, _ in pulled(office.run(600))]
    # The slowest of a second's pieces is done in the next one, so that a round may be lost.
    for what, most in (("delta", 30), ("working set", 15), ("thread", 40), ("reference", 2)):
        assert most - 2 <= told.count(what) <= most, what
    office.close()


def test_an_opened_ticket_has_its_history_and_its_requester_at_once(office: Office) -> None:
    office.run(5)
    assert not office.mirror.history(8).audits and not office.mirror.identities(ADA)
    told = office.run(5, (office.ticks(), lambda: Open(8)))
    assert ("history", (8,)) in pulled(told)
    assert office.mirror.history(8).complete and office.mirror.identities(ADA)
    assert not office.mirror.history(7).audits


def test_what_was_said_long_ago_is_forgotten_once_a_week(
    tmp_path: Path, desk: Desk, server: Zendesk
) -> None:
    server.add(9, age=11 * 86_400.0, status="solved")
    office = Office(tmp_path, desk, server, Periods(keep_days=12))
    office.run(5)
    office.writer.add_comments(server.comments_by_ticket[9])
    office.run(3_700)
    assert office.mirror.thread(9).comments, "not old enough"
    server.turn(2 * 86_400)
    office.run(3_700)
    assert office.mirror.thread(9).comments, "looked at two days ago"
    server.turn(6 * 86_400)
    office.run(3_700)
    assert not office.mirror.thread(9).comments and office.mirror.ticket(9) is not None
    office.close()


def test_many_absent_tickets_stay_until_a_person_takes_them_out(
    office: Office, server: Zendesk
) -> None:
    for number in range(100, 130):
        server.add(number)
    office.run(30)
    server.hidden.update(range(100, 130))
    told = office.run(65)
    assert of(Absent, told) == [Absent(30, 32)]
    assert office.mirror.row(100, Overlay()) is not None
    assert "30 of 32" in office.mirror.state().trouble
    office.run(5, (office.ticks(), TakeOut))
    shown = {row.id for row in office.mirror.queue(View(), Overlay(), limit=100)}
    assert shown == {7, 8} and office.mirror.ticket(100) is not None


def test_what_is_ordered_while_a_round_goes_on_is_done_once_more_behind_it() -> None:
    seconds, over = [0.0], iter([False, True, True, False])
    rhythm = Rhythm(lambda: seconds[0], 30.0)
    duty = Duty("changes", rhythm, lambda: next(over), Backoff(lambda: 0.0))
    duty.piece()
    rhythm.now()  # what it is about may have come behind the page that was read
    duty.piece()
    assert rhythm.due, "once more at once"
    duty.piece()
    assert rhythm.left == 30.0, "and then in its rhythm again"
    rhythm.now()
    duty.piece()
    rhythm.now()
    assert duty.failed() == 1.0
    assert rhythm.left == 1.0, "what failed waits, whatever was ordered"
