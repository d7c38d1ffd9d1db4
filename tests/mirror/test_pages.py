from __future__ import annotations

from datetime import timedelta

import pytest

from heroterm.domain.ticket import Attachment, Comment, Organization, Page, Person, Ticket
from heroterm.domain.view import Overlay, Placement, View
from heroterm.errors import StoreError
from heroterm.mirror.writer import MirrorWriter
from tests.conftest import NOW
from tests.mirror.make import ACME, JO, KIM, Desk, clock, comment, page, place, ticket

SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(minutes=5)


def answered(desk: Desk, id_: int = 1) -> bool | None:
    row = desk.mirror.row(id_, Overlay())
    assert row is not None
    return row.never_answered


def title(desk: Desk, id_: int = 1) -> str:
    found = desk.mirror.ticket(id_)
    assert found is not None
    return found.subject


def test_a_ticket_comes_back_as_it_was_saved(desk: Desk) -> None:
    saved = ticket(
        1,
        description="Hello\nworld ö",
        tags=("a b", 'q"', "ö"),
        custom_fields=((5, "x"), (6, "y")),
        email_cc_ids=(3, 4),
        followup_ids=(8,),
        slas=(clock(5), clock(0, stage="paused")),
        generated_timestamp=17,
        replies=2,
        comment_count=3,
        channel="web",
        from_address="jo@acme.example.com",
        via_followup_source_id=12,
    )
    desk.save(saved)
    assert desk.mirror.ticket(1) == saved
    assert desk.mirror.person(JO.id) == JO
    assert desk.mirror.organization(ACME.id) == ACME
    assert desk.mirror.ticket(2**80) is None


class Torn(BaseException):
    """The process dies here."""


def test_a_crash_in_the_middle_of_a_page_keeps_neither_rows_nor_cursor(desk: Desk) -> None:
    def dies(t: Ticket, organization: Organization | None) -> Placement:
        if t.id == 3:
            raise Torn
        return place(t, organization)

    desk.writer.save_page(page(ticket(9)), at=NOW, cursor=("fill", "a"))
    other = MirrorWriter(desk.path, dies)
    try:
        with pytest.raises(Torn):
            other.save_page(page(ticket(1), ticket(2), ticket(3)), at=NOW, cursor=("fill", "b"))
        assert other.cursor("fill") == "a"
    finally:
        other.close()
    assert [row.id for row in desk.mirror.queue(View(), Overlay())] == [9]
    assert desk.writer.cursor("fill") == "a"


def test_page_and_cursor_arrive_together_and_a_repeated_page_changes_nothing(desk: Desk) -> None:
    for _ in range(2):
        saved = desk.writer.save_page(page(ticket(1)), at=NOW, cursor=("fill", "b"))
        assert saved.ids == (1,)
    assert desk.writer.cursor("fill") == "b"
    assert desk.mirror.state().tickets == 1
    desk.writer.save_page(page(), at=NOW, cursor=("fill", None))
    assert desk.writer.cursor("fill") is None


def test_an_older_row_never_replaces_a_newer_one(desk: Desk) -> None:
    desk.save(ticket(1, subject="new", updated_at=LATER))
    assert desk.writer.save_page(page(ticket(1, subject="old")), at=LATER).stale == 1
    assert title(desk) == "new"


def test_the_generated_timestamp_decides_where_both_rows_have_one(desk: Desk) -> None:
    desk.save(ticket(1, subject="new", generated_timestamp=20))
    desk.save(ticket(1, subject="old", generated_timestamp=10, updated_at=LATER))
    assert title(desk) == "new"
    desk.save(ticket(1, subject="listed", updated_at=LATER))
    assert title(desk) == "listed"


def test_the_newest_of_one_ticket_in_a_page_is_kept(desk: Desk) -> None:
    desk.save(ticket(1, subject="new", updated_at=LATER), ticket(1, subject="old"))
    assert title(desk) == "new"


