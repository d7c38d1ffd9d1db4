from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heroterm.domain.deeds import EnclosedFile, NewTicket, OrganizationText, PersonOrganization
from heroterm.domain.outbox import Changes, Intent, PublicReply
from heroterm.domain.ticket import Organization
from heroterm.domain.undo import undo
from tests.sync.answers import ADA
from tests.sync.desk import Desk

OWNER = NewTicket("sam@cove.example", "Sam", "Confirmation Required")
GMAIL, COVE = 70, 71


def new_ticket(desk: Desk, name: str = "a", **values: Any) -> Intent:
    words = PublicReply("Could you please confirm this?")
    return desk.put(name, comment=words, changes=Changes(), deed=OWNER, **values)


def moved(desk: Desk, name: str = "m", **values: Any) -> Intent:
    desk.server.homes.setdefault(ADA, GMAIL)
    deed = PersonOrganization(ADA, COVE, GMAIL)
    return desk.put(name, comment=None, changes=Changes(), deed=deed, **values)


FAULTS: tuple[list[str], ...] = (
    [], ["timeout"], ["timeout after"], ["500 after"], ["html after"], ["409"], ["429"],
    ["offline"], ["unmarked"], ["timeout", "timeout after", "500 after"],
)  # fmt: skip


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: ", ".join(faults) or "none")
def test_a_new_ticket_is_made_once_whatever_the_network_does(desk: Desk, faults: list[str]) -> None:
    new_ticket(desk)
    desk.server.deeds = list(faults)
    desk.run(120)
    assert desk.state("a") == "sent"
    assert [t.subject for t in desk.server.made] == ["Confirmation Required"]
    assert desk.intent("a").made_ticket_id == desk.server.made[0].id


def test_a_new_ticket_keeps_the_order_of_the_ticket_on_which_it_was_decided(desk: Desk) -> None:
    new_ticket(desk)
    desk.put("note after it")
    desk.server.deeds = ["timeout"]
    desk.run(1)
    assert desk.server.marked("note after it") == 0
    desk.run(30)
    assert desk.state("a") == desk.state("note after it") == "sent"


def test_a_new_ticket_after_a_crash_is_asked_for_under_the_same_key(desk: Desk) -> None:
    new_ticket(desk)
    desk.server.deeds = ["timeout after"]
    desk.run()
    desk.journal.outbox.after_crash()
    desk.run(30)
    assert desk.state("a") == "sent" and len(desk.server.made) == 1


@pytest.mark.parametrize("made", [True, False])
def test_after_two_hours_a_new_ticket_is_looked_for_and_never_repeated(
    desk: Desk, made: bool
) -> None:
    new_ticket(desk)
    desk.server.deeds = ["timeout after" if made else "timeout"]
    desk.run()
    desk.server.turn(3 * 3_600)
    desk.run(10)
    assert desk.state("a") == ("sent" if made else "needs_you")
    assert len(desk.server.made) == int(made)
    if not made:
        assert "not asked for again" in desk.intent("a").why
        assert desk.journal.outbox.recall("a") is None


def test_a_file_goes_with_the_reply_and_with_a_new_ticket(desk: Desk) -> None:
    kept = desk.journal.enclosures.keep("log.txt", "text/plain", b"one line")
    desk.put("reply", files=(kept,))
    new_ticket(desk, files=(kept,))
    desk.server.deeds = ["timeout after"]
    desk.run(60)
    assert desk.state("reply") == desk.state("a") == "sent"
    assert set(desk.server.uploaded.values()) == {b"one line"}
    assert len(desk.server.made) == 1


def test_a_file_that_is_gone_stops_its_reply_and_says_so(desk: Desk) -> None:
    desk.put("reply", files=(EnclosedFile("log.txt", "text/plain", 8, "0" * 64),))
    desk.run()
    assert desk.state("reply") == "needs_you"
    assert "log.txt" in desk.intent("reply").why and "not sent" in desk.intent("reply").why
    assert desk.server.puts == []


@pytest.mark.parametrize("faults", FAULTS, ids=lambda faults: ", ".join(faults) or "none")
def test_a_person_ends_in_the_wanted_organization(desk: Desk, faults: list[str]) -> None:
    moved(desk)
    desk.server.deeds = [fault for fault in faults if fault != "unmarked"]
    desk.run(250)
    assert desk.state("m") == "sent" and desk.server.homes[ADA] == COVE


