"""Many tickets gone at once: the queue stays, says so, and a person decides."""

from __future__ import annotations

import pytest

from heroterm.sync.orders import Order, TakeOut
from heroterm.sync.report import Absent, Pulled
from heroterm.tui.messages import Carried
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_the_hero_is_asked_before_many_tickets_leave(shift_: Shift) -> None:
    orders: list[Order] = []
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None

        def ordered(order: Order) -> bool:
            orders.append(order)
            return True

        desk.order = ordered
        await hero.press("g", "x")
        await hero.waits_for("Zendesk shows every ticket of the queue")
        rows = desk.queue.count
        hero.app.post_message(Carried(Absent(24, 35)))
        await hero.waits_for("does not show 24 of 35 unsolved tickets", "g x decides")
        assert desk.queue.count == rows
        await hero.press("g", "x")
        await hero.may_answer("take these 24 out of the queue")
        await hero.press("enter")
        assert not [order for order in orders if isinstance(order, TakeOut)], "Enter leaves them"
        await hero.press("g", "x")
        await hero.may_answer("take these 24 out of the queue")
        await hero.press("t")
        await hero.until(lambda: TakeOut() in orders, "nothing was ordered")
        hero.app.post_message(Carried(Pulled("working set")))
        await hero.until(lambda: desk.absent is None, "the question stays")
