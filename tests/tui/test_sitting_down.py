"""Keys that are pressed while the desk is being put up: none is lost, and none goes astray."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key, Paste

from heroterm.tui.app import HeroApp
from heroterm.tui.screens.desk import Desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio
NAMES = {",": "comma", " ": "space"}
"""What a terminal's letters are called where they are no letters."""


@pytest.mark.parametrize("when", ["on the front", "while the desk is furnished"])
async def test_a_note_that_is_begun_at_once_keeps_its_letters_and_its_ticket(
    shift_: Shift, when: str
) -> None:
    app = HeroApp(shift_.parts(carrier=False))
    ticket = shift_.ticket("two_factor")
    async with app.run_test(size=(120, 40)) as pilot, asyncio.timeout(20):
        while when != "on the front" and not isinstance(app.screen, Desk):
            await asyncio.sleep(0)
        app.post_message(Key("number_sign", "#"))
        app.post_message(Paste(str(ticket)))
        # As Enter comes before the terminal is Textual's, and as it comes from then on.
        early = when == "on the front"
        app.post_message(Key("ctrl+j", "\n") if early else Key("enter", "\r"))
        for letter in "ihello, ":
            app.post_message(Key(NAMES.get(letter, letter), letter))
        app.post_message(Paste("Ana"))
        while app.desk is None or app.desk.composer.body != "hello, Ana":
            await asyncio.sleep(0.01)
        writing = app.desk.composer.writing
        assert writing is not None and writing.ticket_id == ticket
        await pilot.pause()
        assert app.desk.focused is app.desk.composer.words


@pytest.mark.parametrize("turns", range(3))
async def test_leaving_while_the_desk_is_furnished_is_no_crash(shift_: Shift, turns: int) -> None:
    app = HeroApp(shift_.parts(carrier=False))
    async with app.run_test(size=(120, 40)), asyncio.timeout(20):
        while app._desk is None:
            await asyncio.sleep(0)
        for _ in range(turns):
            await asyncio.sleep(0)
