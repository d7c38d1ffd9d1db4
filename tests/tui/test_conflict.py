"""What happens on the screen when something came between a reply and its sending."""

from dataclasses import replace

import pytest

from heroterm.domain.outbox import Changes, Intent
from heroterm.tui.doing.answering import intent_of
from heroterm.tui.screens.conflict import ConflictScreen
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.test_shift import public

pytestmark = pytest.mark.anyio


async def held_reply(hero: Hero, words: str) -> int:
    """Queue a reply to the next ticket and hold it; the ticket's number."""
    await hero.press("n")
    desk = hero.app.desk
    await hero.until(lambda: desk is not None and desk.opened is not None)
    assert desk is not None and desk.opened is not None
    ticket_id = desk.opened.ticket.id
    await hero.press("r")
    await hero.paste(words)
    await hero.reviews()
    await hero.press("n", "y")
    await hero.waits_for("outbox 1 held")
    return ticket_id


async def stopped(hero: Hero, shift: Shift, ticket_id: int, said: str) -> None:
    """The customer writes, and the held reply stops although its time has not come."""
    await hero.waits_for("ONLINE")
    body = {"ticket": ticket_id, "author": "requester", "body": said, "public": True}
    shift.control("say", body)
    await hero.press("R")
    await hero.waits_for("needs you: ", "1 NEEDS YOU")


async def test_a_customer_who_writes_stops_the_held_reply_and_both_texts_are_shown(
    shift_: Shift,
) -> None:
    parts = replace(shift_.parts(hold=600), browse=lambda url: False)
    async with at_the_desk(parts) as hero:
        ticket_id = await held_reply(hero, "Here is the answer.")
        await stopped(hero, shift_, ticket_id, "Never mind, it works again.")
        await hero.press("6", "enter")
        await hero.waits_for("Theirs: 1 since you looked", "Never mind, it works again.")
        await hero.may_answer("Mine: reply + pending", "Here is the answer.", "send anyway")
        await hero.press("o")
        await hero.waits_for("Copied the address")
        assert shift_.copied[-1].endswith(f"/agent/tickets/{ticket_id}")
        await hero.press("y")
        await hero.until(lambda: public(shift_, ticket_id, "Here is the answer.") == 1)
        await hero.press("escape")
        await hero.waits_for("outbox empty")


async def test_a_stopped_reply_is_edited_under_what_came(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600), size=(80, 24)) as hero:
        ticket_id = await held_reply(hero, "Here is the answer.")
        await stopped(hero, shift_, ticket_id, "Never mind, it works again.")
        await hero.press("6", "enter")
        await hero.waits_for("Theirs: 1 since you looked", "Mine: reply + pending")
        await hero.press("e")
        await hero.waits_for("PUBLIC REPLY to")
        desk = hero.app.desk
        assert desk is not None and desk.opened is not None
        assert desk.composer.body == "Here is the answer."
        assert desk.composer.writing is not None
        assert desk.composer.writing.seen_comment_id == desk.opened.comments[-1].id
        shift_.control("say", {"ticket": ticket_id, "author": "requester", "body": "It does not."})
        note = {"ticket": ticket_id, "author": "agent", "body": "Mine, too?", "public": False}
        shift_.control("say", note)
        await hero.press("escape", "colon")
        await hero.paste("sync now")
        await hero.press("enter")
        await hero.waits_for("wrote 2 messages")
        await hero.waits_for("wrote: “It does not.”")
        assert desk.composer.review.has_focus and not hero.sees("? asks")
        await hero.may_decide()
        await hero.press("y")
        await hero.may_answer("Since you began", "wrote: “It does not.”")
        assert desk.thread.current is not None and desk.thread.current.body == "It does not."
    assert shift_.ledger() == []


async def test_a_question_that_nobody_was_asked_waits_for_the_heros_yes(shift_: Shift) -> None:
    """A row that came into the file by another way than the desk."""
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        await hero.waits_for("ONLINE")
        await hero.press("n")
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and desk.opened is not None and journal is not None
        ticket, now = desk.opened.ticket, desk.reading.local_now()
        changes = Changes(status="solved")
        journal.outbox.put(
            Intent(
                "by-hand", ticket.id, now, now, changes=changes, base_stamp=ticket.updated_stamp,
                state="queued",
            )
        )  # fmt: skip
        await hero.press("R")
        await hero.waits_for("1 NEEDS YOU")
        assert shift_.ledger() == []
        await hero.press("6", "enter")
        await hero.may_answer("asks: solve-with-note-only", "send anyway")
        await hero.press("z")
        await hero.waits_for("z does nothing here; ? lists what does.")
        box = hero.app.screen
        assert isinstance(box, ConflictScreen)
        box.reload()  # as after every report of the carrier
        await hero.pilot.pause()
        assert hero.sees("z does nothing here; ? lists what does.")
        await hero.press("y")
        await hero.until(lambda: len(shift_.ledger()) == 1)


async def test_a_reply_that_a_closed_ticket_did_not_take_becomes_its_follow_up(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600)) as hero:
        ticket_id = await held_reply(hero, "Hey, here is the answer, better late than never.")
        shift_.update(ticket_id, status="closed")
        await hero.press("6", "exclamation_mark")
        await hero.waits_for("The ticket is closed")
        await hero.press("enter")
        await hero.may_answer("f makes a follow-up")
        await hero.press("y")
        await hero.waits_for("A closed ticket takes nothing more")
        await hero.press("f")
        await hero.waits_for("FOLLOW-UP to")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("is held")
        await hero.press("6", "exclamation_mark")
        await hero.until(lambda: any(w["method"] == "POST" for w in shift_.ledger()))
        await hero.press("escape")
        await hero.waits_for("outbox empty")
        journal = hero.app.reading.journal
        assert journal is not None and journal.drafts.list() == []
    (made,) = [w for w in shift_.ledger() if w["method"] == "POST"]
    assert made["body"]["ticket"]["via_followup_source_id"] == ticket_id
    assert made["body"]["ticket"]["comment"]["body"].startswith("Hey, here is the answer")


async def test_what_may_have_arrived_is_neither_sent_again_nor_given_up_unasked(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and desk.opened is not None and journal is not None
        now, stamp = desk.reading.local_now(), desk.opened.ticket.updated_stamp
        note = intent_of(desk, desk.opened, Changes(), "A note.")
        journal.outbox.put(replace(note, state="queued"))
        journal.outbox.begin(note.id, stamp=stamp, now=now)
        journal.outbox.settle(note.id, "needs_you", why="No answer came.", outcome="unclear")
        desk.refresh_desk()
        await hero.press("6", "enter")
        await hero.may_answer("An earlier try may still have arrived")
        await hero.press("y", "D", "e")
        kept = journal.outbox.get(note.id)
        assert kept is not None and kept.state == "needs_you"
        assert journal.drafts.list() == []
