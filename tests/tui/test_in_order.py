"""What is typed in one burst, as it comes over a slow line, does what it would do key by key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from heroterm.tui.in_order import InOrder
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

SIGNS = {"slash": "/", "colon": ":", "space": " ", "number_sign": "#"}
LOOK = ["look"]
REPLY = "Hey Jonas, thanks. I will write on Monday."


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


async def test_letters_behind_the_enter_of_a_box_are_for_what_was_chosen_there(
    shift_: Shift,
) -> None:
    ticket = shift_.ticket("two_factor")
    async with at_the_desk(shift_.parts(carrier=False)) as hero:
        desk = hero.app.desk
        assert desk is not None
        at_once(hero, f"n number_sign {' '.join(str(ticket))} enter i h i")
        await hero.until(lambda: desk.composer.body == "hi")
        writing = desk.composer.writing
        assert writing is not None and writing.ticket_id == ticket
        journal = desk.reading.journal
        assert journal is not None
        assert {draft.ticket_id for draft in journal.drafts.list()} <= {ticket}


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
        await hero.paste(REPLY)
        await hero.reviews()
        (first,) = desk.history
        if key == "u":
            at_once(hero, "y u u")
            await hero.waits_for("Recalled before sending")
            await hero.pilot.pause()
            assert desk.composer.body == REPLY, "pressed twice it is no letter"
            assert desk.reading.intents() == []
            return
        at_once(hero, "y i s e e n")
        await hero.until(lambda: desk.composer.body == "seen")
        writing = desk.composer.writing
        assert writing is not None and writing.kind == "internal_note"
        assert writing.ticket_id != first, "the next ticket is open by then"
        assert [intent.ticket_id for intent in desk.reading.intents()] == [first]


class Deciding(InOrder[None]):
    """Decides for as long as it is told to."""

    slow = True

    def __init__(self) -> None:
        super().__init__()
        self.pressed = ""

    @property
    def deciding(self) -> bool:
        return self.slow

    def means(self, key: events.Key) -> bool:
        self.pressed += key.key
        self.slow = key.key == "y"
        return True


class Patience:
    """A timer that a test lets run out."""

    def __init__(self, _: float, then: Callable[[], Awaitable[None]]) -> None:
        self._then, self._runs = then, True

    def stop(self) -> None:
        self._runs = False

    async def runs_out(self) -> None:
        if self._runs:
            await self._then()


def patient(app: Deciding, monkeypatch: pytest.MonkeyPatch) -> list[Patience]:
    """The timers that the App sets from now on."""
    timers: list[Patience] = []

    def set_timer(*how: Any) -> Patience:
        timers.append(Patience(*how))
        return timers[-1]

    monkeypatch.setattr(app, "set_timer", set_timer)
    return timers


async def test_no_key_is_held_for_ever_and_each_decision_has_its_own_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Deciding()
    async with app.run_test() as pilot:
        timers = patient(app, monkeypatch)
        for key in "yuy":
            app.post_message(events.Key(key, key))
        await pilot.pause()
        assert app.pressed == ""
        app.slow = False
        await app.decided()
        assert app.pressed == "y", "what comes behind it waits anew"
        first, second = timers
        await first.runs_out()
        assert app.pressed == "y", "the time of the first decision is over, not that of this one"
        app.slow = False
        await app.decided()
        app.post_message(events.Key("i", "i"))
        await pilot.pause()
        await second.runs_out()
        assert app.pressed == "yuy"
        await timers[-1].runs_out()
        assert app.pressed == "yuyi", "a disk that never answers takes no key"


async def test_the_time_that_runs_out_lets_no_key_overtake_the_one_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Deciding()
    app.slow = app.stands = False
    async with app.run_test() as pilot:
        timers = patient(app, monkeypatch)
        for key in "gd":
            app.post_message(events.Key(key, key))
        await pilot.pause()
        app.stands = True
        app.call_next(timers[-1].runs_out)  # as Textual's timers do
        await app.decided()
        await pilot.pause()
        assert app.pressed == "gd"
