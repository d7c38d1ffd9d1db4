"""Drafts: listed with what happened since, restored from the trash, gone along with a merge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from heroterm.domain.outbox import Draft
from heroterm.sync.orders import Open
from heroterm.tui.edited import Edited
from heroterm.tui.messages import DraftChanged
from heroterm.tui.screens.drafts import Kept, detail
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift
from tests.tui.player import Player

pytestmark = pytest.mark.anyio


async def begun(hero: Hero, key: str, words: str) -> int:
    """Begin a reply or note on the next ticket and leave it as a draft; the ticket's number."""
    await hero.press("n", key)
    await hero.paste(words)
    await hero.press("escape", "escape")
    await hero.waits_for("DRAFT kept here")
    desk = hero.app.desk
    assert desk is not None and desk.opened is not None
    return desk.opened.ticket.id


async def test_the_list_says_where_the_customer_wrote_since(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(), size=(120, 60)) as hero:
        ticket_id = await begun(hero, "r", "Half an answer.")
        body = {"ticket": ticket_id, "author": "requester", "body": "Any news?", "public": True}
        shift_.control("say", body)
        await hero.waits_for("ONLINE")
        hero.app.order(Open(ticket_id))
        await hero.waits_for("Any news?")
        await hero.press("g", "d")
        await hero.waits_for(f"#{ticket_id}", "CUSTOMER WROTE SINCE", "Half an answer.")
        await hero.press("enter")
        await hero.waits_for("PUBLIC REPLY to")
        assert not hero.sees("DRAFT kept here")
        shift_.control("say", body | {"body": "Anybody there?"})
        hero.app.order(Open(ticket_id))
        await hero.waits_for("Anybody there?")
        assert not hero.sees("DRAFT kept here"), "what is being written was not left there"
        await hero.press("escape", "escape")
        await hero.waits_for("DRAFT kept here")


@pytest.mark.parametrize(("hours", "told"), [(63, True), (-1, False)])
def test_the_list_says_when_a_draft_is_to_be_sent(hours: int, told: bool) -> None:
    now = datetime(2026, 11, 27, 18, tzinfo=UTC)
    draft = Draft(1, "public_reply", "Hey.", now, later=now + timedelta(hours=hours))
    said = detail(Kept(draft, "open", "Funnel", False), now, 99)[0].plain
    assert ("to be sent Mon 30 Nov" in said) is told, said


