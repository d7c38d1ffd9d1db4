"""A hero's own theme, however little it says, is worn on the whole desk; a broken one is told."""

from __future__ import annotations

from functools import partial

import pytest
from textual.color import Color

from heroterm.tui.themes import FALLBACK, resolved
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

MINE = {
    "bare": 'primary = "#ff8800"',
    "light": 'dark = false\nprimary = "#224488"',
    "words": 'primary = "#ff8800"\n[variables]\nmuted = "$foreground 60%"\nsla-ok = "$success"\n'
    'held = "$sla-ok"\ntext-muted = "auto 70%"',
    "circle": 'primary = "#ff8800"\n[variables]\nheld = "$queued"\nqueued = "$held"',
    "terminal": 'ansi = true\nprimary = "ansi_blue"\nbackground = "ansi_default"',
}


async def test_a_theme_that_says_little_is_worn_on_the_whole_desk(shift_: Shift) -> None:
    folder = shift_.home / "config" / "themes"
    folder.mkdir(parents=True)
    for name, words in {**MINE, "broken": 'primary = "nocolour"'}.items():
        (folder / f"{name}.toml").write_text(words)
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        await hero.waits_for("to answer")
        for name in MINE:
            await hero.press("z", "t")
            await hero.waits_for("type to filter")
            await hero.type(name)
            await hero.press("enter")
            await hero.until(partial(_wears, hero, name))
            await hero.press("r")
            await hero.waits_for("PUBLIC REPLY")
            await hero.press("f1")
            await hero.waits_for("type to filter")
            await hero.press("escape", "escape", "escape")
        await hero.press("g", "a")
        await hero.waits_for('primary = "nocolour" cannot be used')


def _wears(hero: Hero, theme: str) -> bool:
    return hero.app.theme == theme


def test_words_that_stand_for_others_get_colours_of_their_own() -> None:
    plain = {"foreground": "#ffffff", "background": "#000000", "text-muted": "auto 60%"}
    told = resolved({**FALLBACK, **plain, "held": "$muted 50%", "queued": "$held"})
    assert told["muted"] == Color(153, 153, 153).hex and told["text-muted"] == "auto 60%"
    assert told["held"] == told["queued"] == told["muted"]
    assert not any(value.startswith("$") for value in told.values())
