"""A hero who plays playbooks at the desk: reads the next step, presses keys and counts them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.robot import Hero
from tests.tui.conftest import Shift


@dataclass
class Player:
    """One hero at one desk. Words that are typed or pasted are no keys; `keys` counts the rest."""

    hero: Hero
    shift: Shift
    keys: int = 0

    async def press(self, *keys: str) -> None:
        """Press keys, and count them."""
        self.keys += len(keys)
        await self.hero.press(*keys)

    async def goes_to(self, ticket: int) -> None:
        """Open a ticket by its number; no part of a playbook."""
        await self.hero.opens(ticket)

    async def begins(self, words: str = "") -> None:
        """`p`, some letters unless the playbook fits and stands first, Enter."""
        await self.press("p")
        await self.hero.waits_for("Playbook for #")
        await self.press(*words)
        await self.press("enter")

    async def at(self, title: str) -> None:
        """Wait until the run stands at a step that begins so."""
        await self.hero.until(lambda: self._stands_at(title), f"the run never stood at “{title}”")

    def _stands_at(self, title: str) -> bool:
        desk = self.hero.app.desk
        assert desk is not None
        lines = [self.hero.app.screen is desk and content.plain for content, _ in laid_of(desk)]
        return any(line and line.startswith((">", "[~]")) and title in line for line in lines)

    async def hears(self, words: str) -> None:
        """Wait until a box that says so is in front and hears letters."""
        await self.hero.may_answer(words)

    async def answers(self, title: str, key: str) -> None:
        """`x`, and the letter of the answer."""
        await self.at(title)
        await self.press("x")
        await self.hears("esc leave it")
        await self.press(key)

    async def writes(self, title: str, words: str) -> None:
        """`x`, the words, Enter."""
        await self.at(title)
        await self.press("x")
        await self.types(words)

    async def types(self, words: str) -> None:
        """The words, in the field that stands open, and Enter; none: what stands there."""
        await self.hero.waits_for("this is it")
        if words:
            await self.hero.paste(words)
        await self.press("enter")

    async def opens(self, title: str) -> None:
        """Enter: the page beside the step."""
        await self.at(title)
        await self.press("enter")

    async def leaves_a_reply(self, ticket: int) -> None:
        """A playbook up to its reply, which is left under review: it is a draft now."""
        await self.goes_to(ticket)
        await self.begins("self")
        await self.answers("1 Do they really", "y")
        await self.opens("2 Politely direct them")
        await self.hero.may_decide()
        await self.hero.press("escape")
        await self.hero.waits_for("DRAFT kept here")

    async def queues(self, title: str, *blanks: str) -> None:
        """Enter, what is left to be filled in, `y` in the box or the Review."""
        await self.at(title)
        await self.press("enter")
        await self.hero.waits_for("next blank" if blanks else "queue it")
        for words in blanks:
            await self.hero.paste(words)
            await self.press("tab")
        await self.hero.until(self._may_queue, "nothing is under review")
        await self.press("y")

    def _may_queue(self) -> bool:
        desk = self.hero.app.desk
        assert desk is not None
        if self.hero.app.screen is not desk:
            return not getattr(self.hero.app.screen, "_deaf", True)
        return bool(desk.composer.review.has_focus and not desk.composer.review.deaf)

    async def ends(self) -> None:
        """`y` to the closing note, which lies there by itself."""
        await self.hears("The note that ends this run")
        await self.press("y")

    async def sent(self, writes: int) -> None:
        """Wait until the practice Zendesk has had so many writes."""
        await self.hero.until(
            lambda: len(self.shift.ledger()) == writes, f"never {writes} writes were sent"
        )


def laid_of(desk: Any) -> list[tuple[Any, Any]]:
    """The lines of the playbook pane."""
    return list(desk.playbook._lines)


def paths(shift: Shift, after: int = 0) -> list[tuple[str, str]]:
    """Method and path of every write that took effect, from the given one on."""
    return [(w["method"], w["path"]) for w in shift.ledger()[after:] if w.get("applied", True)]
