"""What `show` tells about a ticket beyond its words: labels, links, the survey, its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from heroterm.domain.ticket import (
    Attachment,
    Audit,
    CustomStatus,
    DeletedTicket,
    Identity,
    Page,
    TicketField,
    TicketForm,
)
from tests.cli.conftest import ANA, JO, TICKETS, WORDS, Home
from tests.cli.door import Door
from tests.conftest import NOW

LIE = ("https://bank.example.com", "https://evil.example/x")


def furnish(home: Home, changed_at: datetime = NOW) -> None:
    """Labels, a survey, linked tickets and a history for #101."""
    writer = home.writer()
    whole = replace(
        TICKETS[0],
        custom_fields=((5, "pro_plan"), (6, "12")),
        custom_status_id=9,
        form_id=8,
        satisfaction="bad",
        satisfaction_comment="Too slow\x1b[31m",
        followup_ids=(104,),
    )
    writer.save_page(Page((whole,)), at=NOW)
    writer.save_fields([TicketField(5, "Plan", "tagger", (("pro_plan", "Pro plan"),))])
    writer.save_forms([TicketForm(8, "In-app form")])
    writer.save_custom_statuses([CustomStatus(9, "open", "Waiting for GitHub")])
    writer.save_identities(JO.id, [Identity(1, JO.id, "email", "jo@old.example.com")])
    said = replace(
        WORDS[0],
        links=(LIE, ("my funnel", "https://app.example.com/f/1")),
        images=("shot.png",),
        html_left_out=True,
        merged_ticket_id=105,
        attachments=(Attachment(4, "log.txt", "https://x.example/a", "text/plain", 9),),
    )
    writer.save_comments(101, [said, WORDS[1]], (ANA, JO), complete=True, at=NOW)
    changes = (("5", "", "pro_plan"), ("custom_status_id", "1", "9"), ("priority", "low", "high"))
    audits = [
        Audit(30, changed_at - timedelta(hours=1), JO.id, comments=((1, True),)),
        Audit(31, changed_at, ANA.id, "op-1", changes=changes),
    ]
    writer.save_audits(101, audits, complete=True)
    writer.save_deleted([DeletedTicket(102, "Ana Hero", NOW)])
    writer.close()


def test_numbers_are_shown_by_their_names(door: Door, home: Home) -> None:
    furnish(home)
    out = door("show", "101").out
    for told in (
        "open (Waiting for GitHub)",
        "In-app form",
        "field: Plan",
        "Pro plan",
        "field 6",
        "merged from",
        "#105",
        "followed up by",
        "bad: Too slow␛[31m",
        "jo@old.example.com (not verified)",
    ):
        assert told in out, told
    document = door.json("show", "101")
    assert document["labels"]["status"] == "Waiting for GitHub"
    assert document["labels"]["form"] == "In-app form"
    field = {"id": 5, "title": "Plan", "value": "pro_plan", "label": "Pro plan"}
    assert document["labels"]["fields"][0] == field
    kinds = [(link["kind"], link["ticket_id"]) for link in document["linked"]]
    assert kinds == [("merged from", 105), ("followed up by", 104)]
    assert document["identities"][0]["value"] == "jo@old.example.com"
    assert document["ticket"]["satisfaction"] == "bad"
    assert document["deleted"] is None


def test_a_link_whose_words_lie_is_flagged_and_what_html_hid_is_said(
    door: Door, home: Home
) -> None:
    furnish(home)
    out = door("show", "101").out
    assert "[link] https://bank.example.com -> https://evil.example/x" in out
    assert "! The text says bank.example.com, but it goes to evil.example." in out
    assert "[link] my funnel" not in out, "its address stands in the words already"
    assert "[image] shot.png" in out
    assert "over 512 KB" in out
    assert "[file 1] log.txt" in out
    said = door.json("show", "101")["comments"][0]
    assert said["html_links"][0]["url"] == LIE[1]
    assert said["html_links"][0]["warnings"]
    assert (said["images"], said["html_left_out"]) == (["shot.png"], True)


def test_events_stand_between_the_messages(door: Door, home: Home) -> None:
    furnish(home)
    answer = door("show", "101", "--events")
    out = answer.out
    assert answer.err == ""
    assert "~ Ana Hero with heroterm" in out
    assert "  Plan: - -> Pro plan" in out
    assert "  status: 1 -> Waiting for GitHub" in out
    assert "  priority: low -> high" in out
    document = door.json("show", "101", "--events")
    assert [event["id"] for event in document["events"]] == [30, 31]
    assert document["events"][1]["intent"] == "op-1"
    assert document["events_complete"] is True
    assert "events" not in door.json("show", "101")


def test_a_history_that_cannot_be_fetched_is_said_and_what_is_here_is_shown(
    door: Door, home: Home
) -> None:
    answer = door("show", "101", "--events")
    assert answer.code == 0
    assert "No changes are here, and the rest could not be fetched" in answer.err
    furnish(home, changed_at=NOW - timedelta(days=30))
    answer = door("show", "101", "--events")
    assert "2 changes are here" in answer.err
    assert "priority: low -> high" in answer.out


def test_whoever_deleted_a_ticket_is_named(door: Door, home: Home) -> None:
    furnish(home)
    writer = home.writer()
    writer.mark_missing([102, 103], at=NOW)
    writer.close()
    assert "no longer shows this ticket: Ana Hero deleted it" in door("show", "102").out
    assert "deleted, or no access" in door("show", "103").out
    assert door.json("show", "102")["deleted"]["actor"] == "Ana Hero"


def test_a_file_that_is_not_there_and_a_folder_without_a_file_are_refused(
    door: Door, home: Home
) -> None:
    furnish(home)
    wrong = door("show", "101", "--save-attachment", "7", "--json")
    assert wrong.code == 2
    assert "there is no number 7" in wrong.document["error"]["say"]
    assert "no file here" in door("show", "104", "--save-attachment", "1").err
    assert door("show", "101", "--to", "x").code == 2