def test_an_answer_without_sideloads_keeps_the_old_clocks_and_an_empty_one_removes_them(
    desk: Desk,
) -> None:
    desk.save(ticket(1, slas=(clock(5),), replies=0, comment_count=4))
    desk.save(ticket(1, slas=None, updated_at=LATER))
    row = desk.mirror.queue(View(), Overlay())[0]
    assert (row.metric, row.never_answered, row.comment_count) == ("next_reply_time", True, 4)
    desk.save(ticket(1, slas=(), updated_at=LATER))
    assert desk.mirror.queue(View(), Overlay())[0].metric is None


@pytest.mark.parametrize(
    "bad",
    [
        ticket(2**63),
        ticket(2, requester_id=2**64),
        ticket(2, subject="half \ud83d"),
        ticket(2, tags=("half \ud83d",)),
        ticket(2, description="half \ud83d"),
        ticket(2, created_at=NOW.replace(tzinfo=None)),
    ],
)
def test_a_row_that_cannot_be_stored_is_refused_and_the_page_goes_on(
    desk: Desk, bad: Ticket
) -> None:
    broken = Person(7, "half \ud83d")
    asked = ticket(3, requester_id=broken.id)
    saved = desk.writer.save_page(page(ticket(1), bad, asked, people=(broken, KIM)), at=NOW)
    assert saved.ids == (1, 3)
    assert len(saved.refused) == 1
    assert "was not kept" in saved.refused[0]
    assert desk.mirror.people({broken.id, KIM.id}) == {KIM.id: KIM}


def test_a_newer_row_that_cannot_be_stored_leaves_the_one_that_is_held(desk: Desk) -> None:
    desk.save(ticket(1, subject="as it was"))
    newer = ticket(1, subject="half \ud83d", updated_at=LATER)
    saved = desk.writer.save_page(page(newer, ticket(2)), at=NOW)
    assert saved.ids == (2,) and "was not kept" in saved.refused[0]
    assert title(desk) == "as it was"


