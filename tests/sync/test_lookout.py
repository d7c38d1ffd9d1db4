"""What the hero should hear of is told once, whoever looks and however often."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from heroterm.domain.breach_warning import WarningRules
from heroterm.domain.ticket import Person
from heroterm.domain.view import View
from heroterm.domain.waits import Wait, Wake
from heroterm.journal.database import open_journal
from heroterm.mirror.lookups import notes_saying
from heroterm.sync.lookout import Lookout
from heroterm.sync.mentioned import mentioned
from heroterm.sync.report import Alert, from_line, to_line
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, clock, comment, ticket


def test_warnings_and_waits_are_told_once_each(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data" / "mirror.db")
    desk.save(
        ticket(1, priority="high", slas=(clock(170),)),
        ticket(2, priority="low", slas=(clock(30),)),
        ticket(3, status="pending"),
        ticket(4),
        ticket(5),
    )
    said = comment(9, 4, created_at=NOW)
    desk.writer.save_comments(4, [said], [], complete=True, at=NOW)
    ours = comment(10, 5, KIM.id, created_at=NOW)
    desk.writer.save_comments(5, [ours], [KIM], complete=True, at=NOW)
    moment = [NOW]
    journal = open_journal(tmp_path / "data" / "journal.db", clock=lambda: moment[0])
    journal.waits.set(Wait(3, Wake(NOW + timedelta(hours=1)), "1h", NOW))
    journal.waits.set(Wait(4, Wake(on_reply=True), "on reply", NOW, seen_comment_id=8))
    journal.waits.set(Wait(5, Wake(on_reply=True), "on reply", NOW, seen_comment_id=8))
    look = Lookout(
        journal, desk.mirror, lambda: View(sections=(0,)), WarningRules(), lambda: moment[0]
    )
    assert list(look.look()) == [
        Alert("wait_woken", 4, "the customer answered"),
        Alert("breach_warning", 1, "T2, less than 3 h left", 3),
    ]
    assert list(look.look()) == []
    moment[0] = NOW + timedelta(minutes=115)
    told = list(look.look())
    assert told == [
        Alert("wait_woken", 3, "its time has come"),
        Alert("breach_warning", 1, "T2, less than an hour left", 1),
    ]
    assert [from_line(to_line(each)) for each in told] == told
    # The next process finds what was told.
    again = Lookout(
        journal, desk.mirror, lambda: View(sections=(0,)), WarningRules(), lambda: moment[0]
    )
    assert list(again.look()) == []
    journal.close()
    desk.close()


def test_a_note_that_names_the_hero_is_told_once_and_what_was_there_before_is_not(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path / "data" / "mirror.db")
    lee = Person(902, "Lee Park", "lee@desk.example.com", "agent")
    desk.save(ticket(1), ticket(2), people=(KIM, JO, lee))
    desk.writer.remember(user_id=KIM.id)

    def noted(*said: tuple[int, str]) -> None:
        notes = [comment(id_, 1, lee.id, public=False, body=body) for id_, body in said]
        desk.writer.save_comments(1, notes, [], complete=True, at=NOW)

    journal = open_journal(tmp_path / "data" / "journal.db", clock=lambda: NOW)
    old, new = (11, "@Kim the old one"), (12, "@Kim can you look?")

    def look() -> list[Alert]:
        view, rules = View(sections=(0,)), WarningRules()
        return list(Lookout(journal, desk.mirror, lambda: view, rules, lambda: NOW).look())

    noted(old)
    assert look() == []
    noted(old, new, (13, "nobody is named"))
    assert look() == [Alert("named", 1, "Lee Park names you in a note")]
    assert look() == []
    journal.close()
    desk.close()


def test_the_newest_of_very_many_notes_is_read_and_none_of_a_solved_ticket(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "data" / "mirror.db")
    lee = Person(902, "Lee Park", "lee@desk.example.com", "agent")
    desk.save(ticket(1), ticket(2), ticket(3, status="solved"), people=(KIM, JO, lee))
    many = [comment(n, 1, lee.id, public=False, body="for @Maria") for n in range(10, 530)]
    desk.writer.save_comments(1, many, [], complete=True, at=NOW)
    for number, ticket_id in ((9, 2), (600, 2), (601, 3)):
        note = comment(number, ticket_id, lee.id, public=False, body="@Kim look")
        desk.writer.save_comments(ticket_id, [note], [], complete=False, at=NOW)
    found = [one.mention.comment_id for one in mentioned(desk.mirror, KIM)]
    assert found == [9, 600], "the whole thread of a ticket on which the hero is named"
    assert [n.id for n in notes_saying(desk.mirror, "@Kim", after=9)] == [600]
    assert [n.id for n in notes_saying(desk.mirror, "@Kim", 3)] == [601]
    desk.close()
