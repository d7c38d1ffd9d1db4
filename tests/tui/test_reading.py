"""Reading a ticket that moves: what is new, what changed and by whom, what happened between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from heroterm.cli import main
from heroterm.tui.doing import showing
from tests.filled import wall_clock
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
ANGRY = "frustrated"


async def test_what_changed_while_reading_is_said_with_its_author_until_it_was_seen(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("ONLINE")
        await hero.press("n")
        assert desk.opened is not None
        ticket_id = desk.opened.ticket.id
        await hero.until(lambda: desk.opened is not None and desk.opened.complete, "no thread")
        shift_.control(
            "say", {"ticket": ticket_id, "author": "requester", "body": "One more thing to add."}
        )
        await hero.press("R")
        await hero.waits_for("CHANGED since you looked ", " (Enter: seen): ")
        await hero.press("r")
        await hero.until(lambda: not hero.sees("(Enter: seen)"), "Enter is a key of the reply's")
        assert hero.sees("CHANGED since you looked")
        read = desk.thread.current
        assert read is not None and read.body == "One more thing to add.", "the newest is answered"
        await hero.press("escape", "escape")
        await hero.waits_for(" (Enter: seen): ")
        await hero.waits_for("1 new since you looked", "One more thing to add.")
        await hero.press("enter")
        await hero.until(lambda: not hero.sees("CHANGED since"), "the banner stays")
        await hero.press("E")
        await hero.waits_for("~ ", " -> ")


async def test_what_others_changed_begins_where_this_desk_had_left_it(shift_: Shift) -> None:
    ticket, before = shift_.ticket("ownership"), len(shift_.ledger())
    async with at_the_desk(shift_.parts(hold=0.1)) as hero:
        await hero.opens(ticket)
        await hero.waits_for("status new")
        await hero.press("r")
        await hero.type("Hey Kofi, please ask the owner, thank you.")
        await hero.reviews()
        await hero.press("p", "n", "y")
        await hero.until(lambda: len(shift_.ledger()) > before, "the reply never left")
        await hero.waits_for("sent: seen on the server")
        shift_.control("say", {"ticket": ticket, "author": "requester", "body": "I did."})
        await hero.press("R")
        await hero.waits_for("CHANGED since you looked", "set status:", "-> open")


async def test_what_came_while_the_desk_was_closed_is_new_at_the_next_start(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n")
        assert desk.opened is not None
        ticket_id = desk.opened.ticket.id
        await hero.until(lambda: desk.opened is not None and desk.opened.complete, "no thread")
        await hero.press("1", "2")
        desk.open_ticket(ticket_id)
    shift_.control("say", {"ticket": ticket_id, "author": "requester", "body": "While you slept."})
    assert main(["sync", "--once"]) == 0
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        assert hero.app.desk is not None
        await hero.waits_for("to answer", "open")
        hero.app.desk.open_ticket(ticket_id)
        await hero.waits_for("1 new since you looked", "NEW ", "While you slept.")
        assert not hero.sees("CHANGED since")


async def test_words_are_found_in_the_thread_and_esc_ends_it(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.opens(shift_.ticket(ANGRY))
        await hero.press("slash")
        await hero.type("anybody")
        await hero.waits_for("find “anybody”: 1 of 1")
        await hero.press("enter", "n", "N")
        assert desk.thread.has_focus and desk.opened is not None
        assert desk.opened.ticket.id == shift_.ticket(ANGRY), "n is the next place while finding"
        await hero.press("escape")
        assert not hero.sees("find “") and desk.thread.has_focus
        await hero.press("escape")
        assert desk.queue.has_focus


async def test_a_file_is_fetched_by_a_child_into_a_private_folder(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer", "open")
        desk.open_ticket(shift_.ticket("hostile_names"))
        await hero.press("A")
        await hero.waits_for("Files of #", "s save")
        await hero.press("s")
        await hero.waits_for("Saved ")
        saved = list(shift_.home.glob("data/attachments/*/*"))
        assert len(saved) == 1 and saved[0].stat().st_mode & 0o777 == 0o600


async def listening(hero: Hero) -> None:
    """A gate is deaf for a moment after it came up."""
    desk = hero.app.desk
    assert desk is not None
    await hero.until(lambda: not desk.seeing.deaf, "the gate stays deaf")


async def stays_open_for_this_week(shift: Shift, warned: int, body: str) -> None:
    """The answer `a`, at the next start and a week later."""
    for later, shown in ((timedelta(0), True), (timedelta(days=7), False)):
        made = shift.parts(carrier=False)
        async with at_the_desk(
            replace(made, clock=partial(lambda by: wall_clock() + by, later))
        ) as hero:
            desk = hero.app.desk
            assert desk is not None
            await hero.waits_for("to answer", "open")
            desk.open_ticket(warned)
            await hero.waits_for(body if shown else "Behind it:")
            assert (desk.seeing.gate is None) == shown == hero.sees(body)


async def test_nothing_behind_a_content_warning_is_shown_or_opened_before_it_is_asked_for(
    shift_: Shift,
) -> None:
    warned, other = shift_.ticket("content_warning"), shift_.ticket(ANGRY)
    body = str(shift_.comments_of(warned)[0]["body"]).split("\n")[0][:24]
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("to answer", "open")
        desk.open_ticket(warned)
        await hero.waits_for("CONTENT WARNING", "Behind it:", "show it once")
        assert not hero.sees(body)
        await hero.waits_for("y show once", "a this week")
        desk.open_ticket(other)
        await hero.waits_for("l unfold")
        assert not hero.sees("show once"), "the keys of a gate that is not there"
        desk.open_ticket(warned)
        await hero.waits_for("Behind it:", "y show once")
        await hero.press("r")
        desk.composer.change(seen_comment_id=None)  # all of it came since the writing began
        showing.thread(desk)
        await hero.waits_for("NEW: ")
        assert not hero.sees(f"“{body[:9]}")
        await hero.press("escape", "escape")
        await listening(hero)
        await hero.press("o", "a", "A", "enter")
        assert shift_.browsed == [] and not hero.sees("Files of")
        await hero.waits_for("It stays closed")
        await hero.press(":", *"warn")
        await hero.waits_for(">Content warning of the organization  a w")
        await hero.press("escape")
        await listening(hero)
        await hero.press("y")
        await hero.waits_for(body)
        assert hero.sees("It is shown until another ticket is.") and not hero.sees("stays closed")
        await hero.press("o", "a")
        assert len(shift_.browsed) == 1
        desk.open_ticket(other)
        desk.open_ticket(warned)
        await hero.waits_for("Behind it:")
        await listening(hero)
        await hero.press("a")
        await hero.waits_for(body)
    await stays_open_for_this_week(shift_, warned, body)
