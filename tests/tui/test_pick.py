"""Boxes to pick from: Enter on nothing says how it goes on, and chooses nothing."""

from __future__ import annotations

import pytest

from heroterm.tui.screens.pick import Choices, Pick
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

NOTHING = "Enter has nothing to choose: type other words, or esc leaves."
PICKERS = {
    ("c",): "Canned replies",
    ("p",): "Playbook for #",
    ("colon",): "Command, ticket, person",
    ("a", "p"): "Assignee of #",
    ("g", "slash"): "Search everything",
    ("question_mark",): "Help: type to find",
}
"""What opens a box on an open ticket, and how its title begins."""


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.long)])
async def test_enter_on_nothing_says_how_it_goes_on_in_every_picker(
    shift_: Shift, size: tuple[int, int]
) -> None:
    async with at_the_desk(shift_.parts(carrier=False), size=size) as hero:
        await hero.press("n")
        for keys, title in PICKERS.items():
            await hero.press(*keys)
            await hero.waits_for(title)
            box = hero.app.screen
            assert isinstance(box, Pick)
            await _finds_nothing(hero, box)
            await hero.press("escape")


async def _finds_nothing(hero: Hero, box: Pick) -> None:
    """Words that fit nothing, Enter, and other words that fit nothing."""
    await hero.type("xqzzy")
    await hero.until(lambda: "matches “xqzzy”." in _list_of(box), "it fits something")
    assert NOTHING not in _list_of(box), "it answers Enter alone"
    await hero.press("enter")
    await hero.until(lambda: NOTHING in _list_of(box), "Enter is not answered")
    assert "matches “xqzzy”." in _list_of(box) and hero.app.screen is box
    await hero.type("q")
    await hero.until(lambda: "matches “xqzzyq”." in _list_of(box), "it stays with old words")
    assert NOTHING not in _list_of(box)


def _list_of(box: Pick) -> str:
    """What is drawn where the choices stand, without the breaks between lines."""
    choices = box.query_one(Choices)
    rows = [choices.render_line(y).text for y in range(choices.size.height)]
    return " ".join(" ".join(rows).split())