def test_a_renamed_requester_is_found_under_the_new_name(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.save(people=(Person(JO.id, "Jo Neumann", None),))
    assert desk.mirror.queue(View(text="neumann"), Overlay())
    assert not desk.mirror.queue(View(text="ødegård"), Overlay())


def test_a_changed_organization_places_its_tickets_anew(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.save(organizations=(Organization(ACME.id, "Acme", tags=("vip",)),))
    assert desk.mirror.queue(View(), Overlay())[0].tier == 1


def test_changed_rules_place_every_ticket_anew(desk: Desk) -> None:
    desk.save(*(ticket(n) for n in range(1, 12)))
    other = MirrorWriter(desk.path, lambda t, _: Placement(2, "app", f"Title {t.id}"))
    other.replace_placements()
    other.close()
    rows = desk.mirror.queue(View(text="title"), Overlay())
    assert {(row.tier, row.source) for row in rows} == {(2, "app")}
    assert len(rows) == 11


def test_a_thread_comes_back_oldest_first(desk: Desk) -> None:
    desk.save(ticket(1))
    assert not desk.mirror.thread(1).complete
    files = (Attachment(4, "log.txt", "https://files.example.com/4", "text/plain", 12),)
    given = [
        comment(12, 1, KIM.id, public=False, attachments=files, audit_id=99, truncated=True),
        comment(11, 1, None, channel="email", from_address="jo@acme.example.com"),
    ]
    desk.writer.save_comments(1, given, [KIM], complete=True, at=NOW)
    thread = desk.mirror.thread(1)
    assert list(thread.comments) == given[::-1]
    assert thread.complete


def test_comments_that_are_gone_from_a_whole_thread_are_gone_here_too(desk: Desk) -> None:
    desk.save(ticket(1))
    both = [comment(11, 1), comment(12, 1)]
    desk.writer.save_comments(1, both, [], complete=True, at=NOW)
    desk.writer.save_comments(1, both[1:], [], complete=False, at=NOW)
    assert len(desk.mirror.thread(1).comments) == 2
    desk.writer.save_comments(1, both[1:], [], complete=True, at=NOW)
    assert [c.id for c in desk.mirror.thread(1).comments] == [12]


def test_comments_of_a_ticket_that_is_not_held_are_refused_in_words(desk: Desk) -> None:
    with pytest.raises(StoreError, match="#5 is not in the mirror"):
        desk.writer.save_comments(5, [comment(1, 5)], [], complete=True, at=NOW)


@pytest.mark.parametrize(
    ("comments", "fields", "expected"),
    [
        ([comment(1, 1)], {}, True),
        ([comment(1, 1), comment(2, 1, KIM.id)], {}, False),
        ([comment(1, 1), comment(2, 1, KIM.id, public=False)], {}, True),
        ([comment(1, 1), comment(2, 1, 555)], {}, None),
        ([comment(1, 1)], {"replies": 3}, True),
        (None, {"replies": 3}, False),
        (None, {"replies": 0}, True),
        (None, {"slas": (clock(0, stage="achieved", metric="first_reply_time"),)}, False),
        (None, {"slas": (clock(5, metric="first_reply_time"),)}, None),
        (None, {}, None),
    ],
)
def test_never_answered_is_judged_from_the_best_that_is_known(
    desk: Desk, comments: list[Comment] | None, fields: dict[str, object], expected: bool | None
) -> None:
    desk.save(ticket(1, **fields))
    if comments is not None:
        desk.writer.save_comments(1, comments, [KIM, JO], complete=True, at=SOON)
    assert answered(desk) is expected


def test_a_thread_that_is_behind_its_ticket_no_longer_says_never(desk: Desk) -> None:
    desk.save(ticket(1))
    desk.writer.save_comments(1, [comment(1, 1)], [JO], complete=True, at=SOON)
    assert answered(desk) is True
    desk.save(ticket(1, updated_at=LATER), at=LATER)
    assert answered(desk) is None
    assert desk.writer.stale_threads(5) == [1]


def test_threads_are_stale_until_fetched_and_again_after_a_change(desk: Desk) -> None:
    desk.save(ticket(1, slas=(clock(50),)), ticket(2, slas=(clock(5),)), ticket(3, status="solved"))
    assert desk.writer.stale_threads(9) == [2, 1]
    assert desk.writer.stale_threads(1) == [2]
    for id_ in (1, 2):
        desk.writer.save_comments(id_, [], [], complete=True, at=NOW + timedelta(minutes=1))
    assert desk.writer.stale_threads(9) == []
    desk.save(ticket(1, updated_at=NOW + timedelta(seconds=30)))
    assert desk.writer.stale_threads(9) == [], "the thread was read after that change"
    desk.save(ticket(1, updated_at=LATER))
    assert desk.writer.stale_threads(9) == [1]


def test_the_working_set_is_nearest_breach_first_across_tiers(desk: Desk) -> None:
    desk.save(
        ticket(1, priority="urgent"),
        ticket(2, slas=(clock(30),)),
        ticket(3, slas=(clock(-30),), status="hold"),
        ticket(4, status="closed", slas=(clock(-90),)),
    )
    desk.writer.mark_missing([2], at=NOW)
    assert desk.writer.working_set(9) == [3, 1]


def test_other_open_tickets_share_requester_or_a_real_organization(desk: Desk) -> None:
    gmail = Organization(71, "gmail")
    desk.save(
        ticket(1),
        ticket(2, requester_id=950, updated_at=LATER),
        ticket(3, organization_id=None),
        ticket(4, status="solved"),
        ticket(5, requester_id=951, organization_id=71),
        ticket(6, requester_id=952, organization_id=71),
        organizations=(ACME, gmail),
    )
    assert [row.id for row in desk.mirror.other_open(1)] == [2, 3]
    assert desk.mirror.other_open(5) == []


def test_an_empty_page_moves_only_the_cursor(desk: Desk) -> None:
    saved = desk.writer.save_page(Page((), refused=("one row",)), at=NOW, cursor=("x", "1"))
    assert saved.refused == ("one row",)
    assert desk.writer.cursor("x") == "1"