async def test_a_draft_is_thrown_away_and_restored_in_the_list(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await begun(hero, "i", "Keep me after all.")
        await hero.press("g", "d")
        await hero.press("D")
        await hero.waits_for("TRASH, 30 d left", "Keep me after all.")
        await hero.press("r")
        await hero.until(lambda: not hero.sees("TRASH"), "it stays in the trash")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE - colleagues only")
        assert hero.app.desk is not None
        assert hero.app.desk.composer.body == "Keep me after all."


@pytest.mark.parametrize("emptied", [False, True])
async def test_what_another_window_kept_is_in_the_trash_beside_what_is_thrown_away(
    shift_: Shift, emptied: bool
) -> None:
    parts = replace(shift_.parts(carrier=False), edit=lambda text: Edited(""))
    async with at_the_desk(parts) as hero:
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        await hero.press("n", "i")
        await hero.paste("My words.")
        await hero.until(lambda: bool(journal.drafts.list()))
        await hero.reviews()
        desk.pen.write(lambda _: None).result(timeout=5)  # what Esc keeps, too, is kept by now
        (mine,) = journal.drafts.list()
        journal.drafts.save(replace(mine, body="Hers, from the other window."))
        await hero.press("e" if emptied else "D")
        await hero.waits_for("in the trash")
        thrown = {each.draft.body for each in journal.drafts.thrown()}
        assert thrown == {"My words.", "Hers, from the other window."}


async def test_what_the_editor_did_is_said_and_can_be_taken_back(shift_: Shift) -> None:
    left = [Edited(None, "The editor ed was not found."), Edited("Better words."), Edited("")]
    parts = replace(shift_.parts(carrier=False), edit=lambda text: left.pop(0))
    async with at_the_desk(parts) as hero:
        await hero.press("n", "i")
        await hero.paste("My words.")
        desk = hero.app.desk
        assert desk is not None
        await hero.press("f4")
        await hero.waits_for("The editor ed was not found.", "My words.")
        await hero.press("f4")
        await hero.waits_for("Better words.")
        await hero.press("f4")
        await hero.waits_for("The editor left nothing: your text is in the trash")
        assert desk.composer.body == ""
        await hero.press("ctrl+z")
        assert desk.composer.body == "Better words."
        await hero.press("ctrl+z")
        assert desk.composer.body == "My words."
        journal = hero.app.reading.journal
        assert journal is not None
        assert [thrown.draft.body for thrown in journal.drafts.thrown()] == ["Better words."]


@pytest.mark.parametrize("typing", [False, True])
async def test_a_draft_goes_along_when_its_ticket_is_merged(shift_: Shift, typing: bool) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        desk = hero.app.desk
        assert desk is not None
        into = next(row.id for row in hero.app.reading.queue(desk.queue.view, 5, 1))
        await hero.waits_for("ONLINE")
        ticket_id = await begun(hero, "r", "Written before the merge.")
        if typing:
            await hero.press("r")
            await hero.waits_for("PUBLIC REPLY to")
        shift_.api("POST", f"tickets/{into}/merge", {"ids": [ticket_id]})
        hero.app.order(Open(ticket_id))
        await hero.waits_for(f"#{ticket_id} was merged into #{into}")
        journal = hero.app.reading.journal
        assert journal is not None
        (draft,) = journal.drafts.list()
        assert (draft.ticket_id, draft.body) == (into, "Written before the merge.")
        composing = desk.composer.writing
        assert (composing is not None and composing.ticket_id == into) == typing


async def test_after_a_merge_the_review_says_whom_the_greeting_names(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        desk, mirror = hero.app.desk, hero.app.reading.mirror
        assert desk is not None and mirror is not None
        await hero.waits_for("ONLINE")
        await hero.press("n")
        await hero.until(lambda: desk.opened is not None)
        assert desk.opened is not None
        ticket, former = desk.opened.ticket, desk.opened.requester
        assert former is not None
        rows = hero.app.reading.queue(desk.queue.view, 0, 30)
        into = next(row for row in rows if row.requester and row.requester != former.name)
        first, now = former.name.split()[0], into.requester.split()[0]
        await hero.press("r")
        await hero.paste(f"Hey {first}, thanks! I will write again tomorrow.")
        shift_.api("POST", f"tickets/{into.id}/merge", {"ids": [ticket.id]})

        def merged() -> bool:
            hero.app.order(Open(ticket.id))  # again: one that is asked for already is asked once
            return hero.sees(f"#{ticket.id} was merged into #{into.id}")

        await hero.until(merged, "nothing says that it was merged")
        await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == into.id)
        await hero.until(
            lambda: any(link.ticket_id == ticket.id for link in mirror.linked(into.id)),
            "the mirror does not know of the merge",
        )
        await hero.reviews()
        whose = f"whose #{ticket.id} was merged into this ticket; the requester is {now}."
        await hero.waits_for(f'The greeting says "{first}", {whose}')


async def test_what_is_thrown_away_is_no_draft_again_by_the_half_second_after_a_key(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.paste("Thrown away.")
        await hero.reviews()
        slow = Event()
        desk.pen.write(lambda _: slow.wait(5))
        await hero.press("D")
        desk.composer.post_message(DraftChanged())
        await hero.pilot.pause()
        slow.set()
        await hero.until(lambda: desk.composer.writing is None, "the composer stays open")
        journal = desk.reading.journal
        assert journal is not None
        desk.pen.write(lambda _: None).result(5)
        assert [thrown.draft.body for thrown in journal.drafts.thrown()] == ["Thrown away."]
        assert list(journal.drafts.list()) == []


@pytest.mark.parametrize("key", ["i", "r"])
async def test_a_step_that_brings_words_takes_none_that_are_being_written(
    shift_: Shift, key: str
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(160, 50)) as hero:
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        player = Player(hero, shift_)
        await player.goes_to(shift_.ticket("self_hosted"))
        await player.begins("self")
        await player.answers("1 Do they really", "y")
        await player.at("2 Politely direct them")
        desk.focus_pane("thread")
        await hero.press(key)
        await hero.paste("My own words.")
        desk.focus_pane("playbook")  # with the mouse, before the draft is kept by itself
        await hero.press("enter")
        await hero.waits_for("PUBLIC REPLY")
        drafts = {draft.kind: draft.body for draft in journal.drafts.list()}
        kind = "public_reply" if key == "r" else "internal_note"
        assert drafts[kind] == "My own words."
        assert desk.composer.body.startswith("My own words." if key == "r" else "Hey ")
        assert "aren't able to offer support" in desk.composer.body


async def test_words_that_come_back_from_the_outbox_stand_before_those_being_written(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.paste("First.")
        await hero.reviews()
        await hero.press("y")
        await hero.until(lambda: desk.composer.writing is None)
        await hero.press("i")
        await hero.paste("Second.")
        desk.action_command("go.outbox")  # with the mouse, before the draft is kept by itself
        await hero.press("e")
        await hero.waits_for("Recalled before sending")
        assert desk.composer.body == "First.\n\nSecond."
