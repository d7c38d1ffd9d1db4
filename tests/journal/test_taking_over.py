"""What comes along when a colleague's week is taken over: marks of tier 1 and waits."""

from __future__ import annotations

from datetime import timedelta

from heroterm.domain.pack import Entry, Pack
from heroterm.domain.takeover import Takeover, compare
from heroterm.domain.view import Row
from heroterm.domain.waits import Wait, Wake
from heroterm.journal import taking_over
from heroterm.journal.database import Journal
from tests.conftest import NOW
from tests.domain.rows import row

LINK = "https://acme.slack.com/archives/C1/p1"
SOON, LONG_AGO = NOW + timedelta(days=1), NOW - timedelta(days=1)


def pack(red: tuple[Entry, ...] = (), waits: tuple[Entry, ...] = ()) -> Pack:
    sections = {"red": red, "waits": waits}
    return Pack(NOW, "Friday", "Ana", "https://acme.zendesk.com", "handbook", False, "", sections)


def kept_of(journal: Journal) -> Takeover:
    found = taking_over.kept(journal)
    assert found is not None
    return found


def ticked(journal: Journal, entry: Entry, now: Row | None) -> Takeover:
    taken = taking_over.begin(journal, pack((entry,)))
    held = {entry.ticket: now} if now is not None else {}
    (one,) = compare(taken.pack, held, ()).differences
    return taking_over.tick(journal, taken, one, NOW)


def test_a_mark_that_lay_only_in_the_last_home_comes_along_with_its_link(journal: Journal) -> None:
    ticked(journal, Entry(1, tier=1, link=LINK), row(1, tier=3))
    ticked(journal, Entry(2, tier=1), None)
    ticked(journal, Entry(3, tier=1), row(3, tier=1))  # by a tag: everybody's
    ticked(journal, Entry(4, tier=2), row(4, tier=3))
    assert journal.marks.tier1() == {1, 2}
    assert journal.marks.tier1_link(1) == LINK


def test_what_was_ticked_and_unticked_is_kept(journal: Journal) -> None:
    taken = ticked(journal, Entry(1), None)
    assert kept_of(journal).ticks == taken.ticks == {1: NOW}
    assert taking_over.untick(journal, taken, 1).ticks == kept_of(journal).ticks == {}


def test_it_is_signed_once_nothing_is_left(journal: Journal) -> None:
    whole = pack((Entry(1), Entry(2)))
    compared = compare(whole, {}, ())
    taken = taking_over.begin(journal, whole)
    taken = taking_over.tick(journal, taken, compared.differences[0], NOW)
    assert taking_over.sign(journal, taken, compared, NOW) is None
    assert journal.trail.since(LONG_AGO, "week taken over") == []
    taken = taking_over.tick(journal, taken, compared.differences[1], NOW)
    signed = taking_over.sign(journal, taken, compared, NOW)
    assert signed is not None and signed.signed_at == NOW
    assert kept_of(journal).signed_at == NOW and set(kept_of(journal).ticks) == {1, 2}
    assert [one.detail for one in journal.trail.since(LONG_AGO, "week taken over")] == ["Ana"]


def test_waits_that_are_still_to_come_go_on_and_ones_own_stay(journal: Journal) -> None:
    mine = Wait(5, Wake(SOON), "mine", NOW)
    journal.waits.set(mine)
    whole = pack(
        waits=(
            Entry(1, due=SOON),
            Entry(2, due=LONG_AGO),
            Entry(3, due=LONG_AGO, on_reply=True),
            Entry(4, on_reply=True),
            Entry(5, due=SOON + timedelta(days=9)),
            Entry(6, due=NOW),
        )
    )
    taken = taking_over.begin(journal, whole)
    assert taking_over.sign(journal, taken, compare(whole, {}, ()), NOW) is not None
    found = {wait.ticket_id: wait for wait in journal.waits.list()}
    assert {id_: wait.wake for id_, wait in found.items()} == {
        1: Wake(SOON),
        3: Wake(None, on_reply=True),
        4: Wake(None, on_reply=True),
        5: Wake(SOON),
    }
    assert found[1].said == "taken over from Ana" and found[5].said == "mine"
