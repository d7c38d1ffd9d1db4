"""An enemy wrote every text of the mirror: nothing is left to be deleted below the widgets.

The guard under every widget deletes what slipped past the one door, without a trace. So here it
must find nothing: what a hero reads was made harmless, and visible, before it came to it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.segment import Segment

from heroterm.tui import guard
from heroterm.tui.guard import TerminalGuard
from tests.robot import at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

HOSTILE = (
    "\x1b[31mX\x1b]0;owned\x07 \x9bm [red]r[/red] [@click=app.quit]q[/] [/] \u202eexe ad\u200bmin "
)
TEXTS = {
    "person": ("name", "email"),
    "organization": ("name", "plan", "mrr", "notes", "content_warning"),
    "team": ("name",),
    "ticket": ("subject", "channel", "from_address"),
    "comment": ("body", "channel", "from_address"),
    "macro": ("title", "description"),
    "zendesk_view": ("title",),
    "field": ("title",),
    "custom_status": ("label",),
}
"""Columns of the mirror that hold what strangers and colleagues wrote."""
WAYS = (
    "v", "L", "f", "t", "e", "s", "g w", "g m", "g h", "g slash", "V", "m m", "colon", "a g", "a p",
    "a f", "b", "2 H", "2 A", "3 j enter", "y t", "z t", "slash", "N",
)  # fmt: skip
"""Keys to boxes, pickers, cards and lists, each pressed on the desk."""


def poison(home: Path) -> None:
    """Every text of the mirror begins as an enemy would have it."""
    with closing(sqlite3.connect(home / "data/mirror.db")) as mirror, mirror:
        for table, columns in TEXTS.items():
            for column in columns:
                mirror.execute(f"UPDATE {table} SET {column} = ? || {column}", (HOSTILE,))


@pytest.fixture
def deleted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What the guard had to delete, so far."""
    found: set[str] = set()
    usual = TerminalGuard._safe

    def safe(self: TerminalGuard, segment: Segment) -> Segment:
        if not segment.control and guard._HOSTILE.search(segment.text):
            found.add(segment.text)
        return usual(self, segment)

    monkeypatch.setattr(TerminalGuard, "_safe", safe)
    return found


async def test_nothing_is_left_for_the_guard_to_delete(shift_: Shift, deleted: set[str]) -> None:
    poison(shift_.home)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.waits_for("␛[31mX", "[@click=app.quit]q[/]")
        for way in WAYS:
            await hero.press(*way.split(" "))
            hero.screen()
            await hero.until(lambda: hero.app.screen is desk or bool(hero.app.screen.children))
            for _ in range(3):
                await hero.press("escape")
            assert hero.app.screen is desk, way
        for severity in ("information", "warning", "error"):
            desk.tell(HOSTILE * 3, severity=severity)
            await hero.waits_for("ad◇min" if severity == "information" else "◇exe")
            hero.screen()
    assert deleted == set()
