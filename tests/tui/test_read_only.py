"""`--read-only` and `:ro`: one looks, drafts are kept, and nothing reaches the outbox."""

import pytest

from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_read_only_is_said_and_nothing_is_queued_until_it_is_turned_off(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts()) as hero:
        await hero.press("n", "colon")
        await hero.type("ro")
        await hero.press("enter")
        await hero.waits_for("READ ONLY", "drafts are kept")
        await hero.press("i")
        await hero.type("Half a thought.")
        await hero.reviews()
        await hero.waits_for("This desk is read only.")
        await hero.may_decide()
        await hero.press("y")
        await hero.press("escape")
        await hero.waits_for("outbox empty")
        await hero.press("s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.waits_for("read only")
        assert hero.sees("outbox empty") and shift_.ledger() == []
        await hero.press("colon")
        await hero.type("ro")
        await hero.press("enter")
        await hero.until(lambda: not hero.sees("READ ONLY"), "it was never turned off")
        await hero.press("s")
        await hero.type("pend")
        await hero.press("enter")
        await hero.until(lambda: len(shift_.ledger()) == 1, "it never left")
