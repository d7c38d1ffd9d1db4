"""Keys, help and palette on the running desk."""

from dataclasses import replace

import pytest

from heroterm.tui.keymap import SHIPPED
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_own_keys_act_and_are_shown(shift_: Shift) -> None:
    own = SHIPPED.with_keys({"ticket.note": ("f5",), "composer.review": ("f6",)})
    async with at_the_desk(replace(shift_.parts(carrier=False), keymap=own)) as hero:
        await hero.waits_for("f5 note")
        await hero.press("n", "i")
        assert hero.app.desk is not None and hero.app.desk.composer.writing is None
        await hero.press("f5")
        await hero.waits_for("INTERNAL NOTE")
        await hero.type("seen")
        await hero.press("f6")
        await hero.waits_for("y queues it")


async def test_the_help_runs_what_is_chosen(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "question_mark")
        await hero.waits_for("Help: ")
        await hero.type("internal")
        await hero.press("enter")
        await hero.waits_for("INTERNAL NOTE")


async def test_the_palette_says_why_not_and_teaches_the_key(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("colon")
        await hero.type("previous ticket in my")
        await hero.waits_for("not now: No other ticket has been open yet")
        await hero.press("escape")
        for _ in range(3):
            await hero.press("colon")
            await hero.type("only mine")
            await hero.press("enter")
        await hero.waits_for("does it without the palette")
