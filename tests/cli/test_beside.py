"""Files, copies, moments, new tickets, people's organizations and undo, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from heroterm.domain.outbox import SENT, Changes, Intent
from heroterm.domain.ticket import Organization, Page, TicketField
from heroterm.journal.database import open_journal
from tests.cli.conftest import ACME, JO, Home, ticket
from tests.cli.door import Door
from tests.conftest import NOW


def test_a_reply_takes_files_copies_and_a_moment(door: Door, home: Home, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("line\n")
    words = ("reply", "101", "--body", "Hey Jo, see the log.", "--attach", str(log))
    document = door.json(*words, "--cc", "boss@acme.example.com", "--at", "fri 9:00")
    assert document["files"] == ["log.txt"]
    assert document["changes"] == {"add_ccs": ["boss@acme.example.com"]}
    assert document["send_after"] == "2026-03-06T09:00:00Z"
    assert document["state"] == "held"
    log.write_text("changed since")
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    intent = journal.outbox.get(document["intent"])
    assert intent is not None
    assert journal.enclosures.read(intent.files[0]) == b"line\n"
    journal.close()


def test_their_time_is_that_of_the_requester(door: Door, home: Home) -> None:
    writer = home.writer()
    writer.save_page(Page((), (replace(JO, time_zone="America/New_York"),)), at=NOW)
    writer.close()
    words = ("reply", "101", "--body", "Hey Jo, good morning.", "--at", "fri 9:00 their time")
    assert door.json(*words)["send_after"] == "2026-03-06T14:00:00Z"


@pytest.mark.parametrize(
    "words",
    [
        ("--attach", "/nowhere/log.txt"),
        ("--cc", "nobody"),
        ("--at", "someday"),
        ("--at", "fri 9:00 their time"),
        ("--at", "fri 9:00", "--hold", "5"),
    ],
)
def test_what_cannot_go_with_the_words_queues_nothing(
    door: Door, home: Home, words: tuple[str, ...]
) -> None:
    answer = door("reply", "101", "--body", "Hey Jo.", *words)
    assert answer.code == 2
    assert door.json("outbox", "list", "--all")["intents"] == []


def test_a_note_has_no_copies(door: Door, home: Home) -> None:
    assert door("note", "101", "--body", "a", "--cc", "boss@acme.example.com").code == 2


def test_set_takes_type_field_and_nobody(door: Door, home: Home) -> None:
    writer = home.writer()
    writer.save_fields(
        [TicketField(31, "Severity", "tagger", (("high", "High"),)), TicketField(32, "Areas", "x")]
    )
    writer.close()
    document = door.json("set", "101", "--type", "problem", "--unassign", "--field", "31=high")
    assert document["changes"]["type"] == "problem"
    assert document["changes"]["custom_fields"] == [[31, "high"]]
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    intent = journal.outbox.get(document["intent"])
    journal.close()
    assert intent is not None and intent.changes.assignee_id == 0
    assert door.json("set", "101", "--field", "severity=")["changes"]["custom_fields"] == [[31, ""]]
    for wrong in ("31=low", "31", "32=1", "99=1"):
        assert door("set", "101", "--field", wrong).code == 2, wrong


def test_a_new_ticket_goes_to_somebody_of_its_own(door: Door, home: Home) -> None:
    words = ("new", "--to", "owner@acme.example.com", "--name", "Olga", "--ticket", "101")
    document = door.json(*words, "--subject", "Confirmation", "--body", "Hi Olga, please confirm.")
    assert document["kind"] == "new_ticket" and document["ticket"] == 101
    assert document["deed"]["to_address"] == "owner@acme.example.com"
    assert document["deed"]["follows_up"] is None
    (advice,) = (each for each in document["checks"] if each["rule"] == "greeting")
    assert (advice["level"], "Hey Olga, …" in advice["say"]) == ("advice", True)
    refused = door("new", "--to", "nobody", "--subject", "s", "--body", "Words.", "--json")
    assert (refused.code, refused.document["error"]["rule"]) == (1, "no-recipient")
    assert door("new", "--subject", "s", "--body", "Words.").code == 2


def test_a_closed_ticket_gets_a_follow_up_to_its_requester(door: Door, home: Home) -> None:
    document = door.json("new", "--follow-up", "107", "--body", "Hey Jo, one more thing.")
    deed = document["deed"]
    assert (deed["follows_up"], deed["to_address"], deed["subject"]) == (107, JO.email, "Re: Shut")
    assert door("new", "--follow-up", "101", "--body", "Words.").code == 2


def test_a_person_is_put_into_an_organization_by_number_or_name(door: Door, home: Home) -> None:
    writer = home.writer()
    writer.save_page(Page((), organizations=(Organization(71, "Borg"),)), at=NOW)
    writer.close()
    for word in ("71", "borg"):
        deed = door.json("person", "901", "--org", word)["deed"]
        assert deed == {"person_id": 901, "organization_id": 71, "before": ACME.id}
    for wrong in ("Nobody & Sons", ACME.name):
        assert door("person", "901", "--org", wrong).code == 2
    assert door("person", "5", "--org", "71").code == 2


def sent(home: Home, changes: Changes, inverse: Changes) -> Intent:
    """A change that was sent, as the journal then has it."""
    journal = open_journal(home.paths.journal, clock=lambda: NOW)
    intent = Intent("sent-1", 101, NOW, NOW, changes=changes, state="queued", base_stamp="then")
    journal.outbox.put(intent)
    journal.outbox.begin("sent-1", stamp="2026-03-04T08:00:00Z", now=NOW, inverse=inverse)
    done = journal.outbox.settle("sent-1", SENT, audit_id=1)
    journal.close()
    assert done is not None
    return done


def test_a_sent_change_is_taken_back_while_nobody_touched_it(door: Door, home: Home) -> None:
    sent(home, Changes(status="open"), Changes(status="pending"))
    document = door.json("outbox", "undo", "sent-1")
    assert (document["changes"], document["undoes"]) == ({"status": "pending"}, "sent-1")
    again = door("outbox", "undo", "sent-1", "--json")
    assert (again.code, again.document["error"]["rule"]) == (1, "undo")


def test_what_moved_since_is_left_as_it_is(door: Door, home: Home) -> None:
    sent(home, Changes(status="open"), Changes(status="pending"))
    writer = home.writer()
    moved = ticket(101, "Funnel is empty", status="solved", updated_at=NOW + timedelta(seconds=1))
    writer.save_page(Page((moved,)), at=NOW + timedelta(seconds=2))
    writer.close()
    answer = door("outbox", "undo", "sent-1")
    assert answer.code == 1 and "was changed again since" in answer.err


def test_what_waits_is_recalled_and_not_undone(door: Door, home: Home) -> None:
    waiting = door.json("set", "101", "--status", "pending")["intent"]
    answer = door("outbox", "undo", waiting)
    assert answer.code == 1 and "outbox recall" in answer.err
