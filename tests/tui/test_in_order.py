"""What is typed in one burst, as it comes over a slow line, does what it would do key by key."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

SIGNS = {"slash": "/", "colon": ":", "space": " ", "number_sign": "#"}
LOOK = ["look"]


def at_once(hero: Hero, keys: str) -> None:
    """Press keys before the first of them is looked at."""
    for key in keys.split():
        hero.app.post_message(events.Key(key, SIGNS.get(key, key if len(key) == 1 else None)))


async def test_a_filter_is_kept_with_all_its_letters(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        at_once(hero, "slash c o h x backspace o enter j")
        await hero.waits_for("filter: coho")
        await hero.until(lambda: desk.queue.has_focus and desk.queue.cursor == 1)


async def test_letters_behind_a_key_that_opens_something_are_for_what_it_opens(
    shift_: Shift,
) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        at_once(hero, "n i s e x backspace e n enter colon colon l o o k")
        await hero.until(lambda: [field.value for field in hero.app.screen.query(Input)] == LOOK)
        await hero.waits_for(">Looking into it")
        assert desk.composer.body == "seen\n"
        await hero.press("escape")
        await hero.until(lambda: hero.app.screen is desk)
        assert desk.composer.body == "seen\n::"


async def test_a_choice_is_made_among_what_was_found_for_all_letters(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        at_once(hero, "colon s t a t s enter")
        await hero.waits_for("The last 14 days")


async def test_what_is_pasted_has_its_place_among_the_keys(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        at_once(hero, "n i colon colon")
        hero.app.post_message(events.Paste("loo"))
        at_once(hero, "k")
        await hero.until(lambda: [field.value for field in hero.app.screen.query(Input)] == LOOK)


async def test_what_decides_hears_no_key_of_the_burst_that_opened_it(shift_: Shift) -> None:
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        at_once(hero, "n i s e e n escape y")
        await hero.until(lambda: desk.composer.review.has_focus)
        await hero.pilot.pause()
        assert desk.composer.body == "seen" and hero.sees("outbox empty")


@pytest.mark.parametrize("key", ["u", "i"])
async def test_what_is_pressed_right_behind_y_is_for_what_comes_next(
    shift_: Shift, key: str
) -> None:
    async with at_the_desk(shift_.parts(hold=600, carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        await hero.press("n", "r")
        await hero.paste("Hey Jonas, thanks. I will write on Monday.")
        await hero.reviews()
        (first,) = desk.history
        if key == "u":
            at_once(hero, "y u")
            await hero.waits_for("Recalled before sending")
            assert desk.reading.intents() == []
            return
        at_once(hero, "y i s e e n")
        await hero.until(lambda: desk.composer.body == "seen")
        writing = desk.composer.writing
        assert writing is not None and writing.kind == "internal_note"
        assert writing.ticket_id != first, "the next ticket is open by then"
        assert [intent.ticket_id for intent in desk.reading.intents()] == [first]
