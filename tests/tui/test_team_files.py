"""What a team edits as files while the desk stands: read again, or kept where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from heroterm.rulebook import SHIPPED
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

REPLY = "looking-into-it.md"


def own(shift: Shift, folder: str) -> Path:
    """A folder of the team's own files."""
    made = shift.home / "config" / "rules" / folder
    made.mkdir(parents=True)
    return made


async def _reads_again(hero: Hero) -> None:
    await hero.press("colon")
    await hero.paste("read the team")
    await hero.waits_for("Read the team's files again")
    await hero.press("enter")


async def test_files_that_changed_are_read_again_and_a_broken_one_stays_as_it_was(
    shift_: Shift,
) -> None:
    replies = own(shift_, "replies")
    shipped = (SHIPPED / "replies" / REPLY).read_text()
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Mine stays.")
        await hero.reviews()
        (replies / REPLY).write_text(shipped.replace("thanks for", "thank you for the"))
        (replies / "hello.md").write_text('+++\ntitle = "Hello"\nkind = "internal_note"\n+++\nHi')
        count = len(desk.book.replies)
        await _reads_again(hero)
        said = f"Read again: {count + 1} replies, 1 changed, 1 new;"
        await hero.waits_for(f"{said} macros, playbooks and rules as before.")
        assert desk.composer.body == "Mine stays." and desk.composer.review.has_focus
        await hero.press("c")
        await hero.paste("loo")
        await hero.waits_for("thank you for the flagging")
        await hero.press("escape")
        (replies / REPLY).write_text("+++\ntitle = Looking\n+++\nHey")
        (replies / "hello.md").unlink()
        await _reads_again(hero)
        await hero.waits_for(
            f"Read again: {count} replies, 1 gone;", f"{replies / REPLY}:2: ",
            "Until then what was read before stays in use.",
        )  # fmt: skip
        await hero.press("c")
        await hero.paste("loo")
        await hero.press("enter")
        await hero.until(lambda: "thank you for the flagging" in desk.composer.body)
        assert desk.composer.body.startswith("Mine stays.")


async def test_the_picker_shows_the_replies_that_are_on_disk_by_now(shift_: Shift) -> None:
    replies = own(shift_, "replies")
    shipped = (SHIPPED / "replies" / REPLY).read_text()
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n")
        (replies / REPLY).write_text(shipped.replace("thanks for", "thank you for the"))
        await hero.press("c")
        await hero.waits_for("thank you for the flagging")
        await hero.waits_for(f"Read again: {len(desk.book.replies)} replies, 1 changed.")
        await hero.press("escape")
        (replies / REPLY).write_text("+++\ntitle = Looking\n+++\nHey")
        await hero.press("c")
        await hero.waits_for(
            f"{replies / REPLY}:2: ", "Until then what was read before stays in use."
        )
        await hero.waits_for("thank you for the flagging")
        (replies / REPLY).unlink()
        await hero.press("escape", "c")
        await hero.waits_for("replies, 1 changed.")
        await hero.press("enter")
        await hero.until(lambda: "Jonas, thanks for flagging" in desk.composer.body)


async def test_rules_that_changed_hold_for_the_desk_and_for_its_carrier(shift_: Shift) -> None:
    data = own(shift_, "data")
    tiers, sla = ((SHIPPED / "data" / f"{name}.toml").read_text() for name in ("tiers", "sla"))
    async with at_the_desk(shift_.parts()) as hero:
        desk = hero.app.desk
        assert desk is not None

        def ranks() -> list[int]:
            return [row.tier for row in desk.reading.queue(desk.queue.view, 0, 500)]

        await hero.waits_for("to answer")
        was = ranks()
        fewer = tiers.replace('priority = ["high", "urgent"]', 'priority = ["urgent"]', 1)
        (data / "tiers.toml").write_text(fewer)
        (data / "sla.toml").write_text(sla.replace('source = "auto"', 'source = "table"'))
        await hero.press("g", "r")
        said = (
            "Read again: tiers.toml and sla.toml changed; replies, macros and playbooks as before."
        )
        await hero.waits_for(said)
        await hero.until(lambda: ranks() != was, "no ticket stands in another tier")
        await hero.waits_for(" est opn APP")
