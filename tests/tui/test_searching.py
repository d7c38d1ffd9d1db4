"""`g /` and Tab: what the mirror does not hold is asked of Zendesk, and opened; one session."""

from __future__ import annotations

import pytest

from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

LINE = "Marmalade"


async def searches(hero: Hero, line: str) -> None:
    """`g /` and the line."""
    await hero.press("g", "slash")
    await hero.waits_for("Search everything", "tab asks Zendesk, too")
    await hero.type(line)
    await hero.waits_for(f"No ticket in the mirror matches “{line}”.")


async def test_zendesk_is_asked_for_the_line_and_says_why_it_is_not(shift_: Shift) -> None:
    made = {"ticket": {"subject": f"{LINE} on the keys", "comment": {"body": "It sticks."}}}
    number = int(shift_.api("POST", "tickets", made)["ticket"]["id"])
    async with at_the_desk(shift_.parts(carrier=False), size=(80, 24)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await searches(hero, "-marmot marmot")
        await hero.press("tab")
        await hero.waits_for("Zendesk finds nothing.")
        await hero.press("escape")

        await searches(hero, LINE)
        limit = {"do": "status", "status": 429, "retry_after": "40"}
        shift_.faults({"match": "GET /api/v2/search*", **limit})
        await hero.press("tab")
        await hero.waits_for("Zendesk asked to wait: too many requests.", "It asks for 40 s.")
        shift_.faults()
        await hero.press("tab")
        await hero.waits_for(
            f"#{number} (from Zendesk) {LINE} on the keys", "1 from Zendesk, below"
        )
        await hero.press("enter")
        await hero.until(lambda: desk.opened is not None and desk.opened.ticket.id == number)

        await searches(hero, "Quince")
        shift_.running.stop()
        await hero.press("tab")
        await hero.waits_for("Zendesk cannot be reached: this is what the mirror holds.")
        assert hero.sees("Tab asks again.")