def test_a_person_whom_somebody_else_moved_is_left_alone(desk: Desk) -> None:
    moved(desk)
    desk.server.homes[ADA] = 99
    desk.run()
    assert desk.state("m") == "needs_you" and desk.server.homes[ADA] == 99
    assert "not what you saw" in desk.intent("m").why


def test_a_move_that_landed_before_the_crash_is_not_taken_for_somebody_elses(desk: Desk) -> None:
    moved(desk)
    desk.server.deeds = ["timeout after"]
    desk.run()
    desk.journal.outbox.after_crash()
    desk.run(10)
    assert desk.state("m") == "sent" and desk.server.moves == [(ADA, COVE)]


def test_moving_a_person_can_be_taken_back(desk: Desk) -> None:
    moved(desk)
    desk.run()
    back = undo(desk.intent("m"), None)
    assert back.deed == PersonOrganization(ADA, GMAIL, COVE)
    desk.put("back", comment=None, changes=Changes(), deed=back.deed, undoes="m")
    assert [i.id for i in desk.journal.outbox.undoable()] == ["back"]
    desk.run()
    assert desk.server.homes[ADA] == GMAIL


def test_an_organizations_text_is_written_unless_somebody_changed_it(desk: Desk) -> None:
    desk.server.companies[COVE] = Organization(COVE, "Cove", notes="old")
    deed = OrganizationText(COVE, "notes", "Prefers Slack", "old")
    desk.put("t", comment=None, changes=Changes(), deed=deed)
    desk.put("u", comment=None, changes=Changes(), deed=replace(deed, text="x", before="older"))
    desk.run()
    assert desk.server.companies[COVE].notes == "Prefers Slack"
    assert (desk.state("t"), desk.state("u")) == ("sent", "needs_you")


def test_a_sent_field_change_knows_what_takes_it_back(desk: Desk) -> None:
    desk.server.set(7, ADA, tags=("old", "kept"), priority="low")
    desk.server.turn(10)
    wanted = Changes(status="hold", priority="high", add_tags=("kept", "new"), remove_tags=("old",))
    desk.put("f", comment=None, changes=wanted)
    desk.run(10)
    assert desk.state("f") == "sent"
    back = undo(desk.intent("f"), desk.server.tickets_by_id[7])
    expected = Changes(status="open", priority="low", add_tags=("old",), remove_tags=("new",))
    assert back.changes == expected
    desk.put("back", comment=None, changes=back.changes, undoes="f")
    desk.run(10)
    ticket = desk.server.tickets_by_id[7]
    assert (ticket.status, ticket.priority, set(ticket.tags)) == ("open", "low", {"old", "kept"})


def test_a_field_that_moved_since_is_not_taken_back(desk: Desk) -> None:
    desk.put("f", comment=None, changes=Changes(status="hold"))
    desk.run()
    desk.server.turn(10)
    desk.server.set(7, ADA, status="open")
    back = undo(desk.intent("f"), desk.server.tickets_by_id[7])
    assert back.changes.empty and "changed again since" in back.refusal


def test_a_bulk_change_is_recalled_as_one(desk: Desk) -> None:
    later = desk.clock() + timedelta(seconds=60)
    for id_ in (7, 8):
        desk.put(f"b{id_}", id_, state="held", send_after=later, group="bulk")
    desk.put("alone", 8, state="held", send_after=later)
    back = desk.journal.outbox.recall_group("bulk")
    assert {i.id for i in back} == {"b7", "b8"}
    assert [i.id for i in desk.journal.outbox.unfinished()] == ["alone"]


def test_drafts_follow_a_merge(desk: Desk) -> None:
    from heroterm.domain.outbox import Draft

    now = desk.clock()
    desk.journal.drafts.save(Draft(7, "public_reply", "from seven", now))
    desk.journal.drafts.save(Draft(8, "public_reply", "from eight", now))
    assert desk.journal.drafts.follow(7, 8) == 1
    assert [d.body for d in desk.journal.drafts.list()] == ["from eight\n\nfrom seven"]
