"""`/` over the queue: words, and what filters by a field."""

from dataclasses import replace

import pytest

from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_a_typed_filter_speaks_the_search_language_and_esc_gives_the_queue_back(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.waits_for("38 to answer")
        await hero.press("5", "slash")  # from elsewhere the queue comes up
        await hero.paste("onhold:>7d")
        await hero.waits_for("filter: onhold:>7d", "16791", "16831")
        assert not hero.sees("16858") and not hero.sees("16880"), "half a day on hold; open"
        assert hero.app.desk is not None
        desk = hero.app.desk
        await hero.until(
            lambda: desk.opened is not None and desk.opened.ticket.id == desk.queue.cursor_id,
            "the card is another ticket's",
        )
        await hero.pilot.resize_terminal(120, 24)
        hero.app.desk.refresh_desk()
        await hero.waits_for("T2 14  T3 19  T4 5")  # the top line counts the queue, not the filter
        await hero.press("enter", "slash", "end")
        await hero.paste(" retention")
        await hero.until(lambda: not hero.sees("16791") and hero.sees("16831"))
        assert hero.app.desk.queue.view.text == "onhold:>7d retention", "it goes on from there"
        await hero.press("ctrl+u")
        await hero.paste("status:asleep")
        await hero.waits_for("status:asleep")
        await hero.until(lambda: hero.sees("status is one of"), "it is not explained")
        await hero.press("escape")
        await hero.waits_for("38 to answer", "16880")
        assert not hero.app.desk.filter_field.display


async def test_an_empty_queue_acts_on_no_ticket_that_it_does_not_show(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        await hero.waits_for("to answer")
        await hero.press("n", "1", "slash")
        desk = hero.app.desk
        assert desk is not None and desk.opened is not None
        number = desk.opened.ticket.id
        await hero.paste("qxzzy")
        await hero.press("enter")
        await hero.waits_for("0 to answer", f"3 Side  #{number} is not in the filtered list")
        await hero.press("r")
        await hero.waits_for(f"No ticket is under the cursor: 2 goes to #{number}")
        assert desk.composer.writing is None
        await hero.press("2")
        await hero.waits_for(f"2 #{number} not in the filtered list")
        await hero.press("1", "escape")
        await hero.waits_for("38 to answer")
        await hero.until(lambda: not hero.sees("No ticket is under"), "said of what is no more")
        assert not hero.sees("not in the filtered list")
        await hero.press("slash")
        await hero.paste("qxzzy")
        await hero.press("enter")
        await hero.press("4")
        await hero.waits_for(f"4 Canned replies for #{number}")
        await hero.press("5")
        await hero.waits_for(f"5 Playbooks for #{number}")
        await hero.pilot.resize_terminal(120, 40)
        await hero.until(lambda: not hero.sees(f"5 Playbooks for #{number}"))


async def test_why_a_queue_is_empty_is_read_whole_beside_the_thread(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        await hero.press("slash")
        await hero.paste("qxzzy")
        await hero.waits_for("No unsolved ticket in “queue” as it is filtered,", " checked ")
        assert hero.sees("Esc here shows all.")
        assert "checked…" not in hero.screen()


async def test_the_search_finds_while_typing_and_explains_what_it_did_not_understand(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("g", "slash")
        await hero.paste("status:hold status:solved order_by:created_at")
        await hero.waits_for("order_by:created_at: hits come in an order of their own", "#16858")
        await hero.press("ctrl+u")
        await hero.paste("qxzzy")
        await hero.waits_for("No ticket in the mirror matches “qxzzy”.")
        await hero.press("ctrl+u")
        await hero.paste("funnel status:solved")
        await hero.waits_for("#16874 I count people going")  # its subject is the form's: all alike
        await hero.press("ctrl+u")
        await hero.paste("erasure gdpr")
        await hero.waits_for("#16903")
        await hero.press("enter")
        await hero.waits_for("2 #16903")


async def test_only_mine_says_where_it_is_not_known_whose(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        desk = hero.app.desk
        assert desk is not None
        desk.reading._state = replace(desk.reading.state, user_id=None)
        await hero.press("backslash")
        await hero.waits_for("It is not known yet who you are (R syncs).")


async def test_tier_1_rings_when_it_is_new_and_not_when_a_filter_ends(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk, journal = hero.app.desk, hero.app.reading.journal
        assert desk is not None and journal is not None
        await hero.waits_for("to answer")
        first, second = (row.id for row in hero.app.reading.queue(desk.queue.view, 0, 2))
        journal.marks.set_tier1(first, True)
        desk.refresh_desk()
        rung = len(desk.noticed.notices)
        await hero.press("slash")
        await hero.type("zzz")
        await hero.press("enter")
        await hero.waits_for("No unsolved ticket in", "as it is filtered")
        desk.refresh_desk()
        await hero.press("escape")
        await hero.waits_for(f"{first}")
        desk.refresh_desk()
        assert len(desk.noticed.notices) == rung, "what was there before is not new"
        journal.marks.set_tier1(second, True)
        desk.refresh_desk()
        assert [(each.ticket_id, each.say) for each in list(desk.noticed.notices)[rung:]] == [
            (second, "new in tier 1")
        ]
