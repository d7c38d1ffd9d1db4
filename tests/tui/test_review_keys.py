"""Keys in the Review, what the lines promise of them, and for whom an action is meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from textual.events import Key

from heroterm.cli import main
from heroterm.tui.panes import review
from heroterm.tui.screens.listing import Listing
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_beside_what_many_changes_say_their_countdown_stays_whole(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=15, carrier=False), size=(80, 24)) as hero:
        await hero.press("space", "space", "space", "t")
        await hero.type("swept")
        await hero.press("enter")
        await hero.may_answer("3 tickets: +swept")
        await hero.press("z")
        await hero.waits_for("z does nothing here; ? lists what does.")
        box = hero.app.screen
        assert isinstance(box, Listing)
        box.reload()  # as news of the carrier do
        assert hero.sees("z does nothing here; ? lists what does.")
        await hero.press("j")
        assert not hero.sees("z does nothing here")
        await hero.press("y")
        await hero.waits_for("3 tickets are held", "and 2 more - u recalls")


async def test_what_goes_days_later_takes_no_room_from_what_is_said_now(shift_: Shift) -> None:
    words = "Saved /home/ana/downloads/a-picture-of-a-funnel-with-a-long-name.png"
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey, I will look on Monday.")
        await hero.reviews()
        await hero.press("w")
        await hero.waits_for("Send later: when?")
        await hero.type("17")
        await hero.waits_for("17  says no moment to come")
        await hero.press("backspace", "backspace")
        await hero.type("mon 9:00")
        await hero.waits_for("mon 9:00  Mon ")
        await hero.press(*["backspace"] * 8)
        await hero.type("in 50h")
        await hero.press("enter")
        await hero.waits_for("y queues it, sent")
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        desk.tell(words)
        await hero.pilot.pause()
        assert hero.sees(words)
        await hero.until(lambda: not desk.told, "it stayed")
        await hero.waits_for("held: #", "u recalls")


async def test_help_palette_and_undo_live_in_the_review(shift_: Shift, quick: None) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(120, 40)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.type("first note")
        await hero.reviews()
        await hero.press("y")
        await hero.waits_for("held: #", "u recalls")
        held = hero.app.reading.intents()[0].ticket_id
        await hero.press("n", "r")
        await hero.until(lambda: hero.sees("Esc u recalls"), "u is a letter in the text")
        assert not hero.sees("- u recalls") and not hero.sees("u recalls it")
        assert hero.sees("ctrl+p palette f1 help"), "in a text both still act"
        await hero.type("Hey")
        await hero.reviews()
        await hero.until(lambda: hero.sees("- u recalls"))
        assert hero.sees("u undo : palette ? help")
        for key in ("question_mark", "f1"):
            await hero.press(key)
            await hero.waits_for("Help: type to find", "Recall, else undo typing")
            await hero.press("escape")
            assert desk.composer.review.has_focus
        await hero.press("ctrl+p")
        await hero.waits_for(
            "Command, ticket, person, reply or playbook", "Recall, else undo typing"
        )
        await hero.press("escape", "u")
        await hero.waits_for(f"Recalled before sending: #{held}")
        await hero.until(lambda: hero.app.reading.intents() == [])
        assert desk.composer.body == "Hey", "what is being written stays open"
        await hero.press("u")
        await hero.waits_for("Undid what was typed last")
        assert desk.composer.body == "" and desk.composer.review.has_focus


async def test_a_note_becomes_a_reply_only_after_all_of_it_was_shown(shift_: Shift) -> None:
    """With what goes along, and the cursor where it stood; the recalled one, too."""
    async with at_the_desk(shift_.parts(hold=600, carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.paste("\n".join(f"Line {n} of it." for n in range(60)))
        await hero.reviews()
        later = datetime.now(UTC) + timedelta(days=3)
        desk.composer.change(later=later)
        await hero.press("r")
        await hero.waits_for("will read this:", "Line 0 of it.", "make it a public reply")
        await hero.press(*["space"] * 8)
        await hero.until(lambda: "Line 59 of it." in hero.screen().rpartition("y make it")[0])
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE")
        await hero.press("r")
        await hero.may_answer("make it a public reply")
        await hero.press("z")
        await hero.waits_for("Only y and Esc answer here.", "make it a public reply")
        await hero.press("y")
        await hero.waits_for("PUBLIC REPLY to", "It is a public reply now.")
        writing = desk.composer.writing
        assert writing is not None and writing.later == later
        assert desk.composer.words.cursor_location == (59, 14)
        await hero.press("enter", "up", "up", "home")
        await hero.reviews()
        await hero.press("n", "y")
        await hero.waits_for("outbox 1 held")
        await hero.press("u")
        await hero.waits_for("Recalled before sending")
        assert desk.composer.words.cursor_location == (57, 0)


async def is_told_the_way_up(hero: Hero, shift_: Shift) -> None:
    """A light agent is told how to get another seat, and no public reply is opened."""
    desk = hero.app.desk
    assert desk is not None
    shift_.control("role", {"role": "light"})
    assert main(["sync", "--once"]) == 0
    desk.refresh_desk()
    await hero.waits_for("LIGHT AGENT")
    await hero.press("r")
    await hero.waits_for("it may write internal notes, not public", "your name > Roles")
    await hero.press("escape")
    await hero.press("c", "enter")
    await hero.waits_for("your name > Roles")
    assert desk.composer.writing is None


async def test_one_ticket_is_the_one_that_is_meant_and_the_small_screen_says_it_all(
    shift_: Shift, quick: None
) -> None:
    async with at_the_desk(shift_.parts(hold=60, carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        keys = ": palette  ? help"
        await hero.until(lambda: hero.screen().splitlines()[-1].rstrip().endswith(keys), "cut off")
        await hero.press("slash")
        await hero.until(lambda: hero.sees("enter keep esc end ctrl+p palette f1 help"))
        assert not hero.sees("r reply")
        await hero.press("escape")

        first = desk.queue.cursor_id
        await hero.press("space")
        assert desk.queue.cursor_id != first
        await hero.press("r")
        writing = desk.composer.writing
        assert writing is not None and writing.ticket_id == first, "the marked one is meant"
        where = "in Slack" if desk.opened and desk.opened.row.source == "slack" else "in a mail"
        assert where in str(desk.composer.border_title)
        await hero.type("Hey")
        await hero.reviews()
        assert hero.sees(f"who reads it {where}")

        await hero.pilot.resize_terminal(30, 8)
        await hero.until(lambda: hero.sees("heroterm needs 40 x 10"))
        await hero.pilot.resize_terminal(80, 24)
        await hero.until(lambda: desk.composer.review.has_focus, "the Review had the focus")
        await hero.may_decide()
        await hero.press("escape", "1", "j", "space", "space")
        assert len(desk.queue.marked) == 3
        for key in ("r", "i", "d", "w", "asterisk", "N", "e", "L"):
            await hero.pilot.pause(0.2)  # nine letters within a second are somebody typing
            await hero.press(key)
            await hero.waits_for("3 are marked, and this is for one ticket: X unmarks them")
            assert desk.composer.writing is None and desk.is_current, key
            desk.noticed.said.clear()
        await hero.press("s")
        await hero.waits_for("3 tickets")
        await hero.press("escape", "X")

        await is_told_the_way_up(hero, shift_)


async def test_a_key_of_the_desk_is_said_in_the_review_with_the_esc_that_leads_to_it(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        await hero.press("number_sign")
        await hero.type("16821")
        await hero.press("enter")
        await hero.waits_for("2 #16821")
        await hero.press("r")
        await hero.paste("Hey Mira, thanks for the report.")
        await hero.reviews()
        await hero.waits_for("Esc first: o g opens the issue; then d notes that you replied.")
        await hero.press("escape", "o", "g")  # in the Review `o` would have set Open
        await hero.waits_for("https://github.com/PostHog/posthog/issues/99362")


async def test_a_review_that_is_entered_again_is_deaf_for_its_own_time(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "i")
        await hero.paste("Seen.")
        bar = desk.composer.review
        for seconds in (0.5, 60.0):
            monkeypatch.setattr(review, "DEAF_SECONDS", seconds)
            hero.app.post_message(Key("escape", None))
            await hero.until(lambda: bar.has_focus)
            if seconds < 1:
                await hero.press("enter")
        await hero.pilot.pause(0.6)
        assert bar.deaf, "the first time, which was over, ended the second"
