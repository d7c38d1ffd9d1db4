"""What numbers stand for, how a person is known, what became of a ticket, who changed it."""

from __future__ import annotations

from datetime import datetime, timedelta

from heroterm.domain.ticket import (
    Attachment,
    Audit,
    CustomStatus,
    DeletedTicket,
    Identity,
    TicketField,
    TicketForm,
)
from heroterm.mirror.audits import History
from heroterm.mirror.labels import TicketLink
from tests.conftest import NOW
from tests.mirror.make import JO, KIM, Desk, comment, ticket

LATER = NOW + timedelta(hours=1)


def told(
    id_: int,
    at: datetime = NOW,
    *,
    author_id: int | None = KIM.id,
    marker: str | None = None,
    comments: tuple[tuple[int, bool], ...] = (),
    changes: tuple[tuple[str, str, str], ...] = (),
) -> Audit:
    """An audit as the wire gives it."""
    return Audit(id_, at, author_id, marker, comments, changes, "web")


def test_fields_forms_and_statuses_are_given_their_names(desk: Desk) -> None:
    options = (("pro_plan", "Pro plan"), ("free", "Free"))
    desk.writer.save_fields([TicketField(5, "Plan", "tagger", options), TicketField(6, "Seats")])
    desk.writer.save_forms([TicketForm(8, "In-app form")])
    desk.writer.save_custom_statuses([CustomStatus(9, "pending", "Waiting for GitHub")])
    found = desk.mirror.labels()
    assert found.field(5, "pro_plan") == ("Plan", "Pro plan")
    assert found.field(5, "pro_plan, free, new") == ("Plan", "Pro plan, Free, new")
    assert found.field(6, "12") == ("Seats", "12")
    assert found.field(7, "x") == ("field 7", "x")
    assert (found.form(8), found.status(9)) == ("In-app form", "Waiting for GitHub")
    assert (found.form(None), found.status(1)) == (None, None)


def test_a_label_that_is_gone_from_the_account_goes(desk: Desk) -> None:
    desk.writer.save_fields([TicketField(5, "Plan"), TicketField(6, "Seats")])
    desk.writer.save_fields([TicketField(6, "Seats")])
    assert sorted(desk.mirror.labels().fields) == [6]


def test_identities_are_kept_whole_for_each_person_with_the_primary_one_first(desk: Desk) -> None:
    two = [
        Identity(1, JO.id, "email", "old@example.com"),
        Identity(2, JO.id, "email", "jo@acme.example.com", primary=True, verified=True),
    ]
    desk.writer.save_identities(JO.id, two)
    desk.writer.save_identities(KIM.id, [Identity(3, KIM.id, "phone_number", "+1 555 0100")])
    assert desk.mirror.identities(JO.id) == [two[1], two[0]]
    desk.writer.save_identities(JO.id, two[1:])
    assert desk.mirror.identities(JO.id) == two[1:]
    assert len(desk.mirror.identities(KIM.id)) == 1
    assert desk.mirror.identities(2**70) == []


def test_it_is_known_who_deleted_a_ticket(desk: Desk) -> None:
    gone = DeletedTicket(5, "Kim Bauer", NOW)
    desk.writer.save_deleted([gone])
    desk.writer.save_deleted([DeletedTicket(6, "Kim Bauer", NOW)])
    assert desk.mirror.deleted(5) == gone
    assert desk.mirror.deleted(7) is None


def test_the_survey_and_the_form_stay_with_the_ticket(desk: Desk) -> None:
    desk.save(ticket(1, satisfaction="bad", satisfaction_comment="Too slow", form_id=8))
    found = desk.mirror.ticket(1)
    assert found is not None
    assert (found.satisfaction, found.satisfaction_comment, found.form_id) == ("bad", "Too slow", 8)


def test_what_html_adds_to_a_message_is_kept(desk: Desk) -> None:
    desk.save(ticket(1))
    file = Attachment(4, "a.png", "https://x.example/a", "image/png", 9, True, "not_scanned")
    said = comment(
        11,
        1,
        links=(("here", "https://example.com/a"),),
        images=("logo.png",),
        html_left_out=True,
        attachments=(file,),
    )
    desk.writer.save_comments(1, [said], [], complete=True, at=NOW)
    assert desk.mirror.thread(1).comments == (said,)


def test_a_merged_ticket_leads_to_the_one_that_took_it(desk: Desk) -> None:
    desk.save(
        ticket(1, status="closed", tags=("closed_by_merge",)),
        ticket(2),
        ticket(3, followup_ids=(4,)),
    )
    desk.save(ticket(4, via_followup_source_id=3))
    earlier = comment(10, 1, merged_ticket_id=9, created_at=NOW - timedelta(days=1))
    desk.writer.save_comments(
        1, [earlier, comment(11, 1, merged_ticket_id=2)], [], complete=True, at=NOW
    )
    desk.writer.save_comments(2, [comment(21, 2, merged_ticket_id=1)], [], complete=True, at=NOW)
    assert desk.mirror.linked(1) == [TicketLink("merged from", 9), TicketLink("merged into", 2)]
    assert desk.mirror.linked(2) == [TicketLink("merged from", 1)]
    assert desk.mirror.linked(3) == [TicketLink("followed up by", 4)]
    assert desk.mirror.linked(4) == [TicketLink("follow-up of", 3)]
    assert desk.mirror.linked(5) == []


def test_audits_are_kept_once_and_read_oldest_first(desk: Desk) -> None:
    desk.save(ticket(1))
    assert desk.mirror.history(1) == History(1)
    change = told(31, LATER, marker="op-1", changes=(("status", "open", "pending"),))
    assert desk.writer.save_audits(1, [change, told(30, comments=((11, True),))]) == 2
    desk.writer.save_audits(1, [change], complete=True)
    found = desk.mirror.history(1)
    assert found.complete
    assert [each.id for each in found.audits] == [30, 31]
    assert found.audits[0].comments == ((11, True),)
    changes = (("status", "open", "pending"),)
    assert found.audits[1] == Audit(31, LATER, KIM.id, "op-1", (), changes, "web")


def test_audits_of_a_ticket_that_is_not_held_are_not_kept(desk: Desk) -> None:
    assert desk.writer.save_audits(5, [told(30)]) == 0
    assert desk.mirror.history(5) == History(5)
    assert desk.mirror.history(2**70).audits == ()


def test_a_purge_of_a_person_takes_their_identities_and_audits(desk: Desk) -> None:
    desk.save(ticket(1, requester_id=KIM.id))
    desk.writer.save_identities(JO.id, [Identity(1, JO.id, "email", "jo@acme.example.com")])
    desk.writer.save_audits(1, [told(30, author_id=JO.id), told(31)])
    desk.writer.purge(user_id=JO.id)
    assert desk.mirror.identities(JO.id) == []
    assert [each.id for each in desk.mirror.history(1).audits] == [31]


def test_a_purge_of_everything_leaves_no_label_behind(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.save_fields([TicketField(5, "Plan")])
    desk.writer.save_deleted([DeletedTicket(5, "Kim", NOW)])
    desk.writer.save_audits(1, [told(30)])
    desk.writer.purge(everything=True)
    assert desk.mirror.labels().fields == {}
    assert desk.mirror.deleted(5) is None
    assert desk.mirror.history(1).audits == ()
