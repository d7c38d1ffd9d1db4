"""What is left out of a change of many tickets, and why."""

from __future__ import annotations

import pytest

from heroterm.domain.macro import Proposal
from heroterm.domain.outbox import Changes, Draft
from heroterm.domain.ticket import Macro
from heroterm.tui.doing import bulk
from heroterm.tui.opened import read
from heroterm.tui.panes.composer import NOTE, PUBLIC
from heroterm.tui.screens.bulk import BulkScreen
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def drafted(hero: Hero) -> int:
    """A reply is begun on the first ticket of the queue; the ticket's number."""
    desk, journal = hero.app.desk, hero.app.reading.journal
    assert desk is not None and journal is not None
    first = desk.queue.cursor_id
    assert first is not None
    journal.drafts.save(Draft(first, PUBLIC, "Mine.", desk.reading.local_now()))
    desk.refresh_desk()
    return first


async def test_a_ticket_on_which_a_draft_lies_gets_no_words_with_many(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        first = await drafted(hero)
        await hero.press("space", "space", "c")
        await hero.waits_for("Approved for many: to 2 tickets")
        await hero.press("enter")
        await hero.may_answer("Your draft lies on it.", "1 ticket: reply + pending")
        await hero.press("y")
        await hero.until(lambda: bool(hero.app.reading.intents()))
        assert [one.ticket_id for one in hero.app.reading.intents()] != [first]


async def test_a_macro_leaves_out_the_tickets_that_it_is_not_for(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        found = read(hero.app.reading, await drafted(hero))
        assert found is not None

        def why(*, approved: bool = True, words: str = "Hey", public: bool = True) -> str:
            changes = Changes(status=found.ticket.status)
            wanted = Proposal(Macro(1, "Any", ()), changes, words=words, public=public)
            return bulk._not_for_many(found, wanted, approved)

        assert why() == "Your draft lies on it."
        assert why(public=False) == "", f"no {NOTE} is begun"
        assert why(public=False, approved=False).startswith("Its words are not approved")
        assert why(words="") == "It is so already."


async def test_what_a_rule_asks_is_answered_ticket_by_ticket(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("space", "space", "s")
        await hero.type("solv")
        await hero.press("enter")
        await hero.may_answer("No ticket can be changed so", "Asks for a yes of its own")
        await hero.press("j", "x")  # leaves out the last one, on which the cursor stands
        box = hero.app.screen
        assert isinstance(box, BulkScreen)
        await hero.until(lambda: len(box.rows.items) == 1)
        await hero.press("y")
        await hero.waits_for("Nothing is left to be queued.")
        assert hero.app.reading.intents() == []


async def test_no_more_are_changed_at_once_than_zendesk_takes(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        await hero.press("space", "space", "space", "s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.waits_for("3 are marked, and at most 2 can be changed so at once")
