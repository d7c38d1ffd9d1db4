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


async def test_the_card_names_the_keys_that_the_hero_has(shift_: Shift) -> None:
    own = SHIPPED.with_keys({"ticket.playbook": ("f5",), "prefix.o": ("comma",)})
    async with at_the_desk(replace(shift_.parts(carrier=False), keymap=own)) as hero:
        await hero.press("n", "3")
        await hero.waits_for("presence unknown (comma o)", "in the thread (comma s)")
    quiet = replace(shift_.parts(carrier=False), keymap=SHIPPED.without_letters())
    async with at_the_desk(quiet) as hero:
        await hero.press("3")
        await hero.waits_for("presence unknown (ctrl+p)")


async def test_the_help_runs_what_is_chosen(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("n", "question_mark")
        await hero.waits_for("Help: ")
        await hero.type("internal")
        await hero.waits_for(">i  ")  # the line under the cursor, without any colour
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


async def test_the_palette_takes_arguments_and_playbooks_and_says_when_nothing_matches(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("colon")
        await hero.type("xqzzy")
        await hero.waits_for("Nothing here matches “xqzzy”.")
        await hero.press("ctrl+u")
        await hero.type("theme nord")
        await hero.press("enter")
        await hero.until(lambda: hero.app.theme == "nord", "the theme is not worn")
        await hero.press("n", "colon")
        await hero.type("status pend")
        await hero.waits_for("status pending")
        await hero.press("enter")
        await hero.waits_for("u recalls it")
        journal = hero.app.reading.journal
        assert journal is not None
        assert [i.changes.status for i in journal.outbox.list()] == ["pending"]
        await hero.press("u", "colon")
        await hero.type("group del")
        await hero.waits_for("playbook: Deleting groups")
        await hero.press("enter")
        desk = hero.app.desk
        await hero.until(
            lambda: desk is not None and desk.opened is not None and desk.opened.run is not None,
            "no run began",
        )
