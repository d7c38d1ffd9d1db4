"""Fields of one ticket, of its people, and of many tickets at once."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from heroterm.domain.deeds import NOTES, OrganizationText
from heroterm.domain.outbox import Changes, Intent
from heroterm.tui.doing.tagging import read_tags
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def held(hero: Hero) -> list[Intent]:
    """What waits in the outbox."""
    hero.app.reading.forget()
    return hero.app.reading.intents()


async def one_change(hero: Hero) -> Intent:
    """Wait for the one intent that is there."""
    await hero.until(lambda: len(held(hero)) == 1, "nothing was queued")
    return held(hero)[0]


async def test_a_ticket_is_assigned_tagged_and_pressed_by_short_keys(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        me = hero.app.reading.state.user_id
        await hero.press("n", "a", "m")
        assert (await one_change(hero)).changes == Changes(assignee_id=me)
        await hero.waits_for("your change - HELD", "  assignee Ana Hero")
        await hero.press("u", "t")
        await hero.paste("billing-question 'quoted")
        await hero.press("enter")
        await hero.waits_for("is no tag", "What you typed stands in the box again.", "Tags of #")
        for _ in " 'quoted":
            await hero.press("backspace")
        await hero.press("enter")
        assert (await one_change(hero)).changes == Changes(add_tags=("billing-question",))
        await hero.press("u", "exclamation_mark")
        await hero.type("low")
        await hero.press("enter")
        assert (await one_change(hero)).changes == Changes(priority="low")


async def test_a_field_is_found_by_its_label_and_filled_by_its_type(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.until(
            lambda: bool(hero.app.reading.mirror and hero.app.reading.mirror.labels().fields)
        )
        await hero.press("n", "a", "f")
        await hero.type("severity")
        await hero.press("enter")
        await hero.waits_for("Severity of #")
        await hero.type("low")
        await hero.press("enter")
        (pair,) = (await one_change(hero)).changes.custom_fields
        assert pair[1] == "low"


async def test_escalating_is_group_note_and_status_in_one_update(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "e")
        await hero.type("pipeline")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE", "Escalating to Pipeline.")
        await hero.paste("a look")
        desk = hero.app.desk
        assert desk is not None
        desk.composer.words.load_text("Escalating to Pipeline. Ingestion stands still, see Slack.")
        await hero.reviews()
        await hero.waits_for("Also: group Pipeline", "[OPEN]")
        await hero.press("y")
        await hero.until(lambda: bool(shift_.ledger()), "it never left")
    (write,) = shift_.ledger()
    sent = write["body"]["ticket"]
    assert sent["comment"]["public"] is False and sent["status"] == "open"
    assert sent["group_id"] in {g["id"] for g in shift_.api("GET", "groups")["groups"]}


def mistaken(hero: Hero) -> Any:
    """A row whose requester sits in a placeholder organization."""
    desk = hero.app.desk
    assert desk is not None
    rows = hero.app.reading.queue(desk.queue.view, 0, 200)
    return next(row for row in rows if row.free_mail_organization and row.source == "app")


async def test_the_admin_line_puts_an_organization_right_and_u_takes_it_back(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        row = mistaken(hero)
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(row.id)
        await hero.press("f")
        await hero.may_answer("please assign to correct org", "because: Admin")
        await hero.press("y")
        person = hero.app.reading.mirror.ticket(row.id).requester_id  # type: ignore[union-attr]

        def organization() -> int:
            return int(shift_.api("GET", f"users/{person}")["user"]["organization_id"])

        await hero.until(lambda: organization() != row.organization_id, "it was not changed")
        await hero.waits_for("outbox empty")
        await hero.press("u")
        await hero.waits_for("Taking back")
        await hero.until(lambda: organization() == row.organization_id, "it was not taken back")


async def test_the_products_id_of_an_organization_counts_before_its_name(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        row, desk = mistaken(hero), hero.app.desk
        assert desk is not None
        desk.open_ticket(row.id)
        assert desk.opened is not None and desk.opened.footer.organization_id
        known, name = desk.opened.footer.organization_id, desk.opened.footer.organization
        with closing(sqlite3.connect(shift_.home / "data" / "mirror.db")) as raw, raw:
            raw.execute("update organization set name = 'Bought Inc' where name = ?", [name])
            raw.execute(
                "insert into organization(id, name, domain_names, tags) values (77, ?, '[]', '[]')",
                [name],
            )
            found = raw.execute("select name from organization where external_id = ?", [known])
            assert found.fetchall() == [("Bought Inc",)]
        await hero.press("f")
        await hero.waits_for("then: Bought Inc", known)


async def test_a_community_question_keeps_its_organization(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        assert hero.app.desk is not None
        hero.app.desk.open_ticket(shift_.community_question())
        await hero.press("f")
        await hero.waits_for("is not a 'community question'")
        assert held(hero) == []


async def test_a_content_warning_is_written_where_the_role_may_write(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        rows = hero.app.reading.queue(desk.queue.view, 0, 100)
        row = next(r for r in rows if r.organization_id and not r.free_mail_organization)
        desk.open_ticket(row.id)
        await hero.press("a", "w")
        await hero.paste("Crash videos in recordings.")
        await hero.press("enter")
        await hero.may_answer("notes (your role may write the notes alone)")
        await hero.press("y")
        deed = (await one_change(hero)).deed
        assert isinstance(deed, OrganizationText)
        assert (deed.field, deed.organization_id) == (NOTES, row.organization_id)
        assert deed.text.endswith("Content warning: Crash videos in recordings.")


async def test_marked_rows_change_as_one_after_a_look_at_each_and_u_recalls_all(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(80, 24)) as hero:
        await hero.press("space", "space", "space", "a", "u")
        await hero.waits_for("LEFT OUT", "It is so already.")
        await hero.press("escape", "s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.may_answer("3 tickets:", "-> pending")
        await hero.press("x", "y")
        await hero.waits_for("2 tickets are held")
        assert len({intent.group for intent in held(hero)}) == 1
        assert [i.changes for i in held(hero)] == [Changes(status="pending")] * 2
        await hero.press("u")
        await hero.waits_for("Recalled before sending: 2 tickets")
        assert held(hero) == []
        await hero.press("space", "space", "s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.may_answer("2 tickets:", "-> pending")
        await hero.press("x")
        await hero.waits_for("1 ticket: status")
        await hero.press("y")
        await hero.waits_for("1 ticket is held for", "u recalls it.")
        await hero.press("u")
        await hero.waits_for("Recalled before sending: 1 ticket.")


async def test_a_hold_begins_when_it_is_queued_however_long_the_box_was_read(
    shift_: Shift,
) -> None:
    passed = [timedelta(0)]
    parts = shift_.parts(hold=600, carrier=False)
    async with at_the_desk(replace(parts, clock=lambda: wall_clock() + passed[0])) as hero:
        await hero.press("space", "space", "s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.may_answer("2 tickets:", "-> pending")
        passed[0] = timedelta(hours=1)
        await hero.press("y")
        await hero.waits_for("2 tickets are held")
        left = [intent.send_after - hero.app.reading.local_now() for intent in held(hero)]
        assert len(left) == 2 and all(one > timedelta(seconds=500) for one in left)


async def test_on_hold_is_refused_ticket_by_ticket(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("space", "space", "s")
        await hero.type("hold")
        await hero.press("enter")
        await hero.may_answer("No ticket can be changed so", "reply to the ticket to let")
        await hero.press("y")
        assert held(hero) == []


async def test_words_for_many_come_from_an_approved_reply_filled_for_each(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("space", "space", "c")
        await hero.waits_for("Approved for many: to 2 tickets", "Still with us?")
        await hero.press("enter")
        await hero.may_answer("2 tickets: reply + pending", "Hey ")
        await hero.press("y")
        await hero.until(lambda: len(held(hero)) == 2, "they were not queued")
        bodies = {intent.comment.body for intent in held(hero) if intent.comment is not None}
        assert len(bodies) == 2, "the same name in both"


def test_typed_tags_are_read_as_on_and_off() -> None:
    assert read_tags("Billing, -old +new") == Changes(
        add_tags=("billing", "new"), remove_tags=("old",)
    )
    assert isinstance(read_tags("so'so"), str)


async def test_a_question_that_names_the_reply_takes_its_key(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "s")
        await hero.type("solved")
        await hero.press("enter")
        await hero.may_answer("The customer has had no answer", "r write a reply first")
        await hero.press("r")
        await hero.waits_for("PUBLIC REPLY to")
        assert held(hero) == []
