"""A filter is kept as a queue of its own, where it was typed, and removed again."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from heroterm.config import TeamView, load
from heroterm.domain.ticket import ZendeskView
from heroterm.domain.view import QueueChoice
from heroterm.paths import locate
from heroterm.sync.orders import Follow, Order
from heroterm.tui.doing import visiting
from heroterm.tui.on_desk import OnDesk
from heroterm.tui.seeing import Seeing
from heroterm.tui.waits import Waits
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio


async def test_a_filter_becomes_a_queue_with_a_name_and_a_letter_at_once(shift_: Shift) -> None:
    file = locate(str(shift_.home), {}).config_file
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("V", "plus")
        await hero.waits_for("Nothing narrows this queue: / filters it, then V + keeps")
        await hero.press("slash")
        await hero.paste("bug priority>=normal")
        await hero.press("enter")
        await _is_refused_and_loses_nothing(hero, file)
        desk = hero.app.desk
        assert desk is not None
        held = desk.reading.counts(desk.queue.view)
        await _names(hero, "Burning")
        await hero.press("enter")
        await hero.waits_for("“Burning” is kept in config.toml: V b shows it from now on")
        assert held == desk.reading.counts(desk.queue.view) and held.to_answer
        await hero.press("V", "m", "backslash", "V", "plus")
        await hero.waits_for("asks for an assignee, too")
        await hero.press("V", "slash")
        await hero.paste("burn")
        await hero.press("enter")
        await hero.waits_for("1 Burning")
        kept = file.read_bytes()
        await _is_removed_and_comes_back(hero, file)
        assert file.read_bytes() == kept
    burning = TeamView("Burning", "b", None, "priority>=normal", "bug", own_groups=True)
    assert load(file).view == (burning,)


async def test_a_view_of_zendesk_is_opened_by_its_name_and_kept_with_a_letter(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.press("V", "slash")
        await hero.waits_for("Unassigned tickets saved in Zendesk")
        await hero.paste("unassigned tickets")
        await hero.press("enter")
        await hero.waits_for("1 Unassigned tickets", "to answer", "as of now")
        await hero.press("V", "plus", "enter")
        await hero.waits_for("The letter of “Unassigned tickets”")
        await hero.press("enter")
        await hero.waits_for("kept in config.toml: V n shows it from now on.")
        desk = hero.app.desk
        assert desk is not None and desk.queue.count
        await hero.press("colon")
        await hero.paste("view replay")
        await hero.press("enter")
        await hero.waits_for("1 Replay: unsolved", "as of now")
        await hero.press("V", "minus")
        await hero.waits_for("is saved in Zendesk alone")
        shift_.running.stop()
        await hero.press("V", "slash")
        await hero.paste("pending tickets")
        await hero.press("enter")
        await hero.waits_for("not been brought here yet", "Zendesk cannot be reached")
    (kept,) = load(locate(str(shift_.home), {}).config_file).view
    assert (kept.name, kept.key, kept.query) == ("Unassigned tickets", "n", "") and kept.zendesk


def test_a_view_is_opened_whole_where_a_queue_shows_only_a_part_of_it() -> None:
    queues = (
        QueueChoice("queue", zendesk_view_id=1, own_groups=True),
        QueueChoice("Ours", zendesk_view_id=2),
        QueueChoice("Acme", zendesk_view_id=3, kept="acme"),
    )
    mirror = SimpleNamespace(views=lambda: [ZendeskView(n, f"View {n}") for n in (1, 2, 3, 4)])
    desk = cast(OnDesk, SimpleNamespace(queues=queues, reading=SimpleNamespace(mirror=mirror)))
    assert [one.name for one in visiting.saved(desk)] == ["View 1", "View 3", "View 4"]


def test_the_carrier_is_told_which_views_are_the_team_s_by_now() -> None:
    own, ours, new = (QueueChoice(f"Q{n}", zendesk_view_id=n) for n in (1, 2, 3))
    orders: list[Order] = []

    def order(given: Order) -> bool:
        orders.append(given)
        return True

    desk = SimpleNamespace(
        parts=SimpleNamespace(settings=SimpleNamespace(queues=(own, ours))),
        queues=(own, ours, QueueChoice("mine")),
        seeing=Seeing(),
        waits=Waits(),
        order=order,
    )

    def followed(*queues: QueueChoice) -> list[bool]:
        desk.queues = queues
        visiting.follow(cast(OnDesk, desk))
        return [visiting.brought(cast(OnDesk, desk), one) for one in (own, ours, new)]

    assert followed(own, ours, QueueChoice("mine")) == [True, True, False] and not orders
    assert followed(own, new) == [True, False, True] and orders == [Follow((1, 3))]
    desk.waits.standing = "another heroterm syncs"
    assert followed(own, ours, new) == [True, False, True]


async def _is_removed_and_comes_back(hero: Hero, file: Path) -> None:
    await hero.press("V", "m", "V", "minus")
    await hero.waits_for("“mine” is one of the usual queues")
    await hero.press("V", "V", "V", "minus")
    await hero.waits_for("the desk's own queue, which is always there")
    await hero.press("V", "b", "V", "minus")
    await hero.may_answer("Remove the queue “Burning” (V b)?", "[[view]]", "No ticket is touched")
    await hero.press("y")
    await hero.waits_for("“Burning” is out of config.toml (u keeps it again)", "1 queue")
    assert not load(file).view
    await hero.press("u")
    await hero.waits_for("1 Burning", "kept in config.toml: V b shows it")


async def _names(hero: Hero, name: str) -> None:
    await hero.press("V", "plus")
    await hero.waits_for("its name", "A name has 1 to 40 characters")
    await hero.paste(name)
    await hero.waits_for("is its name")
    await hero.press("enter")
    await hero.waits_for(f"The letter of “{name}”")


async def _is_refused_and_loses_nothing(hero: Hero, file: Path) -> None:
    await hero.press("V", "plus")
    await hero.waits_for("its name")
    await hero.paste("Mine")
    await hero.waits_for("There is a queue of this name already")
    await hero.press("enter", "escape")  # Enter keeps nothing there
    await hero.waits_for("Nothing was kept; the filter stands")
    await _names(hero, "Minew")
    for key, says in (("u", "“unassigned”"), ("V", "own queue”"), ("question_mark", "one letter")):
        await hero.press(key)
        await hero.waits_for(says)
        await hero.press("backspace")
    file.chmod(0o444)
    await hero.press("b", "enter")
    await hero.waits_for("was not kept", "read-only", "[[view]]", "filter = ", "The filter stands")
    await hero.press("escape")
    await hero.waits_for("filter: bug")
    file.chmod(0o600)
