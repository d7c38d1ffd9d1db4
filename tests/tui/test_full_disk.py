"""The disk takes nothing while the hero types: said at once, with the text still on the screen."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from typing import TypeVar

import pytest

from heroterm.errors import StoreError
from heroterm.journal.database import Journal, OpenJournal
from heroterm.tui.parts import Parts
from tests.robot import Hero, at_the_desk
from tests.tui.conftest import Shift

pytestmark = pytest.mark.anyio

T = TypeVar("T")
WORDS = "Kept on the screen, whatever the disk says. " * 400


class Disk:
    """Hands out journals, and makes all of them full, or roomy again."""

    def __init__(self, opened: OpenJournal) -> None:
        self._open = opened
        self._journals: list[Journal] = []

    def open(self, *, patience: float | None = None) -> Journal:
        self._journals.append(self._open(patience=patience))
        return self._journals[-1]

    def full(self) -> None:
        for journal in self._journals:
            pages = journal._db.number("PRAGMA page_count")
            journal._db._db.execute(f"PRAGMA max_page_count = {pages}")

    def roomy(self) -> None:
        for journal in self._journals:
            journal._db._db.execute("PRAGMA max_page_count = 1000000")


def at_a_disk(shift: Shift, monkeypatch: pytest.MonkeyPatch) -> tuple[Parts, Disk]:
    parts = shift.parts(hold=600, carrier=False)
    disk = Disk(parts.open_journal)
    # The test fills the disk from its own thread, as another program would.
    real = sqlite3.connect

    def shared(path: object, **named: object) -> sqlite3.Connection:
        return real(path, check_same_thread=False, **named)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr("heroterm.journal.connection.sqlite3.connect", shared)
    monkeypatch.setattr("heroterm.journal.connection.BUSY_SECONDS", 0.0)
    return replace(parts, open_journal=disk.open), disk


def text(hero: Hero) -> str:
    assert hero.app.desk is not None
    return hero.app.desk.composer.body


def read(ask: Callable[[], T]) -> T:
    """What the journal says. Nobody waits for a lock here, and the pen has it for a moment."""
    for _ in range(500):
        with suppress(StoreError):
            return ask()
        time.sleep(0.01)
    return ask()


def kept(journal: Journal) -> list[str]:
    return [draft.body for draft in read(journal.drafts.list)]


async def test_a_full_disk_is_said_at_once_and_the_text_stays_until_it_is_kept_and_queued(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, disk = at_a_disk(shift_, monkeypatch)
    async with at_the_desk(parts) as hero:
        await hero.press("n", "i")
        await hero.type("Begun.")
        journal = hero.app.reading.journal
        assert journal is not None
        await hero.until(lambda: kept(journal) == ["Begun."], "the first words are not kept")
        disk.full()
        await hero.paste(WORDS)
        await hero.waits_for("NOT KEPT", "No room is left on the disk", "still on the screen")
        assert text(hero) == f"Begun.{WORDS}"
        assert kept(journal) == ["Begun."]
        # Nobody leaves the text, and nothing is called queued, while no disk has it.
        await hero.reviews()
        await hero.press("ctrl+q")
        await hero.waits_for("The draft could not be kept", "quit and lose it")
        await hero.press("escape")
        # Esc there says again why it leaves nothing, though that was said before.
        await hero.until(lambda: hero.app.screen is hero.app.desk, "the question stays")
        before = times_told(hero)
        await hero.press("escape")
        await hero.until(lambda: times_told(hero) > before, "Esc does nothing and says nothing")
        await hero.press("y")
        await hero.waits_for("Not queued", "still on the screen")
        assert text(hero) == f"Begun.{WORDS}" and read(lambda: journal.outbox.list(all=True)) == []
        disk.roomy()
        await hero.press("y")
        await hero.waits_for("outbox 1 held")
        (held,) = read(lambda: journal.outbox.list(all=True))
        assert held.comment is not None and held.comment.body == f"Begun.{WORDS}".strip()
        assert kept(journal) == []
        await locked(hero, journal)


def times_told(hero: Hero) -> int:
    """How often it was said that the text is not kept."""
    assert hero.app.desk is not None
    return sum("NOT KEPT: No room is left" in said.words for said in hero.app.desk.noticed.said)


async def locked(hero: Hero, journal: Journal) -> None:
    """Another program has locked the file: said, and kept once it is free, without another key."""
    await hero.press("n", "i")
    desk = hero.app.desk
    assert desk is not None
    await hero.until(lambda: desk.composer.writing is not None and desk.composer.body == "")
    other = sqlite3.connect(journal._db.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await hero.paste("Typed while it was locked.")
    await hero.waits_for("NOT KEPT", "locked", "still on the screen")
    await hero.waits_for("NOT KEPT, trying again")
    other.execute("ROLLBACK")
    other.close()

    def kept() -> bool:
        with suppress(StoreError):  # the screen and its pen lock each other out for a moment
            return [d.body for d in journal.drafts.list()] == ["Typed while it was locked."]
        return False

    await hero.until(kept, "never kept")
    await hero.waits_for("draft kept")


async def test_a_minute_in_which_the_journal_is_locked_ends_nothing(
    shift_: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, _ = at_a_disk(shift_, monkeypatch)
    async with at_the_desk(parts) as hero:
        await hero.press("n")
        await hero.waits_for("2 #")
        desk = hero.app.desk
        assert desk is not None
        with closing(sqlite3.connect(shift_.home / "data" / "journal.db")) as other:
            other.execute("BEGIN EXCLUSIVE")
            desk.minute()
            await hero.waits_for("has kept journal.db locked")
        desk.minute()
        await hero.press("j")
        assert hero.app.is_running
