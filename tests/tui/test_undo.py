"""Taking back: what is held from any box, what was sent by its inverse, and why not."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from heroterm.domain.claims import note_of
from heroterm.domain.outbox import HELD, SENT, Changes, Intent, InternalNote
from heroterm.tui.doing import sending, undoing
from heroterm.tui.doing.answering import intent_of
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.screens.undo import Entry
from tests.conftest import NOW
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


def status(shift: Shift, ticket_id: int) -> str:
    """What the world truly holds."""
    return str(shift.control(f"world?ids={ticket_id}")["tickets"][0]["status"])


async def pending(hero: Hero, shift: Shift) -> int:
    """Set an open ticket to pending and see it sent; its number."""
    desk = hero.app.desk
    assert desk is not None
    rows = hero.app.reading.queue(desk.queue.view, 0, 50)
    ticket_id = next(row.id for row in rows if row.status == "open")
    desk.open_ticket(ticket_id)
    await hero.press("s")
    await hero.type("pend")
    await hero.press("enter")
    await hero.until(lambda: status(shift, ticket_id) == "pending", "it never left")
    await hero.waits_for("outbox empty")
    return ticket_id


def change(**more: object) -> Intent:
    """A change that is held."""
    made = Intent("i", 7, NOW, NOW, changes=Changes(status="pending"), state=HELD)
    return replace(made, **more)  # type: ignore[arg-type]


async def test_what_a_recall_gives_back_is_said_of_words_of_many_tickets_of_a_claim() -> None:
    desk = cast(OnDesk, SimpleNamespace(reading=SimpleNamespace(mirror=None)))
    words, claimed = InternalNote("Words."), InternalNote(note_of("Ana"))
    claim = change(comment=claimed, changes=Changes(add_tags=("claimed_by_ana",)))
    said = [change(), change(comment=words), change(comment=words, group="g"), claim]
    assert [undoing._said(desk, Entry((one,)))[0].partition("recalled")[2] for one in said] == [
        *(".", ", and its words are a draft again.", ", words and all."),
        ".",  # nobody wrote them
    ]


async def test_without_a_journal_nothing_is_undone_and_that_is_said() -> None:
    told: list[str] = []
    reading = SimpleNamespace(journal=None, journal_trouble="The journal is damaged.")
    desk = SimpleNamespace(reading=reading, tell=lambda say, severity: told.append(say + severity))
    for deed in (undoing.undo, undoing.show):
        deed(cast(OnDesk, desk))
    assert (
        told == ["The journal is damaged.error"] * 2 and undoing.entries(cast(OnDesk, desk)) == []
    )


async def test_a_status_that_was_sent_is_taken_back(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        ticket_id = await pending(hero, shift_)
        await hero.until(lambda: row_status(hero, ticket_id) == "pending", "not brought back")
        await hero.press("u")
        await hero.waits_for(f"Taking back: #{ticket_id} status open")
        await hero.until(lambda: status(shift_, ticket_id) == "open", "it was not taken back")


async def test_of_a_reminder_and_what_was_sent_after_it_the_newer_is_taken_back(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.waits_for("u takes it back")
        ticket_id = await pending(hero, shift_)
        await hero.until(lambda: row_status(hero, ticket_id) == "pending", "not brought back")
        await hero.press("u")
        await hero.waits_for(f"Taking back: #{ticket_id} status open")
        assert hero.app.reading.waits


def row_status(hero: Hero, ticket_id: int) -> str:
    """What the mirror holds."""
    mirror = hero.app.reading.mirror
    ticket = mirror.ticket(ticket_id) if mirror is not None else None
    return ticket.status if ticket is not None else ""


async def test_what_somebody_changed_since_is_left_as_it_is(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        ticket_id = await pending(hero, shift_)
        shift_.update(ticket_id, status="solved")
        await hero.press("R")
        await hero.until(lambda: row_status(hero, ticket_id) == "solved", "not brought back")
        await hero.press("U")
        await hero.waits_for("What can be undone", "was changed again since")
        await hero.press("enter")
        await hero.waits_for("Not taken back.")
        assert status(shift_, ticket_id) == "solved"


async def test_u_recalls_from_within_a_box_and_the_words_open_as_they_were(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(80, 24)) as hero:
        await hero.press("n", "r")
        await hero.paste("First line.\nSecond line.")
        await hero.press("up")
        await hero.reviews()
        await hero.press("s", "n", "y")
        await hero.waits_for("outbox 1 held")
        await hero.press("U")
        await hero.waits_for("What can be undone", "Second line.")
        await hero.waits_for("It has not left: it is recalled, and its words are a draft again.")
        await hero.press("escape", "6")
        await hero.waits_for("6 Outbox", "reply + solved")
        await hero.press("u")
        await hero.waits_for("Recalled before sending", "PUBLIC REPLY to")
        desk = hero.app.desk
        assert desk is not None and desk.composer.writing is not None
        assert hero.app.screen is desk
        assert desk.composer.writing.status == "solved"
        assert desk.composer.words.cursor_location == (0, 11)


async def test_the_first_sends_wait_for_a_key_in_the_outbox(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(training=2)) as hero:
        await hero.press("n", "i")
        await hero.paste("A first note.")
        await hero.press("escape")
        await hero.waits_for("practice send 1 of 2")
        await hero.may_decide()
        await hero.press("y")
        await hero.waits_for("waits for you: practice send 1 of 2")
        assert shift_.ledger() == []
        await hero.press("6")
        await hero.waits_for("held until you press !")
        await hero.press("exclamation_mark")
        await hero.until(lambda: bool(shift_.ledger()), "it never left")


async def test_hold_all_sends_no_practice_send_and_says_what_it_leaves(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "REMIND", timedelta(seconds=0.3))
    async with at_the_desk(shift_.parts(hold=600, training=2, carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.paste("A first note.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("waits for you: practice send 1 of 2")
        await hero.waits_for("still waits for you: 6 shows it once more, ! sends it")
        assert not hero.app.reading.counts_down()
        await hero.press("6", "P")
        await hero.waits_for("Nothing to hold or to release: 1 for practice")
        await hero.press("escape", "a", "m")
        await hero.waits_for("outbox 2 held")
        await hero.press("6", "P")
        await hero.waits_for("1 held until ! or P is pressed; 1 for practice")
        await hero.press("P")
        await hero.waits_for("1 released; 1 for practice, each sent by its own !.")
        note, fields = sorted(hero.app.reading.intents(), key=lambda one: one.kind == "fields")
        assert (note.state, fields.state) == ("held", "queued")


async def test_hold_all_leaves_what_is_sent_at_a_moment_of_its_own(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n")
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and desk.opened is not None and journal is not None
        made = intent_of(desk, desk.opened, Changes(priority="urgent"))
        monday = made.created_at + timedelta(days=3)
        journal.outbox.put(replace(made, send_after=monday, state="held"))
        desk.refresh_desk()
        await hero.press("6", "P")
        await hero.waits_for("Nothing to hold or to release: 1 sent later")
        kept = journal.outbox.get(made.id)
        assert kept is not None and abs(kept.send_after - monday) < timedelta(seconds=1)
        assert journal.outbox.recall(made.id) is not None
        at = made.created_at - timedelta(hours=1)
        waited = intent_of(desk, desk.opened, Changes(priority="low"))
        journal.outbox.put(replace(waited, created_at=at, send_after=at))
        journal.outbox.release(waited.id)
        back = Changes(priority="high")
        journal.outbox.begin(waited.id, stamp="", now=made.created_at, inverse=back)
        journal.outbox.settle(waited.id, SENT)
        await hero.press("escape", "u")  # it left only now
        await hero.waits_for("The priority was changed again since")


async def test_what_was_sent_long_ago_is_taken_back_from_the_list_alone(shift_: Shift) -> None:
    passed = [timedelta(0)]
    parts = replace(shift_.parts(), clock=lambda: wall_clock() + passed[0])
    async with at_the_desk(parts) as hero:
        ticket_id = await pending(hero, shift_)
        passed[0] = timedelta(minutes=11)
        await hero.press("u")
        await hero.waits_for("U lists what was sent and can be taken back")
        assert status(shift_, ticket_id) == "pending"
        await hero.press("U")
        await hero.waits_for("What can be undone", f"#{ticket_id}: back to status open")


async def test_a_recall_leaves_what_is_being_written_as_it_is(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.type("The first note.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        await hero.press("n", "i")
        await hero.type("Another one.")
        await hero.reviews()
        await hero.press("u")
        await hero.waits_for("Recalled before sending", "Its words are among the drafts")
        assert hero.app.desk is not None and hero.app.desk.composer.body == "Another one."


async def test_a_reminder_that_is_newer_than_what_was_sent_goes_first(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        ticket_id = await pending(hero, shift_)
        await hero.press("w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.until(lambda: bool(hero.app.reading.waits), "no reminder was set")
        await hero.press("u")
        await hero.until(lambda: not hero.app.reading.waits, "the reminder stays")
        assert status(shift_, ticket_id) == "pending"


async def test_what_has_not_left_goes_before_a_newer_reminder(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("n", "i")
        await hero.type("On its way.")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        await hero.press("w")
        await hero.type("fri")
        await hero.press("enter")
        await hero.until(lambda: bool(hero.app.reading.waits), "no reminder was set")
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        assert hero.app.reading.waits and hero.app.reading.intents() == []


async def test_words_that_were_sent_are_taken_back_neither_at_the_desk_nor_in_the_review(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "r")
        desk = hero.app.desk
        assert desk is not None and desk.opened is not None
        ticket_id = desk.opened.ticket.id
        await hero.type("Hey, it is mended.")
        await hero.reviews()
        await hero.press("s", "n", "y")
        await hero.until(lambda: status(shift_, ticket_id) == "solved", "it never left")
        await hero.waits_for("outbox empty")
        await hero.press("u")
        await hero.waits_for("is sent: words cannot be taken back. U takes back what it changed.")
        desk.open_ticket(ticket_id)
        await hero.press("i")
        await hero.type("ab")
        await hero.reviews()
        await hero.press("u")
        await hero.waits_for("Undid what was typed last", "The text is empty.")
        await hero.press("u")
        await hero.waits_for("Nothing is held, and no typing is left to undo.")
        assert status(shift_, ticket_id) == "solved" and hero.app.reading.intents() == []
