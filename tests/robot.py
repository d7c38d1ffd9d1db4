"""A hero at the desk: drives the real App, with a real mirror and journal, the way a person does.

A robot test reads as one sentence. The robot presses keys, looks at the words on the screen, and
waits for what it wants to see instead of for time to pass.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest
from textual._compositor import Compositor, LayoutUpdate
from textual.events import Paste
from textual.pilot import Pilot

from heroterm.tui.app import HeroApp
from heroterm.tui.commands import COMMANDS
from heroterm.tui.compositor import NearCompositor
from heroterm.tui.parts import Parts

_BLANK = re.compile(rf"\{{({'|'.join(re.escape(command.id) for command in COMMANDS)})\}}")
"""What stands in a sentence of heroterm's own until the hero's keys are put there."""
_TRIES, _SOON, _LATER = 200, 0.02, 0.2
"""How often the hero looks, and seconds between two looks: soon at first, then now and then."""
_LEAVING = 10.0
"""Seconds that a carrier gets to end after its App."""


@dataclass
class Hero:
    """The person in front of the screen."""

    pilot: Pilot[None]
    app: HeroApp
    _heard: int = 0

    async def press(self, *keys: str) -> None:
        """Press keys one after another; `"n"`, `"enter"`, `"ctrl+q"`."""
        if self.app.desk is not None:
            self._heard = len(self.app.desk.noticed.said)
        await self.pilot.press(*keys)
        await self._pause()

    async def type(self, words: str) -> None:
        """Type words into whatever has the focus."""
        names = {" ": "space", "\n": "enter", ".": "full_stop", ",": "comma", "#": "number_sign"}
        await self.pilot.press(*(names.get(letter, letter) for letter in words))
        await self._pause()

    async def goes_to(self, number: int) -> None:
        """`#`, the number of a ticket, Enter: whether it is there or not."""
        await self.press("number_sign")
        await self.paste(str(number))
        await self.press("enter")

    async def opens(self, ticket: int) -> None:
        """A ticket by its number, and wait until it is there."""
        await self.goes_to(ticket)
        await self.waits_for(f"2 #{ticket}")

    async def reviews(self) -> None:
        """Esc to the Review bar, and wait until it listens (it is deaf for a moment)."""
        await self.press("escape")
        await self.waits_for("y queue it")
        await self.may_decide()

    async def may_decide(self) -> None:
        """Wait until the Review bar is in front, and listens."""
        desk = self.app.desk
        assert desk is not None
        bar = desk.composer.review
        await self.until(
            lambda: self.app.screen is desk and bar.has_focus and not bar.deaf,
            "the Review bar stays deaf",
        )

    async def may_answer(self, *words: str) -> None:
        """Wait until a box that says all of this is in front, and listens."""
        await self.waits_for(*words)
        await self.until(lambda: not getattr(self.app.screen, "_deaf", True), "no box listens")

    async def paste(self, words: str) -> None:
        """Paste words into whatever has the focus."""
        self.app.post_message(Paste(words))
        await self._pause()

    async def _pause(self) -> None:
        """Wait until the keys are heard; what has changed by then is drawn, looked at or not."""
        await self.pilot.pause()
        if self.app.screen_stack:  # it may be gone with the last key
            self._drawn()

    def _drawn(self, *, full: bool = False) -> object:
        compositor, beneath = self.app.screen._compositor, self.app._background_screens
        return Compositor.render_update(compositor, full=full, screen_stack=beneath)

    def screen(self) -> str:
        """The words on the screen, boxes and toasts included."""
        update = self._drawn(full=True)
        assert isinstance(update, LayoutUpdate)
        return "\n".join("".join(strip.text for strip in row) for row in update.strips)

    def sees(self, words: str) -> bool:
        """Whether these words are on the screen; breaks between lines count as spaces."""
        return self._all((words,))

    def _all(self, words: Sequence[str]) -> bool:
        screen = self.screen()  # drawn once, for it costs more than anything else here
        flat = re.sub(r"\s+", " ", screen)
        assert not _BLANK.search(flat), f"a blank was never filled:\n{screen}"
        return all(word in screen or word in flat for word in words)

    def _told(self, words: Sequence[str]) -> bool:
        """Whether all of this was told since the last key. What is told stands on the screen for
        six seconds, and a machine may stall for longer between two looks.
        """
        desk = self.app.desk
        said = [] if desk is None else list(desk.noticed.said)[self._heard :]
        return any(all(word in one.words for word in words) for one in said)

    async def waits_for(self, *words: str) -> None:
        """Wait until all of these words are on the screen; fail with the screen if not."""
        seen = f"never saw {words}"
        await self.until(lambda: self._all(words) or self._told(words), seen)

    async def until(self, true: Callable[[], bool], else_say: str = "it never came true") -> None:
        """Wait until something is true."""
        for tries in range(_TRIES):
            if true():
                return
            await self.pilot.pause(min(_SOON * (tries + 1), _LATER))
        raise AssertionError(f"{else_say}; the screen was:\n{self.screen()}")


@contextmanager
def drawn_when_looked_at() -> Iterator[None]:
    """Without a terminal each frame is made, which costs a fifth of a test, and thrown away. Here
    the hero's looks and keys draw instead; until then, what is dirty stays so.
    """

    draw = Compositor.render_update

    def drawn(compositor: Compositor, full: bool = False, **how: Any) -> object:
        return draw(compositor, full=True, **how) if full else None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NearCompositor, "render_update", drawn)
        yield


@asynccontextmanager
async def at_the_desk(parts: Parts, *, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Hero]:
    """Sit down: the App runs until the block ends."""
    app = HeroApp(parts)
    try:
        with drawn_when_looked_at():
            async with app.run_test(size=size, notifications=True) as pilot:
                hero = Hero(pilot, app)
                await hero.until(lambda: app.desk is not None and app.stands)
                await hero.until(lambda: bool(hero.screen().strip()), "the desk is never drawn")
                yield hero
    finally:
        await _carrier_ended(app)


async def _carrier_ended(app: HeroApp) -> None:
    """The App leaves a carrier that a busy machine keeps from ending; asyncio's loop must not."""
    process = app.courier._process if app.courier is not None else None
    if process is not None:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _LEAVING)
